"""The style sheet, written once in roles and em and turned into Qt's terms for a theme.

In the text below ``@role`` is a colour, ``1.1em`` a length in line heights, ``1.7letter`` a
multiple of the ordinary letters' size, ``@border`` and ``@ring`` widths, and ``0.5em-`` the length
and the room that a focus ring will need: a control that gains its ring must not change size.
``@picture(check)`` is a tinted icon file.
"""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from typing import Protocol

from mhin_ppi.ui.tokens import Colours

SHEET = """
QWidget { color: @text; }
QMainWindow, QDialog, QWidget[role="page"], QStackedWidget { background: @window; }
QLabel { background: transparent; }
QLabel[role="title"] { font-size: 1.7letter; font-weight: 700; }
QLabel[role="heading"] { font-size: 1.25letter; font-weight: 700; }
QLabel[role="strong"] { font-weight: 700; }
QLabel[role="muted"] { color: @muted; }
QLabel[role="good"] { color: @good; }
QLabel[role="attention"] { color: @attention; }
QLabel[role="large"] { font-size: 1.15letter; }

QPushButton, QToolButton[role="button"] {
  background: @panel; color: @text; border: @border solid @edge; border-radius: 0.4em;
  padding: 0.1em- 0.8em-; min-height: 1.75em; }
QPushButton:hover, QToolButton[role="button"]:hover { background: @soft; }
QPushButton:pressed, QPushButton:checked, QToolButton[role="button"]:checked {
  background: @soft; color: @accent; border-color: @accent; }
QPushButton:focus, QToolButton[role="button"]:focus {
  border: @ring solid @focus; padding: 0.1em 0.8em; }
QPushButton:disabled {
  color: @muted; border: @border dashed @edge; background: @window; }
QPushButton[role="alone"] { padding: 0.1em- 0.3em-; }
QPushButton[role="alone"]:focus { padding: 0.1em 0.3em; }
QPushButton[role="primary"] {
  background: @accent; color: @on_accent; font-weight: 700; border: @ring solid @accent;
  padding: 0 1em; min-height: 2.2em; }
QPushButton[role="primary"]:hover, QPushButton[role="primary"]:pressed {
  border-color: @text; }
QPushButton[role="primary"]:focus { border: @ring solid @focus; }
QPushButton[role="primary"]:disabled {
  background: @window; color: @muted; border: @ring dashed @edge; }
QPushButton[role="quiet"], QToolButton[role="quiet"] {
  background: transparent; border: @ring solid transparent; border-radius: 0.4em;
  padding: 0.1em 0.4em; min-height: 1.6em; }
QPushButton[role="quiet"]:hover, QToolButton[role="quiet"]:hover { background: @soft; }
QPushButton[role="quiet"]:checked, QToolButton[role="quiet"]:checked {
  background: @soft; color: @accent; }
QPushButton[role="quiet"]:focus, QToolButton[role="quiet"]:focus { border-color: @focus; }
QPushButton[role="node"] {
  background: @panel; border: @border solid @edge; border-radius: 0.45em; padding: 0;
  min-height: 0; text-align: left; }
QPushButton[role="node"]:hover { background: @soft; }
QPushButton[role="node"][gap="true"] { background: @window; border: @ring dashed @edge; }
QPushButton[role="node"]:focus, QPushButton[role="node"][gap="true"]:focus {
  border: @ring solid @focus; padding: 0; }
QToolButton::menu-indicator, QPushButton::menu-indicator { width: 0; image: none; }

QWidget[role="navigation"] { background: @panel; border-right: @border solid @line; }
QWidget[role="navigation"][narrow="true"] {
  border-right: none; border-bottom: @border solid @line; }
QWidget[role="navigation"] QPushButton { text-align: left; }
QToolButton[role="place"] {
  background: transparent; color: @text; border: @ring solid transparent; border-radius: 0.35em;
  padding: 0.15em 0.6em; min-height: 1.75em; text-align: left; }
QToolButton[role="place"]:hover { background: @soft; }
QToolButton[role="place"]:checked { background: @soft; color: @accent; font-weight: 700; }
QToolButton[role="place"]:focus { border-color: @focus; }

QFrame[role="card"], QFrame[role="bar"] {
  background: @panel; border: @border solid @line; border-radius: 0.45em; }
QFrame[role="card"]:focus { border: @ring solid @focus; }
QFrame[role="notice"] {
  background: @panel; border: @ring solid @accent; border-radius: 0.45em; }
QFrame[role="notice"][tone="attention"] { border-color: @attention; }
QFrame[role="notice"][tone="good"] { border-color: @good; }
QFrame[role="notice"][tone="quiet"] { border-color: @edge; }
QFrame[role="pill"] { background: @soft; border-radius: 0.45em; border: @border solid @soft; }
QFrame[role="pill"] QLabel { color: @accent; font-weight: 700; }
QFrame[role="pill"][tone="quiet"] { background: transparent; border-color: @edge; }
QFrame[role="pill"][tone="quiet"] QLabel { color: @muted; }
QFrame[role="pill"][tone="good"] QLabel { color: @good; }
QFrame[role="pill"][tone="attention"] QLabel { color: @attention; }
QFrame[role="rule"] { background: @line; border: none; max-height: @border; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {
  background: @panel; color: @text; border: @border solid @edge; border-radius: 0.35em;
  padding: 0.1em- 0.45em-; selection-background-color: @accent;
  selection-color: @on_accent; }
QLineEdit, QComboBox, QAbstractSpinBox { min-height: 1.7em; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
  border: @ring solid @focus; padding: 0.1em 0.45em; }
QLineEdit[problem="true"], QPlainTextEdit[problem="true"], QTextEdit[problem="true"],
QComboBox[problem="true"], QAbstractSpinBox[problem="true"] { border-color: @attention; }
QLineEdit[problem="true"]:focus, QPlainTextEdit[problem="true"]:focus,
QTextEdit[problem="true"]:focus, QComboBox[problem="true"]:focus,
QAbstractSpinBox[problem="true"]:focus { border-color: @focus; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus {
  border: none; padding: 0; min-height: 0; background: transparent; }
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {
  color: @muted; background: @window; border-color: @line; }
QTextBrowser[role="reader"] {
  background: @reading_surface; border: @border solid @line; border-radius: 0.45em;
  padding: 0.2em-; }
PageView { background: @window; border: @ring solid transparent; border-radius: 0.45em; }
PageView::corner { background: transparent; border: none; }
PageView:focus { border: @ring solid @focus; }
QTextBrowser[role="reader"]:focus { border: @ring solid @focus; padding: 0.2em; }
QComboBox { combobox-popup: 0; padding-right: 1.6em; }
QComboBox::drop-down, QDateEdit::drop-down, QDateTimeEdit::drop-down {
  border: none; width: 1.6em; subcontrol-origin: padding; subcontrol-position: center right; }
QComboBox::down-arrow, QDateEdit::down-arrow, QDateTimeEdit::down-arrow {
  image: @picture(chevron-down); width: 0.9em; height: 0.9em; }
QAbstractSpinBox { padding-right: 1.6em; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
  border: none; background: transparent; width: 1.5em; subcontrol-origin: border; }
QAbstractSpinBox::up-button { subcontrol-position: top right; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; }
QAbstractSpinBox::up-arrow {
  image: @picture(chevron-up); width: 0.75em; height: 0.75em; }
QAbstractSpinBox::down-arrow {
  image: @picture(chevron-down); width: 0.75em; height: 0.75em; }
QComboBox QAbstractItemView {
  background: @panel; border: @border solid @edge; outline: none; padding: 0.2em;
  selection-background-color: @accent; selection-color: @on_accent; }
QComboBox QAbstractItemView::item { min-height: 1.7em; }

QCheckBox, QRadioButton {
  spacing: 0.45em; border: @ring solid transparent; border-radius: 0.35em; padding: 0.1em;
  min-height: 1.35em; }
QCheckBox:focus, QRadioButton:focus { border-color: @focus; }
QCheckBox::indicator, QRadioButton::indicator {
  width: 1.05em; height: 1.05em; background: @panel; border: @border solid @edge; }
QCheckBox::indicator { border-radius: 0.2em; }
QRadioButton::indicator { border-radius: 0.55em; }
QCheckBox::indicator:checked {
  background: @accent; border-color: @accent; image: @picture(check); }
QRadioButton::indicator:checked { border-color: @accent; image: @picture(dot); }

QListView, QTreeView, QTableView {
  background: @panel; alternate-background-color: @window; border: @border solid @line;
  border-radius: 0.35em; gridline-color: @line; selection-background-color: @soft;
  selection-color: @text; padding: 0.1em-; outline: none; }
QListView:focus, QTreeView:focus, QTableView:focus { border: @ring solid @focus; padding: 0.1em; }
QListView[role="plain"], QListView[role="plain"]:focus {
  background: transparent; border: none; padding: 0; }
QTableView::item { padding: 0 0.35em; }
QHeaderView { background: @panel; border: none; }
QHeaderView::section {
  background: @panel; color: @text; font-weight: 700; border: none;
  border-bottom: @border solid @edge; padding: 0.35em 0.45em; }
QHeaderView::up-arrow, QHeaderView::down-arrow {
  width: 0.75em; height: 0.75em; subcontrol-position: center right; }
QHeaderView::up-arrow { image: @picture(chevron-up); }
QHeaderView::down-arrow { image: @picture(chevron-down); }
QTableCornerButton::section { background: @panel; border: none; }

QTabWidget::pane { border: none; border-top: @border solid @line; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab {
  background: @panel; border: @border solid @line; padding: 0.45em 1em; margin-right: -1px;
  border-bottom: @ring solid @line; }
QTabBar::tab:selected { color: @accent; font-weight: 700; border-bottom: 0.15em solid @accent; }
QTabBar::tab:hover { background: @soft; }
QTabBar::tab:focus { border: @ring solid @focus; }

QScrollArea, QScrollArea > QWidget > QWidget[role="inside"] {
  background: transparent; border: none; }
QScrollArea:focus { border: @ring solid @focus; }
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 0.85em; margin: 0.1em; }
QScrollBar:horizontal { height: 0.85em; margin: 0.1em; }
QScrollBar::handle { background: @muted; border-radius: 0.3em; }
QScrollBar::handle:vertical { min-height: 2em; }
QScrollBar::handle:horizontal { min-width: 2em; }
QScrollBar::handle:hover { background: @text; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
  background: transparent; border: none; width: 0; height: 0; }

QMenu { background: @panel; border: @border solid @edge; padding: 0.25em; icon-size: 1.1em; }
QMenu::item {
  padding: 0.3em 1.6em 0.3em 0.6em; border: @ring solid transparent; border-radius: 0.3em; }
QMenu::icon { padding-left: 0.5em; }
QMenu::item:selected { background: @soft; border-color: @focus; color: @text; }
QMenu::item:disabled { color: @muted; }
QMenu::separator { height: @border; background: @line; margin: 0.25em 0.5em; }
QToolTip {
  background: @panel; color: @text; border: @border solid @edge; padding: 0.25em; }
QMessageBox { border: @border solid @edge; }
QMessageBox QLabel#qt_msgbox_label { font-size: 1.15letter; font-weight: 700; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: @panel; }
QCalendarWidget QToolButton {
  background: transparent; color: @text; border: @ring solid transparent; font-weight: 700;
  border-radius: 0.3em; padding: 0.15em 0.4em; min-height: 1.4em; }
QCalendarWidget QToolButton:hover { background: @soft; }
QCalendarWidget QToolButton:focus { border-color: @focus; }
QCalendarWidget QToolButton#qt_calendar_prevmonth { qproperty-text: "<"; qproperty-icon: none; }
QCalendarWidget QToolButton#qt_calendar_nextmonth { qproperty-text: ">"; qproperty-icon: none; }
QCalendarWidget QTableView {
  selection-background-color: @accent; selection-color: @on_accent; border: none; }
QCalendarWidget QTableView::item { padding: 0; }
QProgressBar {
  background: @window; border: @border solid @edge; border-radius: 0.3em; min-height: 0.6em;
  max-height: 0.6em; }
QProgressBar::chunk { background: @accent; border-radius: 0.25em; }
QSplitter::handle { background: transparent; }
QStatusBar { background: @window; color: @muted; }
QSlider {
  min-height: 1.7em; border: @ring solid transparent; border-radius: 0.35em; }
QSlider:focus { border-color: @focus; }
QSlider::groove:horizontal {
  height: 0.3em; background: @window; border: @border solid @edge; border-radius: 0.2em; }
QSlider::sub-page:horizontal {
  background: @accent; border: @border solid @accent; border-radius: 0.2em; }
QSlider::handle:horizontal {
  width: 1em; margin: -0.45em 0; background: @panel; border: @ring solid @accent;
  border-radius: 0.55em; }
"""

_LENGTH = re.compile(r"(?<![\w#])(\d*\.?\d+)em(-?)")
_LETTER = re.compile(r"(\d*\.?\d+)letter")
_PICTURE = re.compile(r"@picture\(([a-z-]+)\)")
_WORD = re.compile(r"@([a-z_]+)")


class Sizes(Protocol):
    """What of a theme the style sheet needs."""

    @property
    def colours(self) -> Colours:
        """Colour roles."""

    @property
    def em(self) -> float:
        """Line height of the ordinary text, in pixels."""

    @property
    def letter(self) -> float:
        """Size of the ordinary letters, in pixels."""

    @property
    def border(self) -> int:
        """Width of an ordinary border, in pixels."""

    @property
    def ring(self) -> int:
        """Width of the focus ring, in pixels."""

    @property
    def look(self) -> str:
        """Name of the look, as in the tinted icons' file names."""

    @property
    def reading_surface(self) -> str:
        """Colour that drafts are laid on."""


def style_sheet(sizes: Sizes, *, pictures: Path) -> str:
    """Return the style sheet in Qt's terms.

    Args:
        sizes: Colours and lengths (a ``Theme``).
        pictures: Folder of the tinted icons.
    """
    ring_room = sizes.ring - sizes.border
    words = asdict(sizes.colours) | {
        "border": f"{sizes.border}px",
        "ring": f"{sizes.ring}px",
        "reading_surface": sizes.reading_surface,
    }

    def length(found: re.Match[str]) -> str:
        pixels = round(float(found[1]) * sizes.em) + (ring_room if found[2] else 0)
        return f"{pixels}px"

    def picture(found: re.Match[str]) -> str:
        return f'url("{(pictures / f"{found[1]}-{sizes.look}.svg").as_posix()}")'

    filled = _LETTER.sub(lambda found: f"{round(float(found[1]) * sizes.letter)}px", SHEET)
    filled = _LENGTH.sub(length, filled)
    filled = _PICTURE.sub(picture, filled)
    return _WORD.sub(lambda found: words[found[1]], filled)

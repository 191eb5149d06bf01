"""Buttons: one way to make each kind, so that none lacks its words, icon gap or accessible name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton

from mhin_ppi.ui.theme import dress

Kind = Literal["secondary", "primary", "quiet"]


def button(
    words: str,
    *,
    icon: str = "",
    kind: Kind = "secondary",
    on_press: Callable[[], object] | None = None,
) -> QPushButton:
    """Return a push button.

    Args:
        words: What it does, as a person would say it.
        icon: Name of an icon, or "".
        kind: "primary" (one on a page), "secondary", or "quiet" (no edge).
        on_press: Called without arguments when it is pressed.
    """
    # A styled push button leaves no gap after its icon; a space makes one.
    made = QPushButton((" " if icon else "") + words.replace("&", "&&"))
    made.setAccessibleName(words)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(False)
    if kind != "secondary":
        made.setProperty("role", kind)
    if icon:
        dress(made, icon, "on_accent" if kind == "primary" else "text")
    if on_press:
        made.clicked.connect(lambda: on_press())
    return made


def icon_button(
    words: str,
    *,
    icon: str,
    on_press: Callable[[], object] | None = None,
    checkable: bool = False,
) -> QToolButton:
    """Return a button of an icon alone, named by its tooltip and to screen readers."""
    made = QToolButton()
    made.setProperty("role", "quiet")
    made.setToolTip(words)
    made.setAccessibleName(words)
    made.setCheckable(checkable)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    dress(made, icon, checked_role="accent")
    if on_press:
        made.clicked.connect(lambda: on_press())
    return made


def reword(changed: QPushButton, words: str, *, gap: bool = True) -> None:
    """Give a button other words; ``gap`` when it has an icon."""
    changed.setText((" " if gap and words else "") + words.replace("&", "&&"))
    changed.setAccessibleName(words)

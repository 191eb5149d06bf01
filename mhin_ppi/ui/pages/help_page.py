"""Help: who to turn to first, then a break, then how things are done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ...services.boards import Services
from ..tasks import Tasks
from ..theme import theme, theme_changes
from ..widgets.buttons import button
from ..widgets.cards import Card
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, heading
from .contact_cards import contact_cards
from .framed_page import Column, FramedPage
from .page import Place

WIDEST_EM = 38
KEYS = (
    ("F1", "Help and support"),
    ("F2", "Take a break"),
    ("F3", "Text and colours"),
    ("Ctrl+K", "Search the whole board"),
    ("Ctrl++", "Larger text"),
    ("Ctrl+-", "Smaller text"),
    ("Alt+Left", "Back to where I was"),
    ("Alt+Right", "Forward again"),
    ("F6", "To the list of places, and back to the page"),
    ("Ctrl+H", "Hide what is on the screen; again to show it"),
    ("Ctrl+L", "Lock the board"),
    ("Ctrl+Return", "Save what I am writing"),
    ("Tab", "To the next thing; with Shift, to the one before"),
)
READING_KEYS = (
    ("Alt+A", "Ask about the words you marked (Shift and the arrow keys mark words)"),
    ("Alt+S", "Say something about the whole section"),
    ("Ctrl+F", "Find words"),
    ("Alt+PgDown", "To the next heading; with PgUp, to the one before"),
    ("Alt+Down", "To the next mark; with Up, to the one before"),
    ("Return", "Open the note you are on; on a folded part, read it"),
    ("S", "Skip a folded part"),
    ("Alt+W", "Explain the word you are at, or propose it"),
    ("Ctrl+Shift+Space", "Read aloud, or pause"),
    ("Ctrl+Shift+N", "All notes in one list"),
    ("Ctrl+Shift+F", "Show only some notes"),
    ("Ctrl+Z", "Undo what I did to a note; Ctrl+Y does it again"),
)
HOW_TO = (
    (
        "Read a draft",
        "Open it under To read. Mark some words, with the mouse or with Shift and the arrow keys, "
        "and a small bar offers what you can say about them. You can stop whenever you like: a "
        "review you stop counts and pays the same as one you finish.",
    ),
    (
        "See what happened to a question",
        "My questions shows each one in your own words, what the team answered, what changed, and "
        "who has it now. You say whether the answer is what you meant.",
    ),
    (
        "Be paid",
        "Time and payments shows the time you gave and what you can claim for it. You decide when "
        "to ask. We never ask for bank details here.",
    ),
    (
        "Keep your things safe",
        "The board is encrypted on this laptop. It locks itself when nobody has touched the laptop "
        "for a while. Keep your spare key on paper, and make a backup now and then under "
        "Settings.",
    ),
)


class HelpPage(FramedPage):
    """Help and support, one key from everywhere."""

    place: ClassVar[Place] = Place.HELP

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__(services, tasks, title="Help and support")
        self._break = button(
            "Take a break",
            icon="coffee",
            kind="primary",
            on_press=lambda: self.go.emit(Place.BREAK, None),
        )
        self._column = Column(
            heading("Someone to talk to"),
            *contact_cards(services.catalogues.contacts),
            FlowRow(
                self._break,
                button("Go back to where I was", icon="arrow-left", on_press=self.back.emit),
            ),
            heading("How things are done"),
            *(_how_to(words, more) for words, more in HOW_TO),
            FlowRow(
                button(
                    "Text and colours",
                    icon="a-large-small",
                    on_press=lambda: self.go.emit(Place.LOOK, None),
                ),
                button(
                    "Settings",
                    icon="settings",
                    on_press=lambda: self.go.emit(Place.SETTINGS, None),
                ),
            ),
            heading("By keyboard"),
            _KeyTable(KEYS, name="Keys and what they do"),
            heading("While reading a draft"),
            _KeyTable(READING_KEYS, name="Keys while reading a draft"),
        )
        self.frame.set_content(self._column)
        self._space()
        theme_changes().changed.connect(self._space)

    def open_at(self, argument: object | None) -> None:
        self._break.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        """Nothing here depends on the board."""

    def _space(self) -> None:
        self._column.setMaximumWidth(theme().px(WIDEST_EM))
        layout = self._column.layout()
        if layout is not None:
            layout.setSpacing(theme().space(3))


def _how_to(words: str, more: str) -> Card:
    card = Card(words)
    card.add(WrapLabel(more))
    return card


class _KeyTable(QWidget):
    """Keys and what they do, in two columns.

    Args:
        lines: Keys, and what they do.
        name: What screen readers call it.
    """

    def __init__(self, lines: Sequence[tuple[str, str]], *, name: str) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        for row, (keys, what) in enumerate(lines):
            shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
            label = QLabel(shown)
            label.setProperty("role", "strong")
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(WrapLabel(what), row, 1)
        grid.setHorizontalSpacing(theme().space(4))
        grid.setVerticalSpacing(theme().space(2))
        self.setAccessibleName(name)

"""The first screen: the boards on this laptop, or two ways to begin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from ..pages.form import Pick
from ..tasks import Tasks
from ..theme import theme, theme_changes
from ..widgets.buttons import button
from ..widgets.cards import Card
from ..widgets.flow import FlowRow
from ..widgets.form_rows import FormRow, PasswordField
from ..widgets.labels import WrapLabel, heading, muted
from .screen import Screen

WAY_EM = 16
EMPTY = "Type the password."


class StartPage(Screen):
    """Where to begin.

    Args:
        known: The boards on this laptop: folder, and the label shown before unlocking.
        tasks: Runs what takes time.

    Signals:
        open_wanted: (folder, label, password) open a board.
        lost: (folder, label) the password of a board is lost.
        new_wanted: Start a board.
        sample_wanted: Try the sample board.
        restore_wanted: Make a board from a backup file.
    """

    open_wanted = Signal(object, str, str)
    lost = Signal(object, str)
    new_wanted = Signal()
    sample_wanted = Signal()
    restore_wanted = Signal()

    def __init__(self, known: Sequence[tuple[Path, str]], *, tasks: Tasks) -> None:
        title = "Open your board" if known else "Welcome"
        super().__init__(title, context="Everything stays on this laptop, encrypted.", tasks=tasks)
        self._known = dict(known)
        self._pick: Pick | None = None
        self.password = PasswordField()
        self._first: QWidget
        if known:
            self._first = self._offer_opening(known)
            self.add(heading("Something else"))
            self.add(
                FlowRow(
                    button("Start another board", icon="plus", on_press=self.new_wanted.emit),
                    button("Try the sample board", icon="eye", on_press=self.sample_wanted.emit),
                    button(
                        "Open a backup file", icon="folder-open", on_press=self.restore_wanted.emit
                    ),
                )
            )
        else:
            self._first = self._offer_two_ways()
        self.column.addStretch(1)

    def take_focus(self) -> None:
        self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen(self) -> tuple[Path, str]:
        """Return the board that is chosen."""
        folder = self._pick.value() if self._pick else next(iter(self._known))
        return folder, self._known[folder]

    def _offer_opening(self, known: Sequence[tuple[Path, str]]) -> QWidget:
        card = Card()
        if len(known) > 1:
            self._pick = Pick([(label, folder) for folder, label in known])
            card.add(FormRow("Which board", self._pick))
        else:
            card.add(heading(known[0][1]))
        self._password_row = FormRow("Password", self.password)
        card.add(self._password_row)
        self.password.return_pressed.connect(self._open)
        self.open_button = button("Open", icon="key", kind="primary", on_press=self._open)
        lost = button("I have lost my password", kind="quiet", on_press=self._lost)
        card.add(FlowRow(self.open_button, lost))
        self.add(card)
        return self.password

    def _offer_two_ways(self) -> QWidget:
        sample, first = way(
            "Try the sample board",
            "Look around first. Everything in it is invented, so nothing can go wrong.",
            icon="eye",
            primary=True,
            on_press=self.sample_wanted.emit,
        )
        new, _ = way(
            "Start a board",
            "For a coordinator. Three short steps: its names, a password, a spare key.",
            icon="plus",
            primary=False,
            on_press=self.new_wanted.emit,
        )
        self.add(FlowRow(sample, new))
        return first

    def say_empty(self) -> None:
        """Say that the password is missing."""
        self._password_row.set_problem(EMPTY)
        self.take_focus()

    def _open(self) -> None:
        self.open_wanted.emit(*self.chosen(), self.password.text())

    def _lost(self) -> None:
        self.lost.emit(*self.chosen())


def way(
    words: str, more: str, *, icon: str, primary: bool, on_press: Callable[[], object]
) -> tuple[Card, QWidget]:
    """Return a large card with one button, and that button."""
    card = WayCard()
    card.add(Picture(icon))
    card.add(WrapLabel(more, role="large"))
    made = button(words, kind="primary" if primary else "secondary", on_press=on_press)
    card.column.addStretch(1)
    card.add(made)
    return card, made


class WayCard(Card):
    """A large card of its own size, however much is written in it."""

    def __init__(self) -> None:
        super().__init__()
        self._grow()
        theme_changes().changed.connect(self._grow)

    def _grow(self) -> None:
        width = min(theme().px(WAY_EM), self.screen().availableSize().width() - theme().px(3))
        self.setFixedWidth(width)
        self.setMinimumHeight(theme().px(11))


class Picture(QLabel):
    """A large icon that follows the theme."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self._draw()
        theme_changes().changed.connect(self._draw)

    def _draw(self) -> None:
        self.setPixmap(theme().picture(self._icon, "accent", ems=2))


class UnlockPage(Screen):
    """One board, locked: its label and its password, nothing else.

    Args:
        folder: Which board.
        label: The words it is known by.
        hint: A quiet line, such as the sample board's password, or "".
        tasks: Runs what takes time.

    Signals:
        open_wanted: (folder, label, password) open it.
        lost: (folder, label) its password is lost.
        others_wanted: Another board.
    """

    open_wanted = Signal(object, str, str)
    lost = Signal(object, str)
    others_wanted = Signal()

    def __init__(self, folder: Path, label: str, *, hint: str = "", tasks: Tasks) -> None:
        super().__init__("Locked", context="Your words and your place have been kept.", tasks=tasks)
        self._board = (folder, label)
        self.password = PasswordField()
        self.password.return_pressed.connect(self._open)
        card = Card()
        card.add(heading(label))
        if hint:
            card.add(muted(hint))
        self._password_row = FormRow("Password", self.password)
        card.add(self._password_row)
        self.open_button = button("Open", icon="key", kind="primary", on_press=self._open)
        lost = button("I have lost my password", kind="quiet", on_press=self._lost)
        others = button("Another board", kind="quiet", on_press=self.others_wanted.emit)
        card.add(FlowRow(self.open_button, lost, others))
        self.add(card)
        self.column.addStretch(1)

    def take_focus(self) -> None:
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def say_empty(self) -> None:
        """Say that the password is missing."""
        self._password_row.set_problem(EMPTY)
        self.take_focus()

    def _open(self) -> None:
        self.open_wanted.emit(*self._board, self.password.text())

    def _lost(self) -> None:
        self.lost.emit(*self._board)

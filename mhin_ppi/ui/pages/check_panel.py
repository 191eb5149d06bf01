"""One note of an earlier version whose place is doubtful: both wordings, and what a person says."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from ...domain.annotations import KIND_WORDS
from ..messages import announce
from ..widgets.buttons import button
from ..widgets.cards import Card
from ..widgets.difference_text import DifferenceText, Shown
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, muted
from .carried_facts import both_wordings
from .reading_facts import NoteShown
from .words_for import count_words

_MARK = (
    "Mark the words in the draft that this note is about now. Then press “It is somewhere else”."
)


class CheckPanel(Card):
    """Asks where one note stands now.

    Args:
        shown: The note.
        left: How many wait, this one included.
        text: The words of the version in view.
        number: The number of that version.
        may_decide: Whether the person at the laptop may say.
        touches_on: What its part touches on, while that part is folded: the words of both versions
            are then shown only when asked for.

    Signals:
        read_wanted: The person wants to read the words of a folded part.
        decided: (start, end) where it stands, or ``None``: its part is gone.
        somewhere_else: It stands where the person has marked words, or will.
        later: The person leaves it for later.
        closed: The person has had enough.
    """

    decided = Signal(object)
    read_wanted = Signal()
    somewhere_else = Signal()
    later = Signal()
    closed = Signal()

    def __init__(
        self,
        shown: NoteShown,
        *,
        left: int,
        text: str,
        number: int,
        may_decide: bool,
        touches_on: str = "",
    ) -> None:
        super().__init__("Where does this note stand now?")
        self.shown = shown
        carried = shown.carried
        passage = shown.note.passage
        offered = carried.perhaps if carried else None
        self.span = (passage.start, passage.end) if passage else offered
        self.add(muted(f"{count_words(left, 'note')} to check"))
        self.add(WrapLabel(shown.note.body, copyable=True))
        about = [KIND_WORDS[shown.note.kind], shown.author]
        self.add(muted(" · ".join(about)))
        if touches_on:
            self.add(WrapLabel(f"This part touches on: {touches_on}.", role="strong"))
            self.add(FlowRow(button("Read it", icon="book-open", on_press=self.read_wanted.emit)))
        elif carried is not None:
            old, new = both_wordings(carried, text, self.span)
            here = "Possibly here?" if offered and not passage else f"Version {number} says"
            for words, pieces in ((f"Version {carried.from_number} said", old), (here, new)):
                if pieces:
                    self._say(words, pieces)
        self.asked = WrapLabel(_MARK, role="strong")
        self.asked.hide()
        self.add(self.asked)
        self.buttons: list[QPushButton] = []
        self._offer(may_decide=may_decide)

    def focus_first(self) -> None:
        """Put the focus on the first answer, and say what is asked."""
        self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, f"Where does this note stand now? {self.shown.note.body}")

    def ask_to_mark(self) -> None:
        """Say that words have to be marked first."""
        self.asked.show()
        announce(self, _MARK)

    def _say(self, words: str, pieces: list[Shown]) -> None:
        self.add(muted(words))
        made = DifferenceText(words, fits=True)
        made.show_pieces(pieces)
        self.add(made)

    def _offer(self, *, may_decide: bool) -> None:
        row = FlowRow()
        answers: list[tuple[str, str, Callable[[], None]]] = []
        if may_decide:
            if self.span is not None:
                answers.append(("It is here", "check", partial(self.decided.emit, self.span)))
            answers += [
                ("It is somewhere else", "search", self.somewhere_else.emit),
                ("That part was taken out", "x", partial(self.decided.emit, None)),
            ]
        else:
            self.add(muted("The person who wrote it, or a coordinator, can decide."))
        answers.append(("Later", "clock", self.later.emit))
        for number, (words, icon, act) in enumerate(answers, start=1):
            made = button(words, icon=icon, on_press=act)
            keys = QKeySequence(f"Alt+{number}")
            made.setToolTip(keys.toString(QKeySequence.SequenceFormat.NativeText))
            shortcut = QShortcut(keys, self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(made.click)
            row.add(made)
            self.buttons.append(made)
        self.add(row)
        close: QWidget = button("Close", kind="quiet", on_press=self.closed.emit)
        self.column.addWidget(close, 0, Qt.AlignmentFlag.AlignLeft)

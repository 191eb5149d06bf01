"""Choosing which notes to see: by words, kind, person, tag and state."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit
from typing_extensions import override

from ...domain.annotations import KIND_WORDS
from ..widgets.buttons import button
from ..widgets.cards import Card
from ..widgets.flow import FlowRow
from ..widgets.form_rows import FormRow
from .form import Pick
from .note_threads import OPEN, RESOLVED, NoteFilter

WAIT_FOR_WORDS_MS = 200
_ALL = "All"


class FilterBar(Card):
    """The fields of a filter, in the margin.

    Signals:
        changed: Another filter is wanted.
        closed: The person is done with it; the filter stays as it is.
    """

    changed = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__("Show only some notes")
        self.words = QLineEdit()
        self.kind = Pick([(_ALL, ""), *((words, kind.value) for kind, words in KIND_WORDS.items())])
        self.person, self.tag = Pick([(_ALL, "")]), Pick([(_ALL, "")])
        self.state = Pick([(_ALL, ""), ("Open", OPEN), ("Resolved", RESOLVED)])
        self.unanswered = QCheckBox("Not answered yet")
        self.mine = QCheckBox("With words of mine")
        for words, field in (
            ("Words in the notes", self.words),
            ("Kind of note", self.kind),
            ("Who wrote it", self.person),
            ("Tag", self.tag),
            ("Open or resolved", self.state),
        ):
            self.add(FormRow(words, field))
        self.add(FlowRow(self.unanswered, self.mine))
        clear = button("Show all notes", icon="x", on_press=self.clear)
        clear.setToolTip("Ctrl+Shift+X")
        self.add(FlowRow(clear, button("Close", kind="quiet", on_press=self.closed.emit)))
        self._soon = QTimer(self, singleShot=True, interval=WAIT_FOR_WORDS_MS)
        self._soon.timeout.connect(self._tell)
        self.words.textChanged.connect(lambda _: self._soon.start())
        for pick in (self.kind, self.person, self.tag, self.state):
            pick.currentIndexChanged.connect(lambda _: self._tell())
        for tick in (self.unanswered, self.mine):
            tick.toggled.connect(lambda _: self._tell())
        self.setFocusProxy(self.words)
        self.hide()

    def value(self) -> NoteFilter:
        """Return what is wanted."""
        return NoteFilter(
            words=self.words.text().strip(),
            kind=self.kind.value(),
            person=self.person.value(),
            tag=self.tag.value(),
            state=self.state.value(),
            unanswered=self.unanswered.isChecked(),
            mine=self.mine.isChecked(),
        )

    def show_value(self, wanted: NoteFilter) -> None:
        """Put a filter into the fields; nobody is told."""
        blockers = [QSignalBlocker(each) for each in self._fields()]
        self.words.setText(wanted.words)
        for pick, value in (
            (self.kind, wanted.kind),
            (self.person, wanted.person),
            (self.tag, wanted.tag),
            (self.state, wanted.state),
        ):
            if not pick.has(value):
                pick.add(value, value)
            pick.choose(value)
        self.unanswered.setChecked(wanted.unanswered)
        self.mine.setChecked(wanted.mine)
        del blockers

    def offer(self, people: Sequence[str], tags: Sequence[str]) -> None:
        """Offer the writers and tags there are; what is chosen stays."""
        for pick, names in ((self.person, people), (self.tag, tags)):
            chosen = pick.value()
            blocker = QSignalBlocker(pick)
            kept = [] if not chosen or chosen in names else [chosen]
            pick.offer([(_ALL, ""), *((name, name) for name in (*names, *kept))])
            pick.choose(chosen)
            del blocker

    def clear(self) -> None:
        """Leave nothing out any more."""
        self.show_value(NoteFilter())
        self._tell()

    def _fields(self) -> Sequence[QLineEdit | Pick | QCheckBox]:
        picks = (self.kind, self.person, self.tag, self.state)
        return (self.words, *picks, self.unanswered, self.mine)

    def _tell(self) -> None:
        self._soon.stop()
        self.changed.emit(self.value())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

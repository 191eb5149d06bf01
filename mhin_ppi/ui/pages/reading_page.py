"""Reading a draft: the words in one column, what people say about them beside it."""

from __future__ import annotations

from functools import partial
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget

from ...domain.annotations import AnnotationKind
from ...domain.drafts import VersionId
from ...services.boards import Services
from ...services.outcome import Outcome
from .. import messages
from ..tasks import Tasks
from ..widgets.buttons import button
from ..widgets.kind_bar import KindBar
from ..widgets.once_painted import OncePainted
from ..widgets.reader_pane import ReaderPane
from .before_reading import before_reading
from .finish_form import FinishForm
from .framed_page import Column, FramedPage, loading
from .notes_read import NotesRead, NotesReader
from .page import Place
from .reading_acts import NoteActs
from .reading_aloud import AloudPart
from .reading_carried import CarriedPart
from .reading_codes import CodesPart
from .reading_companions import ReadingCompanions
from .reading_facts import Reading, read_all
from .reading_folds import CONTENT_NOTE, ReadingFolds
from .reading_follow import Following
from .reading_list import NotesList
from .reading_notes import ReadingMargin
from .reading_pages import PagesPart
from .reading_parts import ReadingPart
from .reading_timer import TimerPart
from .reading_undo import Undoing
from .reading_words import WordsPart
from .reading_writing import Writing
from .words_for import DRAFT_KIND_WORDS, day_words, minutes_words, version_words

FIRST = [
    (AnnotationKind.QUESTION.value, "Ask", "circle-question-mark"),
    (AnnotationKind.SUGGESTION.value, "Suggest", "lightbulb"),
    (AnnotationKind.UNCLEAR.value, "Not clear", "eye-off"),
]
MORE = [
    (AnnotationKind.BARRIER.value, "Barrier", "shield"),
    (AnnotationKind.FACILITATOR.value, "What helps", "hand-heart"),
    (AnnotationKind.CONCERN.value, "Concern", "triangle-alert"),
    (AnnotationKind.WORKS.value, "What works", "check"),
    (CONTENT_NOTE, "Content note", "shield"),
]
KEEP_PLACE_AFTER_MS = 800
PARTS: tuple[type[ReadingPart], ...] = (
    AloudPart,
    PagesPart,
    WordsPart,
    TimerPart,
    CarriedPart,
    CodesPart,
    ReadingFolds,
    ReadingCompanions,
)
"""The features of the page, in the order of their tools."""


class ReadingPage(FramedPage):
    """The reader, its margin, and what can be said about the words.

    It opens at a version's id, or at (id, start, end) to show certain words.
    """

    place: ClassVar[Place] = Place.READING
    shows: ClassVar[frozenset[str]] = frozenset(
        {"annotation", "question", "word", "placement", "content_note"}
    )

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__(services, tasks, title="Reading")
        self.reading: Reading | None = None
        self._notes: NotesReader | None = None
        self._version: VersionId | None = None
        self._wanted: tuple[int, int] | None = None
        self.pane = ReaderPane()
        self.reader = self.pane.reader
        self.bar = KindBar(self.reader, first=FIRST, more=MORE)
        self.margin = ReadingMargin()
        self.before = Column()
        self.stack = QStackedWidget()
        self.list = NotesList()
        for part in (self.before, self.pane, self.list):
            self.stack.addWidget(part)
        self.frame.set_content(self.stack, scroll=False)
        self.frame.set_margin(self.margin, words="Notes", content_words="Read")
        self.done_button = self.frame.add_action(
            "I am done with this", icon="check", on_press=self.finish
        )
        self.ask_button = self.frame.set_primary(
            "Ask a question", icon="circle-question-mark", on_press=self.ask
        )
        self.ask_button.setToolTip("Ctrl+Enter or Alt+A: about the words you marked, or the draft")
        self.undoing = Undoing(self, parent=self)
        self.writing = Writing(self, parent=self)
        self.acts = NoteActs(self, parent=self)
        self.following = Following(self, parent=self)
        self._once_painted = OncePainted(self.reader.viewport())
        self._once_painted.painted.connect(self._read_the_rest)
        self._keep_place = QTimer(self, singleShot=True, interval=KEEP_PLACE_AFTER_MS)
        self._keep_place.timeout.connect(self._save_place)
        self.parts = [part(self, parent=self) for part in PARTS]
        self._join()

    def _join(self) -> None:
        self.reader.passage_selected.connect(self._on_marked)
        self.reader.selection_cleared.connect(self.bar.hide)
        self.reader.highlight_activated.connect(self._on_highlight)
        self.reader.place_changed.connect(lambda _: self._keep_place.start())
        self.reader.verticalScrollBar().valueChanged.connect(self._follow_words)
        self.bar.kind_chosen.connect(self._on_kind)
        self.margin.guiding_wanted.connect(self.writing.begin_guiding)
        self.section_button = button(
            "About this section", icon="message-square", kind="quiet", on_press=self.ask_of_section
        )
        self.section_button.setToolTip("Alt+S")
        self.pane.add_tool(self.section_button)
        for keys in ("Ctrl+Return", "Ctrl+Enter", "Alt+A"):
            shortcut = QShortcut(QKeySequence(keys), self.reader)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(self.ask)
        shortcut = QShortcut(QKeySequence("Alt+S"), self.pane)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.ask_of_section)

    # Opening

    def open_at(self, argument: object | None) -> None:
        wanted = argument if isinstance(argument, tuple) else (argument,)
        if not isinstance(wanted[0], UUID):
            return
        version = VersionId(wanted[0])
        self._wanted = (int(wanted[1]), int(wanted[2])) if len(wanted) == 3 else None
        if self.reading is not None and self._version == version:
            if self.is_open:
                self._tell_parts(self.reading)
            self._show_wanted()
            self.reload()
            return
        self.leave()
        self.reading, self._notes, self._version = None, None, version
        self.margin.clear()
        self.writing.forget()
        self._enable(on=False)
        self.before.show_only(loading(), stretch=True)
        self.stack.setCurrentWidget(self.before)
        self.tasks.run(
            lambda: read_all(self.services, version), owner=self, on_done=self._show_opened
        )

    def _show_opened(self, reading: Reading) -> None:
        if reading.version.id != self._version:
            return
        self.reading, self._notes = reading, NotesReader(self.services, reading)
        self.frame.set_title(reading.draft.title)
        self.frame.set_context(_context(reading, self))
        if not reading.touches_on:
            self.read_on()
            return
        off = partial(self.go.emit, Place.TO_READ, None)
        card, on = before_reading(reading, read_on=self.read_on, not_today=off)
        self.before.show_only(card, stretch=True)
        on.setFocus(Qt.FocusReason.OtherFocusReason)

    def read_on(self) -> None:
        """Show the draft itself, where the person stopped last time."""
        reading = self.reading
        if reading is None:
            return
        self.pane.show_draft(reading.text, folds=reading.folds)
        self.stack.setCurrentWidget(self.pane)
        self._enable(on=True)
        self.section_button.setEnabled(bool(self.reader.headings))
        self._show_guiding()
        self.acts.open(reading)
        self.following.begin()
        self.reader.go_to(reading.place)
        self._show_wanted()
        self.reader.setFocus(Qt.FocusReason.OtherFocusReason)
        self.writing.restore()
        self._once_painted.start()

    def _read_the_rest(self) -> None:
        """Read the notes and begin what parts do: the words are on the screen already."""
        if self.reading is not None and self.is_open:
            self._tell_parts(self.reading)
            self.reload()

    def _tell_parts(self, reading: Reading) -> None:
        for part in self.parts:
            part.opened(reading)

    def _enable(self, *, on: bool) -> None:
        self.done_button.setVisible(on)
        self.ask_button.setVisible(on)

    def _show_wanted(self) -> None:
        if self._wanted and self.is_open:
            self.show_words(*self._wanted)
            self._wanted = None

    def show_words(self, start: int, end: int) -> None:
        """Bring words into view and mark them, without asking what to do with them."""
        self.stack.setCurrentWidget(self.pane)
        self.frame.show_part(margin=False)
        self.stack.setCurrentWidget(self.pane)
        self.reader.show_passage(start, end)
        self.reader.select_passage(start, end)
        self.bar.hide()
        self.reader.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def is_open(self) -> bool:
        """Whether the draft is open (past its content note), its text or the list of its notes."""
        return self.stack.currentWidget() is not self.before

    # Keeping up

    def reload(self) -> None:
        if self._notes is not None:
            self.tasks.run(self._notes.all, owner=self, on_done=self._show_read)

    def board_changed(self, outcome: Outcome[object]) -> None:
        """Read again what has changed: of thousands of notes, only those concerned."""
        notes = self._notes
        if notes is None or not any(outcome.touches(noun) for noun in self.shows):
            return
        self.tasks.run(lambda: notes.again(outcome.entries), owner=self, on_done=self._show_read)

    def leave(self) -> None:
        self._once_painted.stop()
        self.writing.keep()
        for part in self.parts:
            part.left()
        if self._keep_place.isActive():
            self._keep_place.stop()
            self._save_place()
        self.bar.hide()

    def _save_place(self) -> None:
        if self.reading is None or not self.is_open:
            return
        version, (block, offset) = self.reading.version.id, self.reader.position()
        self.tasks.run(
            lambda: self.services.reviewing.keep_place(version, block=block, offset=offset),
            owner=self,
        )

    def _show_guiding(self) -> None:
        request = self.reading.request if self.reading else None
        if request:
            self.margin.show_guiding(request.guiding_questions, content_note=request.content_note)

    def _show_read(self, read: NotesRead) -> None:
        reading = self.reading
        if reading is None or reading.version.id != read.version or not self.is_open:
            return
        guiding = reading.request.guiding_questions if reading.request else ()
        self.margin.show_notes(read.chosen, today=self.today, guiding=guiding)
        self.following.notes_came()
        self.acts.show_list()
        self.frame.set_margin_words(self.margin.words())
        self.reader.set_highlights(read.marks)
        for part in self.parts:
            part.notes_shown(read.notes)

    # Marking and saying

    def _on_marked(self, _start: int, _end: int) -> None:
        self.bar.show_at(self.reader.selection_corner)

    def _follow_words(self) -> None:
        if self.bar.isVisible():
            self.bar.show_at(self.reader.selection_corner)

    def _on_highlight(self, note: str) -> None:
        self.frame.show_part(margin=True)
        self.margin.reveal(note)

    def _on_kind(self, key: str) -> None:
        if key in set(AnnotationKind):
            self.ask(AnnotationKind(key))
            return
        for part in self.parts:
            part.chosen(key)

    def ask(self, kind: AnnotationKind = AnnotationKind.QUESTION) -> None:
        """Write a note about the marked words, or about the whole draft when none are."""
        if self.reading is not None and self.is_open:
            self.bar.hide()
            # Another form of the draft has other words: a note from there is on the whole draft.
            marked = self.reader.marked if self.stack.currentWidget() is self.pane else None
            self.writing.begin(kind, span=marked)

    def ask_of_section(self) -> None:
        """Write a note about the section the person is reading, without marking its words."""
        heading = self.acts.heading_here()
        if heading is None:
            self.say("There is no heading before this place.")
            return
        self.bar.hide()
        span = (heading.start, heading.start + len(heading.text))
        self.writing.begin(AnnotationKind.QUESTION, span=span, of_section=True)

    def finish(self) -> None:
        """Offer to give the review back."""
        if self.reading is None:
            return
        offered = max((part.minutes_to_offer() for part in self.parts), default=0)
        form = FinishForm(self.services, self.tasks, self.reading, offered_minutes=offered)
        form.saved.connect(self._on_finished)
        form.cancelled.connect(self.writing.close)
        self.margin.slot.show_only(form)
        self.ask_button.hide()
        self.frame.show_part(margin=True)
        self.margin.area.ensureVisible(0, 0)
        form.focus_first()

    def _on_finished(self, _: object) -> None:
        for part in self.parts:
            part.given_back()
        self.writing.close()
        self.frame.show_part(margin=False)
        words = "Thank you. It is marked as done. You can still read it and add notes."
        messages.tell(self, words)
        self.said.emit("Done")


def _context(reading: Reading, page: ReadingPage) -> str:
    parts = [DRAFT_KIND_WORDS[reading.draft.kind], version_words(reading.version)]
    request = reading.request
    if request and not reading.done:
        parts.append(f"about {minutes_words(request.minutes)}")
        if request.due_on:
            parts.append(f"by {day_words(request.due_on, today=page.today)}")
    if reading.done:
        parts.append("done")
    return " · ".join(parts)

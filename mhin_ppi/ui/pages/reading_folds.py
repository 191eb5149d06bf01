"""Content notes on the reading page: writing one on marked words, changing it, folding its part."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from ...domain.content_notes import ContentNote
from ...services.boards import Services
from .. import messages
from ..tasks import Tasks
from ..widgets.buttons import button
from ..widgets.folds import Fold
from ..widgets.labels import WrapLabel
from .form import Form
from .reading_facts import NoteShown, Reading, folds_of
from .reading_parts import ReadingPart, ReadingPlace

CONTENT_NOTE = "content_note"
"""The key of *Content note* behind *More*, where every other key is a kind of note."""


class ContentNoteForm(Form):
    """A few words on what a part touches on.

    Args:
        services: The open board.
        tasks: Runs the saving.
        reading: What is being read.
        span: The part marked, in code points.
        note: The note that is changed; ``None`` to write one.
    """

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        reading: Reading,
        *,
        span: tuple[int, int],
        note: ContentNote | None = None,
    ) -> None:
        super().__init__("Change the content note" if note else "Add a content note", tasks=tasks)
        self._services, self._reading, self._span, self._note = services, reading, span, note
        self.put(
            WrapLabel(
                "The part you marked starts folded, for everyone. They see these words first and "
                "choose to read it or to skip it.",
                role="muted",
            )
        )
        self.words = QLineEdit(note.body if note else "")
        self.words_row = self.ask(
            "This part touches on",
            self.words,
            help_text="A few words, such as: loss. Leave out the details.",
        )
        if note is not None:
            self.offer(button("Take it away", on_press=self.take_away))

    def save(self) -> None:
        """Save the words."""
        body, services, note = self.words.text().strip(), self._services, self._note
        self.words_row.set_problem("" if body else "Write what this part touches on.")
        if not body:
            return
        if note is not None:
            self.run(lambda: services.content_notes.change(note.id, body=body))
        else:
            version, span = self._reading.version.id, self._span
            self.run(lambda: services.content_notes.add(version, span=span, body=body))

    def take_away(self) -> None:
        """Take the note away."""
        note, services = self._note, self._services
        if note is not None:
            self.run(lambda: services.content_notes.take_away(note.id))


class ReadingFolds(ReadingPart):
    """Folds parts with a content note, and lets anyone add a note."""

    def __init__(self, page: ReadingPlace, *, parent: QObject) -> None:
        super().__init__(page, parent=parent)
        page.reader.folding.change_wanted.connect(self._change)
        page.reader.folding.changed.connect(self._keep_words_back)
        self._notes: dict[str, ContentNote] = {}

    @override
    def opened(self, reading: Reading) -> None:
        self._notes = {str(note.id): note for note in reading.content_notes}
        self._keep_words_back()

    def _keep_words_back(self) -> None:
        """What is folded in the text is not to be read in the margin either."""
        self.page.margin.hide_words_in(self.page.reader.folded_spans())

    @override
    def notes_shown(self, notes: tuple[NoteShown, ...]) -> None:
        """Notes were read again: perhaps content notes came or went too."""
        reading, services = self.page.reading, self.page.services
        if reading is None:
            return
        version = reading.version.id

        def read() -> tuple[list[ContentNote], tuple[Fold, ...]]:
            found = services.content_notes.on(version)
            return found, folds_of(services, found)

        def show(read: tuple[list[ContentNote], tuple[Fold, ...]]) -> None:
            now = self.page.reading
            if now is None or now.version.id != version or not self.page.is_open:
                return
            self._notes = {str(note.id): note for note in read[0]}
            if read[1] != self.page.reader.folding.wanted:
                self.page.reader.folding.set(read[1])
                self._keep_words_back()

        self.page.tasks.run(read, owner=self, on_done=show)

    @override
    def chosen(self, key: str) -> None:
        reading, span = self.page.reading, self.page.reader.marked
        if key == CONTENT_NOTE and reading is not None and span is not None:
            form = ContentNoteForm(self.page.services, self.page.tasks, reading, span=span)
            self._show(form, said="Content note saved. That part is folded now.")

    def _change(self, ids: object) -> None:
        reading, services = self.page.reading, self.page.services
        found = [self._notes[each] for each in cast(tuple[str, ...], ids) if each in self._notes]
        theirs = next((note for note in found if services.content_notes.may_change(note)), None)
        if reading is None or theirs is None:
            return
        note = theirs
        span = (note.passage.start, note.passage.end)
        form = ContentNoteForm(services, self.page.tasks, reading, span=span, note=note)
        self._show(form, said="The content note is changed.")

    def _show(self, form: ContentNoteForm, *, said: str) -> None:
        slot, frame, reader = self.page.margin.slot, self.page.frame, self.page.reader

        def close() -> None:
            slot.clear()
            frame.show_part(margin=False)
            reader.clear_selection()
            reader.setFocus()

        def saved(_: object) -> None:
            close()
            messages.tell(self, said)

        form.saved.connect(saved)
        form.cancelled.connect(close)
        slot.show_only(form)
        frame.show_part(margin=True)
        self.page.margin.area.ensureVisible(0, 0)
        form.focus_first()

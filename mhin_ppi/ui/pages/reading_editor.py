"""The editors of the reading page: a note on the draft, a reply in its thread, tags of a note."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton
from typing_extensions import override

from ...domain.annotations import KIND_WORDS, AnnotationKind, Visibility
from ...services.note_states import WIDTH
from ..widgets.buttons import button
from ..widgets.cards import Card
from ..widgets.flow import FlowRow
from ..widgets.form_rows import FormRow
from ..widgets.labels import WrapLabel
from ..widgets.note_editor import Audience, NoteEditor
from .form import Pick
from .note_threads import GUIDING, shown_tags
from .reading_facts import NoteShown, Reading
from .words_for import visibility_words

TITLES = {
    AnnotationKind.QUESTION: "Ask a question",
    AnnotationKind.SUGGESTION: "Suggest something",
    AnnotationKind.UNCLEAR: "Say what is not clear",
    AnnotationKind.BARRIER: "Name a barrier",
    AnnotationKind.FACILITATOR: "Say what helps",
    AnnotationKind.CONCERN: "Raise a concern",
    AnnotationKind.WORKS: "Say what works",
}


def audiences(
    coordinator: str, *, widest: Visibility = Visibility.BOARD, reply: bool = False
) -> list[Audience]:
    """Return who may see a note, the usual one first, and what each means.

    Args:
        coordinator: Who coordinates, in words.
        widest: The furthest it may reach: a reply reaches no further than what it answers.
        reply: Whether it is a reply, which nobody owes an answer.
    """
    whose = coordinator[:1].upper() + coordinator[1:].replace(", the coordinator", "")
    alone = "It stays with you. It is not sent, so nobody can answer it."
    sentences = {
        Visibility.BOARD: "Everyone on the board and the research team can see it once you send "
        "it. It can go into the team's Word or PDF file.",
        Visibility.COORDINATOR: f"{whose} can see it once you send it. "
        "It stays out of the team's file.",
        Visibility.ONLY_ME: "It stays with you. It is not sent." if reply else alone,
    }
    return [
        Audience(each.value, visibility_words(each, coordinator=coordinator), sentence)
        for each, sentence in sentences.items()
        if WIDTH[each] <= WIDTH[widest]
    ]


class ReadingEditor(NoteEditor):
    """Writes a note on a draft: its kind, the place it concerns, and whose words they are.

    Args:
        reading: What is being read.
    """

    def __init__(self, reading: Reading) -> None:
        super().__init__(audiences(reading.coordinator))
        self.kind = Pick((words, kind) for kind, words in KIND_WORDS.items())
        self.site = Pick([("No certain place", None), *((s.name, s.id) for s in reading.sites)])
        others = [p for p in reading.people if p.id != reading.me.id]
        self.person = Pick([("Me", None), *((p.name, p.id) for p in others)])
        rows = [FormRow("What it is", self.kind)]
        if reading.sites:
            rows.append(FormRow("The place it is about", self.site))
        if others:
            rows.append(FormRow("Whose words these are", self.person))
        for row in rows:
            self.column.insertWidget(self.column.count() - 2, row)
        self._rows = rows[1:]
        self.keep_low()

    def set_changing(self, *, changing: bool) -> None:
        """Offer only what can be changed of a note that is there already."""
        for row in self._rows:
            row.setVisible(not changing)


class ReplyEditor(NoteEditor):
    """Writes a reply, within the thread it belongs to.

    Args:
        reading: What is being read.
        to: The note that is answered, or whose words are changed.
    """

    def __init__(self, reading: Reading, to: NoteShown) -> None:
        widest = to.note.visibility
        super().__init__(audiences(reading.coordinator, widest=widest, reply=True))
        self.keep_low()


class TagEditor(Card):
    """Gives a note tags, with those in use as suggestions.

    Args:
        shown: The note.
        in_use: Tags of this draft, the most used first.

    Signals:
        saved: The tags.
        cancelled: They stay as they were.
    """

    saved = Signal(object)
    cancelled = Signal()

    def __init__(self, shown: NoteShown, *, in_use: Sequence[str]) -> None:
        super().__init__()
        self._kept = tuple(tag for tag in shown.note.tags if tag.startswith(GUIDING))
        self.setAccessibleName("Tags")
        self.field = QLineEdit(", ".join(shown_tags(shown)))
        self.row = FormRow("Tags, with commas between them", self.field)
        self.add(self.row)
        unused = [tag for tag in in_use if tag not in shown_tags(shown)][:6]
        if unused:
            self.add(WrapLabel("In use on this draft:", role="muted"))
            self.add(FlowRow(*(self._suggestion(tag) for tag in unused)))
        save = button("Save", icon="check", kind="primary", on_press=self._save)
        self.add(FlowRow(save, button("Cancel", on_press=self.cancelled.emit)))
        self.field.returnPressed.connect(self._save)
        self.setFocusProxy(self.field)

    def tags(self) -> tuple[str, ...]:
        """Return the tags as they are written now."""
        return (*(part.strip() for part in self.field.text().split(",") if part.strip()),)

    def _suggestion(self, tag: str) -> QPushButton:
        made = button(tag, icon="plus", kind="quiet", on_press=lambda: self._add(tag))
        made.setAccessibleName(f"Add the tag {tag}")
        return made

    def _add(self, tag: str) -> None:
        if tag not in self.tags():
            self.field.setText(", ".join((*self.tags(), tag)))
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        self.saved.emit((*self._kept, *self.tags()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
            return
        super().keyPressEvent(event)

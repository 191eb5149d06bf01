"""What stands beside a draft: guiding questions, the note being written, and the notes made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ...domain.annotations import KIND_WORDS, AnnotationKind, Visibility, guiding_tag
from ..theme import theme, theme_changes
from ..widgets.buttons import button
from ..widgets.cards import Card
from ..widgets.form_rows import FormRow
from ..widgets.labels import WrapLabel, heading, muted
from ..widgets.note_editor import Audience, NoteEditor
from ..widgets.page_frame import scrolling
from ..widgets.question_card import QuestionCard
from .carried_facts import GONE_HEADING
from .form import Pick
from .framed_page import FIRST_AT_ONCE, Column
from .reading_facts import NoteShown, Reading
from .words_for import visibility_words

_HEADING = "Notes on this draft"
TITLES = {
    AnnotationKind.QUESTION: "Ask a question",
    AnnotationKind.SUGGESTION: "Suggest something",
    AnnotationKind.UNCLEAR: "Say what is not clear",
    AnnotationKind.BARRIER: "Name a barrier",
    AnnotationKind.FACILITATOR: "Say what helps",
    AnnotationKind.CONCERN: "Raise a concern",
    AnnotationKind.WORKS: "Say what works",
}


def audiences(coordinator: str) -> list[Audience]:
    """Return who may see a note, the usual one first, and what each means."""
    whose = coordinator[:1].upper() + coordinator[1:].replace(", the coordinator", "")
    sentences = {
        Visibility.BOARD: "Everyone on the board can see it once you send it, "
        "and it goes into the team's Word file.",
        Visibility.COORDINATOR: f"{whose} can see it once you send it. "
        "It stays out of the team's Word file.",
        Visibility.ONLY_ME: "It stays with you. It is not sent, so nobody can answer it.",
    }
    return [
        Audience(each.value, visibility_words(each, coordinator=coordinator), sentence)
        for each, sentence in sentences.items()
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
        self._rows = rows
        self._limit()
        theme_changes().changed.connect(self._limit)

    def _limit(self) -> None:
        # Kept low so that *Save* is in sight; longer words scroll inside the field.
        self._field.setMaximumHeight(theme().px(5.2))

    def set_changing(self, *, changing: bool) -> None:
        """Offer only the words when a note that is there already is changed."""
        for row in self._rows:
            row.setVisible(not changing)
        self._who.setEnabled(not changing)


class NoteCard(QuestionCard):
    """One note in the margin; a click or Enter shows its words in the draft.

    Args:
        shown: The note.
        quote: What to show as quoted, or "".
    """

    def __init__(self, shown: NoteShown, *, quote: str) -> None:
        note = shown.note
        parts = [KIND_WORDS[note.kind], shown.author]
        if shown.page:
            parts.append(f"page {shown.page}")
        if shown.carried:
            parts.append(shown.carried.words)
        alone = "Just me" if note.visibility is Visibility.ONLY_ME else "Noted"
        status = shown.fate or alone
        super().__init__(
            note.body,
            status=status,
            tone=shown.tone,
            icon=shown.icon,
            context=" · ".join(parts),
            quote=quote,
        )
        self.shown = shown
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{' · '.join(parts)}: {note.body}")
        for label in self.findChildren(QLabel):
            label.installEventFilter(self)
            label.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        if shown.story:
            self.add_action("story", "What happened", kind="quiet")
        if shown.is_mine:
            if not (shown.story and shown.story.responses):
                self.add_action("change", "Change", kind="quiet")
            self.add_action("take_back", "Take back", kind="quiet")

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(watched, QLabel):
            if not watched.hasSelectedText():
                self.action_wanted.emit("show")
        return super().eventFilter(watched, event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.action_wanted.emit("show")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.action_wanted.emit("show")
            return
        super().keyPressEvent(event)


class ReadingMargin(QWidget):
    """The column beside the draft.

    Signals:
        note_action: (action, note) something a person wants to do with a note.
        guiding_wanted: The number of the guiding question that is to be answered, from 0.
    """

    note_action = Signal(str, object)
    guiding_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.guiding, self.slot, self.notes = Column(), Column(), Column()
        self.panel = Column()
        self.cards: dict[str, NoteCard] = {}
        self._number = 0
        inside = QWidget()
        self._inside = QVBoxLayout(inside)
        self._inside.addWidget(self.slot)
        self._inside.addWidget(self.panel)
        self._inside.addWidget(self.guiding)
        self._inside.addWidget(self.notes)
        self._inside.addStretch(1)
        self.area: QScrollArea = scrolling(inside, name="Notes")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.area)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._space()
        theme_changes().changed.connect(self._space)

    def clear(self) -> None:
        """Show nothing: what people wrote about a draft is content too."""
        for part in (self.guiding, self.slot, self.panel, self.notes):
            part.clear()
        self.cards = {}

    def show_panel(self, panel: QWidget | None) -> None:
        """Show something else in the place of the notes; ``None`` shows the notes again."""
        if panel is None:
            self.panel.clear()
        else:
            self.panel.show_only(panel)
        self.guiding.setVisible(panel is None and bool(self.guiding.all()))
        self.notes.setVisible(panel is None and bool(self.notes.all()))

    def show_guiding(self, questions: Sequence[str], *, content_note: str = "") -> None:
        """Show what the team would most like to hear about."""
        self.guiding.clear()
        if not questions and not content_note:
            return
        card = Card("What the team would like to hear about" if questions else "")
        for number, words in enumerate(questions):
            card.add(WrapLabel(words))
            answer = button(
                "Answer",
                icon="message-square",
                on_press=partial(self.guiding_wanted.emit, number),
            )
            answer.setAccessibleName(f"Answer: {words}")
            card.column.addWidget(answer, 0, Qt.AlignmentFlag.AlignLeft)
        if content_note:
            card.add(muted(f"What it touches on: {content_note}"))
        self.guiding.show_only(card)
        self.guiding.setVisible(not self.panel.all())

    def show_notes(self, notes: Sequence[NoteShown], *, guiding: Sequence[str] = ()) -> None:
        """Show the notes, in reading order."""
        same = {
            shown.note.id: self.cards[str(shown.note.id)] for shown in notes if self._has(shown)
        }
        self.cards = {}
        self._number = len(notes)
        if len(notes) - len(same) > FIRST_AT_ONCE:
            makers: list[Callable[[], QWidget]] = [
                partial(self._card, shown, guiding) for shown in notes
            ]
            gone_at = next((n for n, shown in enumerate(notes) if _is_gone(shown)), None)
            if gone_at is not None:
                makers.insert(gone_at, partial(heading, GONE_HEADING))
            self.notes.show_gradually([partial(heading, _HEADING), *makers])
            self.notes.setVisible(not self.panel.all())
            return
        widgets: list[QWidget] = [heading(_HEADING)]
        gone = False
        for shown in notes:
            if _is_gone(shown) and not gone:
                gone = True
                widgets.append(heading(GONE_HEADING))
            card = same.get(shown.note.id) or self._card(shown, guiding)
            self.cards[str(shown.note.id)] = card
            widgets.append(card)
        if not notes:
            widgets.append(
                muted("Your notes will be here. Mark some words in the draft to write one.")
            )
        self.notes.show_only(*widgets, stretch=True)
        self.notes.setVisible(not self.panel.all())

    def _has(self, shown: NoteShown) -> bool:
        card = self.cards.get(str(shown.note.id))
        return card is not None and card.shown == shown

    def _card(self, shown: NoteShown, guiding: Sequence[str]) -> NoteCard:
        passage = shown.note.passage
        quote = _short(passage.quote) if passage else _guiding(shown, guiding)
        if shown.carried and _is_gone(shown):
            quote = _short(shown.carried.old_quote)
        card = NoteCard(shown, quote=quote)
        card.action_wanted.connect(lambda action: self.note_action.emit(action, shown))
        self.cards[str(shown.note.id)] = card
        return card

    def reveal(self, note: str) -> None:
        """Bring a note's card into view and put the focus on it."""
        if note not in self.cards:
            self.notes.finish()
        card = self.cards.get(note)
        if card is not None:
            self.area.ensureWidgetVisible(card)
            card.setFocus(Qt.FocusReason.OtherFocusReason)

    def words(self) -> str:
        """Return what the margin's tab is called."""
        return f"Notes ({self._number})"

    def _space(self) -> None:
        made = theme()
        self._inside.setContentsMargins(0, 0, made.px(0.3), 0)
        self._inside.setSpacing(made.space(2))
        for part in (self.guiding, self.slot, self.panel, self.notes):
            layout = part.layout()
            if layout is not None:
                layout.setSpacing(made.space(2))


def _is_gone(shown: NoteShown) -> bool:
    return shown.carried is not None and shown.carried.is_gone


def _short(quote: str, *, longest: int = 90) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= longest else words[: longest - 1] + "…"


def _guiding(shown: NoteShown, guiding: Sequence[str]) -> str:
    """Return the guiding question a note answers, or ""."""
    for number, words in enumerate(guiding, start=1):
        if guiding_tag(number) in shown.note.tags:
            return words
    return ""

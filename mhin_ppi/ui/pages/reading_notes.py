"""What stands beside a draft: guiding questions, the note being written, and the notes made."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ...domain.annotations import guiding_tag
from ..theme import theme, theme_changes
from ..widgets.buttons import button
from ..widgets.cards import Card
from ..widgets.labels import WrapLabel, heading, muted
from ..widgets.page_frame import scrolling
from ..widgets.virtual_column import VirtualColumn
from .carried_facts import GONE_HEADING
from .filter_bar import FilterBar
from .framed_page import Column
from .margin_head import MarginHead
from .margin_slot import MarginSlot
from .margin_words import short, within
from .note_threads import NoteFilter, NotesChosen, ThreadShown
from .reading_facts import NoteShown
from .thread_card import ThreadCard

_GONE = "gone"
"""The key of the heading over notes whose part is gone."""
_FOLDED_AWAY = "On words in a part that is folded."
_GONE_AWAY = "On words in a part that was folded."
_NOTHING_YET = "Your notes will be here. Mark some words in the draft to write one."
_NOTHING_SHOWN = "No note is like this. All of them are still there."


class ReadingMargin(QWidget):
    """The column beside the draft.

    Signals:
        note_action: (action, note) something a person wants to do with a note.
        note_entered: A note on which the focus has come to rest.
        guiding_wanted: The number of the guiding question that is to be answered, from 0.
        filter_changed: What is wanted of the notes, and has been shown.
    """

    note_action = Signal(str, object)
    note_entered = Signal(object)
    guiding_wanted = Signal(int)
    filter_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.head = MarginHead()
        self.guiding, self.panel, self.waiting = Column(), Column(), Column()
        self.slot = MarginSlot()
        self._filter: FilterBar | None = None
        self.chosen = NotesChosen()
        self.wanted = NoteFilter()
        self._starts: list[int] = []
        self._guiding_words: Sequence[str] = ()
        self._unfolded: set[str] = set()
        self._folded: tuple[tuple[int, int], ...] = ()
        self._entered = ""
        self._today = date.min
        self._nothing = muted(_NOTHING_YET)
        inside = QWidget()
        self._inside = QVBoxLayout(inside)
        self.area: QScrollArea = scrolling(inside, name="Notes")
        self.notes = VirtualColumn(self.area, self._card)
        for part in (
            self.slot,
            self.waiting,
            self.panel,
            self.guiding,
            self._nothing,
            self.notes,
        ):
            self._inside.addWidget(part)
        self._inside.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.head)
        self._column.addWidget(self.area)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.head.filter_button.toggled.connect(self._on_filter_toggled)
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr]
        self._space()
        theme_changes().changed.connect(self._space)
        self._show_parts()

    @property
    def cards(self) -> Mapping[str, ThreadCard]:
        """The cards that exist now: those in view or nearly so, by the id of their first note."""
        made = self.notes.made
        return {key: card for key, card in made.items() if isinstance(card, ThreadCard)}

    @property
    def filter(self) -> FilterBar:
        """The fields of the filter: made when first wanted, since the draft's words come first."""
        if self._filter is None:
            made = self._filter = FilterBar()
            self._inside.insertWidget(self._inside.indexOf(self.guiding), made)
            made.show_value(self.wanted)
            made.offer(self.chosen.people, self.chosen.tags)
            made.changed.connect(self._on_filter)
            made.closed.connect(lambda: self.head.filter_button.setChecked(False))
        return self._filter

    def clear(self) -> None:
        """Show nothing: what people wrote about a draft is content too."""
        for part in (self.guiding, self.slot, self.waiting, self.panel):
            part.clear()
        self._unfolded.clear()
        self.show_filter(NoteFilter())
        self.show_notes(NotesChosen(), today=self._today)
        self.head.setVisible(False)
        self._nothing.setVisible(False)

    def show_panel(self, panel: QWidget | None) -> None:
        """Show something else in the place of the notes; ``None`` shows the notes again."""
        if panel is None:
            self.panel.clear()
        else:
            self.panel.show_only(panel)
        self._show_parts()

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

    def show_waiting(self, waiting: Mapping[str, str], *, go_on: Callable[[str], None]) -> None:
        """Offer to go on with what was begun and not saved.

        Args:
            waiting: The words so far, by the name they are kept under.
            go_on: Told the name of what the person wants to go on with.
        """
        self.waiting.clear()
        if not waiting:
            return
        card = Card("Begun, not yet saved")
        for slot, words in waiting.items():
            what = "Go on with the reply" if slot.startswith("reply") else "Go on with the note"
            card.add(muted(f"“{short(words)}”"))
            made = button(what, icon="pencil", on_press=partial(go_on, slot))
            made.setAccessibleName(f"{what}: {short(words)}")
            card.column.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        self.waiting.show_only(card)

    # Notes

    def show_notes(self, notes: NotesChosen, *, today: date, guiding: Sequence[str] = ()) -> None:
        """Show the notes, in reading order: those of them that the filter chooses.

        Args:
            notes: All of them.
            today: The day it is.
            guiding: The guiding questions, to be quoted by the notes that answer them.
        """
        self._today, self._guiding_words = today, guiding
        self._show(notes)

    def show_filter(self, wanted: NoteFilter) -> None:
        """Show only what is wanted; nobody is told."""
        self.wanted = wanted
        if self._filter is not None:
            self._filter.show_value(wanted)
        self._show(self.chosen)

    def hide_words_in(self, spans: Sequence[tuple[int, int]]) -> None:
        """Quote nothing from these parts of the draft: they are folded, unread."""
        before, self._folded = self._folded, tuple(spans)
        if before == self._folded:
            return
        quoting = [
            key
            for key in self.notes.made
            if key != self._written_in()
            and (thread := self.chosen.by_key.get(key)) is not None
            and thread.first is not None
            and (passage := thread.first.note.passage) is not None
            and within(passage, before) != within(passage, self._folded)
        ]
        self.notes.show_keys(self.notes.keys, changed=quoting)

    def _unfold(self, key: str) -> None:
        """Show the whole of a resolved thread."""
        self._unfolded.add(key)
        self.notes.show_keys(self.notes.keys, changed=[key])

    def _show(self, notes: NotesChosen) -> None:
        before, writing = self.chosen.by_key, self._written_in()
        self.chosen = notes.wanting(self.wanted)
        self._starts = [thread.start for thread in self.chosen.shown]
        changed = [
            key
            for key in self.notes.made
            if key != writing and before.get(key) != self.chosen.by_key.get(key)
        ]
        self.notes.show_keys(self._keys(), changed=changed)
        if self._filter is not None:
            self._filter.offer(self.chosen.people, self.chosen.tags)
        resolved = sum(thread.is_resolved for thread in self.chosen.all)
        self.head.say_count(len(self.chosen.shown), of=len(self.chosen.all), resolved=resolved)
        self._nothing.setText(_NOTHING_SHOWN if self.chosen.all else _NOTHING_YET)
        self._show_parts()

    def _keys(self) -> list[str]:
        keys = [thread.key for thread in self.chosen.shown]
        gone = next((n for n, thread in enumerate(self.chosen.shown) if thread.is_gone), None)
        return keys if gone is None else [*keys[:gone], _GONE, *keys[gone:]]

    def _card(self, key: str) -> QWidget:
        if key == _GONE:
            return heading(GONE_HEADING)
        thread = self.chosen.by_key[key]
        at = self.notes.number_of(key)
        card = ThreadCard(
            thread,
            quote=self._quote(thread),
            place=f"{at + 1} of {len(self.notes.keys)}",
            today=self._today,
            folded=thread.is_resolved and key not in self._unfolded,
            unread=self._is_unread(thread),
        )
        card.wanted.connect(self._on_wanted)
        return card

    def _is_unread(self, thread: ThreadShown) -> bool:
        """Return whether a thread is on words in a part that is folded."""
        passage = thread.first.note.passage if thread.first is not None else None
        return passage is not None and within(passage, self._folded)

    def _quote(self, thread: ThreadShown) -> str:
        if thread.first is None:
            return ""
        note, carried = thread.first.note, thread.first.carried
        if carried is not None and carried.is_gone:
            if carried.old_touches_on:
                return _GONE_AWAY
            return f"“{short(carried.old_quote)}”"
        if note.passage is not None:
            if self._is_unread(thread):
                return _FOLDED_AWAY
            return "" if note.of_section else f"“{short(note.passage.quote)}”"
        for number, words in enumerate(self._guiding_words, start=1):
            if guiding_tag(number) in note.tags:
                return f"“{words}”"
        return ""

    # Moving about

    def reveal(self, note: str) -> None:
        """Bring a note's card into view and put the focus on it."""
        key = self.key_of(note)
        if key in self.chosen.by_key and key not in self.notes.keys:
            # Whoever asks for a certain note is not helped by a filter that hides it.
            self.filter.clear()
        card = self.notes.bring(key)
        if card is not None:
            card.setFocus(Qt.FocusReason.OtherFocusReason)

    def key_of(self, note: str) -> str:
        """Return the key of the thread that a note belongs to."""
        return self.chosen.key_of.get(note, note)

    def first_between(self, start: int, end: int) -> ThreadShown | None:
        """Return the first thread on words between two offsets; ``None`` when there is none."""
        at = bisect_left(self._starts, start)
        found = self.chosen.shown[at] if at < len(self._starts) else None
        return found if found is not None and found.start < end else None

    def words(self) -> str:
        """Return what the margin's tab is called."""
        return f"Notes ({len(self.chosen.all)})"

    def place_reply(self, key: str, editor: QWidget) -> bool:
        """Put an editor into a thread's card; return whether the card is there."""
        self._unfolded.add(key)
        if (thread := self.chosen.by_key.get(key)) is not None and thread.is_resolved:
            self.notes.show_keys(self.notes.keys, changed=[key])
        self.notes.pin(key)
        card = self.notes.bring(key)
        if not isinstance(card, ThreadCard):
            self.notes.pin("")
            return False
        card.reply_slot.show_only(editor)
        self.show_editor(editor)
        return True

    def show_editor(self, editor: QWidget) -> None:
        """Bring the whole of an editor in a thread into view, as far as there is room."""
        self.notes.measure(self._written_in())
        self.area.ensureWidgetVisible(editor, 0, theme().space(2))

    def close_reply(self) -> None:
        """Take the editor out of the thread it is in."""
        key = self._written_in()
        self.notes.pin("")
        if key:
            self.notes.show_keys(self._keys(), changed=[key])

    def _written_in(self) -> str:
        """Return the key of the thread that holds an editor, or ""."""
        written = (key for key, card in self.cards.items() if card.reply_slot.all())
        return next(written, "")

    def _on_wanted(self, action: str, shown: NoteShown) -> None:
        key = self.key_of(str(shown.note.id))
        if action == "unfold":
            self._unfold(key)
            self.reveal(key)
        elif action in ("next", "before"):
            keys = [each.key for each in self.chosen.shown]
            if key not in keys:  # kept only for what is being written in it
                return
            at = keys.index(key) + (1 if action == "next" else -1)
            if 0 <= at < len(keys):
                self.reveal(keys[at])
        else:
            self.note_action.emit(action, shown)

    def _on_focus(self, _: object, now: QWidget | None) -> None:
        card: QWidget | None = now
        while card is not None and not isinstance(card, ThreadCard):
            card = card.parentWidget()
        key = card.talk.key if card is not None and self.isAncestorOf(card) else ""
        if key != self._entered:
            self._entered = key
            self.note_entered.emit(card.note if key and card is not None else None)

    # Parts

    def _on_filter_toggled(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.filter.setVisible(on)
        if on:
            self.area.ensureVisible(0, max(0, self.filter.mapTo(self._within(), QPoint()).y()))
            self.filter.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.head.filter_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _within(self) -> QWidget:
        return self.area.widget() or self

    def _on_filter(self, wanted: NoteFilter) -> None:
        self.wanted = wanted
        self._show(self.chosen)
        self.filter_changed.emit(wanted)

    def _show_parts(self) -> None:
        free = not self.panel.all()
        self.head.setVisible(free)
        self.guiding.setVisible(free and bool(self.guiding.all()))
        self.notes.setVisible(free and bool(self.chosen.shown))
        self._nothing.setVisible(free and not self.chosen.shown)
        if self._filter is not None:
            self._filter.setVisible(free and self.head.filter_button.isChecked())

    def _space(self) -> None:
        made = theme()
        self._inside.setContentsMargins(0, 0, made.px(0.3), 0)
        self._inside.setSpacing(made.space(2))
        self._column.setSpacing(made.space(1))
        for part in (self.guiding, self.slot, self.waiting, self.panel):
            layout = part.layout()
            if layout is not None:
                layout.setSpacing(made.space(2))

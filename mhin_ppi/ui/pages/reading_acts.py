"""What is done with the notes that are there: answered, closed, tagged, chosen, listed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from ...services.note_history import NoteAct, NoteStep
from ...services.notes_kept import keep_view
from .. import messages
from ..widgets.draft_document import Heading
from .note_threads import NoteFilter, filter_from
from .page import Place
from .reading_editor import TagEditor
from .reading_facts import NoteShown, Reading
from .reading_list import NotesList
from .reading_parts import ReadingPlace
from .reading_undo import Undoing
from .reading_writing import Writing


class ActsPlace(ReadingPlace, Protocol):
    """What of the reading page this needs beside what its parts use."""

    stack: QStackedWidget
    list: NotesList
    writing: Writing
    undoing: Undoing

    def show_words(self, start: int, end: int) -> None:
        """Bring words into view and mark them."""


class NoteActs(QObject):
    """Joins the cards of the margin, and the list, to what they ask for.

    Args:
        page: The reading page.
        parent: Qt's owner: the same page, as a widget.
    """

    def __init__(self, page: ActsPlace, *, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = page
        page.margin.note_action.connect(self.act)
        page.margin.filter_changed.connect(self._on_filter)
        head = page.margin.head
        head.list_button.clicked.connect(self.open_list)
        head.undo_button.clicked.connect(page.undoing.undo)
        head.redo_button.clicked.connect(page.undoing.redo)
        page.list.opened.connect(self._open_from_list)
        page.list.closed.connect(self.close_list)
        page.reader.folding.changed.connect(self.show_list)
        page.reader.installEventFilter(self)
        for keys, do in (
            (QKeySequence(QKeySequence.StandardKey.Undo), page.undoing.undo),
            (QKeySequence("Ctrl+Shift+Z"), page.undoing.redo),
            (QKeySequence("Ctrl+Y"), page.undoing.redo),
            (QKeySequence("Ctrl+Shift+F"), self._toggle_filter),
            (QKeySequence("Ctrl+Shift+X"), lambda: page.margin.filter.clear()),
            (QKeySequence("Ctrl+Shift+N"), self.open_list),
        ):
            shortcut = QShortcut(keys, parent)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A text that only shows words takes Ctrl+Z for itself, and then does nothing with it.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = QKeySequence.StandardKey
            if event.matches(keys.Undo) or event.matches(keys.Redo):
                event.ignore()
                return True
        return False

    # What is shown

    def open(self, reading: Reading) -> None:
        """Begin with a draft whose notes are still to be read."""
        self._page.margin.show_filter(filter_from(reading.view))
        self._page.undoing.show()

    def heading_here(self) -> Heading | None:
        """Return the heading of the section that is read: the caret's, while it is in view."""
        reader = self._page.reader
        start, end = reader.range_in_view
        caret = reader.caret()
        here = caret if start <= caret < end else start
        before = [each for each in reader.headings if each.start <= here]
        return before[-1] if before else None

    # What is done with one note

    def act(self, action: str, shown: NoteShown) -> None:
        """Do what a card asks for."""
        page, note = self._page, shown.note
        if action == "show" and note.passage:
            page.show_words(note.passage.start, note.passage.end)
        elif action == "story" and shown.story:
            page.go.emit(Place.STORY, shown.story.question.id)
        elif action == "change":
            page.writing.begin_change(shown)
        elif action == "reply":
            page.writing.begin_reply(shown)
        elif action == "tags":
            self._begin_tags(shown)
        elif action in ("resolve", "open_again"):
            self._resolve(shown, resolved=action == "resolve")
        elif action == "take_back":
            self._take_back(shown)

    def _resolve(self, shown: NoteShown, *, resolved: bool) -> None:
        page, note = self._page, shown.note.id
        annotations = page.services.annotations
        page.undoing.run(
            NoteAct.RESOLVE if resolved else NoteAct.OPEN_AGAIN,
            lambda: annotations.resolve(note, resolved=resolved),
            note=note,
            then=lambda _: page.say("Resolved" if resolved else "Open again"),
        )

    def _take_back(self, shown: NoteShown) -> None:
        page, note = self._page, shown.note.id
        annotations = page.services.annotations
        page.undoing.run(
            NoteAct.TAKE_BACK,
            lambda: annotations.take_back(note),
            note=note,
            then=lambda step: messages.tell(
                self,
                "Your words were taken back. Files that were sent before cannot be recalled.",
                action="Undo",
                on_action=page.undoing.undo_later(step),
            ),
        )

    def _begin_tags(self, shown: NoteShown) -> None:
        page = self._page
        margin, key = page.margin, page.margin.key_of(str(shown.note.id))
        page.writing.put_away()
        editor = TagEditor(shown, in_use=margin.chosen.tags)
        if not margin.place_reply(key, editor):
            editor.deleteLater()
            return

        def close() -> None:
            margin.close_reply()
            margin.reveal(key)

        page.margin.show_editor(editor)
        editor.cancelled.connect(close)
        editor.saved.connect(lambda tags: self._tag(shown, tags, editor, then=close))
        editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tag(
        self,
        shown: NoteShown,
        tags: Sequence[str],
        editor: TagEditor,
        *,
        then: Callable[[], None],
    ) -> None:
        page, note = self._page, shown.note.id
        annotations = page.services.annotations

        def saved(_: NoteStep) -> None:
            then()
            page.say("Tags saved")

        page.undoing.run(
            NoteAct.TAG,
            lambda: annotations.tag(note, tags),
            note=note,
            then=saved,
            on_problem=lambda problem: editor.row.set_problem(problem.in_full()),
        )

    # Which notes are shown, and the list of them

    def _on_filter(self, wanted: NoteFilter) -> None:
        page = self._page
        page.margin.head.announce_count()
        self.show_list()
        if page.reading is None:
            return
        draft, desk = page.reading.draft.id, page.services.desk
        plain = wanted.to_plain()
        page.tasks.run(lambda: keep_view(desk, draft, **plain), owner=self)

    def _toggle_filter(self) -> None:
        page = self._page
        page.frame.show_part(margin=True)
        page.margin.head.filter_button.toggle()

    def open_list(self) -> None:
        """Show all notes in one table, in the place of the draft."""
        page = self._page
        if not page.is_open:
            return
        page.stack.setCurrentWidget(page.list)
        self.show_list()
        page.frame.show_part(margin=False)
        page.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_list(self) -> None:
        """Show the draft again."""
        page = self._page
        page.stack.setCurrentWidget(page.pane)
        page.reader.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_list(self) -> None:
        """Have the list show what the margin shows, where it is in view."""
        page = self._page
        if page.stack.currentWidget() is page.list:
            chosen = page.margin.chosen
            folded = page.reader.folded_spans()
            page.list.show_threads(chosen.shown, of=len(chosen.all), folded=folded)

    def _open_from_list(self, shown: NoteShown) -> None:
        page = self._page
        self.close_list()
        if shown.note.passage:
            page.show_words(shown.note.passage.start, shown.note.passage.end)
        else:
            page.frame.show_part(margin=True)
            page.margin.reveal(str(shown.note.id))

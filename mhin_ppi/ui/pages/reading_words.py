"""The board's word list while reading: words marked quietly, explained where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton

from ...domain.people import Role
from ...domain.plain_english import DraftCheck, PlainEnglish, check_draft
from ...domain.word_finding import WordFinder
from ...domain.words import Word
from ..messages import announce
from ..theme import set_role, theme_changes
from ..widgets.buttons import button
from ..widgets.highlights import WORD, Highlight
from ..widgets.labels import WrapLabel
from .reading_facts import NoteShown, Reading
from .reading_parts import ReadingPart, ReadingPlace
from .word_form import WordForm
from .words_panel import WordsPanel, explained

LAYER = "words"
KEYS = "Alt+W"
HINT = "Words with a dotted line are explained here."


@dataclass(frozen=True, slots=True)
class WordsHere:
    """The board's words, and where they stand in one draft.

    Args:
        words: The whole list.
        places: Start and end of each place, in code points, by term.
        check: What else stands out; ``None`` for those who do not coordinate.
    """

    words: tuple[Word, ...]
    places: Mapping[str, list[tuple[int, int]]]
    check: DraftCheck | None


class WordsPart(ReadingPart):
    """Marks the words of the board's list and explains them: by pointer, caret, or a key.

    Args:
        page: The reading page.
        parent: Qt's owner.
    """

    def __init__(self, page: ReadingPlace, *, parent: QObject) -> None:
        super().__init__(page, parent=parent)
        self._here: WordsHere | None = None
        self._by_id: dict[str, Word] = {}
        self._panel: WordsPanel | None = None
        self.line = WrapLabel(HINT, role="muted")
        self.line.hide()
        self.button: QPushButton = button(
            "Words", icon="book-open", kind="quiet", on_press=self.toggle
        )
        self.button.setToolTip(f"The hard words of this draft. {KEYS} explains the word you are at")
        page.pane.add_tool(self.button)
        page.pane.add_below(self.line)
        theme_changes().changed.connect(self._keep_room)
        page.pane.arranged.connect(self._keep_room)
        page.reader.mark_under_pointer.connect(self._on_pointer)
        page.reader.mark_activated.connect(self._on_activated)
        page.reader.cursorPositionChanged.connect(self._on_caret)
        shortcut = QShortcut(QKeySequence(KEYS), page.pane)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.explain)

    # Keeping up

    def opened(self, reading: Reading) -> None:
        # A draft that is shown anew has lost its marks.
        self._here = None
        self._read(reading)

    def notes_shown(self, notes: tuple[NoteShown, ...]) -> None:
        if self.page.reading is not None and self._here is not None:
            self._read(self.page.reading)

    def left(self) -> None:
        self._here = None
        self.line.hide()
        self._close_panel()

    def _read(self, reading: Reading) -> None:
        services = self.page.services
        self.page.tasks.run(
            services.words.all,
            owner=self,
            on_done=lambda words: self._look_for(reading, tuple(words)),
        )

    def _look_for(self, reading: Reading, words: tuple[Word, ...]) -> None:
        # Beside the store's lane: in a very long draft it takes seconds, and saving must not wait.
        lists = self.page.services.catalogues.plain_english
        self.page.tasks.run(
            lambda: words_in(reading, words, lists),
            owner=self,
            on_done=lambda here: self._show(reading, here),
            lane="side",
        )

    def _show(self, reading: Reading, here: WordsHere) -> None:
        if self.page.reading is None or self.page.reading.version.id != reading.version.id:
            return
        if not self.page.is_open or here == self._here:
            return
        self._here = here
        self._by_id = {str(word.id): word for word in here.words}
        ids = {word.term: str(word.id) for word in here.words}
        self.page.reader.set_highlights(
            (
                Highlight(start, end, WORD, ids[term])
                for term, places in here.places.items()
                for start, end in places
            ),
            layer=LAYER,
        )
        self._keep_room()
        self._say(self._at_caret())
        if self._panel is not None:
            self._fill(self._panel, here)

    # Explaining

    def _on_pointer(self, over: list[tuple[str, Highlight]]) -> None:
        self._say(self._among(over) or self._at_caret())

    def _on_caret(self) -> None:
        if self._here is not None:
            self._say(self._at_caret())

    def _on_activated(self, layer: str, identity: str) -> None:
        word = self._by_id.get(identity) if layer == LAYER else None
        if word is not None:
            self._say(word, aloud=True)

    def _at_caret(self) -> Word | None:
        return self._among(self.page.reader.marks.at(self.page.reader.caret()))

    def _among(self, over: list[tuple[str, Highlight]]) -> Word | None:
        mark = next((mark for layer, mark in over if layer == LAYER), None)
        return self._by_id.get(mark.id) if mark else None

    def _say(self, word: Word | None, *, aloud: bool = False) -> None:
        words = f"{word.term}: {explained(word)}" if word else HINT
        if words != self.line.text():
            self.line.setText(words)
            set_role(self.line, "" if word else "muted")
            self._keep_room()
        if aloud:
            announce(self.page.reader, words)

    def _keep_room(self) -> None:
        # Room for two lines stays, so that the text does not jump when a word is explained; but
        # where room is short, the line comes only with an explanation.
        cramped, explains = self.page.pane.is_cramped, self.line.text() != HINT
        listed = bool(self._here and self._here.places)
        self.line.setVisible(listed and (explains or not cramped))
        lines = 0 if cramped else self.line.fontMetrics().lineSpacing() * 2
        self.line.setMinimumHeight(lines)

    def explain(self) -> None:
        """Explain the word at the caret, aloud too; offer to propose it if it is not listed."""
        if self._here is None:
            return
        word = self._at_caret()
        if word is not None:
            self._say(word, aloud=True)
        else:
            self.propose(self._words_at_caret(), "")

    def _words_at_caret(self) -> str:
        reader, cursor = self.page.reader, self.page.reader.textCursor()
        if reader.marked:
            return reader.draft.text[slice(*reader.marked)]
        cursor.select(cursor.SelectionType.WordUnderCursor)
        return cursor.selectedText()

    # The panel

    def toggle(self) -> None:
        """Show the words beside the draft, or the notes again."""
        if self._panel is not None:
            self._close_panel()
        elif self._here is not None:
            panel = WordsPanel()
            panel.closed.connect(self._close_panel)
            panel.place_wanted.connect(self._show_place)
            panel.word_wanted.connect(self.propose)
            panel.destroyed.connect(self._forget_panel)
            self._panel = panel
            self._fill(panel, self._here)
            self.page.margin.show_panel(panel)
            self.page.frame.show_part(margin=True)
            panel.focus_first()

    def _fill(self, panel: WordsPanel, here: WordsHere) -> None:
        panel.show_words(here.words, here.places)
        if here.check is not None:
            panel.show_check(here.check)

    def _show_place(self, start: int, end: int) -> None:
        self.page.frame.show_part(margin=False)
        self.page.reader.show_passage(start, end)
        self.page.reader.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_panel(self) -> None:
        if self._panel is not None:
            self._panel = None
            self.page.margin.show_panel(None)
            self.page.frame.show_part(margin=False)

    def _forget_panel(self) -> None:
        self._panel = None

    def propose(self, term: str, instead: str) -> None:
        """Offer a form that puts a word on the board's list."""
        form = WordForm(self.page.services, self.page.tasks, term=term, instead=instead)

        def close() -> None:
            self.page.margin.slot.clear()
            self.page.frame.show_part(margin=self._panel is not None)
            self.page.reader.setFocus(Qt.FocusReason.OtherFocusReason)

        def saved(_: object) -> None:
            close()
            self.page.say("The word is on the list.")

        form.saved.connect(saved)
        form.cancelled.connect(close)
        self.page.margin.slot.show_only(form)
        self.page.frame.show_part(margin=True)
        self.page.margin.area.ensureVisible(0, 0)
        form.focus_first()


def words_in(reading: Reading, words: tuple[Word, ...], lists: PlainEnglish) -> WordsHere:
    """Return where the board's words stand in a draft, and for a coordinator what else stands out.

    Args:
        reading: The draft, and who reads it.
        words: The board's list.
        lists: What a coordinator's hints are made from.
    """
    text, places = reading.text.text, dict[str, list[tuple[int, int]]]()
    for found in WordFinder(word.term for word in words).find(text):
        places.setdefault(found.term, []).append((found.start, found.end))
    check = None
    if reading.me.has(Role.COORDINATOR):
        known = [word.term for word in words]
        check = check_draft(text, kind=reading.draft.kind, lists=lists, known=known)
    return WordsHere(words, places, check)

"""The pages of the PDF that a draft came from, beside its text: each shows the other's place."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt

from ...domain.page_pictures import PageBox, PagePicture, PageTurn, upright
from ...domain.page_words import PageWords
from ...errors import PPIError
from ...services.file_ports import OpenPages
from ...services.pages import has_pages
from ...services.ports import StopWanted
from .. import messages
from ..tasks import Task
from ..widgets.buttons import button
from ..widgets.folds import Fold
from ..widgets.page_marks import HERE, PageMark
from ..widgets.pages_pane import PagesPane
from .reading_facts import NoteShown, Reading
from .reading_parts import ReadingPart, ReadingPlace

_PAGES_HOLD = "These pages hold a part that touches on:"
_NOT_FOLDED = "It is folded in the text, but on the pages it can be seen."
_NEAR = 12.0
"""How far from a word, in points, a click may be."""


class PagesPart(ReadingPart):
    """Shows the draft's own pages when wished.

    Args:
        page: The reading page.
        parent: Qt's owner.
    """

    def __init__(self, page: ReadingPlace, *, parent: QObject) -> None:
        super().__init__(page, parent=parent)
        self.button = button("Pages", icon="file-text", kind="quiet")
        self.button.setCheckable(True)
        self.button.setToolTip("The pages of the PDF, beside the text")
        self.button.clicked.connect(self._on_pressed)
        self.button.hide()
        page.pane.add_tool(self.button)
        self._pane: PagesPane | None = None
        self._reading: Reading | None = None
        self._pages: OpenPages | None = None
        self._words: PageWords | None = None
        self._turns: dict[int, PageTurn] = {}
        self._notes: tuple[NoteShown, ...] = ()
        self._opening: Task | None = None
        self._agreed: frozenset[str] = frozenset()
        page.reader.folding.changed.connect(self._on_folds)
        page.reader.passage_selected.connect(self._on_marked)
        page.reader.selection_cleared.connect(self._show_marked)
        page.reader.place_changed.connect(self._on_place)

    # The draft

    def opened(self, reading: Reading) -> None:
        if self._reading is not None and self._reading.version.id == reading.version.id:
            return
        self.left()
        self._reading = reading
        self.button.setVisible(has_pages(reading.version))
        if has_pages(reading.version):
            self.page.tasks.run(
                self.page.services.pages.are_wanted, owner=self, on_done=self._on_remembered
            )

    def _on_remembered(self, wanted: bool) -> None:  # noqa: FBT001 - what the task brings back
        # What is folded in the text does not come into sight by itself on the pages.
        free = not self._touches_on()
        if wanted and free and self._reading is not None and not self.button.isChecked():
            self.button.setChecked(True)
            self._show()

    def notes_shown(self, notes: tuple[NoteShown, ...]) -> None:
        self._notes = notes
        self._mark_notes()

    def left(self) -> None:
        self._close()
        self._reading, self._notes, self._agreed = None, (), frozenset()
        self.button.setChecked(False)

    # Showing and closing

    def _on_pressed(self) -> None:
        wanted, pages = self.button.isChecked(), self.page.services.pages
        if wanted:
            self._show()
            if self._pane is not None and self._pane.show_button.isVisible():
                self._pane.show_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._close()
            self.page.reader.setFocus(Qt.FocusReason.OtherFocusReason)
        self.page.tasks.run(lambda: pages.want(wanted=wanted), owner=self)

    def _show(self) -> None:
        reading, services = self._reading, self.page.services
        if reading is None:
            return
        pane, touches_on = self._shown_pane(), self._touches_on()
        self.page.pane.set_beside(pane)
        if touches_on:
            said = f"{_PAGES_HOLD} {touches_on}. {_NOT_FOLDED}"
            pane.ask_first(said)
            messages.announce(pane, said)
            return
        pane.ask_first("")
        pane.say("Opening…")
        self.page.tasks.run(
            lambda: services.pages.original(reading.version.id),
            owner=self,
            on_done=lambda found: self._open(reading, *found),
            on_problem=self._on_problem,
        )

    def _unread(self) -> list[Fold]:
        """Return the parts folded in the text that the person has not agreed to see on pages."""
        closed = self.page.reader.folding.folds.closed
        return [fold for fold in closed if not set(fold.ids) <= self._agreed]

    def _touches_on(self) -> str:
        return "; ".join(dict.fromkeys(fold.words.rstrip(".") for fold in self._unread()))

    def _agree(self) -> None:
        self._agreed |= {each for fold in self._unread() for each in fold.ids}
        self._show()
        self._shown_pane().view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_folds(self) -> None:
        """A content note has come while the pages are open: they are covered until asked for."""
        if self._pages is not None and self._unread():
            self._close()
            self._show()

    def _shown_pane(self) -> PagesPane:
        if self._pane is None:
            self._pane = PagesPane()
            self._pane.closed.connect(self.button.click)
            self._pane.shown_anyway.connect(self._agree)
            self._pane.view.picture_wanted.connect(self._draw)
            self._pane.view.place_chosen.connect(self._on_place_chosen)
            # The page knows what to do when a note's mark is chosen, wherever it was.
            self._pane.view.mark_activated.connect(self.page.reader.highlight_activated)
        return self._pane

    def _open(self, reading: Reading, untrusted: bytes, file_name: str) -> None:
        if self._reading is not reading or not self.button.isChecked():
            return
        pages = self.page.services.pages

        def find(_: object, stop_wanted: StopWanted) -> PageWords:
            return pages.words(
                untrusted, reading.text, file_name=file_name, stop_wanted=stop_wanted
            )

        def opened(made: OpenPages) -> None:
            if self._reading is not reading or not self.button.isChecked():
                made.close()
                return
            self._pages = made
            self._shown_pane().view.show_pages(made.sizes)
            self._shown_pane().view.show_page(self._page_read())
            self._opening = self.page.tasks.run_long(
                find, owner=self, on_done=self._on_words, on_problem=self._on_problem
            )

        self._opening = self.page.tasks.run_long(
            lambda _, stop: pages.open(untrusted, file_name=file_name, stop_wanted=stop),
            owner=self,
            on_done=opened,
            on_problem=self._on_problem,
        )

    def _on_problem(self, problem: PPIError) -> None:
        self._close()
        self.button.setChecked(False)
        messages.show_problem(self.parent(), problem)

    def _close(self) -> None:
        if self._opening is not None:
            self._opening.stop()
        if self._pages is not None:
            self._pages.close()
        self._opening, self._pages, self._words = None, None, None
        self._turns.clear()
        if self._pane is not None:
            self._pane.view.show_pages(())
            self.page.pane.set_beside(None)

    def _draw(self, page: int, width: int) -> None:
        pages, pane = self._pages, self._pane
        if pages is None or pane is None:
            return

        def drawn(picture: PagePicture) -> None:
            if pages is self._pages:
                self._learn_turn(page, picture.turn)
                pane.view.give(page, picture)

        self.page.tasks.run(
            lambda: pages.picture(page, width=width),
            owner=self,
            on_done=drawn,
            on_problem=lambda _: pane.view.cannot_show(page),
            lane="side",
        )

    # Places, both ways

    def _learn_turn(self, page: int, turn: PageTurn) -> None:
        before = self._turn(page)
        self._turns[page] = turn
        if max(abs(turn.seen(0, 0)[i] - before.seen(0, 0)[i]) for i in (0, 1)) > 1:
            self._mark_notes()
            self._show_marked()

    def _turn(self, page: int) -> PageTurn:
        sizes = self._pages.sizes if self._pages else ()
        return self._turns.get(page) or upright(sizes[page])

    def _boxes(self, start: int, end: int) -> tuple[PageBox, ...]:
        """Return where words are seen, one box for each line."""
        if self._words is None or self._pages is None:
            return ()
        found = []
        for box in self._words.boxes(start, end):
            if box.page > len(self._pages.sizes):
                continue
            turn = self._turn(box.page - 1)
            corners = [turn.seen(box.x0, box.y0), turn.seen(box.x1, box.y1)]
            (left, right), (top, bottom) = (sorted(side) for side in zip(*corners, strict=True))
            found.append(PageBox(box.page - 1, left, top, right, bottom))
        return tuple(found)

    def _on_words(self, words: PageWords) -> None:
        self._words = words
        self._mark_notes()
        self._show_marked()

    def _mark_notes(self) -> None:
        if self._pane is not None and self._words is not None:
            self._pane.view.set_marks(
                PageMark(
                    self._boxes(n.note.passage.start, n.note.passage.end),
                    n.note.kind,
                    str(n.note.id),
                )
                for n in self._notes
                if n.note.passage
            )

    def _on_marked(self, start: int, end: int) -> None:
        self._show_marked(start, end)
        boxes = self._boxes(start, end)
        if boxes and self._pane is not None:
            self._pane.view.show_box(boxes[0])

    def _show_marked(self, start: int = 0, end: int = 0) -> None:
        marked = self.page.reader.marked or (start, end)
        if self._pane is not None and self._words is not None:
            boxes = self._boxes(*marked) if marked[0] < marked[1] else ()
            self._pane.view.set_marks([PageMark(boxes, HERE)], layer=HERE)

    def _on_place(self, block: int) -> None:
        """Follow the reader, unless it is the pages that are being looked through."""
        pane, reading = self._pane, self._reading
        if pane is None or reading is None or self._words is None or pane.view.hasFocus():
            return
        start = reading.text.starts[block]
        boxes = self._boxes(start, start + len(reading.text.blocks[block].text))
        if boxes:
            pane.view.show_box(boxes[0])

    def _page_read(self) -> int:
        """Return the page (from 0) of the first words in view."""
        reading = self._reading
        if reading is None or not reading.text.blocks:
            return 0
        return (reading.text.blocks[self.page.reader.position()[0]].page or 1) - 1

    def _on_place_chosen(self, page: int, x: float, y: float) -> None:
        if self._words is None:
            return
        place = self._turn(page).in_file(x, y)
        offset = self._words.offset_at(page + 1, *place, within=_NEAR)
        if offset is None:
            return
        reader = self.page.reader
        if not reader.isVisible():
            self.button.click()  # no room for both: to the words themselves
        reader.show_passage(offset, offset + 1)
        messages.announce(reader, _words_from(reader.draft.text, offset))


def _words_from(text: str, offset: int, *, most: int = 80) -> str:
    """Return the words that begin at or around an offset, for a screen reader to say."""
    start = max(text.rfind(" ", 0, offset), text.rfind("\n", 0, offset)) + 1
    return " ".join(text[start : start + most].split())

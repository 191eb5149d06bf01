"""Search: words found in questions, drafts, answers and notes, while they are typed."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from ...domain.searching import FoundKind
from ...errors import PPIError
from ...services.boards import Services
from ...services.search import EVERYTHING, MOST_OF_A_KIND, Found
from ...services.search_hits import Hit
from .. import messages
from ..messages import announce
from ..tasks import Tasks
from ..theme import theme, theme_changes
from ..widgets.found_list import FoundList
from ..widgets.labels import WrapLabel
from .form import Pick
from .framed_page import FramedPage
from .page import Place
from .search_words import KIND_HEADINGS, NOT_READY, NOTHING_TYPED, lines_of, said_of

WAIT_FOR_WORDS_MS = 120
WAIT_TO_SAY_MS = 900
"""A screen reader hears how much was found once the typing pauses, not at every letter."""
MOST_OF_ONE_KIND = 200


class SearchPage(FramedPage):
    """One field for words, and below it what was found.

    Args:
        services: The open board.
        tasks: Runs the searches, beside the window.
    """

    place = Place.SEARCH
    shows: ClassVar[frozenset[str]] = frozenset(
        {"question", "response", "annotation", "draft", "version", "content_note"}
    )

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__(services, tasks, title="Search")
        self.words = QLineEdit()
        self.words.setPlaceholderText("Words to find")
        self.words.setAccessibleName("Words to find in questions, drafts, answers and notes")
        self.words.setClearButtonEnabled(True)
        self.kind = Pick(
            [("Everything", EVERYTHING), *((w, (kind,)) for kind, w in KIND_HEADINGS.items())]
        )
        self.kind.setAccessibleName("Where to look")
        self.told = WrapLabel(NOTHING_TYPED)
        self.waiting = WrapLabel(NOT_READY, role="muted")
        self.waiting.hide()
        self.list = FoundList("What was found")
        self._looking = False
        self._preparing = False
        self._shown: tuple[str, object] = ("", EVERYTHING)
        self._soon = QTimer(self, singleShot=True, interval=WAIT_FOR_WORDS_MS)
        self._soon.timeout.connect(self._look)
        self._say_soon = QTimer(self, singleShot=True, interval=WAIT_TO_SAY_MS)
        self._say_soon.timeout.connect(lambda: announce(self.words, self.told.text()))
        self._build()
        self.words.textChanged.connect(lambda _: self._soon.start())
        self.words.returnPressed.connect(self._open_first)
        self.kind.currentIndexChanged.connect(lambda _: self._look())
        self.list.opened.connect(self._open)
        self.list.left_above.connect(self._to_words)

    def _build(self) -> None:
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._tools = QHBoxLayout()
        self._tools.addWidget(self.words, 3)
        self._tools.addWidget(self.kind, 1)
        self._column.addLayout(self._tools)
        self._column.addWidget(self.told)
        self._column.addWidget(self.waiting)
        self._column.addWidget(self.list, 1)
        self.list.hide()
        self._column.addStretch(0)
        self.frame.set_content(inside, scroll=False)
        self._space()
        theme_changes().changed.connect(self._space)

    def open_at(self, argument: object | None) -> None:
        """Show the page, looking for some words where they are given; otherwise as it was left."""
        if isinstance(argument, str):
            self.words.setText(argument)
        self._to_words()
        self.reload()

    def reload(self) -> None:
        """Look again for what is looked for."""
        self._shown = ("", ())
        self._look()

    # ---- looking

    def _look(self) -> None:
        """Look for what stands in the field now, after the search that is under way."""
        self._soon.stop()
        wanted = (self.words.text(), self.kind.value())
        if self._looking or wanted == self._shown:
            return
        self._looking = True
        words, kinds = wanted
        limit = MOST_OF_A_KIND if kinds == EVERYTHING else MOST_OF_ONE_KIND

        def show(found: Found) -> None:
            if wanted == (self.words.text(), self.kind.value()):
                self._show(found)
                self._shown = wanted

        def refused(problem: PPIError) -> None:
            # Asked again only when something else is typed.
            self._shown = wanted
            messages.show_problem(self, problem)

        self.tasks.run(
            lambda: self.services.search.look_for(words, kinds=kinds, limit=limit),
            owner=self,
            on_done=show,
            on_problem=refused,
            on_end=self._looked,
        )

    def _looked(self) -> None:
        """Go on with what was typed meanwhile; earlier words are of no interest any more."""
        self._looking = False
        if self._shown != (self.words.text(), self.kind.value()) and not self._soon.isActive():
            self._soon.start()

    def _show(self, found: Found) -> None:
        self.list.show_lines(lines_of(found))
        self.list.setVisible(bool(found.hits))
        self._column.setStretch(self._column.count() - 1, 0 if found.hits else 1)
        self.told.setText(said_of(found))
        self.waiting.setVisible(found.waiting > 0)
        if found.looked_for:
            self._say_soon.start()
        if found.waiting:
            self._prepare()

    def _prepare(self) -> None:
        """Make drafts ready one after another, letting everything else come between."""
        if self._preparing:
            return
        self._preparing = True

        def ready(waiting: int) -> None:
            self._preparing = False
            # Out of sight it stops; the page goes on with it when it is opened again.
            if self.isVisible():
                self._prepare() if waiting else self.reload()

        self.tasks.run(self.services.search.get_ready, owner=self, on_done=ready)

    # ---- going there

    def _open_first(self) -> None:
        """Open the marked line; words typed a moment ago are looked for first."""
        if self._shown == (self.words.text(), self.kind.value()) and self.list.isVisible():
            self.list.open_marked()
        else:
            self._look()

    def _open(self, thing: object) -> None:
        if not isinstance(thing, Hit):
            return
        if thing.kind in (FoundKind.QUESTION, FoundKind.ANSWER):
            self.go.emit(Place.STORY, thing.question)
        elif thing.span is not None:
            self.go.emit(Place.READING, (thing.version, *thing.span))
        else:
            self.go.emit(Place.READING, thing.version)

    def _to_words(self) -> None:
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)
        self.words.selectAll()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.words.hasFocus() and self.list.isVisible():
            self.list.enter()
        elif event.key() == Qt.Key.Key_Escape:
            self.back.emit()
        else:
            super().keyPressEvent(event)

    def _space(self) -> None:
        made = theme()
        self._tools.setSpacing(made.space(2))
        self._column.setSpacing(made.space(1))

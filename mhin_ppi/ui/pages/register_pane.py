"""The coordinator's register: filters, a table or a board, and the chosen question beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QSplitter, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from ...domain.questions import QuestionId
from ...domain.register import SavedView
from ...services.boards import Services
from ...services.outcome import Outcome
from ...services.register import RegisterView
from ...services.register_filters import OPEN, RegisterFilter, fitting
from ...services.register_rows import RegisterRow, raised_rows
from .. import messages
from ..tasks import Lane, Tasks
from ..theme import theme, theme_changes
from ..widgets.buttons import button
from ..widgets.cards import EmptyState
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel
from ..widgets.page_frame import scrolling
from .form import Form
from .framed_page import Column
from .register_board import RegisterBoard
from .register_detail import RegisterDetail
from .register_filter_bar import AT_FIRST, RegisterFilterBar
from .register_forms import KeepViewForm
from .register_many_form import ManyForm
from .register_table import RegisterTable
from .these_questions import OnlyThese, TheseQuestions
from .words_for import count_words

_BESIDE_EM = 17
_LIST_EM = 6


class RegisterPane(QWidget):
    """Every question, filtered; the page around it has the buttons.

    Args:
        services: The open board.
        tasks: Runs what takes time.
        parent: What it will stand in.

    Signals:
        marked: Another question is chosen, or others are marked.
        opened: (QuestionId) the whole story is wanted.
        said: A short sentence for the status line.
    """

    marked = Signal()
    opened = Signal(object)
    said = Signal(str)

    def __init__(self, services: Services, tasks: Tasks, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services, self.tasks = services, tasks
        self.view: RegisterView | None = None
        self.shown: list[RegisterRow] = []
        self._raised: list[RegisterRow] = []
        self._wanted: str | None = None
        self._asked_for = 0
        self._on_board: RegisterRow | None = None
        self.is_board = False
        self.bar = RegisterFilterBar(services.catalogues.taxonomy.stages)
        self.bar.show_value(AT_FIRST, tell=False)
        self.table = RegisterTable()
        self.none = EmptyState("No question fits.", icon="search")
        self.left = QStackedWidget()
        self.only = OnlyThese()
        self.slot = Column()
        self._many_words = WrapLabel("", role="muted")
        self.many = FlowRow(
            self._many_words, button("Sort them together", icon="tag", on_press=self._sort_many)
        )
        self.many.hide()
        self.detail = RegisterDetail(services, tasks)
        self._build()
        self._join()

    def _build(self) -> None:
        # From the outside in: a widget that is put into another is given its looks anew, with all
        # that it holds, so building from the inside out took twice as long.
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        whole.addWidget(self.splitter)
        beside = QWidget()
        self._column = QVBoxLayout(beside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.splitter.addWidget(scrolling(beside, name="Filters and questions"))
        for part in (self.bar, self.only, self.slot, self.many):
            self._column.addWidget(part)
        self._column.addWidget(self.left, 1)
        for each in (self.table, self.none):
            self.left.addWidget(each)
        self.beside = scrolling(self.detail, name="What happened to the question")
        self.splitter.addWidget(self.beside)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.splitter.setSizes([3000, 2000])
        self._space()
        theme_changes().changed.connect(self._space)

    def _join(self) -> None:
        self.bar.changed.connect(lambda _: self.filter())
        self.bar.keep_wanted.connect(self._keep_view)
        self.bar.remove_wanted.connect(self._remove_view)
        self.table.row_chosen.connect(self._on_chosen)
        self.table.row_opened.connect(lambda row: self.opened.emit(row.question))
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._on_marked())
        self.detail.said.connect(self.said)

    # What is shown

    @cached_property
    def board(self) -> RegisterBoard:
        """The board, made when it is first wanted: the table is there sooner without it."""
        made = RegisterBoard()
        made.row_chosen.connect(self._on_chosen)
        made.row_opened.connect(lambda row: self.opened.emit(row.question))
        self.left.addWidget(made)
        return made

    def show_view(
        self, view: RegisterView, views: Iterable[tuple[SavedView, RegisterFilter]]
    ) -> None:
        """Show the register as it has just been read."""
        self.view = view
        self.bar.offer(view, views)
        self.filter()

    def want(self, question: QuestionId) -> None:
        """Choose a question as soon as it is there, whatever the filter was."""
        self._wanted = str(question)
        self.bar.show_value(RegisterFilter(), tell=False)

    def show_only(self, these: TheseQuestions | None) -> None:
        """Show certain questions only, whatever the filter was; ``None`` shows all again."""
        if these != self.only.these:
            self.bar.show_value(AT_FIRST if these is None else RegisterFilter(), tell=False)
            self.only.show_these(these)

    def filter(self) -> None:
        """Show what the filter lets through; it is worked out beside the window."""
        view, wanted, these = self.view, self.bar.value(), self.only.these
        if view is None:
            return
        self._asked_for += 1
        mine = self._asked_for

        def work() -> tuple[int, list[RegisterRow], list[RegisterRow]]:
            # Typed on meanwhile: what nobody waits for any more is not worked out.
            if mine != self._asked_for:
                return mine, [], []
            rows: Sequence[RegisterRow] = view.rows
            if these is not None:
                rows = [row for row in rows if these.holds(row.question)]
            told = self.services.search.each_word(wanted.words) if wanted.words else None
            found = self.table.ordered(fitting(rows, wanted, told))
            return mine, found, raised_rows(found)

        # Words are looked up in the board's own index, so that belongs where the store is read.
        lane: Lane = "store" if wanted.words else "side"
        self.tasks.run(work, owner=self, on_done=self._show_rows, lane=lane)

    def _show_rows(self, found: tuple[int, list[RegisterRow], list[RegisterRow]]) -> None:
        if found[0] != self._asked_for:
            return
        _, self.shown, self._raised = found
        self.table.show_lines(self.shown)
        if self.is_board:
            self.board.show_rows(self.shown)
        # What the filter has left out is not acted on; what stays is as it has just been read.
        self._on_board = next((row for row in self.shown if row == self._on_board), None)
        if self._wanted is not None:
            self._choose_wanted()
        self._arrange()
        self._on_marked()

    def _choose_wanted(self) -> None:
        wanted = next((row for row in self.shown if row.key == self._wanted), None)
        if wanted is not None:
            self._wanted = None
            self.table.choose(wanted)

    def show_board(self, *, wanted: bool) -> None:
        """Show the board, or the table."""
        self.is_board = wanted
        if wanted:
            self.board.show_rows(self.shown)
        self._arrange()
        self._on_marked()

    def _arrange(self) -> None:
        if not self.shown:
            self.left.setCurrentWidget(self._nothing())
        else:
            self.left.setCurrentWidget(self.board if self.is_board else self.table)

    def _nothing(self) -> QWidget:
        self.left.removeWidget(self.none)
        self.none.deleteLater()
        wanted = self.bar.value()
        if self.view is not None and not self.view.rows:
            self.none = EmptyState(
                "Questions will be here as soon as somebody asks one.",
                more="They come from drafts, from meetings and from files that members send.",
                icon="circle-question-mark",
            )
        elif wanted == RegisterFilter(state=OPEN):
            self.none = EmptyState(
                "Nobody is owed an answer just now.",
                icon="circle-check",
                action="See all questions",
                on_action=self.bar.clear,
            )
        else:
            self.none = EmptyState(
                "No question fits.",
                icon="search",
                action="See all questions",
                on_action=self.bar.clear,
            )
        self.left.addWidget(self.none)
        return self.none

    # What is chosen

    def chosen(self) -> RegisterRow | None:
        """Return the question that is chosen."""
        found = self._on_board if self.is_board else self.table.chosen()
        return found if isinstance(found, RegisterRow) else None

    def marked_rows(self) -> list[RegisterRow]:
        """Return every marked question."""
        if self.is_board:
            chosen = self.chosen()
            return [chosen] if chosen else []
        return [row for row in self.table.marked() if isinstance(row, RegisterRow)]

    def to_acknowledge(self) -> list[QuestionId]:
        """Return the marked questions that nobody has acknowledged, or all in view."""
        return [row.question for row in self._to_acknowledge()]

    def number_to_acknowledge(self) -> int:
        """Return how many those are."""
        return len(self._to_acknowledge())

    def _to_acknowledge(self) -> list[RegisterRow]:
        marked = self.marked_rows()
        return raised_rows(marked) if marked else self._raised

    def _on_chosen(self, row: object) -> None:
        if self.is_board and isinstance(row, RegisterRow):
            self._on_board = row
        if isinstance(row, RegisterRow) and self.view is not None:
            self.detail.open(row, self.view)
        elif not self.shown:
            self.detail.clear()
        self.marked.emit()

    def _on_marked(self) -> None:
        number = len(self.table.selectionModel().selectedRows()) if not self.is_board else 0
        self.many.setVisible(number > 1 and not self.slot.all())
        self._many_words.setText(f"{count_words(number, 'question')} marked")
        self.marked.emit()

    # What is done with many, and with views

    def _sort_many(self) -> None:
        rows, view = self.marked_rows(), self.view
        if rows and view is not None:
            form = ManyForm(self.services, self.tasks, rows, view)
            self.show_form(form)

    def _keep_view(self) -> None:
        self.show_form(KeepViewForm(self.services, self.tasks, self.bar.value()))

    def _remove_view(self, view: SavedView) -> None:
        self.tasks.run(
            lambda: self.services.register.views.remove(view.id),
            owner=self,
            on_done=lambda _: messages.tell(self, f"The view “{view.title}” is gone."),
        )

    def show_form(self, form: Form) -> None:
        """Show a form above the table until it is saved or cancelled."""

        def close() -> None:
            self.slot.clear()
            self._on_marked()

        def saved(outcome: Outcome[object]) -> None:
            close()
            said = outcome.value if isinstance(outcome.value, str) else "Saved."
            messages.tell(self, said)

        form.saved.connect(saved)
        form.cancelled.connect(close)
        self.slot.show_only(form)
        self._on_marked()
        form.focus_first()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Where there is room for one column only, the story has a page of its own.
        self.beside.setVisible(not theme().is_narrow(self.window().width()))

    def _space(self) -> None:
        made = theme()
        self._column.setSpacing(made.space(2))
        self.splitter.setHandleWidth(made.space(3))
        self.beside.setMinimumWidth(made.px(_BESIDE_EM))
        # A form above the list takes the room it needs, and the list what is left.
        self.left.setMinimumHeight(made.px(_LIST_EM))

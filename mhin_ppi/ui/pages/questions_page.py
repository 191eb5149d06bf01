"""Questions: the coordinator's register, with the chosen question's whole story beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ...domain.questions import QuestionId, QuestionState
from ...services.boards import Services
from ...services.stories import Story
from .. import messages
from ..item_roles import ROW_ROLE
from ..models.table_model import Column, TableModel
from ..tasks import Tasks
from ..theme import theme, theme_changes
from ..widgets.buttons import reword
from ..widgets.cards import EmptyState
from ..widgets.labels import WrapLabel
from ..widgets.page_frame import scrolling
from ..widgets.table_view import TableView
from .form import Pick
from .framed_page import FramedPage
from .page import Place
from .story_pane import SHOWS, StoryPane
from .words_for import count_words, state_words

_OPEN, _ALL = "open", "all"
_FILTERS: Sequence[tuple[str, object]] = (
    ("Still owed an answer", _OPEN),
    ("All questions", _ALL),
    ("Not acknowledged yet", QuestionState.RAISED),
    ("Acknowledged", QuestionState.ACKNOWLEDGED),
    ("Answered", QuestionState.ANSWERED),
    ("Something changed", QuestionState.CHANGED),
    ("Not changed", QuestionState.NOT_CHANGED),
    ("They were told", QuestionState.FED_BACK),
    ("Finished", QuestionState.CLOSED),
    ("Taken back", QuestionState.WITHDRAWN),
)


DAYS = 3
_WIDTHS_EM = (11.5, 5.5, 5.5, 6, 8, 10, 6)


def columns(now: datetime) -> list[Column[Story]]:
    """Return the columns of the register."""
    return [
        Column("Question", lambda s: " ".join(s.question.body.split()) or "Taken back"),
        Column("Who asked", lambda s: s.asked_by),
        Column("State", state_words, sort_key=lambda s: list(QuestionState).index(s.fate.state)),
        Column(
            "Days",
            lambda s: str(s.days_waiting(now)),
            sort_key=lambda s: s.days_waiting(now),
            figures=True,
        ),
        Column("Who has it", lambda s: s.holder if s.fate.is_owed else ""),
        Column("Project", lambda s: s.project.title if s.project else ""),
        Column("Place", lambda s: s.site.name if s.site else ""),
    ]


class QuestionsPage(FramedPage):
    """The register of every question; it may open at a question's id."""

    place: ClassVar[Place] = Place.QUESTIONS
    shows: ClassVar[frozenset[str]] = SHOWS | {"person", "project", "site"}

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__(services, tasks, title="Questions")
        self._stories: list[Story] = []
        self._wanted: QuestionId | None = None
        self.words = QLineEdit()
        self.words.setPlaceholderText("Find words")
        self.words.setAccessibleName("Find words in the questions")
        self.words.setClearButtonEnabled(True)
        self.state = Pick(_FILTERS)
        self.state.setAccessibleName("Which questions")
        self.table = TableView("Questions")
        self._model: TableModel[Story] = TableModel(columns(services.desk.now()))
        self.none = EmptyState("No question fits.", icon="search")
        self.left = QStackedWidget()
        self.left.addWidget(self.table)
        self.left.addWidget(self.none)
        self.pane = StoryPane(services, tasks)
        self.hint = WrapLabel("Choose a question to see what happened to it.", role="muted")
        self._build()
        self._join()

    def _build(self) -> None:
        tools = QHBoxLayout()
        tools.addWidget(self.words, 2)
        tools.addWidget(self.state, 1)
        beside = QWidget()
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(tools)
        column.addWidget(self.left, 1)
        story = QWidget()
        inner = QVBoxLayout(story)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.hint)
        inner.addWidget(self.pane, 1)
        self._tools, self._column = tools, column
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(beside)
        self.beside = scrolling(story, name="What happened to the question")
        self.splitter.addWidget(self.beside)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.splitter.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.frame.set_content(self.splitter, scroll=False)
        self.story_button = self.frame.add_action(
            "Open its story", icon="arrow-right", on_press=self._open_story
        )
        self.story_button.setEnabled(False)
        self.similar_button = self.frame.add_action(
            "Similar questions", icon="list", on_press=lambda: self.go.emit(Place.THEME, None)
        )
        self.acknowledge_button = self.frame.set_primary(
            "Acknowledge", icon="circle-dot", on_press=self.acknowledge
        )
        self.acknowledge_button.hide()
        self._space()
        theme_changes().changed.connect(self._space)

    def _join(self) -> None:
        self.words.textChanged.connect(lambda _: self._filter())
        self.state.currentIndexChanged.connect(lambda _: self._filter())
        self.table.row_chosen.connect(self._on_chosen)
        self.table.row_opened.connect(lambda _: self._open_story())
        self.pane.open_passage.connect(lambda span: self.go.emit(Place.READING, span))
        self.pane.compare_wanted.connect(lambda pair: self.go.emit(Place.COMPARE, pair))
        self.pane.theme_wanted.connect(lambda wanted: self.go.emit(Place.THEME, wanted))
        self.pane.said.connect(self.said)

    def open_at(self, argument: object | None) -> None:
        if argument is not None:
            self._wanted = QuestionId(argument)  # type: ignore[arg-type]
            self.state.choose(_ALL)
        self.reload()

    def reload(self) -> None:
        self.tasks.run(self.services.questions.register, owner=self, on_done=self._show)
        self.pane.reload()

    def _show(self, stories: list[Story]) -> None:
        self._stories = stories
        owed = sum(story.fate.is_owed for story in stories)
        people = len({story.question.asker for story in stories if story.fate.is_owed})
        if stories:
            whose = count_words(people, "person", many="people")
            self.frame.set_context(
                f"{count_words(owed, 'question')} from {whose} still waiting for an answer."
                if owed
                else "Everybody who asked has been told what happened."
            )
        self._filter()

    def _filter(self) -> None:
        wanted, words = self.state.value(), self.words.text().casefold().split()
        shown = [s for s in self._stories if _fits(s, wanted) and _has(s, words)]
        kept = self._wanted or self._chosen_id()
        self._model = TableModel(columns(self.services.desk.now()), shown)
        self.table.show_rows(self._model, sort_by=DAYS, descending=True)
        self._widen()
        self.left.setCurrentWidget(self.table if shown else self._nothing(wanted))
        again = next((s for s in shown if s.question.id == kept), None)
        if again is not None:
            self._wanted = None
            self.table.choose(again)
        self._on_chosen(self.table.chosen())

    def _nothing(self, wanted: object) -> QWidget:
        self.left.removeWidget(self.none)
        self.none.deleteLater()
        if not self._stories:
            self.none = EmptyState(
                "Questions will be here as soon as somebody asks one.",
                more="They come from drafts, from meetings and from files that members send.",
                icon="circle-question-mark",
            )
        elif wanted == _OPEN and not self.words.text():
            self.none = EmptyState(
                "Nobody is owed an answer just now.",
                icon="circle-check",
                action="See all questions",
                on_action=lambda: self.state.choose(_ALL),
            )
        else:
            self.none = EmptyState(
                "No question fits.",
                icon="search",
                action="See all questions",
                on_action=self._show_all,
            )
        self.left.addWidget(self.none)
        return self.none

    def _show_all(self) -> None:
        self.words.clear()
        self.state.choose(_ALL)

    def _chosen_id(self) -> QuestionId | None:
        chosen = self.table.chosen()
        return chosen.question.id if isinstance(chosen, Story) else None

    def _on_chosen(self, story: object) -> None:
        if isinstance(story, Story):
            self.hint.hide()
            self.pane.open(story.question.id)
        elif not self._stories:
            self.pane.clear()
        self.hint.setVisible(self.pane.facts is None and not isinstance(story, Story))
        self.story_button.setEnabled(isinstance(story, Story))
        number = len(self._to_acknowledge())
        self.acknowledge_button.setVisible(number > 0)
        reword(self.acknowledge_button, f"Acknowledge {number}" if number > 1 else "Acknowledge")

    def _to_acknowledge(self) -> list[QuestionId]:
        """Return the marked questions that nobody has acknowledged, or all such when none is."""
        rows = self.table.selectionModel().selectedRows()
        marked = [row.data(ROW_ROLE) for row in rows] or self._model.things()
        return [s.question.id for s in marked if s.fate.state is QuestionState.RAISED]

    def acknowledge(self) -> None:
        """Acknowledge the marked questions, or all in view when none is marked."""
        wanted = self._to_acknowledge()
        self.tasks.run(
            lambda: self.services.questions.acknowledge(wanted),
            owner=self,
            on_done=lambda done: messages.tell(
                self, f"{count_words(done.value, 'question')} acknowledged."
            ),
        )

    def _open_story(self) -> None:
        chosen = self._chosen_id()
        if chosen is not None:
            self.go.emit(Place.STORY, chosen)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Where there is room for one column only, the story has a page of its own.
        self.beside.setVisible(not theme().is_narrow(self.window().width()))

    def _widen(self) -> None:
        for column, ems in enumerate(_WIDTHS_EM):
            self.table.setColumnWidth(column, theme().px(ems))

    def _space(self) -> None:
        made = theme()
        self._tools.setSpacing(made.space(2))
        self._column.setSpacing(made.space(2))
        self.splitter.setHandleWidth(made.space(3))
        self._widen()


def _fits(story: Story, wanted: object) -> bool:
    if wanted == _ALL:
        return True
    return story.fate.is_owed if wanted == _OPEN else story.fate.state is wanted


def _has(story: Story, words: list[str]) -> bool:
    parts = [story.question.body, story.asked_by, story.holder, state_words(story)]
    parts += [story.project.title if story.project else "", story.site.name if story.site else ""]
    text = " ".join(parts).casefold()
    return all(word in text for word in words)

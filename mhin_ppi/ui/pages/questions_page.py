"""Questions: the coordinator's register, and for members what the team and others ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ...domain.questions import QuestionId
from ...domain.register import SavedView
from ...services.boards import Services
from ...services.register import RegisterView
from ...services.register_filters import RegisterFilter
from .. import messages
from ..tasks import Tasks
from ..widgets.buttons import reword
from .asked_pane import AskedFacts, AskedPane, read_asked
from .framed_page import FramedPage, loading
from .page import Place
from .register_pane import RegisterPane
from .story_pane import SHOWS
from .team_forms import AskBoardForm
from .these_questions import TheseQuestions
from .words_for import count_words

_ALSO = frozenset({"person", "project", "site", "support", "theme", "reply", "saved_view"})


@dataclass(frozen=True)
class _Facts:
    """What the page shows, for a coordinator or for a member."""

    view: RegisterView
    views: tuple[tuple[SavedView, RegisterFilter], ...] = ()
    asked: AskedFacts | None = None


def _read(services: Services, before: RegisterView | None) -> _Facts:
    view = services.register.lines.read(before=before)
    if view.coordinates:
        return _Facts(view, views=tuple(services.register.views.all()))
    return _Facts(view, asked=read_asked(services, view))


class QuestionsPage(FramedPage):
    """The register of every question; it may open at a question's id, or at ``TheseQuestions``."""

    place: ClassVar[Place] = Place.QUESTIONS
    shows: ClassVar[frozenset[str]] = SHOWS | _ALSO

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__(services, tasks, title="Questions")
        self.register: RegisterPane | None = None
        self.asked: AskedPane | None = None
        self._wanted: QuestionId | None = None
        self._these: TheseQuestions | None = None
        self.frame.set_content(loading())

    def open_at(self, argument: object | None) -> None:
        self._these = argument if isinstance(argument, TheseQuestions) else None
        if argument is not None and self._these is None:
            self._wanted = QuestionId(argument)  # type: ignore[arg-type]
        self.reload()

    def reload(self) -> None:
        before = self.register.view if self.register else None
        self.tasks.run(lambda: _read(self.services, before), owner=self, on_done=self._show)

    def _show(self, facts: _Facts) -> None:
        if facts.asked is not None:
            self._show_asked(facts.asked)
        else:
            self._show_register(facts)

    # For members

    def _show_asked(self, facts: AskedFacts) -> None:
        if self.asked is None:
            self.asked = AskedPane(self.services, self.tasks)
            self.asked.opened.connect(lambda question: self.go.emit(Place.STORY, question))
            self.frame.set_content(self.asked)
            self.frame.add_action(
                "My questions",
                icon="circle-question-mark",
                on_press=lambda: self.go.emit(Place.MY_QUESTIONS, None),
            )
        waiting = sum(one.awaits_me for one in facts.asked)
        self.frame.set_context(
            f"{count_words(waiting, 'question')} from the team you could answer, if you like."
            if waiting
            else "What the team and others on the board ask."
        )
        self.asked.show_facts(facts)

    # For coordinators

    def _show_register(self, facts: _Facts) -> None:
        pane = self.register or self._make_register()
        view, counts = facts.view, facts.view.counts
        if view.rows:
            whose = count_words(counts.askers_owed, "person", many="people")
            waits = (
                f"{count_words(counts.owed, 'question')} from {whose} still waiting for an answer."
                if counts.owed
                else "Everybody who asked has been told what happened."
            )
            late = f" {counts.overdue:,} overdue." if counts.overdue else ""
            self.frame.set_context(waits + late)
        pane.show_only(self._these)
        if self._wanted is not None:
            pane.want(self._wanted)
            self._wanted = None
        pane.show_view(view, facts.views)
        pane.detail.reload()

    def _drop_these(self) -> None:
        self._these = None
        self.reload()

    def _make_register(self) -> RegisterPane:
        pane = self.register = RegisterPane(self.services, self.tasks, parent=self.frame)
        self.frame.set_content(pane, scroll=False)
        pane.only.dropped.connect(self._drop_these)
        self.story_button = self.frame.add_action(
            "Open its story", icon="arrow-right", on_press=self._open_story
        )
        self.board_button = self.frame.add_action(
            "Show as a board", icon="square", on_press=self._swap
        )
        self.similar_button = self.frame.add_action(
            "Similar questions", icon="list", on_press=lambda: self.go.emit(Place.THEME, None)
        )
        self.frame.add_action("The team asks", icon="users", on_press=self._ask_board)
        self.acknowledge_button = self.frame.set_primary(
            "Acknowledge", icon="circle-dot", on_press=self.acknowledge
        )
        self.acknowledge_button.hide()
        pane.marked.connect(self._on_marked)
        pane.opened.connect(lambda question: self.go.emit(Place.STORY, question))
        pane.said.connect(self.said)
        pane.detail.go_wanted.connect(self.go)
        return pane

    def _on_marked(self) -> None:
        pane = self.register
        if pane is None:
            return
        self.story_button.setEnabled(pane.chosen() is not None)
        number = pane.number_to_acknowledge()
        self.acknowledge_button.setVisible(number > 0)
        reword(self.acknowledge_button, f"Acknowledge {number}" if number > 1 else "Acknowledge")

    def acknowledge(self) -> None:
        """Acknowledge the marked questions, or all in view when none is marked."""
        wanted = self.register.to_acknowledge() if self.register else []
        self.tasks.run(
            lambda: self.services.questions.acknowledge(wanted),
            owner=self,
            on_done=lambda done: messages.tell(self, _acknowledged(done.value, of=len(wanted))),
        )

    def _ask_board(self) -> None:
        pane = self.register
        if pane is not None and pane.view is not None:
            pane.show_form(AskBoardForm(self.services, self.tasks, pane.view.projects))

    def _swap(self) -> None:
        if self.register is not None:
            self.register.show_board(wanted=not self.register.is_board)
            self.frame.reword_action(
                self.board_button,
                "Show as a table" if self.register.is_board else "Show as a board",
            )

    def _open_story(self) -> None:
        chosen = self.register.chosen() if self.register else None
        if chosen is not None:
            self.go.emit(Place.STORY, chosen.question)


def _acknowledged(done: int, *, of: int) -> str:
    """Return what was done, in a sentence."""
    said = f"{count_words(done, 'question')} acknowledged."
    return said if done == of else f"{said} {of - done:,} had been already."

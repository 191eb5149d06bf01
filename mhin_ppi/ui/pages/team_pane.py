"""A question that the team asks the board: what was asked, who answered, what was made of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ...domain.people import Person, Role
from ...domain.questions import STATE_WORDS, QuestionId, QuestionState
from ...services.boards import Services
from ...services.register_team import ReplySeen, TeamQuestion
from .. import messages
from ..tasks import Tasks
from ..theme import theme, theme_changes
from ..widgets.buttons import button
from ..widgets.cards import Card, Pill
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel
from .form import Form
from .framed_page import Column, loading
from .team_forms import ReplyForm, SumUpForm, TellTeamForm
from .words_for import state_look, when_words

_WORDS = {
    QuestionState.RAISED: "The board is asked",
    QuestionState.ANSWERED: "The board has answered",
    QuestionState.FED_BACK: "The team was told",
}


def team_state_words(asked: TeamQuestion) -> str:
    """Return where a question to the board is."""
    return _WORDS.get(asked.fate.state, STATE_WORDS[asked.fate.state])


def reply_card(seen: ReplySeen) -> Card:
    """Return what a member answered, in their words."""
    card = Card()
    card.add(WrapLabel(seen.reply.body, copyable=True))
    card.add(WrapLabel("You" if seen.is_mine else seen.name, role="muted"))
    return card


class TeamPane(QWidget):
    """Shows a question to the board to a coordinator, with what can be done next.

    Args:
        services: The open board.
        tasks: Runs the reading and the saving.

    Signals:
        said: A short sentence for the status line.
    """

    said = Signal(str)

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__()
        self._services, self._tasks = services, tasks
        self._question: QuestionId | None = None
        self._people: list[Person] = []
        self.head, self.slot, self.replies = Column(), Column(), Column()
        self._acts: QWidget | None = None
        self._all = QVBoxLayout(self)
        for part in (self.head, self.slot, self.replies):
            self._all.addWidget(part)
        self._all.addStretch(1)
        self._space()
        theme_changes().changed.connect(self._space)

    def open(self, question: QuestionId) -> None:
        """Show a question to the board."""
        if question != self._question:
            self._question = question
            self.slot.clear()
            self.replies.clear()
            self.head.show_only(loading())
        self.reload()

    def clear(self) -> None:
        """Show nothing."""
        self._question = None
        for part in (self.head, self.slot, self.replies):
            part.clear()

    def reload(self) -> None:
        """Read it again; an open form keeps its words."""
        question = self._question
        if question is not None:
            self._tasks.run(lambda: self._read(question), owner=self, on_done=self._show)

    def _read(self, question: QuestionId) -> tuple[TeamQuestion, list[Person]]:
        people = [
            person
            for person in self._services.people.everyone()
            if person.left_on is None and person.id != self._services.desk.store.person
        ]
        return self._services.register.team.one(question), [
            person for person in people if person.has(Role.MEMBER, Role.PEER_RESEARCHER)
        ]

    def _show(self, read: tuple[TeamQuestion, list[Person]]) -> None:
        asked, self._people = read
        if asked.question.id != self._question:
            return
        tone, icon = state_look(asked.fate.state)
        since = when_words(asked.question.raised_at, today=self._services.desk.today())
        widgets: list[QWidget] = [
            FlowRow(
                Pill(team_state_words(asked), tone=tone, icon=icon),
                WrapLabel(f"Asked by {asked.question.asked_by}, {since}", role="muted"),
            ),
            WrapLabel(asked.question.body, role="large", copyable=True),
        ]
        self._acts = self._make_acts(asked)
        self.head.show_only(*widgets, self._acts)
        shown: list[QWidget] = [reply_card(one) for one in asked.replies]
        if asked.summed_up:
            summed = Card("The board's answer")
            summed.add(WrapLabel(asked.summed_up, copyable=True))
            shown.append(summed)
        self.replies.show_only(*(shown or [WrapLabel("Nobody has answered yet.", role="muted")]))
        self._show_acts()

    def _make_acts(self, asked: TeamQuestion) -> FlowRow:
        row = FlowRow()
        if asked.is_open:
            row.add(
                button(
                    "Type an answer in",
                    icon="message-square",
                    on_press=lambda: self._ask(
                        ReplyForm(self._services, self._tasks, asked, people=self._people)
                    ),
                )
            )
        if asked.fate.state not in (QuestionState.CLOSED, QuestionState.WITHDRAWN):
            row.add(
                button(
                    "Sum up the answers",
                    icon="list",
                    on_press=lambda: self._ask(SumUpForm(self._services, self._tasks, asked)),
                )
            )
        if asked.fate.state is QuestionState.ANSWERED:
            row.add(
                button(
                    "Tell the team",
                    icon="send",
                    on_press=lambda: self._ask(TellTeamForm(self._services, self._tasks, asked)),
                )
            )
        return row

    def _ask(self, form: Form) -> None:
        def close() -> None:
            self.slot.clear()
            self._show_acts()

        def saved(_: object) -> None:
            close()
            self.said.emit("Saved.")
            messages.announce(self, "Saved.")

        form.saved.connect(saved)
        form.cancelled.connect(close)
        self.slot.show_only(form)
        self._show_acts()
        form.focus_first()

    def _show_acts(self) -> None:
        if self._acts is not None:
            self._acts.setVisible(not self.slot.all())

    def _space(self) -> None:
        made = theme()
        self._all.setContentsMargins(0, 0, made.px(0.3), made.space(2))
        self._all.setSpacing(made.space(2))
        for part in (self.head, self.slot, self.replies):
            layout = part.layout()
            if layout is not None:
                layout.setSpacing(made.space(2))

"""What a member sees of everybody's questions: what the team asks them, and what others asked.

Their words first: no frames, no stages, no order but the newest first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ...domain.questions import QuestionState
from ...services.boards import Services
from ...services.register import RegisterView
from ...services.register_rows import RegisterRow
from ...services.register_support import others_words
from ...services.register_team import TeamQuestion
from .. import messages
from ..tasks import Tasks
from ..theme import theme, theme_changes
from ..widgets.buttons import button
from ..widgets.cards import Card, EmptyState
from ..widgets.labels import WrapLabel
from ..widgets.question_card import QuestionCard
from .card_forms import CardForms
from .form import Form
from .framed_page import Column
from .register_table import row_state_words
from .team_forms import ReplyForm, SupportForm
from .team_pane import reply_card
from .words_for import state_look, when_words

AT_A_TIME = 30


@dataclass(frozen=True)
class AskedFacts:
    """What a member's page of questions shows.

    Args:
        asked: What the team asks the board, newest first.
        others: What others asked, newest first.
        mine: Of these, the ones the person would ask too.
    """

    asked: tuple[TeamQuestion, ...]
    others: tuple[RegisterRow, ...]
    mine: frozenset[str]


def read_asked(services: Services, view: RegisterView) -> AskedFacts:
    """Return what a member's page of questions shows."""
    return AskedFacts(
        asked=tuple(services.register.team.all()),
        others=tuple(
            row
            for row in view.rows
            if not row.is_mine and not row.to_board and row.state is not QuestionState.WITHDRAWN
        ),
        mine=services.register.support.mine(),
    )


class AskedPane(QWidget):
    """Cards, what the team asks first.

    Args:
        services: The open board.
        tasks: Runs what takes time.

    Signals:
        opened: (QuestionId) the whole story is wanted.
    """

    opened = Signal(object)

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__()
        self._services, self._tasks = services, tasks
        self._facts: AskedFacts | None = None
        self._shown = AT_A_TIME
        self._cards: dict[str, Card] = {}
        self._forms = CardForms(self)
        self.slot = Column()
        self.team, self.others, self.more = Column(), Column(), Column()
        self._all = QVBoxLayout(self)
        for part in (self.slot, self.team, self.others, self.more):
            self._all.addWidget(part)
        self._all.addStretch(1)
        self._space()
        theme_changes().changed.connect(self._space)

    def show_facts(self, facts: AskedFacts) -> None:
        """Show what has just been read; forms that are open keep their words."""
        self._facts = facts
        self._cards = {}
        self._forms.take_out()
        team = [self._team_card(asked) for asked in facts.asked]
        heads: list[QWidget] = [WrapLabel("The team asks you", role="heading")] if team else []
        self.team.show_only(*heads, *team)
        rows = facts.others[: self._shown]
        if not rows and not team:
            self.others.show_only(
                EmptyState(
                    "What others ask will be here.",
                    more="You can say that you would ask it too, and answer what the team asks.",
                    icon="circle-question-mark",
                )
            )
        else:
            self.others.show_only(
                *([WrapLabel("What others asked", role="heading")] if rows else []),
                *(self._card(row, facts) for row in rows),
            )
        for key, card in self._cards.items():
            self._forms.put_back(key, card)
        alone = self._forms.without(self._cards)
        self.slot.show_only(*alone)
        for form in alone:
            self._forms.show_again(form)
        left = len(facts.others) - len(rows)
        self.more.clear()
        if left > 0:
            self.more.show_only(button(f"Show more ({left:,})", on_press=self._show_more))

    def _show_more(self) -> None:
        self._shown += AT_A_TIME
        if self._facts is not None:
            self.show_facts(self._facts)

    def _team_card(self, asked: TeamQuestion) -> Card:
        card = Card()
        card.setAccessibleName(asked.question.body)
        card.add(WrapLabel(asked.question.body, copyable=True))
        since = when_words(asked.question.raised_at, today=self._services.desk.today())
        card.add(WrapLabel(f"{asked.question.asked_by} · asked {since}", role="muted"))
        mine = next((one for one in asked.replies if one.is_mine), None)
        if mine is not None:
            card.add(reply_card(mine))
        if asked.summed_up:
            card.add(WrapLabel(f"The board's answer: {asked.summed_up}"))
        if asked.is_open:
            words = "Change my answer" if mine else "Answer"
            answer = button(words, icon="message-square", on_press=lambda: self._reply(asked))
            answer.setAccessibleDescription(asked.question.body)
            card.add(answer)
        if mine is not None:
            question = asked.question.id
            card.add(
                button(
                    "Take back my answer",
                    icon="trash-2",
                    kind="quiet",
                    on_press=lambda: self._do(
                        partial(self._services.register.team.take_back, question),
                        "Your answer was taken back.",
                    ),
                )
            )
        self._cards[str(asked.question.id)] = card
        return card

    def _card(self, row: RegisterRow, facts: AskedFacts) -> QuestionCard:
        tone, icon = state_look(row.state)
        asked = when_words(row.raised_at, today=self._services.desk.today())
        about = [row.asked_by, row.project.title if row.project else "", f"asked {asked}"]
        mine = row.key in facts.mine
        card = QuestionCard(
            row.body,
            status=row_state_words(row),
            tone=tone,
            icon=icon,
            context=" · ".join(part for part in about if part),
            happened=[words for words in (_would_ask(row, mine=mine),) if words],
        )
        if mine:
            card.add_action("back", "Take that back", icon="undo-2")
        else:
            card.add_action("support", "I'd ask this too", icon="hand-heart")
        card.add_action("story", "The whole story", icon="arrow-right", kind="quiet")
        acts: Mapping[str, Callable[[], None]] = {
            "support": lambda: self._support(row),
            "back": lambda: self._do(
                partial(self._services.register.support.take_back, row.question),
                "Taken back.",
            ),
            "story": lambda: self.opened.emit(row.question),
        }
        card.action_wanted.connect(lambda action: acts[action]())
        self._cards[row.key] = card
        return card

    def _support(self, row: RegisterRow) -> None:
        self._open(row.key, lambda: SupportForm(self._services, self._tasks, row.question))

    def _reply(self, asked: TeamQuestion) -> None:
        key = str(asked.question.id)
        self._open(key, lambda: ReplyForm(self._services, self._tasks, asked))

    def _open(self, key: str, make: Callable[[], Form]) -> None:
        def thank() -> None:
            messages.tell(self, "Thank you. It is saved.")

        self._forms.open(key, make, self._cards[key], on_saved=thank)

    def _do(self, work: Callable[[], object], said: str) -> None:
        self._tasks.run(
            work,
            owner=self,
            on_done=lambda _: messages.tell(self, said),
        )

    def _space(self) -> None:
        made = theme()
        self._all.setContentsMargins(0, 0, made.px(0.3), made.space(2))
        self._all.setSpacing(made.space(3))
        for part in (self.team, self.others):
            layout = part.layout()
            if layout is not None:
                layout.setSpacing(made.space(2))


def _would_ask(row: RegisterRow, *, mine: bool) -> str:
    """Return who would ask it too, the person at the laptop named first."""
    others = row.supports - mine
    if not mine:
        return others_words(others) and f"{others_words(others)}."
    return f"You would ask this too. {others_words(others)}".strip() + ("." if others else "")

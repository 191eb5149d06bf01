"""What waits, what came, and what is owed: the first page, for a member and for a coordinator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..domain.claims import Claim, ClaimState
from ..domain.drafts import Draft
from ..domain.meetings import Meeting
from ..domain.questions import Question, QuestionState, Step, StepKind
from .carried import Carrying
from .changed_passages import ChangedPassages, ChangesToLink
from .claims import Claims
from .desk import Desk
from .feedback_debt import Debt, DebtList, FeedbackDebt
from .impact import Impacts
from .involvement import Time
from .laptop import Laptop
from .meetings import Meetings
from .questions import Questions
from .register_team import TeamQuestion, TeamQuestions
from .reviewing import DraftOnShelf, Reviewing
from .rounds import Rounds, Standing
from .second_looks import DueLook
from .stories import Story

_TELLING = frozenset(
    {
        *(StepKind.ACKNOWLEDGE, StepKind.ANSWER, StepKind.CHANGE),
        *(StepKind.NOT_CHANGE, StepKind.FEED_BACK),
    }
)
_ON_ITS_WAY = (ClaimState.SUBMITTED, ClaimState.APPROVED, ClaimState.BATCHED)
MOST_NEWS = 4
MOST_WAITS = 3


@dataclass(frozen=True, slots=True)
class News:
    """Something that happened to a question of the person's own.

    Args:
        story: The question.
        step: The latest thing that happened to it.
    """

    story: Story
    step: Step


@dataclass(frozen=True, slots=True)
class MemberHome:
    """What a member's first page says.

    Args:
        waiting: Drafts they are asked to read and have not given back, soonest first.
        told: Questions of theirs that they were told about; they may say whether it is what they
            meant, and need not.
        owed: What they are still owed, longest wait first.
        news: What else happened to their questions, newest first.
        since: When they last looked, on an earlier day; ``None`` at the first visit.
        asked: How many questions of theirs are on the board.
        minutes: Time they gave in this calendar year.
        coming_pence: What they have asked for and not been paid yet.
        claimable_pence: What they could claim now, time and agreed amounts.
        next_meeting: The next meeting, if one is arranged.
        asked_by_team: What the team asks the board and they have not answered, newest first.
    """

    waiting: tuple[DraftOnShelf, ...]
    told: tuple[Story, ...]
    owed: tuple[Debt, ...]
    news: tuple[News, ...]
    since: datetime | None
    asked: int
    minutes: int
    coming_pence: int
    claimable_pence: int
    next_meeting: Meeting | None
    asked_by_team: tuple[TeamQuestion, ...] = ()


@dataclass(frozen=True, slots=True)
class CoordinatorHome:
    """What a coordinator's first page says.

    Args:
        owed: Who is still owed what, longest wait first, and what else is to be followed up.
        came_in: Questions that nobody has acknowledged yet, newest first.
        claims: Claims that wait for a decision.
        due: Requests to read that are not back from everyone, soonest first.
        waiting: Drafts they themselves are asked to read.
        next_meeting: The next meeting, if one is arranged.
        is_new: Whether there is no draft on the board yet, and no question.
        to_link: Versions in which words that carried questions are different.
        looks: Differences to look at again by now, longest due first.
    """

    owed: DebtList
    came_in: tuple[Story, ...]
    claims: tuple[Claim, ...]
    due: tuple[Standing, ...]
    waiting: tuple[DraftOnShelf, ...]
    next_meeting: Meeting | None
    is_new: bool
    to_link: tuple[ChangesToLink, ...] = ()
    looks: tuple[DueLook, ...] = ()


@dataclass(frozen=True)
class Home:
    """The first page."""

    desk: Desk

    def for_member(self) -> MemberHome:
        """Return what a member's first page says, and note that they have looked."""
        since = Laptop(self.desk).last_visit()
        mine = Questions(self.desk).mine()
        year = self.desk.today().year
        claims = Claims(self.desk).mine()
        told = tuple(s for s in mine if s.fate.state is QuestionState.FED_BACK)
        others = [s for s in mine if s.fate.state is not QuestionState.FED_BACK]
        return MemberHome(
            waiting=self._waiting(),
            told=told,
            owed=FeedbackDebt(self.desk).mine(),
            news=news_in(others, since=since)[:MOST_NEWS],
            since=since,
            asked=sum(story.fate.state is not QuestionState.WITHDRAWN for story in mine),
            minutes=sum(one.minutes for one in Time(self.desk).mine() if one.on.year == year),
            coming_pence=sum(
                claim.owed_pence if claim.approved_pence else claim.asked_pence
                for claim in claims
                if claim.state in _ON_ITS_WAY
            ),
            claimable_pence=sum(line.pence for line in Claims(self.desk).claimable()),
            next_meeting=self._next_meeting(),
            asked_by_team=tuple(one for one in TeamQuestions(self.desk).all() if one.awaits_me),
        )

    def for_coordinator(self) -> CoordinatorHome:
        """Return what a coordinator's first page says."""
        owed = FeedbackDebt(self.desk).everyone()
        with self.desk.store.unit_of_work() as work:
            is_new = not work.count(Draft) and not work.count(Question)
        raised = [d.story for d in owed.debts if d.story.fate.state is QuestionState.RAISED]
        return CoordinatorHome(
            owed=owed,
            came_in=tuple(sorted(raised, key=_asked, reverse=True)),
            claims=tuple(
                claim
                for claim in Claims(self.desk).all()
                if claim.state is ClaimState.SUBMITTED and claim.person != self.desk.store.person
            ),
            due=tuple(one for one in Rounds(self.desk).standings() if one.awaited),
            waiting=self._waiting(),
            next_meeting=self._next_meeting(),
            is_new=is_new,
            to_link=ChangedPassages(self.desk, Carrying(self.desk)).to_link(),
            looks=tuple(Impacts(self.desk).due_looks()),
        )

    def _waiting(self) -> tuple[DraftOnShelf, ...]:
        return tuple(one for one in Reviewing(self.desk).shelf() if one.waits)

    def _next_meeting(self) -> Meeting | None:
        return Meetings(self.desk).next()


def _asked(story: Story) -> str:
    return str(story.question.raised_at)


def news_in(stories: list[Story], *, since: datetime | None) -> tuple[News, ...]:
    """Return the latest thing others did to each question, newest first.

    Args:
        stories: The person's own questions.
        since: Only what happened later; ``None`` for everything.
    """
    found = []
    for story in stories:
        told = [
            step
            for step in story.fate.taken
            if step.kind in _TELLING and (since is None or step.at > since)
        ]
        if told and story.fate.state is not QuestionState.WITHDRAWN:
            found.append(News(story, told[-1]))
    return tuple(sorted(found, key=lambda news: news.step.at, reverse=True))

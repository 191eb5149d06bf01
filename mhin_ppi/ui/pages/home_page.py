"""Home: what waits, in sentences, with one button each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from ...domain import british
from ...domain.meetings import Meeting
from ...domain.people import Role
from ...domain.questions import StepKind
from ...services.boards import Services
from ...services.feedback_debt import Debt, DebtList
from ...services.home import MOST_WAITS, CoordinatorHome, Home, MemberHome, News
from ...services.reviewing import DraftOnShelf
from ...services.rounds import Standing
from ..tasks import Tasks
from ..theme import theme, theme_changes
from ..widgets.buttons import Kind, button
from ..widgets.cards import EmptyState
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, heading, muted
from .framed_page import Column, FramedPage
from .home_looks import look_lines, shortened, team_lines
from .owed_words import held_words, wait_words
from .page import Place
from .round_words import people_words, request_words
from .sentence_card import LastWordCard, SentenceCard
from .words_for import count_words, day_words, minutes_words, when_words

WIDEST_EM = 44
_NEWS_WORDS = {
    StepKind.ACKNOWLEDGE: "We have it",
    StepKind.ANSWER: "The team answered",
    StepKind.CHANGE: "Something changed because of it",
    StepKind.NOT_CHANGE: "The team will not change this, and says why",
    StepKind.FEED_BACK: "You were told what happened",
}
_NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    *("nineteen", "twenty"),
)


class HomePage(FramedPage):
    """The first page, for a member or for a coordinator."""

    place: ClassVar[Place] = Place.HOME
    shows: ClassVar[frozenset[str]] = frozenset(
        {
            *("question", "response", "feedback", "chaser", "jotting", "change", "impact"),
            *("second_look", "draft", "version", "round", "return", "meeting", "involvement"),
            *("claim", "reply"),
        }
    )

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__(services, tasks, title="Home")
        self._column = Column()
        self._read = False
        self.frame.set_content(self._column)
        self._space()
        theme_changes().changed.connect(self._space)

    def open_at(self, argument: object | None) -> None:
        self.reload()

    def reload(self) -> None:
        """Read again what waits."""
        services = self.services

        def work() -> MemberHome | CoordinatorHome:
            home = Home(services.desk)
            if services.people.me().has(Role.COORDINATOR):
                return home.for_coordinator()
            return home.for_member()

        self.tasks.run(work, owner=self, on_done=self._show)

    # ---- inside

    def _show(self, found: MemberHome | CoordinatorHome) -> None:
        parts = self._member(found) if isinstance(found, MemberHome) else self._coordinator(found)
        self._column.show_only(*parts, stretch=True)

    def _member(self, found: MemberHome) -> list[QWidget]:
        parts: list[QWidget] = []
        if found.waiting:
            parts += [heading("Waiting for you"), *self._reading(found.waiting)]
        parts += team_lines(found, line=self._line, go=self._to)
        parts += self._last_words(found)
        if found.news:
            since = f" since {when_words(found.since, today=self.today)}" if found.since else ""
            parts.append(heading(f"What happened to your questions{since}"))
            parts += [self._news(news) for news in found.news]
        elif found.asked and not found.told and not found.owed:
            asked = count_words(found.asked, "question")
            line = f"You have asked {asked}. Nothing new has happened to them since you looked."
            parts += [
                heading("Your questions"),
                self._line(line, "See them", self._to(Place.MY_QUESTIONS)),
            ]
        parts += self._still_owed(found)
        if not parts:
            parts.append(
                EmptyState(
                    "Nothing waits for you.",
                    more="When you are asked to read something, it will be here.",
                    icon="coffee",
                )
            )
        if found.next_meeting:
            parts += [heading("Next meeting"), self._meeting(found.next_meeting)]
        parts.append(self._time_and_payments(found))
        return parts

    def _coordinator(self, found: CoordinatorHome) -> list[QWidget]:
        if found.is_new:
            return [
                EmptyState(
                    "Your board is ready.",
                    more="Add a project and the first draft. Then people have something to read.",
                    icon="file-text",
                    action="Add a draft",
                    on_action=self._to(Place.TO_READ),
                )
            ]
        parts: list[QWidget] = [heading("Still owed an answer"), *self._owed(found)]
        if found.came_in or found.claims:
            parts.append(heading("What came in"))
        if found.came_in:
            new = count_words(len(found.came_in), "new question")
            line = f"{new} to read and acknowledge."
            parts.append(self._line(line, "Sort them", self._to(Place.QUESTIONS)))
        if found.claims:
            one = len(found.claims) == 1
            line = f"{count_words(len(found.claims), 'claim')} {'waits' if one else 'wait'}"
            parts.append(self._line(f"{line} for a decision.", "See", self._to(Place.TIME)))
        parts += look_lines(found, line=self._line, go=self._to, today=self.today)
        if found.due:
            parts += [heading("What is due"), *(self._due(due) for due in found.due[:MOST_WAITS])]
        if found.waiting:
            parts += [heading("For you to read"), *self._reading(found.waiting, primary=False)]
        parts.append(heading("Next meeting"))
        if found.next_meeting:
            parts.append(self._meeting(found.next_meeting))
        else:
            parts.append(
                self._line("No meeting is arranged.", "Arrange one", self._to(Place.MEETINGS))
            )
        return parts

    def _reading(self, waiting: tuple[DraftOnShelf, ...], *, primary: bool = True) -> list[QWidget]:
        lines: list[QWidget] = []
        for at, draft in enumerate(waiting):
            kind: Kind = "primary" if primary and not at else "secondary"
            go = self._to(Place.READING, draft.to_read.id)
            lines.append(
                self._line(
                    waiting_words(draft, today=self.today),
                    "Open",
                    go,
                    kind=kind,
                    more=draft.project.title,
                    large=not at and primary,
                )
            )
        return lines

    def _last_words(self, found: MemberHome) -> list[QWidget]:
        if not found.told:
            return []
        parts: list[QWidget] = [
            heading("Is this what you meant?"),
            muted("Say so if you like. You need not."),
        ]
        for story in found.told[:MOST_WAITS]:
            card = LastWordCard(self.services, self.tasks, story)
            card.story_wanted.connect(self._to(Place.STORY, story.question.id))
            parts.append(card)
        return parts + self._all_of_mine(len(found.told))

    def _still_owed(self, found: MemberHome) -> list[QWidget]:
        if not found.owed:
            return []
        parts: list[QWidget] = [heading("What you are still owed")]
        for debt in found.owed[:MOST_WAITS]:
            parts.append(
                self._line(
                    f"“{shortened(debt.story.question.body)}”",
                    "See",
                    self._to(Place.STORY, debt.question),
                    more=wait_words(debt, today=self.today),
                )
            )
        return parts + self._all_of_mine(len(found.owed))

    def _all_of_mine(self, many: int) -> list[QWidget]:
        if many <= MOST_WAITS:
            return []
        words = f"See all {number_words(many)}"
        return [FlowRow(button(words, on_press=self._to(Place.MY_QUESTIONS)))]

    def _news(self, news: News) -> QWidget:
        when = when_words(news.step.at, today=self.today)
        return self._line(
            f"“{shortened(news.story.question.body)}”",
            "See",
            self._to(Place.STORY, news.story.question.id),
            more=f"{_NEWS_WORDS[news.step.kind]}, {when}.",
        )

    def _owed(self, found: CoordinatorHome) -> list[QWidget]:
        owed = found.owed
        more = bool(owed.jottings or owed.twice)
        if not owed.debts:
            words = "Nobody. Everyone who asked something has been told what happened."
            parts: list[QWidget] = [WrapLabel(words)]
        else:
            parts = [WrapLabel(owed_words(owed), role="large")]
            parts += [self._wait(debt) for debt in owed.debts[:MOST_WAITS]]
            more = True
        if also := also_words(owed):
            parts.append(muted(also))
        if more:
            parts.append(FlowRow(button("See all of them", on_press=self._to(Place.OWED))))
        return parts

    def _wait(self, debt: Debt) -> QWidget:
        return self._line(
            f"“{shortened(debt.story.question.body)}”",
            "Open",
            self._to(Place.STORY, debt.question),
            more=held_words(debt, today=self.today),
        )

    def _due(self, due: Standing) -> QWidget:
        day = day_words(due.request.due_on, today=self.today)
        by = f" by {day}" if day else ""
        return self._line(
            f"{due.draft.title}, version {due.version.number}{by}",
            "Open",
            self._to(Place.READING, due.version.id),
            more=people_words(due),
        )

    def _meeting(self, meeting: Meeting) -> QWidget:
        when = when_words(meeting.starts_at, today=self.today)
        at = f"{meeting.starts_at.astimezone():%H:%M}" if meeting.starts_at else ""
        words = f"{meeting.title}: {when} at {at}"
        return self._line(words, "See", self._to(Place.MEETING, meeting.id), more=meeting.place)

    def _time_and_payments(self, found: MemberHome) -> QWidget:
        gave = f"You gave {minutes_words(found.minutes)} this year" if found.minutes else ""
        coming = (
            f"{british.money(found.coming_pence)} is on its way to you"
            if found.coming_pence
            else ""
        )
        can = f"{british.money(found.claimable_pence)} can be claimed"
        parts = (gave, coming, can if found.claimable_pence else "")
        words = " · ".join(part for part in parts if part)
        line = FlowRow(
            muted(words or "No time is written down this year."),
            button("Time and payments", kind="quiet", icon="wallet", on_press=self._to(Place.TIME)),
        )
        return line

    def _line(  # noqa: PLR0913 - one sentence and its button
        self,
        words: str,
        act: str,
        on_press: Callable[[], None],
        *,
        more: str = "",
        kind: Kind = "secondary",
        large: bool = False,
    ) -> QWidget:
        return SentenceCard(words, act, on_press, more=more, kind=kind, large=large)

    def _to(self, place: Place, argument: object | None = None) -> Callable[[], None]:
        return lambda: self.go.emit(place, argument)

    def _space(self) -> None:
        self._column.setMaximumWidth(theme().px(WIDEST_EM))
        layout = self._column.layout()
        if layout is not None:
            layout.setSpacing(theme().space(2))


def waiting_words(draft: DraftOnShelf, *, today: date) -> str:
    """Return what waits, as one would say it ("Draft protocol, version 1: about 40 minutes …")."""
    title = f"{draft.draft.title}, version {draft.to_read.number}"
    return request_words(draft.request, today=today, asked=title) if draft.request else title


def owed_words(owed: DebtList) -> str:
    """Return how many are owed an answer, who holds them, and how many wait too long, in words."""
    count, late = len(owed.debts), len(owed.overdue)
    several = f"{number_words(count).capitalize()} questions are"
    first = "One question is" if count == 1 else several
    holders = [f"{number_words(many)} with {holder}" for holder, many in owed.by_holder]
    said = f"{first} still owed an answer: {', '.join(holders)}."
    if late:
        verb = "waits" if late == 1 else "wait"
        said += f" {number_words(late).capitalize()} {verb} longer than the board promises."
    return said


def also_words(owed: DebtList) -> str:
    """Return what else is to be followed up, or ""."""
    parts = []
    if owed.jottings:
        jotted = count_words(len(owed.jottings), "question")
        parts.append(f"{jotted} from meetings without a name yet")
    if owed.twice:
        twice = count_words(len(owed.twice), "question")
        parts.append(f"{twice} from meetings with different names")
    return f"Also: {' and '.join(parts)}." if parts else ""


def number_words(number: int) -> str:
    """Return a small number as a word.

    >>> number_words(3), number_words(21)
    ('three', '21')
    """
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"

"""Words for days, lengths of time, states and kinds, as a person would say them."""

from __future__ import annotations

from datetime import date, datetime

from ...domain.annotations import Visibility
from ...domain.british import MONTHS, weekday
from ...domain.drafts import DraftKind, DraftVersion
from ...domain.people import Person, Role
from ...domain.questions import STATE_WORDS, Considered, QuestionState
from ...domain.stays import stays
from ...services.stories import Story
from ..messages import Tone

DRAFT_KIND_WORDS = {
    DraftKind.PROTOCOL: "Protocol",
    DraftKind.INFORMATION_SHEET: "Information sheet",
    DraftKind.CONSENT_FORM: "Consent form",
    DraftKind.TOPIC_GUIDE: "Topic guide",
    DraftKind.PLAIN_SUMMARY: "Plain English summary",
    DraftKind.FINDINGS: "Findings",
    DraftKind.PROPOSAL: "Proposal",
    DraftKind.SLIDES: "Slides",
    DraftKind.OTHER: "Something else",
}
CONSIDERED_WORDS = {
    Considered.NO: "No, it was new to them",
    Considered.PARTLY: "Partly",
    Considered.YES: "Yes",
}
BOARDS_ANSWER = "The board's answer"
_STATE_LOOKS: dict[QuestionState, tuple[Tone, str]] = {
    QuestionState.RAISED: ("quiet", "circle-question-mark"),
    QuestionState.ACKNOWLEDGED: ("quiet", "circle-dot"),
    QuestionState.ANSWERED: ("accent", "message-square"),
    QuestionState.CHANGED: ("good", "pencil"),
    QuestionState.NOT_CHANGED: ("accent", "message-square"),
    QuestionState.FED_BACK: ("accent", "send"),
    QuestionState.CLOSED: ("good", "circle-check"),
    QuestionState.WITHDRAWN: ("quiet", "undo-2"),
}
_NEAR_DAYS = 7


def day_words(day: date | None, *, today: date) -> str:
    """Return a day as people say it.

    >>> day_words(date(2026, 11, 20), today=date(2026, 11, 22))
    'Friday'
    >>> day_words(date(2026, 12, 4), today=date(2026, 11, 22))
    'Friday 4 December'
    """
    if day is None:
        return ""
    ahead = (day - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if ahead in near:
        return near[ahead]
    if -_NEAR_DAYS < ahead < 0:
        return weekday(day)
    if day.year == today.year or 0 < ahead < 300:
        return f"{weekday(day)} {day.day} {MONTHS[day.month - 1]}"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def local_day(at: datetime | None) -> date | None:
    """Return the day of an instant where the laptop stands."""
    return at.astimezone().date() if at else None


def when_words(at: datetime | None, *, today: date) -> str:
    """Return the day of an instant as people say it."""
    return day_words(local_day(at), today=today)


def minutes_words(minutes: int) -> str:
    """Return a length of time.

    >>> minutes_words(40), minutes_words(90), minutes_words(120)
    ('40 minutes', '1 h 30', '2 hours')
    """
    hours, rest = divmod(minutes, 60)
    if not hours:
        return "1 minute" if rest == 1 else f"{rest} minutes"
    if not rest:
        return "1 hour" if hours == 1 else f"{hours} hours"
    return f"{hours} h {rest:02}"


def count_words(number: int, one: str, *, many: str = "") -> str:
    """Return a number with its noun.

    >>> count_words(1, "page"), count_words(3, "page")
    ('1 page', '3 pages')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def version_words(version: DraftVersion) -> str:
    """Return a version's number and length ("Version 2 · 46 pages")."""
    parts = [f"Version {version.number}"]
    if version.pages:
        parts.append(count_words(version.pages, "page"))
    return " · ".join(parts)


def state_words(story: Story) -> str:
    """Return what a question's state is called for the person who looks at it."""
    if story.fate.state is QuestionState.FED_BACK and not story.is_mine:
        return "They were told"
    return STATE_WORDS[story.fate.state]


def stays_words(story: Story, *, now: datetime) -> str:
    """Return how long a question was in each state, in order ("Asked: 3 days. We have it: today.").

    A state that lasted less than a day is named only while it lasts.
    """
    told = "You were told" if story.is_mine else "They were told"
    names = {**STATE_WORDS, QuestionState.FED_BACK: told}
    last = {QuestionState.CLOSED, QuestionState.WITHDRAWN}
    parts = []
    for stay in stays(story.question, story.fate):
        days = stay.days(now)
        if stay.ended is None and stay.state in last:
            parts.append(f"{names[stay.state]}.")
        elif days or stay.ended is None:
            lasted = count_words(days, "day") if days else "since today"
            parts.append(f"{names[stay.state]}: {lasted}.")
    return " ".join(parts)


def state_look(state: QuestionState) -> tuple[Tone, str]:
    """Return the tone and icon of a state's pill."""
    return _STATE_LOOKS[state]


def first_name(person: Person) -> str:
    """Return the first of a person's names."""
    return person.name.split()[0] if person.name.split() else person.name


def coordinators_words(people: list[Person], *, me: Person) -> str:
    """Return who coordinates the board, by name ("Ruth, the coordinator")."""
    others = [p for p in people if p.has(Role.COORDINATOR) and not p.left_on and p.id != me.id]
    if not others:
        return "the coordinator"
    names = " and ".join(first_name(person) for person in others)
    return f"{names}, the coordinator" if len(others) == 1 else f"{names}, the coordinators"


def visibility_words(visibility: Visibility, *, coordinator: str) -> str:
    """Return who sees a note."""
    return {
        Visibility.ONLY_ME: "Just me",
        Visibility.COORDINATOR: coordinator[:1].upper() + coordinator[1:],
        Visibility.BOARD: "The board and the research team",
    }[visibility]

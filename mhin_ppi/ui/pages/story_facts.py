"""Everything that the story of a question shows, read from the board in one go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from ...domain.drafts import DraftVersion, VersionId
from ...domain.impact import ImpactId, SecondLook
from ...domain.meetings import Meeting
from ...domain.people import Person, PersonId, Role
from ...domain.questions import QuestionId, StepKind
from ...domain.register import Theme
from ...services.boards import Services
from ...services.quoted_warnings import QuotedWarnings
from ...services.report_numbers import number_in_report
from ...services.stories import Story


@dataclass(frozen=True, slots=True)
class StoryFacts:
    """A question's story, and what may be done now.

    Args:
        story: The story.
        steps: The steps that the person at the laptop may take.
        me: Who is at the laptop.
        versions: What each version is called ("Protocol, version 2").
        numbers: The number of each version.
        others: The other versions of the draft it was asked about, newest first.
        people: Names of those who took steps, as the person at the laptop may see them.
        page: The page of the marked words, where the file has pages.
        today: The day it is.
        theme: The similar questions it is with, and how many they are; ``None`` when with none.
        now: The instant it was read.
        meeting: The meeting it was asked at.
        looks: What was found when somebody looked at a difference again, by difference.
        report_number: Its number in the report on the whole board; ``None`` for who makes none.
        warnings: What the passages touch on that it quotes.
    """

    story: Story
    steps: tuple[StepKind, ...]
    me: Person
    versions: Mapping[VersionId, str]
    numbers: Mapping[VersionId, int]
    others: tuple[DraftVersion, ...]
    people: Mapping[PersonId, str]
    page: int | None
    today: date
    now: datetime
    theme: tuple[Theme, int] | None = None
    meeting: Meeting | None = None
    looks: Mapping[ImpactId, tuple[SecondLook, ...]] = field(default_factory=dict)
    report_number: int | None = None
    warnings: QuotedWarnings = QuotedWarnings()

    @property
    def coordinates(self) -> bool:
        """Whether the person at the laptop is a coordinator."""
        return self.me.has(Role.COORDINATOR)

    @property
    def later(self) -> tuple[DraftVersion, ...]:
        """The versions in which something can have changed because of it, newest first."""
        asked = self.story.version
        return tuple(v for v in self.others if asked is None or v.number > asked.number)

    @property
    def speaks_for(self) -> PersonId | None:
        """Whose last word a coordinator may type in: that of anybody else who asked."""
        asker = self.story.question.asker
        return asker if self.coordinates and asker != self.me.id else None


def read_story(services: Services, question: QuestionId) -> StoryFacts:
    """Return the story of a question."""
    story = services.questions.story(question)
    shelf = services.reviewing.shelf()
    versions = {
        version.id: f"{one.draft.title}, version {version.number}"
        for one in shelf
        for version in one.versions
    }
    own = next((one for one in shelf if story.draft and one.draft.id == story.draft.id), None)
    others = (
        [v for v in own.versions if story.version is None or v.id != story.version.id]
        if own
        else []
    )
    me = services.people.me()
    coordinators = [p for p in services.people.everyone() if p.has(Role.COORDINATOR)]
    return StoryFacts(
        story=story,
        steps=services.questions.open_steps(question),
        me=me,
        versions=versions,
        numbers={version.id: version.number for one in shelf for version in one.versions},
        others=tuple(reversed(others)),
        people={p.id: "you" if p.id == me.id else p.name for p in coordinators},
        page=_page(services, story),
        today=services.desk.today(),
        now=services.desk.now(),
        theme=services.themes.of(question),
        meeting=_meeting(services, story),
        looks=services.impacts.looks(impact.id for impact in story.impacts),
        report_number=number_in_report(services.desk, question)
        if me.has(Role.COORDINATOR)
        else None,
        warnings=services.content_notes.before_quotes([story]),
    )


def _meeting(services: Services, story: Story) -> Meeting | None:
    wanted = story.question.meeting
    if wanted is None:
        return None
    return next((one for one in services.meetings.all() if one.id == wanted), None)


def _page(services: Services, story: Story) -> int | None:
    note, version = story.annotation, story.version
    if note is None or note.passage is None or version is None or not version.pages:
        return None
    text = services.reviewing.text_of(version.id, images=False)
    return text.blocks[text.block_at(note.passage.start)].page if text.blocks else None

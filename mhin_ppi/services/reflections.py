"""Looking back on an activity: each side in its own words, side by side, never added up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from ..domain.drafts import Draft, DraftVersion, ReviewReturn, ReviewRound
from ..domain.facts import entity_of
from ..domain.log import SetOp
from ..domain.meetings import Meeting
from ..domain.people import Person, PersonId, Role, credited_as, nobody_named
from ..domain.projects import Project
from ..domain.reflections import (
    LEFT_OUT,
    Reflection,
    ReflectionId,
    check_scales,
)
from ..domain.spaces import space_of
from ..errors import InputError, NotAllowedError
from .desk import COORDINATING, Desk, coordinators, keep
from .outcome import Outcome
from .ports import UnitOfWork

LONGEST = 20_000


class Kind(StrEnum):
    """What can be looked back on."""

    MEETING = "meeting"
    REVIEW = "round"
    PROJECT = "project"


@dataclass(frozen=True, slots=True)
class Occasion:
    """One activity.

    Args:
        kind: What it was.
        id: Of the meeting, the request to read or the project, as text.
        title: What a person reads.
        on: The day, where it has one.
    """

    kind: Kind
    id: str
    title: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """One person's look back.

    Args:
        reflection: Their words.
        who: Whose they are, as others may see it.
        may_take_back: Whether the person at this laptop may take them back.
    """

    reflection: Reflection
    who: str
    may_take_back: bool


@dataclass(frozen=True, slots=True)
class LookBack:
    """Everything said about one activity that the person at this laptop may read.

    Args:
        occasion: The activity.
        members: What members of the board say, oldest first.
        team: What the research team says, oldest first.
    """

    occasion: Occasion
    members: tuple[Said, ...]
    team: tuple[Said, ...]


@dataclass(frozen=True)
class Reflections:
    """Looking back on activities."""

    desk: Desk

    def occasions(self) -> list[Occasion]:
        """Return what the person at this laptop may look back on, newest first."""
        with self.desk.store.unit_of_work() as work:
            return list(self._occasions(work).values())

    def all(self) -> list[LookBack]:
        """Return what was said about each activity, newest activity first."""
        with self.desk.store.unit_of_work() as work:
            found: dict[tuple[Kind, str], list[Reflection]] = {}
            for one in sorted(work.find(Reflection), key=lambda r: (r.on, str(r.id))):
                found.setdefault(_key(one), []).append(one)
            occasions = self._occasions(work, only_mine=False)
            people = {person.id: person for person in work.find(Person)}
            word = self.desk.board(work).member_word
            groups = []
            for key, those in found.items():
                about = occasions.get(key) or Occasion(*key, "Something no longer here")
                said = [self._said(one, people, word) for one in those]
                groups.append(
                    LookBack(
                        about,
                        tuple(s for s in said if not s.reflection.from_team),
                        tuple(s for s in said if s.reflection.from_team),
                    )
                )
        return sorted(groups, key=_newest, reverse=True)

    def note(  # noqa: PLR0913 - the parts of one short form
        self,
        about: Occasion,
        *,
        went_well: str = "",
        did_not: str = "",
        to_change: str = "",
        scales: Sequence[int] = (),
        comments: str = "",
        from_team: bool = False,
        said_by: str = "",
        shared: bool = False,
        on_behalf_of: PersonId | None = None,
    ) -> Outcome[Reflection]:
        """Keep what one person says, looking back.

        Args:
            about: Which activity.
            went_well: What went well.
            did_not: What did not.
            to_change: What to change next time.
            scales: A number from 0 to 100 for each of the four scales, ``LEFT_OUT`` for one that
                they leave out; empty for none.
            comments: What they say about the scales.
            from_team: Whether it is the research team's side.
            said_by: Who said it, in words, when they are not on the board.
            shared: Whether the whole board may read it.
            on_behalf_of: The person of the board who said it; ``None`` for oneself.

        Raises:
            NotAllowedError: Only a coordinator types in for others; only a coordinator or a
                researcher gives the team's side.
            InputError: Nothing is said, too much is, or a scale is not one.
        """
        texts = [part.strip() for part in (went_well, did_not, to_change, comments)]
        placed = check_scales(scales)
        _check_words(texts, placed)
        with self.desk.store.unit_of_work() as work:
            self._check_side(work, from_team=from_team, said_by=said_by.strip())
            person = self.desk.author(work, on_behalf_of)
            made = Reflection(
                id=ReflectionId(self.desk.new_id()),
                person=person,
                on=self.desk.today(),
                from_team=from_team,
                went_well=texts[0],
                did_not=texts[1],
                to_change=texts[2],
                scales=placed,
                comments=texts[3],
                said_by=said_by.strip(),
                shared=shared,
                **_target(work, about),
            )
            keep(work, made)
            return Outcome(made, work.commit())

    def take_back(self, reflection: ReflectionId) -> Outcome[None]:
        """Take a look back of one's own back; its words are forgotten.

        Raises:
            NotAllowedError: It is somebody else's.
        """
        with self.desk.store.unit_of_work() as work:
            old = work.get(Reflection, reflection)
            if old.person != self.desk.store.person:
                raise NotAllowedError(
                    "These are somebody else's words.", next_step="They can take them back."
                )
            work.record(space_of(old), [SetOp(entity_of(old), "gone", True)])
            work.forget(Reflection, reflection)
            return Outcome(None, work.commit())

    def _check_side(self, work: UnitOfWork, *, from_team: bool, said_by: str) -> None:
        if said_by:
            self.desk.require(work, *COORDINATING, doing="type in for somebody else")
        if from_team and not self.desk.me(work).has(Role.COORDINATOR, Role.RESEARCHER):
            raise NotAllowedError(
                "This is the research team's side.", next_step="Write it as your own side."
            )

    def _said(self, one: Reflection, people: dict[PersonId, Person], word: str) -> Said:
        mine = one.person == self.desk.store.person
        person = people.get(one.person)
        named = credited_as(person, member_word=word) if person else nobody_named(word)
        return Said(one, one.said_by or ("You" if mine else named), mine)

    def _occasions(
        self, work: UnitOfWork, *, only_mine: bool = True
    ) -> dict[tuple[Kind, str], Occasion]:
        """Return meetings that have begun, reviews that were given back, and projects."""
        me = self.desk.store.person
        everything = not only_mine or me in coordinators(work)
        found = []
        for meeting in work.find(Meeting):
            begun = meeting.starts_at is not None and meeting.starts_at <= self.desk.now()
            if meeting.starts_at is not None and begun and not meeting.cancelled:
                on = meeting.starts_at.astimezone().date()
                found.append(Occasion(Kind.MEETING, str(meeting.id), meeting.title, on))
        found += _reviews(work, None if everything else me)
        dated = sorted(found, key=lambda one: str(one.on or ""), reverse=True)
        projects = [Occasion(Kind.PROJECT, str(p.id), p.title) for p in work.find(Project)]
        return {(one.kind, one.id): one for one in [*dated, *projects]}


def _reviews(work: UnitOfWork, person: PersonId | None) -> list[Occasion]:
    """Return the requests to read that a person gave back; all that anybody did for ``None``."""
    back = [r for r in work.find(ReviewReturn) if person is None or r.person == person]
    versions = {version.id: version for version in work.find(DraftVersion)}
    drafts = {draft.id: draft for draft in work.find(Draft)}
    rounds = {one.id: one for one in work.find(ReviewRound)}
    found = {}
    for one in back:
        request = rounds.get(one.round)
        version = versions.get(request.version) if request else None
        draft = drafts.get(version.draft) if version else None
        if request and version and draft:
            title = f"Reading “{draft.title}”, v{version.number}"
            found[request.id] = Occasion(
                Kind.REVIEW, str(request.id), title, request.due_on or request.opened_on
            )
    return list(found.values())


def _target(work: UnitOfWork, about: Occasion) -> dict[str, Any]:
    """Return the field of a look back that names its activity, which must be there."""
    nouns: dict[Kind, type[Any]] = {
        Kind.MEETING: Meeting,
        Kind.REVIEW: ReviewRound,
        Kind.PROJECT: Project,
    }
    found = next((n for n in work.find(nouns[about.kind]) if str(n.id) == about.id), None)
    if found is None:
        raise InputError(
            "This activity is no longer here.", next_step="Choose another one from the list."
        )
    return {about.kind.value: found.id}


def _key(one: Reflection) -> tuple[Kind, str]:
    if one.meeting is not None:
        return Kind.MEETING, str(one.meeting)
    if one.round is not None:
        return Kind.REVIEW, str(one.round)
    return Kind.PROJECT, str(one.project)


def _newest(group: LookBack) -> str:
    last = max(said.reflection.on for said in (*group.members, *group.team))
    return str(group.occasion.on or last)


def _check_words(texts: Sequence[str], scales: Sequence[int]) -> None:
    if not any(texts) and not any(place != LEFT_OUT for place in scales):
        raise InputError(
            "Nothing is said yet.", next_step="Write a few words, or place yourself on a scale."
        )
    if max(len(text) for text in texts) > LONGEST:
        raise InputError(
            f"One of these is longer than {LONGEST:,} characters.",
            what_is_safe="What you wrote is still in the boxes.",
            next_step="Say it in fewer words.",
        )

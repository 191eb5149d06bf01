"""What happens to a request to read after it was sent, and what a size of task pays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf

from ..domain.catalogue_entries import RateBand, Rates
from ..domain.drafts import (
    Draft,
    DraftVersion,
    ReviewReturn,
    ReviewRound,
    RoundId,
    check_round,
)
from ..domain.people import Person, PersonId
from ..domain.projects import ProjectId
from ..domain.rates import Pay, Rate, RateUnit, SchemeUse, in_force, may_be_used, pay_for
from ..errors import InputError
from .desk import COORDINATING, Desk, alter
from .outcome import Outcome
from .ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class Asked:
    """One person who was asked to read.

    Args:
        person: Who.
        done: Whether they have given it back. Finished or stopped: nobody is told which.
    """

    person: Person
    done: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A request to read, and who has given it back.

    Args:
        request: The request.
        draft: What is to be read.
        version: Which version.
        people: Everyone who was asked, and anyone who gave it back unasked.
    """

    request: ReviewRound
    draft: Draft
    version: DraftVersion
    people: tuple[Asked, ...]

    @property
    def awaited(self) -> int:
        """How many people have not given it back."""
        return sum(not one.done for one in self.people)


@dataclass(frozen=True, slots=True)
class PayBand:
    """A size of task, and what it pays on a day.

    Args:
        code: Stable name of the size.
        label: What a person reads.
        minutes: About how long such a task takes; 0 where nobody says.
        pence: What it pays.
        source: Where the figure comes from, or "".
        confirmed: Whether it may be used as it is: read in its source, added by a coordinator of
            this board, or confirmed in an earlier request.
    """

    code: str
    label: str
    minutes: int
    pence: int
    source: str
    confirmed: bool


@dataclass(frozen=True)
class Rounds:
    """Requests to read, as their coordinator follows them."""

    desk: Desk

    def standings(self) -> list[Standing]:
        """Return every request with who has given it back, soonest first.

        Raises:
            NotAllowedError: Only a coordinator follows requests.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="follow requests to read")
            versions = {version.id: version for version in work.find(DraftVersion)}
            drafts = {draft.id: draft for draft in work.find(Draft)}
            people = {person.id: person for person in work.find(Person)}
            back: dict[RoundId, list[PersonId]] = {}
            for one in work.find(ReviewReturn):
                back.setdefault(one.round, []).append(one.person)
            found = []
            for request in work.find(ReviewRound):
                version = versions.get(request.version)
                draft = drafts.get(version.draft) if version else None
                if version and draft:
                    asked = _asked(request, back.get(request.id, []), people)
                    found.append(Standing(request, draft, version, asked))
        return sorted(found, key=lambda one: str(one.request.due_on or "9999"))

    def change(  # noqa: PLR0913 - a request has as many parts
        self,
        request: RoundId,
        *,
        invited: Iterable[PersonId],
        due_on: date | None,
        minutes: int,
        guiding_questions: Iterable[str],
        content_note: str,
        agreed_pence: int,
        band: str = "",
    ) -> Outcome[ReviewRound]:
        """Put other values in a request; whoever has given it back stays on its list.

        Raises:
            NotAllowedError: Only a coordinator changes it.
            InputError: Nobody is invited, the day is moved to one that has passed, a figure cannot
                be, or the agreed amount would fall after somebody has given it back.
            NotFoundError: There is no such request.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="change a request to read")
            old = work.get(ReviewRound, request)
            back = _back(work, request)
            people = _with_those_back(old, invited, back)
            check_round(minutes=minutes, agreed_pence=agreed_pence, invited=people)
            if due_on is not None and due_on != old.due_on and due_on < self.desk.today():
                raise InputError("That day has passed.", next_step="Choose today or a later day.")
            if back and agreed_pence < old.agreed_pence:
                raise InputError(
                    "Somebody has given this back, so what was agreed stays.",
                    next_step="Put the amount back to what it was, or higher.",
                )
            new = alter(
                work,
                old,
                invited=people,
                due_on=due_on,
                minutes=minutes,
                guiding_questions=tuple(q.strip() for q in guiding_questions if q.strip()),
                content_note=content_note.strip(),
                agreed_pence=agreed_pence,
                band=band,
            )
            return Outcome(new, work.commit())

    def close(self, request: RoundId) -> Outcome[ReviewRound]:
        """Wait for nobody else; a review that is on its way already still counts, and is paid.

        Raises:
            NotAllowedError: Only a coordinator closes it.
            NotFoundError: There is no such request.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="close a request to read")
            old = work.get(ReviewRound, request)
            new = alter(work, old, invited=_with_those_back(old, (), _back(work, request)))
            return Outcome(new, work.commit())

    def reopen(self, before: ReviewRound) -> Outcome[ReviewRound]:
        """Wait again for whoever was waited for before :meth:`close`.

        Raises:
            NotAllowedError: Only a coordinator reopens it.
            NotFoundError: There is no such request.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="reopen a request to read")
            old = work.get(ReviewRound, before.id)
            people = _with_those_back(before, before.invited, _back(work, before.id))
            return Outcome(alter(work, old, invited=people), work.commit())

    def bands(
        self, catalogue: Rates, *, on: date, project: ProjectId | None = None
    ) -> list[PayBand]:
        """Return the sizes of task that can be agreed on for a day, smallest first.

        The board's own rate for that length counts before the published one: of the scheme that is
        in use on that day.

        Args:
            catalogue: The published rates.
            on: The day of the task.
            project: The project, if any: it may use a scheme of its own.
        """
        published = catalogue.in_force_on(on)
        if published is None:
            return []
        with self.desk.store.unit_of_work() as work:
            rates, uses = work.find(Rate), work.find(SchemeUse)
            used = {(one.band, one.agreed_pence) for one in work.find(ReviewRound)}
        longest = _longest_task(in_force(rates, on=on, uses=uses, project=project))
        found = []
        for band in published.bands:
            own = None
            if 0 < band.minutes <= longest:
                own = pay_for(rates, uses, on=on, minutes=band.minutes, project=project)
            found.append(_pay(band, own, used))
        return found


def _longest_task(rates: Sequence[Rate]) -> float:
    """Return the minutes of the largest size; no end to them where all is paid by the hour."""
    longest = max((rate.minutes for rate in rates), default=0)
    by_hour = any(rate.unit is RateUnit.HOUR for rate in rates)
    return inf if by_hour and not longest else longest


def _pay(band: RateBand, own: Pay | None, used: set[tuple[str, int]]) -> PayBand:
    pence = own.pence if own else band.amount_pence
    checked = may_be_used(own.rate) if own else band.verified
    return PayBand(
        code=band.code,
        label=band.label,
        minutes=band.minutes,
        pence=pence,
        source=own.rate.source if own else band.source,
        confirmed=checked or (band.code, pence) in used,
    )


def _back(work: UnitOfWork, request: RoundId) -> tuple[PersonId, ...]:
    return tuple(dict.fromkeys(one.person for one in work.find(ReviewReturn, round=request)))


def _with_those_back(
    old: ReviewRound, invited: Iterable[PersonId], back: tuple[PersonId, ...]
) -> tuple[PersonId, ...]:
    """Return who is invited, in the old order, with everyone who has given it back among them."""
    wanted = tuple(invited)
    kept = [one for one in old.invited if one in wanted or one in back]
    return tuple(dict.fromkeys([*kept, *wanted, *back]))


def _asked(
    request: ReviewRound, back: Sequence[PersonId], people: Mapping[PersonId, Person]
) -> tuple[Asked, ...]:
    everyone = dict.fromkeys([*request.invited, *back])
    return tuple(Asked(people[one], one in back) for one in everyone if one in people)

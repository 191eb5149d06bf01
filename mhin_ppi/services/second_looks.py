"""Looking again: whether a difference that a question made is still there."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ..domain.british import day
from ..domain.impact import Impact, ImpactId, Lasted, SecondLook, SecondLookId
from ..domain.questions import Question
from ..domain.spaces import space_of
from ..errors import InputError
from .changes import KEPT
from .desk import COORDINATING, Desk, keep
from .outcome import Outcome
from .ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class DueLook:
    """A difference that somebody meant to look at again by now.

    Args:
        impact: The difference.
        question: The question it came from.
        due_on: The day.
        looks: What was found before, oldest first.
    """

    impact: Impact
    question: Question
    due_on: date
    looks: tuple[SecondLook, ...] = ()


def due_looks(desk: Desk, on: date) -> list[DueLook]:
    """Return the differences to look at again by a day, longest due first.

    Args:
        desk: The open board.
        on: The day.
    """
    with desk.store.unit_of_work() as work:
        planned = [i for i in work.find(Impact) if i.look_again_on and i.look_again_on <= on]
        if not planned:
            return []
        looks = looks_at(work, [impact.id for impact in planned])
        questions = {one.id: one for one in work.find(Question)}
    found = [
        DueLook(impact, questions[impact.question], impact.look_again_on, looks[impact.id])
        for impact in planned
        if impact.look_again_on
        and impact.question in questions
        and not any(look.on >= impact.look_again_on for look in looks[impact.id])
    ]
    return sorted(found, key=lambda due: (due.due_on, str(due.impact.id)))


def looks_at(
    work: UnitOfWork, impacts: Iterable[ImpactId]
) -> Mapping[ImpactId, tuple[SecondLook, ...]]:
    """Return what was found when somebody looked again, by difference, oldest first."""
    wanted = list(impacts)
    found: dict[ImpactId, list[SecondLook]] = defaultdict(list)
    for look in work.find(SecondLook, impact=wanted) if wanted else ():
        found[look.impact].append(look)
    return {one: tuple(sorted(found[one], key=lambda look: look.on)) for one in wanted}


def second_look(
    desk: Desk,
    impact: ImpactId,
    *,
    lasted: Lasted,
    note: str = "",
    on: date | None = None,
    next_on: date | None = None,
) -> Outcome[SecondLook]:
    """Record whether a difference is still there, and perhaps when to look once more.

    Args:
        desk: The open board.
        impact: Which difference.
        lasted: What was found.
        note: What was seen, in plain words.
        on: The day somebody looked; today unless said otherwise.
        next_on: When to look once more; ``None`` for not again.

    Raises:
        NotAllowedError: Only a coordinator records it.
        InputError: The days are the wrong way round.
    """
    looked = on or desk.today()
    with desk.store.unit_of_work() as work:
        me = desk.require(work, *COORDINATING, doing="record whether a difference lasts")
        found = work.get(Impact, impact)
        _check_days(found, looked, next_on, today=desk.today())
        space = space_of(work.get(Question, found.question))
        look = SecondLook(
            id=SecondLookId(desk.new_id()),
            impact=impact,
            on=looked,
            lasted=lasted,
            note=note.strip(),
            by=me.id,
        )
        keep(work, look, space=space)
        # A look before the day it was planned for is that look: what was planned is done.
        planned = found.look_again_on
        again = next_on or (min(planned, looked) if planned else None)
        if again != planned:
            new = dataclasses.replace(found, look_again_on=again)
            keep(work, new, old=found, space=space)
        return Outcome(look, work.commit())


def _check_days(impact: Impact, looked: date, next_on: date | None, *, today: date) -> None:
    what = next_step = ""
    if looked > today:
        what, next_step = "The day somebody looked has not come yet.", "Choose today or earlier."
    elif impact.seen_on is not None and looked < impact.seen_on:
        what = f"The difference itself was only noticed on {day(impact.seen_on)}."
        next_step = "Choose that day or a later one."
    elif next_on is not None and next_on <= today:
        what, next_step = "The day to look at this again has passed.", "Choose a later day."
    if what:
        raise InputError(what, what_is_safe=KEPT, next_step=next_step)

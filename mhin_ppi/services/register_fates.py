"""Where every question stands, worked out in one pass and kept for the next time.

The rules are those of ``domain.questions`` and nothing else: questions that went through the same
steps, taken by the same sort of person, end alike, so :func:`fate_of` is asked once for each such
sequence and not once for each of 20,000 questions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from ..domain.feedback_debt import waits_since
from ..domain.people import PersonId
from ..domain.questions import Question, QuestionId, Step, StepKind, fate_of
from .ports import PlainReading, UnitOfWork

_NAMED = "register_standings_"
KEPT = f"{_NAMED}4"
"""Under this name the standings lie on this laptop; they can be worked out again at any time.

The number is raised whenever the rules of ``domain.questions`` change.
"""

_ASKER, _COORDINATOR, _OTHER = (PersonId(UUID(int=number)) for number in (1, 2, 3))
_START = datetime(2000, 1, 1, tzinfo=UTC)
_RAISED = -1

Line = tuple[str, str, str, str, str, str]
Shape = tuple[tuple[str, str], ...]


Standing = Sequence[str]
"""Where a question is: its state's value; since when (ISO, UTC; "" since it was raised); and when
the present wait began, where that was later (ISO, UTC, or "")."""

AS_RAISED: Standing = ("raised", "", "")


def standings(
    work: UnitOfWork, askers: Callable[[], Mapping[str, str]], *, coordinators: Collection[str]
) -> Mapping[str, Standing]:
    """Return where each question stands that has taken a step, by its id as text.

    What was worked out before is kept on this laptop, and only what has happened since is read.

    Args:
        work: The unit of work; what is kept is written with its next commit.
        askers: Gives each question's asker, ids as text; asked only where it is needed.
        coordinators: Ids of those who coordinate, as text.
    """
    reading = work.plain()
    position, kept = reading.position(), work.local(KEPT)
    moved = reading.stepped_since(kept["position"]) if kept else None
    found: dict[str, Standing] = {}
    if kept and moved is not None:
        found = _taken_apart(kept["columns"])
    if moved is None or moved:
        found |= _worked_out(reading, moved, askers(), coordinators=coordinators)
    if kept is None:
        for before in work.local_keys(_NAMED):
            work.keep_local(before, None)
    if kept is None or moved is None or moved or position - kept["position"] > 100:
        work.keep_local(KEPT, {"position": position, "columns": _put_together(found)})
    return found


def _put_together(found: Mapping[str, Standing]) -> list[str]:
    """Return standings as four columns of lines: ids, states, since when, and come back when.

    JSON of so few pieces is read four times as fast as JSON of a list for each question.
    """
    columns = zip(*((question, *standing) for question, standing in found.items()), strict=True)
    return ["\n".join(column) for column in columns]


def _taken_apart(columns: Sequence[str]) -> dict[str, Standing]:
    if not columns:
        return {}
    ids, *standings = (column.split("\n") for column in columns)
    return dict(zip(ids, zip(*standings, strict=True), strict=True))


def _worked_out(
    reading: PlainReading,
    questions: Iterable[str] | None,
    askers: Mapping[str, str],
    *,
    coordinators: Collection[str],
) -> dict[str, Standing]:
    lines: dict[str, list[Line]] = defaultdict(list)
    for line in reading.step_lines(questions):
        lines[line[0]].append(line)
    shapes: dict[tuple[bool, Shape], tuple[str, int, int]] = {}
    found: dict[str, Standing] = {}
    for question, taken in lines.items():
        asker = askers.get(question)
        if asker is None:
            continue
        taken.sort(key=lambda line: line[4])
        shape = tuple((line[1], _whose(line, asker, coordinators)) for line in taken)
        key = (asker in coordinators, shape)
        if key not in shapes:
            shapes[key] = _standing_of(shape, asker_coordinates=key[0])
        state, since, again = shapes[key]
        found[question] = (
            state,
            taken[since][3] if since != _RAISED else "",
            taken[again][3] if again != _RAISED else "",
        )
    return found


def _whose(line: Line, asker: str, coordinators: Collection[str]) -> str:
    """Return who took a step, as far as the rules care."""
    if line[2] == asker:
        return "asker"
    if line[2] not in coordinators:
        return "other"
    return "typed" if line[5] == asker else "coordinator"


def _standing_of(shape: Shape, *, asker_coordinates: bool) -> tuple[str, int, int]:
    """Return the state steps lead to, and which of them led there and began the wait (or -1).

    Args:
        shape: Kind and taker of each step, in order.
        asker_coordinates: Whether the asker is a coordinator too.
    """
    question = Question(id=QuestionId(UUID(int=0)), asker=_ASKER, body="", raised_at=None)
    people = {"asker": _ASKER, "other": _OTHER, "coordinator": _COORDINATOR, "typed": _COORDINATOR}
    steps = [
        Step(
            id=str(place),
            question=question.id,
            kind=StepKind(kind),
            by=people[whose],
            at=_START + timedelta(seconds=place),
            order=f"{place:09}",
            detail={"for": str(_ASKER)} if whose == "typed" else {},
        )
        for place, (kind, whose) in enumerate(shape)
    ]
    coordinators = {_COORDINATOR, *([_ASKER] if asker_coordinates else [])}
    fate = fate_of(question, steps, coordinators=coordinators)
    return fate.state.value, _place(fate.since), _place(waits_since(question, fate))


def _place(at: Any) -> int:  # noqa: ANN401 - an instant of ours, or None
    return _RAISED if at is None else round((at - _START).total_seconds())

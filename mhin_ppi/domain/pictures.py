"""What the pictures of a board count: from questions to charts and grids, and nothing else.

The one source of every number in a picture, on screen and in a report. Whoever draws, lists or says
a number takes it from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from .british import counted
from .catalogue_entries import Term
from .charts import Bar, ChartData, GridData, RecordIds
from .frames import Frame
from .impact import DIRECTION_WORDS, Direction
from .questions import Considered

CONSIDERED_WORDS = {
    Considered.NO: "no",
    Considered.PARTLY: "partly",
    Considered.YES: "yes",
    None: "not said",
}
NO_PLACE = "No place given"
OTHERS, OTHERS_TOO = "Other places", "Other places, or no place given"
NOT_YET = "No answer yet"
# Days until the first answer: up to and with so many, and what that is called.
_WAITS = (
    (7, "Within a week"),
    (14, "8 to 14 days"),
    (30, "15 to 30 days"),
    (60, "31 to 60 days"),
)
_LONGER = "More than 60 days"


@dataclass(frozen=True, slots=True)
class Difference:
    """What is counted of one difference that a question made.

    Args:
        id: Of its record.
        kind: Code of what changed.
        stage: Code of the research stage.
        direction: Better, worse or neither.
    """

    id: str
    kind: str
    stage: str
    direction: Direction


@dataclass(frozen=True, slots=True)
class Asked:
    """What is counted of one question.

    Args:
        id: Of its record.
        asker: Who asked, as text.
        days_to_answer: Whole days until its first answer; ``None`` when there is none.
        taken_back: Whether the person took their words back.
        answered: Whether the team answered.
        changed: Whether something changed.
        told: Whether the person was told.
        finished: Whether it is finished.
        considered: Whether the team had thought of it before.
        place: Name of the place it is about, or "".
        stage: Code of the research stage, or "".
        frames: Codes of the parts of frames it was put in.
        differences: What was found when somebody looked.
    """

    id: str
    asker: str = ""
    days_to_answer: int | None = None
    taken_back: bool = False
    answered: bool = False
    changed: bool = False
    told: bool = False
    finished: bool = False
    considered: Considered | None = None
    place: str = ""
    stage: str = ""
    frames: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Hole:
    """A cell of a map in which nobody has asked yet, and what to say about it.

    Args:
        stage: Code of the research stage.
        part: Code of the part of the frame.
        words: The plain prompt.
        asks: A question the part stands for.
    """

    stage: str
    part: str
    words: str
    asks: str


def how_far(questions: Sequence[Asked]) -> ChartData:
    """Return how many questions were asked, answered, led to a change, were told, and finished."""
    steps = (
        ("Asked", list(questions)),
        ("Answered", [q for q in questions if q.answered]),
        ("Something changed", [q for q in questions if q.changed]),
        ("Told what happened", [q for q in questions if q.told]),
        ("Finished", [q for q in questions if q.finished]),
    )
    gone = sum(q.taken_back for q in questions)
    return ChartData(
        "How far the questions came",
        tuple(Bar(label, len(found), _ids(found)) for label, found in steps),
        in_all=len(questions),
        note=f"Taken back by the person who asked: {gone}." if gone else "",
    )


def considered_before(questions: Sequence[Asked]) -> tuple[Bar, ...]:
    """Return what the team said about having thought of it before, every answer shown."""
    return tuple(
        _bar(label, [q for q in questions if q.considered is said])
        for said, label in CONSIDERED_WORDS.items()
    )


def capitals(bars: Iterable[Bar]) -> tuple[Bar, ...]:
    """Return bars whose labels begin with a capital, as lines of a list do."""
    return tuple(replace(bar, label=bar.label[:1].upper() + bar.label[1:]) for bar in bars)


def time_to_answer(questions: Sequence[Asked]) -> ChartData:
    """Return how long people waited for the first answer, those who still wait among them."""
    waited = [q for q in questions if q.days_to_answer is not None or not q.taken_back]
    found: dict[str, list[Asked]] = {words: [] for _, words in _WAITS}
    found |= {_LONGER: [], NOT_YET: []}
    for question in waited:
        found[_wait(question.days_to_answer)].append(question)
    days = sorted(q.days_to_answer for q in waited if q.days_to_answer is not None)
    middle = counted(days[(len(days) - 1) // 2], "day") if days else ""
    return ChartData(
        "How long it took until the first answer",
        tuple(_bar(label, those) for label, those in found.items()),
        note=f"Half of those answered had their answer after {middle} or sooner." if days else "",
    )


def which_way(questions: Sequence[Asked]) -> ChartData:
    """Return which way the differences went; worse and none are shown at nought too."""
    pairs = [(q, d) for q in questions for d in q.differences]
    bars = []
    for way in Direction:
        those = [(q, d) for q, d in pairs if d.direction is way]
        bars.append(Bar(DIRECTION_WORDS[way], len(those), _both(those)))
    answered = [q for q in questions if q.answered]
    unseen = sum(not q.differences for q in answered)
    return ChartData(
        "Which way the differences went",
        tuple(bars),
        "difference",
        "differences",
        note=f"Nobody has looked yet at {unseen} of {counted(len(answered), 'answered question')}."
        if answered
        else "",
    )


def differences_by_stage(questions: Sequence[Asked], stages: Sequence[Term]) -> GridData:
    """Return at which stage of research differences were made, and which way they went."""
    return _by_direction(
        "Differences by stage of the research, and which way they went",
        [(q, d, d.stage) for q in questions for d in q.differences],
        [(term.code, term.label) for term in stages],
    )


def differences_by_kind(questions: Sequence[Asked], kinds: Sequence[Term]) -> GridData:
    """Return what the differences were made to, and which way they went; only what there is."""
    found = [(q, d, d.kind) for q in questions for d in q.differences]
    there = {code for _, _, code in found}
    listed = [(term.code, term.label) for term in kinds if term.code in there]
    return _by_direction(
        "What the questions made a difference to, and which way it went", found, listed
    )


def by_place(questions: Sequence[Asked]) -> ChartData:
    """Return how many questions are about each place, most first; without a place comes last."""
    found: dict[str, list[Asked]] = {}
    for question in questions:
        found.setdefault(question.place or NO_PLACE, []).append(question)
    order = sorted(found, key=lambda name: (name == NO_PLACE, -len(found[name]), name))
    bars = tuple(_bar(name, found[name]) for name in order)
    return ChartData("Which place the questions are about", bars)


def not_asked_yet(questions: Sequence[Asked], stages: Sequence[Term], frame: Frame) -> GridData:
    """Return where in a frame, and at which stage, questions were asked, and where none was."""
    cells = []
    placed: set[str] = set()
    for stage in stages:
        row = []
        for part in frame.parts:
            those = [q for q in questions if q.stage == stage.code and part.code in q.frames]
            placed |= {q.id for q in those}
            row.append(_bar(f"{stage.label}: {part.label}", those))
        cells.append(tuple(row))
    left = len(questions) - len(placed)
    notes = []
    if left:
        notes.append(f"{counted(left, 'question has', 'questions have')} no place in this map.")
    if not all(part.verified for part in frame.parts):
        notes.append("The names of its parts were not checked in the source.")
    return GridData(
        f"Asked about, or not yet: {frame.label}",
        tuple(stage.label for stage in stages),
        tuple(part.label for part in frame.parts),
        tuple(cells),
        in_all=len(placed),
        note=" ".join(notes),
    )


def unplaced(questions: Sequence[Asked], grid: GridData) -> RecordIds:
    """Return the questions that have no place in a map."""
    placed = {one for bar in grid.bars() for one in bar.record_ids}
    return tuple(q.id for q in questions if q.id not in placed)


def holes(grid: GridData, stages: Sequence[Term], frame: Frame) -> Mapping[str, Hole]:
    """Return the empty cells of a map by their labels, each with its plain prompt."""
    found = {}
    for stage, row in zip(stages, grid.cells, strict=True):
        for part, bar in zip(frame.parts, row, strict=True):
            if not bar.count:
                words = (
                    f"Nobody has asked yet about “{part.label}” at the stage "
                    f"“{stage.label}”. Would you like to?"
                )
                found[bar.label] = Hole(stage.code, part.code, words, part.asks)
    return found


def safe_places(chart: ChartData, questions: Iterable[Asked], *, fewest: int) -> ChartData | None:
    """Return the chart of places as it may leave the board; ``None`` where nothing may be shown.

    A place about which fewer than so many people asked could point at a person. Such places become
    one, together with as many others as it takes: so that no place that is left out can be worked
    out from the rest.

    Args:
        chart: From :func:`by_place`.
        questions: Those it counts.
        fewest: How many people there must be behind each bar.
    """
    askers = {q.id: q.asker for q in questions}

    def people(bars: Iterable[Bar]) -> int:
        return len({askers[one] for bar in bars for one in bar.record_ids})

    kept = [bar for bar in chart.bars if people([bar]) >= fewest]
    few = [bar for bar in chart.bars if bar not in kept]
    while few and kept and (len(few) == 1 or people(few) < fewest):
        few.append(kept.pop(min(range(len(kept)), key=lambda at: kept[at].count)))
    if not few:
        return chart
    if people(few) < fewest or not kept:
        return None
    together = Bar(
        OTHERS_TOO if any(bar.label == NO_PLACE for bar in few) else OTHERS,
        sum(bar.count for bar in few),
        tuple(one for bar in few for one in bar.record_ids),
    )
    return ChartData(
        chart.title,
        (*kept, together),
        note=f"Places about which fewer than {fewest} people asked are counted together with "
        "others, so that nobody can be told apart.",
    )


def days_between(first: date, last: date) -> int:
    """Return whole days from one day to another, never fewer than none."""
    return max(0, (last - first).days)


def _by_direction(
    title: str,
    found: Sequence[tuple[Asked, Difference, str]],
    listed: Sequence[tuple[str, str]],
) -> GridData:
    cells = []
    for code, label in listed:
        row = []
        for way in Direction:
            those = [(q, d) for q, d, at in found if at == code and d.direction is way]
            row.append(Bar(f"{label}: {DIRECTION_WORDS[way]}", len(those), _both(those)))
        cells.append(tuple(row))
    return GridData(
        title,
        tuple(label for _, label in listed),
        tuple(DIRECTION_WORDS[way] for way in Direction),
        tuple(cells),
        "difference",
        "differences",
        in_all=len(found),
    )


def _wait(days: int | None) -> str:
    if days is None:
        return NOT_YET
    return next((words for most, words in _WAITS if days <= most), _LONGER)


def _bar(label: str, questions: Sequence[Asked]) -> Bar:
    return Bar(label, len(questions), _ids(questions))


def _ids(questions: Iterable[Asked]) -> RecordIds:
    return tuple(q.id for q in questions)


def _both(pairs: Iterable[tuple[Asked, Difference]]) -> RecordIds:
    """Return the differences, and the questions that made them."""
    found = list(pairs)
    return (*(d.id for _, d in found), *dict.fromkeys(q.id for q, _ in found))

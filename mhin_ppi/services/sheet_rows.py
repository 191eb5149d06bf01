"""What each row of an answer sheet would do to the board, told before anything is done."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID, uuid5

from ..domain.answer_sheet import DECISIONS, FilledRow, code_from, day_from, decision_from
from ..domain.questions import STATE_WORDS, STEP_RULES, StepKind
from ..domain.responses import Decision, Response, ResponseId
from .stories import Story

_ROW = UUID("b3c86f1e-2f7d-4d0c-8a35-5a0f6e7c9d12")


class Standing(StrEnum):
    """What a row is to the board."""

    NEW = "new"
    CHANGED = "changed"
    KNOWN = "known"
    EMPTY = "empty"
    UNCLEAR = "unclear"


_TO_RECORD = (Standing.NEW, Standing.CHANGED)
_ANOTHERS = "The words beside this code are those of another question."
_LONGEST_COMPARED = 30_000
"""A cell of Excel holds a little more than this many characters."""


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """One row, and what would come of it.

    Args:
        row: As it stands in the file.
        standing: What it is to the board.
        story: Its question, where the code is known.
        decision: What the team decided, where that is clear.
        decided_on: The day, where one is given.
        why: Why it is left out, in a sentence; "" otherwise.
    """

    row: FilledRow
    standing: Standing
    story: Story | None = None
    decision: Decision | None = None
    decided_on: date | None = None
    why: str = ""

    @property
    def asked(self) -> str:
        """The question's words: the board's own, or those in the file."""
        return self.story.question.body if self.story else self.row.asked


@dataclass(frozen=True, slots=True)
class SheetCheck:
    """Everything that a sheet holds, row by row, in the order of the file."""

    rows: tuple[CheckedRow, ...]

    @property
    def to_record(self) -> tuple[CheckedRow, ...]:
        """What would be recorded: new answers and changed ones."""
        return self.of(*_TO_RECORD)

    def of(self, *standings: Standing) -> tuple[CheckedRow, ...]:
        """Return the rows that stand so."""
        return tuple(row for row in self.rows if row.standing in standings)


def check_rows(
    rows: Sequence[FilledRow], known: Mapping[str, Story], *, today: date
) -> tuple[CheckedRow, ...]:
    """Return what each row would do.

    Two rows with one code that say the same count once; when they differ, neither is recorded. Nor
    is a row whose code stands beside another question's words: columns may have been sorted apart.

    Args:
        rows: As they stand in the file.
        known: Every question of the board, by its code.
        today: The day it is: no decision is later.
    """
    asked = {_asked(story.question.body) for story in known.values()}
    unlike: Counter[str] = Counter()
    seen: dict[str, FilledRow] = {}
    for row in rows:
        code = code_from(row.code)
        if code and not row.is_empty and _given(seen.setdefault(code, row)) != _given(row):
            unlike[code] += 1
    found: list[CheckedRow] = []
    taken: set[str] = set()
    for row in rows:
        checked = _check(row, known, today=today, unlike=unlike)
        if checked.standing in _TO_RECORD and _is_anothers(checked, asked):
            checked = replace(checked, standing=Standing.UNCLEAR, why=_ANOTHERS)
        code = code_from(row.code)
        if checked.standing in _TO_RECORD:
            if code in taken:
                continue
            taken.add(code)
        found.append(checked)
    return tuple(found)


def identity_of(row: CheckedRow) -> ResponseId:
    """Return the identity of the answer that a row is to a question of this board.

    It is the same whoever reads the sheet: on two laptops one row makes one answer. The words are
    in it, since a team may send another answer later; these are its own, and nobody's private ones.
    """
    assert row.story is not None  # noqa: S101 - it is to be recorded
    said = (_plain(row.row.answer), _plain(row.row.reason), _plain(row.row.decided_by))
    named = json.dumps([str(row.story.question.id), str(row.decision), str(row.decided_on), *said])
    return ResponseId(uuid5(_ROW, named))


def _check(
    row: FilledRow, known: Mapping[str, Story], *, today: date, unlike: Mapping[str, int]
) -> CheckedRow:
    code = code_from(row.code)
    story = known.get(code)
    if row.is_empty:
        return CheckedRow(row, Standing.EMPTY, story)
    decision, day = decision_from(row.decision), day_from(row.decided_on)
    if story is None:
        return CheckedRow(row, Standing.UNCLEAR, why=_no_question(row.code, code))
    same = _recorded(row, story.responses, decision, day)
    why = "" if same else _why_not(row, story, decision, day, today)
    if code in unlike:
        why = "There are two rows with this code, and they say different things."
    if why:
        return CheckedRow(row, Standing.UNCLEAR, story, decision, day, why)
    if same:
        return CheckedRow(row, Standing.KNOWN, story, decision, day)
    standing = Standing.CHANGED if story.responses else Standing.NEW
    return CheckedRow(row, standing, story, decision, day)


def _no_question(written: str, code: str) -> str:
    if not written.strip():
        return "It has no code, so it is not clear which question it answers."
    if not code:
        return f"“{written[:40]}” is not a question's code."
    return "No question on this board has this code."


def _why_not(
    row: FilledRow, story: Story, decision: Decision | None, day: date | None, today: date
) -> str:
    """Return why a row is left out, or ""."""
    state = story.fate.state
    if state not in STEP_RULES[StepKind.ANSWER].comes_from:
        return f"This question is “{STATE_WORDS[state]}” already."
    if not row.decision:
        return "No decision is chosen."
    if decision is None:
        return f"“{row.decision[:60]}” is not one of the four decisions: {', '.join(DECISIONS)}."
    if not row.answer:
        return "There is a decision but no answer for the person who asked."
    if decision is Decision.WILL_NOT_CHANGE and not row.reason:
        return "“Will not change” needs a reason."
    if row.decided_on and day is None:
        unsure = f"“{row.decided_on[:40]}” is not a day that can be told for sure"
        return f"{unsure}: write it like 3/4/2026."
    if day is not None and day > today:
        return "The day of the decision has not come yet."
    asked = story.question.raised_at
    # What was so before is answered with “already covered”, and may have been decided long ago.
    covered = decision is Decision.ALREADY_COVERED
    if day is not None and asked is not None and day < asked.astimezone().date() and not covered:
        return "The day of the decision is before the question was asked."
    return ""


def _recorded(
    row: FilledRow, responses: Sequence[Response], decision: Decision | None, day: date | None
) -> bool:
    """Return whether the board has this answer, as the one that counts or as an earlier one."""
    return any(
        response.decision is decision
        and _plain(response.body) == _plain(row.answer)
        and _plain(response.reason) == _plain(row.reason)
        and (not row.decided_by or _plain(response.decided_by) == _plain(row.decided_by))
        and (not row.decided_on or response.decided_on == day)
        for response in responses
    )


def _is_anothers(checked: CheckedRow, asked: Collection[str]) -> bool:
    """Return whether a row quotes another question of the board than the one its code names."""
    own = checked.story.question.body if checked.story else ""
    quoted = _asked(checked.row.asked)
    # Words that are nobody's were put right since, by the asker or by the team.
    return bool(quoted) and quoted != _asked(own) and quoted in asked


def _asked(words: str) -> str:
    """Return a question's words as they can be compared after they were in a spreadsheet."""
    return _plain(words.lstrip("'"))[:_LONGEST_COMPARED]


def _given(row: FilledRow) -> tuple[str, ...]:
    given = (row.decision, row.answer, row.reason, row.decided_by, row.decided_on)
    return tuple(_plain(words) for words in given)


def _plain(words: str) -> str:
    return " ".join(words.split())

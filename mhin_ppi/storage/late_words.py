"""What this laptop's person wrote of a question before hearing that its words are taken back.

Whoever takes words back blanks what quotes them, as far as their laptop has it. What was written
elsewhere at the same time only its own laptop can put right: it still has the words, to find them
by, and its signature may change what it said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from ..domain.facts import NOUNS, entity_of
from ..domain.impact import Impact
from ..domain.log import SetOp
from ..domain.people import DeviceId
from ..domain.questions import QuestionId, Step, is_askers_step
from ..domain.spaces import Space
from ..domain.taking_back import QUOTING, without_words
from . import erasing, heads, repositories, statements, tables

_DEVICE_AT = statements.written(
    select(tables.log_entry.c.device).where(tables.log_entry.c.position == bindparam("position"))
)


class Late(NamedTuple):
    """One thing to put right.

    Args:
        space: Where it was written.
        ops: What stands there from now on; none where words are only to be forgotten.
        references: What stood there, to be forgotten.
    """

    space: Space
    ops: tuple[SetOp, ...]
    references: tuple[str, ...]


def late_words(
    connection: Connection,
    lost: tuple[str, str, str],
    *,
    me: str,
    person_of: Callable[[DeviceId], str],
) -> Iterator[Late]:
    """Yield what this laptop's person has to put right.

    Args:
        connection: Inside a transaction.
        lost: The question's id, its asker's, and the words that are taken back.
        me: Id of this laptop's person.
        person_of: Finds whose laptop a device is.
    """
    question, asker, words = QuestionId(UUID(lost[0])), lost[1], lost[2]
    wanted = list(_quoting(connection, question, words))
    for seen in repositories.find(connection, Impact, {"question": question}):
        if seen.asker_view:
            wanted.append((seen, SetOp(entity_of(seen), "asker_view", "")))
    for told, op in wanted:
        # Somebody else may have said that it is about this question; then it is not mine alone.
        mine = [
            head
            for head in heads.of_entity(connection, op.entity)[0]
            if head.field in (op.field, "question")
        ]
        standing = [head for head in mine if head.field == op.field]
        devices = (statements.one(connection, _DEVICE_AT, head.position) for head in mine)
        if standing and all(person_of(device) == me for device in devices):
            held = erasing.written(connection, type(told), str(told.id))
            stood = tuple(one.reference for one in held if one.field == op.field)
            yield Late(Space(standing[0].space), (op,), stood)
    for step in repositories.steps(connection, question):
        behalf = step.detail.get("for", "")
        if str(step.by) == me and is_askers_step(step.kind, behalf, by=me, asker=asker):
            said = erasing.written(connection, Step, step.id)
            for space in {one.space for one in said}:
                yield Late(space, (), tuple(one.reference for one in said))


def _quoting(
    connection: Connection, question: QuestionId, words: str
) -> Iterator[tuple[Any, SetOp]]:
    """Yield what others said of a question and quotes its words, and what is to stand there."""
    for name, field in QUOTING:
        noun: type[Any] = NOUNS[name]
        for told in repositories.find(connection, noun, {"question": question}):
            said = without_words(getattr(told, field), words)
            if said != getattr(told, field):
                yield told, SetOp(entity_of(told), field, said)

"""From the standing writes of an entity to the one row that shows it.

A field's value is that of the writes no other names. Several that differ are a conflict: every
laptop shows the same one meanwhile. A value in a space that more people see wins over one in a
narrower space, so that what is shared reads the same for all who share it.

Source: ``SECURITY_DESIGN.md`` 6.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from ..domain import facts
from .heads import Head
from .personal import fields, is_reference
from .shapes import GONE, fits, required

_WIDEST_FIRST = {"admin": 3, "money": 2, "programme": 2, "board": 2, "person": 1, "own": 0}


class Origin(NamedTuple):
    """What orders writes the same way on every laptop."""

    hlc: str
    device: str
    entry: str


OriginOf = Callable[[int], Origin]
WordsOf = Callable[[str], Any]


def row_of(
    entity: str, heads: Iterable[Head], *, made: str, origin_of: OriginOf, words_of: WordsOf
) -> tuple[Any, ...] | None:
    """Return the row that shows an entity, in the order of its table's columns.

    Args:
        entity: Its name in the log.
        heads: All its standing writes.
        made: What sorts it among others.
        origin_of: Finds an entry's place in the common order from its position here.
        words_of: Finds the words behind a reference.

    Returns:
        ``None`` for a kind of noun that a newer version made.
    """
    noun, _, identity = entity.partition(":")
    declared = fields(noun)
    if not declared:
        return None
    standing: dict[str, dict[str, list[Head]]] = {}
    for head in heads:
        standing.setdefault(head.space, {}).setdefault(head.field, []).append(head)
    conflicts: set[str] = set()
    living = {}
    for space, written in standing.items():
        if GONE not in written or not _is_gone(written, origin_of, conflicts):
            living[space] = written
    shown = living or standing
    values = []
    complete = bool(living)
    for name, field in declared.items():
        value = _value(field, shown, conflicts, origin_of, words_of)
        complete = complete and (value is not None or name not in required(noun))
        values.append(_column(field, value))
    return (identity, made, int(complete), ",".join(sorted(conflicts)), *values)


def _value(
    field: facts.Field,
    shown: Mapping[str, Mapping[str, list[Head]]],
    conflicts: set[str],
    origin_of: OriginOf,
    words_of: WordsOf,
) -> Any:  # noqa: ANN401 - plain JSON
    def plain(head: Head) -> Any:  # noqa: ANN401 - plain JSON
        if is_reference(head.value):
            value = words_of(head.value["ref"])
            return value if fits(field, value) else None
        return head.value

    written = [head for space in shown.values() for head in space.get(field.name, ())]
    if not written:
        return field.default
    if len(written) == 1:
        return plain(written[0])
    for space in shown.values():
        texts = {json.dumps(plain(h), sort_keys=True) for h in space.get(field.name, ())}
        if len(texts) > 1:
            conflicts.add(field.name)
    return plain(max(written, key=lambda head: _order(head, origin_of)))


def _order(head: Head, origin_of: OriginOf) -> tuple[Any, ...]:
    width = _WIDEST_FIRST.get(head.space.split(":", 1)[0], 0)
    return (width, *origin_of(head.position), head.place)


def _is_gone(written: Mapping[str, list[Head]], origin_of: OriginOf, conflicts: set[str]) -> bool:
    """Return whether a space says the entity is gone; an edit it had not seen keeps it."""
    last = max(written[GONE], key=lambda head: _order(head, origin_of))
    if not last.value:
        return False
    seen = {one for head in written[GONE] for one in head.seen or ()}
    for field, heads in written.items():
        for head in heads:
            unseen = f"{origin_of(head.position).entry}.{head.place}" not in seen
            if field != GONE and unseen and not _same_entry(head, written[GONE]):
                conflicts.add(GONE)
                return False
    return True


def _same_entry(head: Head, gone: list[Head]) -> bool:
    return any(one.position == head.position for one in gone)


def _column(field: facts.Field, value: Any) -> Any:  # noqa: ANN401 - a column's value
    if field.column == "json" and value is not None:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return value

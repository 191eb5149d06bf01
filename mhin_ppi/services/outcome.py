"""What a service gives back: the value, and what happened on the board."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from ..domain.log import LogEntry

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Value]):
    """The result of one action.

    Args:
        value: What was made or changed.
        entries: The log entries it made; pages refresh by looking at them.
    """

    value: Value
    entries: tuple[LogEntry, ...] = ()

    def touches(self, noun: str) -> bool:
        """Return whether an entry concerns a kind of noun (``"question"``, ``"claim"`` …)."""
        return any(noun in nouns_in(entry) for entry in self.entries)


def nouns_in(entry: LogEntry) -> frozenset[str]:
    """Return the kinds of noun an entry concerns."""
    from ..domain.log import LedOp, SetOp, StepOp

    found = set()
    for op in entry.ops:
        match op:
            case SetOp(entity=entity):
                found.add(entity.split(":", 1)[0])
            case StepOp():
                found.add("question")
            case LedOp():
                found.add("claim")
    return frozenset(found)

"""Counts the states of questions from the signed entries alone, by rules written down again here.

Nothing of the program's own table of steps is used: this is the second opinion.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from mhin_ppi.domain.log import SetOp, StepOp

LEADS_TO = {
    "acknowledge": "acknowledged",
    "answer": "answered",
    "change": "changed",
    "not_change": "not_changed",
    "feed_back": "fed_back",
    "confirm": "closed",
    "no_reply_needed": "closed",
    "not_quite": "acknowledged",
    "reopen": "acknowledged",
    "withdraw": "withdrawn",
}


def states_in_the_log(store: Any) -> Counter[str]:
    """Return how many questions are in each state, by reading entries in the order of the clock."""
    states: dict[str, str] = {}
    for entry in sorted(store.entries(), key=lambda one: (one.hlc, one.device, one.id)):
        for op in entry.ops:
            if isinstance(op, SetOp) and op.entity.startswith("question:"):
                states.setdefault(op.entity.partition(":")[2], "raised")
            elif isinstance(op, StepOp) and op.kind in LEADS_TO:
                states[op.question] = LEADS_TO[op.kind]
    return Counter(states.values())


def nouns_in_the_log(store: Any, noun: str) -> int:
    """Return how many nouns of a kind were ever recorded."""
    return len(
        {
            op.entity
            for entry in store.entries()
            for op in entry.ops
            if isinstance(op, SetOp) and op.entity.startswith(f"{noun}:")
        }
    )

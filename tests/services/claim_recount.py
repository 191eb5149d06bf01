"""Claims counted anew from the bytes that were signed, by code that is not the program's.

It follows the table of ``PRODUCT.md`` as written out in ``tests/domain/test_claims_table.py``.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from mhin_ppi.domain.claims import ClaimState as C
from mhin_ppi.domain.claims import LedgerKind as L
from mhin_ppi.services.boards import Services
from tests.domain.test_claims_table import PRODUCT

PROMISED = (C.APPROVED, C.BATCHED, C.PAID)


@dataclass
class Counted:
    """One claim, as its signed steps make it.

    Args:
        state: Where it is.
        person: Whose.
        approved: Pence approved.
        paid: Pence paid.
        months: Pence paid by the month they bear.
        things: What its lines pay for.
        steps: How many steps there are.
        left_out: Steps that did not count.
        twice: Whether it was noted as paid while it was paid.
    """

    state: C = C.DRAFT
    person: str = ""
    approved: int = 0
    paid: int = 0
    months: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    things: list[str] = field(default_factory=list)
    steps: int = 0
    left_out: list[str] = field(default_factory=list)
    twice: bool = False

    def money(self) -> tuple[str, str, int, int]:
        return self.state.value, self.person, self.approved, self.paid


def _ops(services: Services) -> list[tuple[str, str, list[Any]]]:
    """Return every op that was signed: what orders it, what it is, and the rest of it."""
    found = []
    for entry in services.desk.store.entries():
        body = json.loads(entry.body)
        for place, op in enumerate(body["ops"]):
            found.append((f"{body['hlc']} {body['dev']} {entry.id} {place:06}", op[0], op[1:]))
    return sorted(found)


Recount = dict[str, Counted]


def recount(services: Services) -> Recount:
    """Return every claim by its id as text."""
    made: dict[str, Counted] = defaultdict(Counted)
    sent: dict[str, bool] = defaultdict(bool)
    for order, what, op in _ops(services):
        if what == "led":
            claim, kind, pence, data = op
            _follow(made[claim], L(kind), pence, data, order=order, was_sent=sent[claim])
            if kind in ("batched", "paid"):
                sent[claim] = kind == "batched"
    return dict(made)


def _follow(one: Counted, kind: L, pence: int, data: Any, *, order: str, was_sent: bool) -> None:
    comes_from, leads_to, _ = PRODUCT[kind]
    one.steps += 1
    one.person = one.person or data.get("person", "")
    moved = kind is L.PAID and (one.state is C.PAID or was_sent)
    stale = (kind is L.ADJUSTED and data["to"] != one.approved + pence) or (
        kind in (L.FAILED, L.REVERSED) and one.state is C.PAID and data["paid_pence"] == 0
    )
    if stale or not (moved or one.state in comes_from):
        one.left_out.append(kind.value)
        return
    if "lines" in data:
        one.things = [_thing(line) for line in data["lines"]]
    before = one.paid
    _count(one, kind, pence, data)
    one.months[data.get("on", _day_in(order))[:7]] += one.paid - before
    one.state = leads_to or one.state
    if kind is L.FAILED and one.paid >= one.approved > 0:
        one.state = C.PAID


def _count(one: Counted, kind: L, pence: int, data: Any) -> None:
    if kind in (L.SUBMITTED, L.GIVEN):
        one.approved = 0
    if kind in (L.APPROVED, L.ADJUSTED):
        one.approved += pence
    if kind is L.REVERSED:
        one.approved -= pence
    if kind is L.PAID:
        one.paid, one.twice = one.paid + pence, one.twice or one.state is C.PAID
        if one.state not in PROMISED:
            one.approved = max(one.approved, one.paid)
    elif kind in (L.FAILED, L.REVERSED) and one.state is C.PAID:
        whole = kind is L.REVERSED and not one.twice
        one.paid -= data["paid_pence"] if whole else pence


def _thing(line: dict[str, Any]) -> str:
    if "tops_up" in line:
        return f"{line['tops_up']} more by {line['rate']}"
    return next(
        (line[key] for key in ("involvement", "review", "meeting", "id") if key in line), ""
    )


def _day_in(order: str) -> str:
    seconds = int(order.split("-", maxsplit=1)[0]) / 1000
    return datetime.fromtimestamp(seconds, UTC).astimezone().date().isoformat()


def in_two(services: Services, counted: Recount) -> set[frozenset[str]]:
    """Return pairs of one person's claims that stand approved for one thing.

    Time that was put right is the time it was put right from.
    """
    began: dict[str, str] = {}
    for _, what, op in _ops(services):
        if what == "set" and op[0].startswith("involvement:") and op[1] == "corrects":
            began[op[0].removeprefix("involvement:")] = op[2]
    standing: dict[tuple[str, str], set[str]] = defaultdict(set)
    for claim, one in counted.items():
        for thing in one.things if one.state in PROMISED else ():
            while thing in began:
                thing = began[thing]
            standing[one.person, thing].add(claim)
    return {
        frozenset(claims) for (_, thing), claims in standing.items() if thing and len(claims) > 1
    }

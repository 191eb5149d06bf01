"""The payment history of 100,000 entries: how soon balances are there, at first and after.

The floor is one plain SQL sum over the same table of the same encrypted file, by a bare cursor; it
knows nothing of which entries count, nor of people and projects.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from benchmarks.long_draft import PASSWORD, boards
from mhin_ppi.domain.claim_lines import ClaimLine, LineKind
from mhin_ppi.domain.log import LedOp
from mhin_ppi.domain.spaces import person_space
from mhin_ppi.services.boards import Services

ENTRIES, TURNS, PEOPLE, AT_ONCE = 100_000, 7, 40, 250
PLAIN = "one SQL sum, a bare cursor"
_SUM = "SELECT kind, sum(pence), count(*) FROM ledger GROUP BY kind"
_LIFE = ("submitted", "approved", "batched", "paid")
Row = tuple[str, float, float, str]


def measure(*, entries: int = ENTRIES, turns: int = TURNS) -> list[Row]:
    """Return the seconds until balances are there: for the first time, and coming back."""
    with tempfile.TemporaryDirectory() as place:
        services, _ = boards(Path(place)).start(
            Path(place) / "board", board_name="B", person_name="Ruth Example", passphrase=PASSWORD
        )
        fill(services, entries)
        plain = statistics.median(_seconds(lambda: _plain(services)) for _ in range(turns))
        first = _seconds(services.payments.balances.all)
        again = []
        for turn in range(turns):
            submit(services, 10**6 + turn, life=_LIFE[:1])  # something new each time
            again.append(_seconds(services.payments.balances.all))
        services.close()
    what = f"{entries:,} ledger entries"
    return [
        (f"{what}: balances, worked out once", first, plain, PLAIN),
        (f"{what}: balances, with one new entry", statistics.median(again), plain, PLAIN),
    ]


def fill(services: Services, entries: int) -> None:
    """Put claims at every point of their lives into the ledger, several in an action."""
    people = [services.people.add_person(f"Person {n} Invented").value.id for n in range(PEOPLE)]
    project = services.people.add_project("A study").value.id
    made = 0
    while made < entries:
        with services.desk.store.unit_of_work() as work:
            for number in range(made, min(made + AT_ONCE, entries), len(_LIFE)):
                person = people[number // len(_LIFE) % PEOPLE]
                line = _line(services, number, str(project))
                ops = _ops(UUID(int=number + 1, version=4), str(person), line, _LIFE)
                work.record(person_space(person), ops)
            work.commit()
        made += AT_ONCE


def submit(services: Services, number: int, *, life: tuple[str, ...]) -> None:
    """Add one claim."""
    me = services.desk.store.person
    with services.desk.store.unit_of_work() as work:
        line = _line(services, number, "")
        work.record(person_space(me), _ops(UUID(int=number, version=4), str(me), line, life))
        work.commit()


def _line(services: Services, number: int, project: str) -> ClaimLine:
    on, pence = services.desk.today(), 500 + number % 4000
    return ClaimLine(LineKind.EXPENSE, on, "Bus", pence, id=str(number), project=project)


def _ops(claim: UUID, person: str, line: ClaimLine, life: tuple[str, ...]) -> list[LedOp]:
    sent = {"person": person, "lines": [line.to_json()]}
    return [
        LedOp(str(claim), kind, line.pence, sent if kind == "submitted" else {}) for kind in life
    ]


def _plain(services: Services) -> list[Any]:
    store: Any = services.desk.store
    raw = store._engine.raw_connection()  # noqa: SLF001 - a floor beside our own way
    try:
        return list(raw.cursor().execute(_SUM).fetchall())
    finally:
        raw.close()


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began

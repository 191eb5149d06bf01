"""What encryption, the log and the layers cost: the store against plain SQLite.

Two floors. *The same code on plain SQLite* runs everything but the encryption. *Raw sqlite3* keeps
the same fields in one table without a log, signatures or objects; no store could be faster.
Each pair is measured turn by turn, so that a busy computer slows both alike.
"""

from __future__ import annotations

import json
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from mhin_ppi.crypto import wrapping
from mhin_ppi.domain import facts
from mhin_ppi.domain.annotations import Annotation, AnnotationId
from mhin_ppi.domain.drafts import VersionId
from mhin_ppi.domain.passages import Passage
from mhin_ppi.domain.spaces import BOARD
from mhin_ppi.storage import key_file
from mhin_ppi.storage.store import LocalStore
from mhin_ppi.storage.system_ports import RandomIds, SystemClock
from mhin_ppi.storage.vault import LocalVault

MANY = 10_000
ONE_BY_ONE = 1_000
TURNS = 3
PASSPHRASE = "words for measuring"
TWIN = "the same code on plain SQLite"
RAW = "raw sqlite3, one table"

Row = tuple[str, float, float, str]


def measure() -> list[Row]:
    """Return medians: writing and reading 10,000 annotations, and unlocking."""
    with tempfile.TemporaryDirectory() as place:
        return _measure(Path(place))


def _measure(place: Path) -> list[Row]:
    together, apart, read, raw = [], [], [], []
    for turn in range(TURNS):
        pair = [_Board(place / f"{turn}-{name}", connect) for name, connect in _KINDS]
        notes = [_note(pair[0].store) for _ in range(MANY)]
        together.append([_seconds(lambda b=b, n=notes: b.write(n)) for b in pair])
        read.append([_seconds(b.read) for b in pair])
        few = [_note(pair[0].store) for _ in range(ONE_BY_ONE)]
        apart.append([_seconds(lambda b=b, n=few: b.write_one_by_one(n)) for b in pair])
        raw.append(_raw(place / f"{turn}.db", notes, few))
        for board in pair:
            board.store.close()
    writing, reading, single = _medians(together), _medians(read), _medians(apart)
    raw_together, raw_single, raw_read = _medians(raw)
    each = f"committing {ONE_BY_ONE:,} annotations, an action each"
    return [
        (f"committing {MANY:,} annotations in one action", *writing, TWIN),
        (each, *single, TWIN),
        (f"reading {MANY:,} annotations", *reading, TWIN),
        (f"committing {MANY:,} annotations in one action", writing[0], raw_together, RAW),
        (each, single[0], raw_single, RAW),
        (f"reading {MANY:,} annotations", reading[0], raw_read, RAW),
        _unlocking(place / "unlocking"),
    ]


_KINDS: tuple[tuple[str, Any], ...] = (("encrypted", None), ("plain", sqlite3))


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _medians(turns: list[list[float]]) -> list[float]:
    return [statistics.median(one) for one in zip(*turns, strict=True)]


class _Board:
    """A fresh board, encrypted or the plain twin."""

    def __init__(self, folder: Path, connect: Any) -> None:
        vault = _vault(connect)
        self.store: LocalStore = vault.create(
            folder, label="", passphrase=PASSPHRASE, board_name="B", person_name="P"
        )[0]

    def write(self, notes: list[Annotation]) -> None:
        with self.store.unit_of_work() as work:
            for note in notes:
                work.record(BOARD, facts.changes(None, note))
            work.commit()

    def write_one_by_one(self, notes: list[Annotation]) -> None:
        for note in notes:
            self.write([note])

    def read(self) -> None:
        with self.store.unit_of_work() as work:
            if len(work.find(Annotation)) != MANY:
                raise RuntimeError("not everything was read")


def _vault(connect: Any = None) -> LocalVault:
    return LocalVault(clock=SystemClock(), ids=RandomIds(), kdf=wrapping.quick_kdf, connect=connect)


def _note(store: LocalStore) -> Annotation:
    ids = RandomIds()
    return Annotation(
        AnnotationId(ids.new()),
        version=VersionId(UUID(int=1, version=4)),
        author=store.person,
        body="Why is the interview in the evening? I take my medicine then and cannot think.",
        passage=Passage(120, 156, "The interview takes place at 7 p.m.", "x" * 128, "y" * 128),
        made_at=SystemClock().now(),
        tags=("time",),
    )


def _raw(path: Path, notes: list[Annotation], few: list[Annotation]) -> list[float]:
    """Return seconds for the same fields in one table, with the same promise on power cuts."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    names = ["id", *(field.name for field in facts.fields_of(Annotation))]
    columns = ", ".join(f'"{name}"' for name in names)
    connection.execute(f"CREATE TABLE annotation ({columns}, PRIMARY KEY (id))")
    put = f"INSERT INTO annotation VALUES ({', '.join('?' * len(names))})"
    rows, singles = [_plain(note) for note in notes], [_plain(note) for note in few]

    def together() -> None:
        connection.execute("BEGIN")
        connection.executemany(put, rows)
        connection.execute("COMMIT")

    def one_by_one() -> None:
        for row in singles:
            connection.execute(put, row)

    told = [
        _seconds(together),
        _seconds(one_by_one),
        _seconds(lambda: connection.execute("SELECT * FROM annotation").fetchall()),
    ]
    connection.close()
    return told


def _plain(note: Annotation) -> tuple[Any, ...]:
    values = (field.encode(getattr(note, field.name)) for field in facts.fields_of(Annotation))
    return (
        str(note.id),
        *(json.dumps(one) if isinstance(one, dict | list) else one for one in values),
    )


def _unlocking(folder: Path) -> Row:
    """Return opening a board without deriving its key, against opening the file alone."""
    vault = _vault()
    _Board(folder, None).store.close()
    whole, derived, bare = [], [], []
    from mhin_ppi.storage.engine import StoreKey, raw_connection

    for _ in range(9):
        start = time.perf_counter()
        store = vault.open(folder, passphrase=PASSPHRASE)
        whole.append(time.perf_counter() - start)
        store.close()
        start = time.perf_counter()
        _, key = key_file.unlock(key_file.headers(folder), key_file.PASSPHRASE, secret=PASSPHRASE)
        derived.append(time.perf_counter() - start)
        start = time.perf_counter()
        connection = raw_connection(str(folder / "store.db"), StoreKey(key))
        connection.execute("SELECT count(*) FROM log_entry").fetchone()
        bare.append(time.perf_counter() - start)
        connection.close()
    less = statistics.median(a - b for a, b in zip(whole, derived, strict=True))
    return ("unlocking, less key derivation", less, statistics.median(bare), "opening the file")

"""People, boards and clocks that the tests of the store are made of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from mhin_ppi.crypto import wrapping
from mhin_ppi.domain import facts
from mhin_ppi.domain.annotations import Annotation, AnnotationId, AnnotationKind, Visibility
from mhin_ppi.domain.drafts import VersionId
from mhin_ppi.domain.passages import Passage
from mhin_ppi.domain.people import Person, PersonId, Role
from mhin_ppi.domain.questions import Question, QuestionId
from mhin_ppi.domain.spaces import ADMIN, BOARD, MONEY, Space, person_space
from mhin_ppi.storage.store import LocalStore
from mhin_ppi.storage.vault import LocalVault

PASSPHRASE = "four words to remember"
START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
VERSION = VersionId(UUID("00000000-0000-4000-8000-00000000aaaa"))


class TestClock:
    """A clock that a test moves."""

    __test__ = False

    def __init__(self) -> None:
        self.time = START

    def now(self) -> datetime:
        self.time += timedelta(milliseconds=1)
        return self.time

    def on(self, **ahead: float) -> None:
        self.time += timedelta(**ahead)


class CountedIds:
    """Ids in order, so that a failing test tells the same story twice."""

    def __init__(self, start: int = 1) -> None:
        self._next = start

    def new(self) -> UUID:
        self._next += 1
        return UUID(int=self._next, version=4)


def make_vault(clock: TestClock | None = None, ids: Any = None, **more: Any) -> LocalVault:
    return LocalVault(
        clock=clock or TestClock(), ids=ids or CountedIds(), kdf=wrapping.quick_kdf, **more
    )


def start_board(vault: LocalVault, folder: Path) -> tuple[LocalStore, str]:
    return vault.create(
        folder,
        label="Board 1",
        passphrase=PASSPHRASE,
        board_name="Voices for Research",
        person_name="Cora Coordinator",
    )


def join_board(
    vault: LocalVault,
    coordinator: LocalStore,
    folder: Path,
    *,
    name: str,
    number: int,
    roles: tuple[Role, ...] = (Role.MEMBER,),
) -> LocalStore:
    """Make a member's store, have the coordinator record them, and carry the admin space over."""
    person = PersonId(UUID(int=0xF000 + number, version=4))
    store, _, certificate = vault.join(
        folder, label=name, passphrase=PASSPHRASE, board=coordinator.board, person=person
    )
    with coordinator.unit_of_work() as work:
        nouns = (Person(person, name=name, roles=roles), certificate)
        work.record(ADMIN, [op for noun in nouns for op in facts.changes(None, noun)])
        work.commit()
    carry(coordinator, store)
    return store


def audience(store: LocalStore, other: LocalStore) -> list[Space]:
    """Return the spaces whose entries one store may give to another in these tests."""
    spaces = [ADMIN, BOARD, MONEY]
    return [*spaces, person_space(store.person), person_space(other.person)]


def carry(giver: LocalStore, taker: LocalStore) -> int:
    """Carry everything from one store to another, files too, as exchange will."""
    new = taker.take_in(giver.ship(spaces=audience(giver, taker)))
    wanted = taker.missing_blobs()
    with giver.unit_of_work() as here, taker.unit_of_work() as there:
        for identity in wanted:
            there.keep_blob(here.blob(identity))
        there.commit()
    return new


def note(store: LocalStore, number: int = 1, **more: Any) -> Annotation:
    """Return an annotation by the store's person."""
    given: dict[str, Any] = {
        "version": VERSION,
        "author": store.person,
        "body": f"Why is this so, number {number}?",
        "kind": AnnotationKind.QUESTION,
        "visibility": Visibility.BOARD,
        "passage": Passage(3, 9, "a dose", "before ", " after"),
        "made_at": START,
        "tags": ("dose",),
    }
    return Annotation(AnnotationId(UUID(int=0xA0000 + number, version=4)), **given | more)


def question(store: LocalStore, number: int = 1, **more: Any) -> Question:
    given: dict[str, Any] = {
        "asker": store.person,
        "body": f"Question {number}",
        "raised_at": START,
    }
    return Question(QuestionId(UUID(int=0xB0000 + number, version=4)), **given | more)


def record(store: LocalStore, space: Space, *nouns: Any) -> None:
    """Record new nouns in one action."""
    with store.unit_of_work() as work:
        work.record(space, [op for noun in nouns for op in facts.changes(None, noun)])
        work.commit()


def change(store: LocalStore, space: Space, old: Any, new: Any) -> None:
    with store.unit_of_work() as work:
        work.record(space, facts.changes(old, new))
        work.commit()


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Return every file under a folder, to compare byte for byte."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(files)}


def tamper(store: LocalStore, sql: str) -> None:
    """Change the open store behind its back, as no part of the program does."""
    raw = store._engine.raw_connection()
    raw.cursor().execute("PRAGMA foreign_keys = OFF")
    raw.cursor().execute(sql)
    raw.close()


def conflicts(store: LocalStore) -> list[tuple[str, str]]:
    """Return the annotations with two versions of something: (id, fields)."""
    with store._engine.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT id, conflicts FROM noun_annotation WHERE conflicts <> '' ORDER BY id"
        )
        return [(row[0], row[1]) for row in found]

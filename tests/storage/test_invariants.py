"""Three laptops of one board, random actions, packs in any order: the invariants I1 to I7 and I10.

Source: ``SECURITY_DESIGN.md`` 6. The stores are real; each example works on copies of three made
once, because deriving keys for every example would only take time.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mhin_ppi.domain import facts
from mhin_ppi.domain.annotations import Annotation, AnnotationKind
from mhin_ppi.domain.log import LedOp, SetOp, StepOp
from mhin_ppi.domain.spaces import ADMIN, BOARD, MONEY, Space, person_space
from mhin_ppi.errors import EntryRefusedError
from mhin_ppi.storage.store import LocalStore
from tests.storage import boards
from tests.storage.boards import PASSPHRASE, note

NAMES = ("coordinator", "first", "second")
ASKED = UUID(int=0xB0001, version=4)


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three closed stores of one board that know each other."""
    home = tmp_path_factory.mktemp("three")
    vault = boards.make_vault()
    coordinator, _ = boards.start_board(vault, home / NAMES[0])
    members = [
        boards.join_board(vault, coordinator, home / name, name=name, number=number)
        for number, name in enumerate(NAMES[1:])
    ]
    for store in members:
        boards.carry(coordinator, store)
    for store in (coordinator, *members):
        store.close()
    return home


@contextlib.contextmanager
def copies(home: Path) -> Iterator[list[LocalStore]]:
    with tempfile.TemporaryDirectory() as place:
        vault = boards.make_vault()
        stores = []
        for name in NAMES:
            shutil.copytree(home / name, Path(place) / name)
            stores.append(vault.open(Path(place) / name, passphrase=PASSPHRASE))
        try:
            yield stores
        finally:
            for store in stores:
                store.close()


kinds = st.sampled_from(["note", "edit", "gone", "step", "claim", "private", "ship"])
actions = st.lists(
    st.tuples(kinds, st.integers(0, 2), st.integers(0, 3), st.integers(0, 99)),
    min_size=4,
    max_size=25,
)


def _spaces(stores: list[LocalStore]) -> list[Space]:
    return [ADMIN, BOARD, MONEY, *(person_space(one.person) for one in stores)]


def _act(stores: list[LocalStore], action: tuple[str, int, int, int]) -> None:
    kind, who, what, number = action
    store = stores[who]
    with store.unit_of_work() as work:
        if kind == "note":
            made = note(store, what, kind=list(AnnotationKind)[number % 7], body=f"text {number}")
            work.record(BOARD, facts.changes(None, made))
        elif kind == "edit":
            for one in work.find(Annotation)[: what + 1]:
                work.record(BOARD, facts.changes(one, replace(one, body=f"again {number}")))
        elif kind == "gone":
            for one in work.find(Annotation)[what : what + 1]:
                work.record(BOARD, [SetOp(facts.entity_of(one), "gone", number % 3 > 0)])
        elif kind == "step":
            steps = ("acknowledge", "answer", "reopen", "withdraw")
            work.record(BOARD, [StepOp(str(ASKED), steps[what], {"words": f"said {number}"})])
        elif kind == "claim":
            claim = str(UUID(int=0xC0000 + what, version=4))
            space = person_space(store.person)
            work.record(space, [LedOp(claim, "submitted", number, {"person": str(store.person)})])
        elif kind == "private":
            space = person_space(store.person)
            work.record(space, facts.changes(None, note(store, 50 + number)))
        work.commit()
    if kind == "ship":
        _ship(stores, who, (who + 1 + what % 2) % 3, shuffled=number)


def _ship(stores: list[LocalStore], giver: int, taker: int, *, shuffled: int) -> None:
    """Carry a part of what one laptop has, in another order, some of it twice."""
    shipped = stores[giver].ship(spaces=_spaces(stores))
    if shuffled % 3 == 0:
        shipped.reverse()
    part = shipped[: len(shipped) * (shuffled % 5 + 1) // 5]
    with contextlib.suppress(EntryRefusedError):
        # A part that begins before the certificate of its laptop is refused as a whole (I4).
        stores[taker].take_in([*part, *part[:3]])


@settings(max_examples=15)
@given(history=actions)
def test_any_history_gives_equal_boards(three: Path, history: list[tuple[str, int, int, int]]):
    _run(three, history)


@pytest.mark.slow
@pytest.mark.timeout(900)
@settings(max_examples=300)
@given(history=actions)
def test_many_histories_give_equal_boards(three: Path, history: list[tuple[str, int, int, int]]):
    _run(three, history)


def _run(three: Path, history: list[tuple[str, int, int, int]]) -> None:
    with copies(three) as stores:
        for action in history:
            _act(stores, action)
        authored = {entry.id for store in stores for entry in store.entries()}
        spaces = _spaces(stores)
        for giver in (0, 1, 2, 0, 1):
            for taker in {0, 1, 2} - {giver}:
                stores[taker].take_in(stores[giver].ship(spaces=spaces))
        # I1, I7: the same set of entries gives the same digest; I5: none has disappeared.
        assert len({store.digest(*spaces) for store in stores}) == 1
        for store in stores:
            assert authored <= {entry.id for entry in store.entries()}
            assert store.held_back() == []
        # I2: taking everything in once more changes nothing.
        before = stores[0].digest()
        assert stores[0].take_in(stores[1].ship(spaces=spaces)) == 0
        assert stores[0].digest() == before
        # I6: every laptop has the same ledger, each row once.
        ledgers = []
        shown = []
        for store in stores:
            with store.unit_of_work() as work:
                rows = work.ledger()
                assert len({row.id for row in rows}) == len(rows)
                ledgers.append(rows)
                shown.append((work.find(Annotation), work.steps()))
            assert store.verify() == []
        assert ledgers[0] == ledgers[1] == ledgers[2]
        assert shown[0] == shown[1] == shown[2]


@settings(max_examples=25)
@given(place=st.integers(0, 10**6), bit=st.integers(0, 7), which=st.integers(0, 2))
def test_altered_bytes_are_refused(three: Path, place: int, bit: int, which: int):
    """I4: one flipped bit anywhere in what is shipped, and nothing at all is taken in."""
    with copies(three) as stores:
        boards.record(stores[1], BOARD, note(stores[1]))
        body, signature, beside = stores[1].ship(spaces=[BOARD])[-1]
        if which == 0:
            body = _flipped(body, place, bit)
        elif which == 1:
            signature = _flipped(signature, place, bit)
        else:
            reference = sorted(beside)[place % len(beside)]
            salt = _flipped(bytes.fromhex(beside[reference]["salt"]), place, bit)
            beside[reference] = {**beside[reference], "salt": salt.hex()}
        before = stores[0].digest()
        with pytest.raises(EntryRefusedError):
            stores[0].take_in([(body, signature, beside)])
        assert stores[0].digest() == before


def _flipped(content: bytes, place: int, bit: int) -> bytes:
    changed = bytearray(content)
    changed[place % len(changed)] ^= 1 << bit
    return bytes(changed)


@settings(max_examples=15)
@given(edits=st.lists(st.integers(0, 5), min_size=1, max_size=12))
def test_an_edit_that_had_seen_everything_is_never_a_conflict(three: Path, edits: list[int]):
    """I10."""
    with copies(three) as stores:
        first = note(stores[0], 1, body="0")
        boards.record(stores[0], BOARD, first)
        for turn, which in enumerate(edits):
            store, before = stores[which % 3], stores[edits[turn - 1] % 3 if turn else 0]
            store.take_in(before.ship(spaces=[ADMIN, BOARD]))
            with store.unit_of_work() as work:
                now = work.get(Annotation, first.id)
                work.record(BOARD, facts.changes(now, replace(now, body=f"turn {turn}")))
                work.commit()
            assert boards.conflicts(store) == []
            with store.unit_of_work() as work:
                assert work.get(Annotation, first.id).body == f"turn {turn}"

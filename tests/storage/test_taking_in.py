from __future__ import annotations

import json
import random
from dataclasses import replace
from uuid import UUID

import pytest

from mhin_ppi.crypto import signing
from mhin_ppi.domain import facts
from mhin_ppi.domain.annotations import Annotation
from mhin_ppi.domain.claims import LedgerKind
from mhin_ppi.domain.drafts import DraftVersion
from mhin_ppi.domain.log import LedOp, SetOp, StepOp, canonical, entry_id
from mhin_ppi.domain.people import Board, Device, Person, PersonId, Role
from mhin_ppi.domain.spaces import ADMIN, BOARD, own_space, person_space
from mhin_ppi.errors import EntryRefusedError, NotAllowedError, NotFoundError
from tests.storage import boards
from tests.storage.boards import carry, change, note, question, record


def test_two_laptops_show_the_same(store, member):
    record(store, BOARD, note(store, 1))
    record(member, BOARD, note(member, 2), question(member))
    assert carry(store, member) == 1
    assert carry(member, store) == 1
    for one in (store, member):
        with one.unit_of_work() as work:
            assert work.find(Annotation) == [note(store, 1), note(member, 2)]
            assert len(work.find(Person)) == 2
    assert store.digest(ADMIN, BOARD) == member.digest(ADMIN, BOARD)
    assert store.verify() == member.verify() == []


def test_taking_in_twice_changes_nothing(store, member):
    record(store, BOARD, note(store))
    carry(store, member)
    before = member.digest(), len(member.entries())
    assert carry(store, member) == 0
    assert (member.digest(), len(member.entries())) == before


def test_only_what_the_other_has_not_is_shipped(store):
    record(store, BOARD, note(store, 1))
    known = [entry.id for entry in store.entries()]
    record(store, BOARD, note(store, 2))
    assert len(store.ship(spaces=[BOARD])) == 2
    assert len(store.ship(spaces=[BOARD], after=known)) == 1
    assert store.ship(spaces=[BOARD], after=[entry.id for entry in store.entries()]) == []
    assert [entry.id for entry in store.entries(after=known)] == [store.entries()[-1].id]


def test_own_notes_are_not_among_what_others_get(store, member):
    record(member, own_space(member.person), note(member, body="Only for me"))
    carry(member, store)
    with store.unit_of_work() as work:
        assert work.find(Annotation) == []


def test_a_shared_note_wins_over_its_private_beginning(store, member):
    private = note(member, body="First thought")
    record(member, own_space(member.person), private)
    shared = replace(private, body="Second thought")
    with member.unit_of_work() as work:
        work.record(BOARD, facts.changes(None, shared))
        work.commit()
    carry(member, store)
    for one in (store, member):
        with one.unit_of_work() as work:
            assert work.get(Annotation, private.id) == shared
    assert boards.conflicts(member) == []


@pytest.mark.parametrize("seed", range(5))
def test_order_does_not_matter(store, member, seed):
    for number in range(6):
        record(store, BOARD, note(store, number))
    change(store, BOARD, note(store, 2), note(store, 2, body="changed"))
    shipped = store.ship(spaces=[ADMIN, BOARD])
    random.Random(seed).shuffle(shipped)
    for one in shipped:
        member.take_in([one])
    assert member.held_back() == []
    assert member.digest() == store.digest()


def test_nothing_counts_before_its_causes(store, member):
    record(store, BOARD, note(store, 1))
    change(store, BOARD, note(store, 1), note(store, 1, body="changed"))
    first, second = store.ship(spaces=[BOARD])
    assert member.take_in([second]) == 1
    with member.unit_of_work() as work:
        assert work.find(Annotation) == []
    ((_, why),) = member.held_back()
    assert "has not come yet" in why
    assert member.verify() == []
    assert member.take_in([first]) == 1
    with member.unit_of_work() as work:
        assert [one.body for one in work.find(Annotation)] == ["changed"]
    assert member.verify() == []


def test_two_versions_are_shown_the_same_until_one_is_chosen(store, member, clock):
    wanted = note(store)
    record(store, BOARD, wanted)
    carry(store, member)
    change(store, BOARD, wanted, replace(wanted, body="Hers"))
    clock.on(minutes=1)
    change(member, BOARD, wanted, replace(wanted, body="His"))
    carry(store, member)
    carry(member, store)
    for one in (store, member):
        assert boards.conflicts(one) == [(str(wanted.id), "body")]
        with one.unit_of_work() as work:
            assert work.get(Annotation, wanted.id).body == "His"
    change(store, BOARD, replace(wanted, body="His"), replace(wanted, body="Both"))
    carry(store, member)
    for one in (store, member):
        assert boards.conflicts(one) == []
        with one.unit_of_work() as work:
            assert work.get(Annotation, wanted.id).body == "Both"
    assert store.digest(BOARD) == member.digest(BOARD)


def test_equal_values_are_no_conflict(store, member):
    wanted = note(store)
    record(store, BOARD, wanted)
    carry(store, member)
    for one in (store, member):
        change(one, BOARD, wanted, replace(wanted, body="Both said this", resolved=True))
    carry(store, member)
    carry(member, store)
    assert boards.conflicts(store) == boards.conflicts(member) == []


def test_an_edit_survives_a_deletion_that_had_not_seen_it(store, member):
    wanted = note(store)
    record(store, BOARD, wanted)
    carry(store, member)
    with store.unit_of_work() as work:
        work.record(BOARD, [SetOp(facts.entity_of(wanted), "gone", True)])
        work.commit()
    change(member, BOARD, wanted, replace(wanted, body="Still needed"))
    carry(store, member)
    carry(member, store)
    for one in (store, member):
        with one.unit_of_work() as work:
            assert work.get(Annotation, wanted.id).body == "Still needed"
        assert boards.conflicts(one) == [(str(wanted.id), "gone")]


def test_steps_and_claims_travel_with_their_words(store, member):
    asked = question(member)
    record(member, BOARD, asked)
    claim = str(UUID(int=8, version=4))
    line = {"kind": "involvement", "on": "2026-02-01", "what": "Reading", "pence": 2500}
    mine = person_space(member.person)
    with member.unit_of_work() as work:
        told = {"person": str(member.person), "lines": [line]}
        work.record(mine, [LedOp(claim, LedgerKind.SUBMITTED.value, 2500, told)])
        work.commit()
    carry(member, store)
    with store.unit_of_work() as work:
        work.record(BOARD, [StepOp(str(asked.id), "answer", {"words": "Because."})])
        work.record(mine, [LedOp(claim, LedgerKind.APPROVED.value, 2500, {})])
        work.commit()
    carry(store, member)
    with member.unit_of_work() as here, store.unit_of_work() as there:
        assert here.steps(asked.id) == there.steps(asked.id)
        assert here.ledger() == there.ledger()
        assert here.ledger()[0].data["lines"] == [line]
        assert [entry.by for entry in here.ledger()] == [member.person, store.person]


def test_files_follow(store, member):
    with store.unit_of_work() as work:
        text = work.keep_blob(b"the text")
        version = DraftVersion(boards.VERSION, UUID(int=3, version=4), text=text)
        work.record(BOARD, facts.changes(None, version))
        work.commit()
    carry(store, member)
    with member.unit_of_work() as work:
        assert work.blob(text) == b"the text"


# -- what must not come in ------------------------------------------------------------------------


def _refused(taker, shipped):
    before = taker.digest(), len(taker.entries()), taker.held_back()
    with pytest.raises(EntryRefusedError):
        taker.take_in(shipped)
    assert (taker.digest(), len(taker.entries()), taker.held_back()) == before
    assert taker.verify() == []


def test_every_altered_byte_is_refused(store, member):
    record(store, BOARD, note(store, body="Short", passage=None, tags=()))
    (body, signature, beside), *_ = store.ship(spaces=[BOARD])
    for place in range(len(body)):
        changed = bytearray(body)
        changed[place] ^= 1
        with pytest.raises(EntryRefusedError):
            member.take_in([(bytes(changed), signature, beside)])
    for place in range(len(signature)):
        changed = bytearray(signature)
        changed[place] ^= 1
        with pytest.raises(EntryRefusedError):
            member.take_in([(body, bytes(changed), beside)])
    assert len(member.entries()) == 2
    assert member.take_in([(body, signature, beside)]) == 1


def test_one_bad_entry_refuses_them_all(store, member):
    record(store, BOARD, note(store, 1))
    record(store, BOARD, note(store, 2))
    good, bad = store.ship(spaces=[BOARD])
    _refused(member, [good, (bad[0], bad[1][::-1], bad[2])])


def test_a_laptop_that_nobody_knows_is_refused(vault, store, tmp_path):
    stranger, _, _ = vault.join(
        tmp_path / "s", label="s", passphrase=boards.PASSPHRASE, board=store.board,
        person=PersonId(UUID(int=99, version=4)),
    )  # fmt: skip
    record(stranger, BOARD, note(stranger))
    _refused(store, stranger.ship(spaces=[BOARD]))
    stranger.close()


def test_another_board_is_refused(vault, store, tmp_path):
    elsewhere, _ = boards.start_board(vault, tmp_path / "elsewhere")
    _refused(store, elsewhere.ship(spaces=[ADMIN]))
    elsewhere.close()


def test_a_made_up_founder_is_refused(store, member):
    """A member signs an entry that says: this board is mine."""
    device = replace(member.device)
    board = facts.changes(None, Board(store.board, name="Mine", root_pk="ab" * 32))
    ops = [*board, *facts.changes(None, device)]
    shipped = [_forged(member, ADMIN, ops)]
    assert store.take_in(shipped) == 1
    ((_, why),) = store.held_back()
    assert "coordinator" in why
    with store.unit_of_work() as work:
        assert work.find(Board)[0].name == "Voices for Research"


def _forged(member, space, ops, **more):
    """Return an entry that a member's laptop signs although the program would not make it."""
    body = {
        "v": 1, "board": member.board, "space": space, "action": str(UUID(int=1)),
        "dev": member.device.id, "seq": 1, "hlc": "1772355600000-0000", "deps": [],
        "admin": [member.entries()[-1].id],
        "ops": [op.to_json() for op in ops],
    } | more  # fmt: skip
    written = canonical(body)
    return written, member._identity.keys.sign(written), {}


@pytest.mark.parametrize(
    ("space", "ops"),
    [
        (ADMIN, lambda m: [SetOp(f"person:{m.person}", "roles", ["coordinator"])]),
        (BOARD, lambda m: [SetOp(f"person:{m.person}", "roles", ["coordinator"])]),
        (ADMIN, lambda m: [SetOp(f"device:{m.device.id}", "revoked", 1)]),
        ("own:00000000-0000-4000-8000-00000000ffff", lambda m: [SetOp("word:x", "term", "x")]),
        ("person:00000000-0000-4000-8000-00000000ffff", lambda m: [SetOp("word:x", "term", "x")]),
        ("money", lambda m: [LedOp(str(m.person), "paid", 5, {})]),
        ("nowhere", lambda m: [StepOp(str(m.person), "answer", {})]),
        (BOARD, lambda m: [SetOp(f"annotation:{m.person}", "kind", "shout")]),
        (BOARD, lambda m: [SetOp("annotation:1; DROP TABLE head", "body", "x")]),
        (BOARD, lambda m: [SetOp(f"annotation:{m.person}", "version", 2**70)]),
        (BOARD, lambda m: [StepOp(str(m.person), "explode", {})]),
        (BOARD, lambda m: [StepOp(str(m.person), "answer", {"for": "nobody"})]),
        (BOARD, lambda m: [LedOp(str(m.person), "paid", 2**64, {})]),
        (BOARD, lambda m: [LedOp(str(m.person), "paid", 5, {})]),
    ],
)
def test_what_its_author_may_not_write_is_kept_aside(store, member, space, ops):
    shown = store.digest()
    assert store.take_in([_forged(member, space, ops(member))]) == 1
    assert store.take_in([_forged(member, space, ops(member))]) == 0
    ((entry, why),) = store.held_back()
    assert entry.device == member.device.id
    assert why.endswith(".")
    assert store.digest() == shown
    assert store.verify() == []
    record(store, BOARD, note(store))


def test_what_follows_something_set_aside_is_set_aside_too(store, member):
    first = _forged(member, ADMIN, [SetOp(f"person:{member.person}", "roles", ["coordinator"])])
    second = _forged(member, ADMIN, [SetOp("later:1", "x", 1)], deps=[entry_id(first[0])], seq=2)
    store.take_in([second, first])
    assert len(store.held_back()) == 2
    assert store.verify() == []


def test_a_row_with_parts_missing_is_not_shown(store, member):
    identity = UUID(int=5, version=4)
    store.take_in([_forged(member, BOARD, [SetOp(f"annotation:{identity}", "resolved", 1)])])
    with store.unit_of_work() as work:
        assert work.find(Annotation) == []
        with pytest.raises(NotFoundError):
            work.get(Annotation, identity)
    assert store.held_back() == []


def test_values_of_a_newer_version_are_kept_for_it(store, member):
    ops = [SetOp("opinion:1", "strength", 4), SetOp(f"word:{UUID(int=5, version=4)}", "colour", 2)]
    store.take_in([_forged(member, BOARD, ops)])
    assert store.held_back() == []
    assert len(store.ship(spaces=[BOARD])) == 1
    assert store.verify() == []


def test_changed_words_are_refused(store, member):
    record(store, BOARD, note(store))
    ((body, signature, beside),) = store.ship(spaces=[BOARD])
    reference = next(iter(beside))
    for lie in (
        {**beside[reference], "value": "Something else"},
        {**beside[reference], "salt": "00" * 16},
        {**beside[reference], "salt": "00"},
        {"value": "no salt"},
        "no mapping",
    ):
        _refused(member, [(body, signature, {**beside, reference: lie})])


def test_words_that_come_later_are_filled_in(store, member):
    record(store, BOARD, note(store))
    ((body, signature, beside),) = store.ship(spaces=[BOARD])
    assert member.take_in([(body, signature, {})]) == 1
    with member.unit_of_work() as work:
        assert work.get(Annotation, note(store).id).body == ""
    assert member.verify() == []
    assert member.digest(BOARD) == store.digest(BOARD)
    assert member.take_in([(body, signature, beside)]) == 0
    with member.unit_of_work() as work:
        assert work.get(Annotation, note(store).id) == note(store)
    assert member.verify() == []


def test_words_taken_back_do_not_come_in_again(store, member):
    record(store, BOARD, note(store))
    shipped = store.ship(spaces=[BOARD])
    member.take_in(shipped)
    for reference in member.references(Annotation, note(store).id)["body"]:
        member.erase(reference)
    member.take_in(shipped)
    with member.unit_of_work() as work:
        assert work.get(Annotation, note(store).id).body == ""
    assert member.digest(BOARD) == store.digest(BOARD)
    assert member.verify() == []


def test_a_clock_days_ahead_is_not_believed(store, member, clock):
    clock.on(days=400)
    record(store, BOARD, note(store, 1))
    clock.on(days=-400)
    carry(store, member)
    record(member, BOARD, note(member, 2))
    late, early = member.entries()[-2:]
    assert late.hlc > early.hlc
    assert early.hlc.startswith(str(int(clock.now().timestamp() * 1000))[:8])


def test_a_revoked_laptop_is_no_longer_heard(store, member):
    record(member, BOARD, note(member, 1))
    carry(member, store)
    with store.unit_of_work() as work:
        device = work.get(Device, member.device.id)
        work.record(ADMIN, facts.changes(device, replace(device, revoked=True)))
        work.commit()
    record(member, BOARD, note(member, 2))
    carry(member, store)
    ((_, why),) = store.held_back()
    assert "no longer" in why
    with store.unit_of_work() as work:
        assert [one.id for one in work.find(Annotation)] == [note(member, 1).id]
    carry(store, member)
    with pytest.raises(NotAllowedError), member.unit_of_work() as work:
        work.record(BOARD, facts.changes(None, note(member, 3)))
    assert store.verify() == []


def test_a_role_counts_from_when_its_laptop_had_seen_it(store, member):
    with store.unit_of_work() as work:
        person = work.get(Person, member.person)
        promoted = replace(person, roles=(Role.MEMBER, Role.COORDINATOR))
        work.record(ADMIN, facts.changes(person, promoted))
        work.commit()
    carry(store, member)
    record(member, ADMIN, Person(PersonId(UUID(int=31, version=4)), name="New One"))
    carry(member, store)
    assert store.held_back() == []
    assert store.digest(ADMIN) == member.digest(ADMIN)


def test_numbers_beyond_reason_do_no_harm(store, member):
    _refused(store, [_forged(member, BOARD, [SetOp("later:1", "x", 1)], seq=2**70)])
    over = ("0" * 64 + "." + "9" * 40, "no-dot", "a.b", f"{'0' * 64}.-1")
    assert store.take_in([_forged(member, BOARD, [SetOp("later:1", "x", 2**70, over)])]) == 1
    assert store.verify() == []
    store.digest()


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"\xff", b"[" * 5000, b"x" * 70000])
def test_noise_is_refused(store, body):
    _refused(store, [(body, b"", {})])


def test_a_body_that_is_not_written_the_one_way_is_refused(store, member):
    body, _, beside = _forged(member, BOARD, [SetOp("later:1", "x", 1)])
    spaced = json.dumps(json.loads(body)).encode()
    seed = member._identity.keys.secrets.signing_seed
    signature = signing.sign(seed, signing.ENTRY_DOMAIN, spaced)
    _refused(store, [(spaced, signature, beside)])


def test_a_date_that_is_none_is_refused(store, member):
    for hlc in ("", "soon", "9" * 18, "1772355600000_0000", "１772355600000-0000"):
        _refused(store, [_forged(member, BOARD, [SetOp("later:1", "x", 1)], hlc=hlc)])


def test_a_write_that_was_named_before_it_came_counts_as_named(store, member):
    """No honest laptop does this; the order in which things arrive must not matter even so."""
    word = f"word:{UUID(int=5, version=4)}"
    first = _forged(member, BOARD, [SetOp(word, "term", "old")])
    named = f"{entry_id(first[0])}.0"
    second = _forged(member, BOARD, [SetOp(word, "term", "new", (named,))], seq=2)
    third = _forged(member, BOARD, [SetOp(word, "meaning", "m")], seq=3)
    only = _forged(member, BOARD, [SetOp(f"{word[:-1]}6", "term", "x")], seq=4)
    early = _forged(member, BOARD, [SetOp(word, "term", "z", (f"{entry_id(only[0])}.0",))], seq=5)
    store.take_in([second])
    store.take_in([first])
    store.take_in([third, early, only])
    member.take_in([first, second, only, early, third])
    assert store.digest(BOARD) == member.digest(BOARD)
    assert store.verify() == member.verify() == []

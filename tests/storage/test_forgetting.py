"""Words taken back on one laptop are forgotten on every other, and nobody else's can be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select

from mhin_ppi.domain import facts
from mhin_ppi.domain.annotations import Annotation
from mhin_ppi.domain.log import Op, SetOp, StepOp, canonical, entity_name
from mhin_ppi.domain.meeting_parts import Jotting
from mhin_ppi.domain.meetings import JottingId, MeetingId
from mhin_ppi.domain.questions import Question, Step
from mhin_ppi.domain.responses import Feedback, FeedbackId
from mhin_ppi.domain.spaces import BOARD, person_space
from mhin_ppi.domain.taking_back import taking_back
from mhin_ppi.storage import tables
from mhin_ppi.storage.store import LocalStore
from tests.storage import boards
from tests.storage.boards import carry, change, note, question, record
from tests.storage.test_searching import _bytes, _Unencrypting

SECRET = "unspeakable zebra"


def holds(store: LocalStore, words: str = "zebra") -> bool:
    """Return whether any table of a store has these words in any row."""
    with store._engine.connect() as connection:
        found = (connection.execute(select(one)) for one in tables.metadata.sorted_tables)
        return any(words in str(tuple(row)) for rows in found for row in rows)


def body_of(store: LocalStore, number: int = 1) -> str:
    with store.unit_of_work() as work:
        return work.get(Annotation, note(store, number).id).body


def forged(store: LocalStore, ops: list[Op], **more: Any) -> tuple[bytes, bytes, dict[str, Any]]:
    """Return an entry that a laptop signs although the program would not make it."""
    body = {
        "v": 1, "board": store.board, "space": BOARD, "action": str(UUID(int=1)),
        "dev": store.device.id, "seq": 1, "hlc": "1772355600000-0000",
        "deps": [entry.id for entry in store.entries() if entry.space == BOARD][-1:],
        "admin": [entry.id for entry in store.entries() if entry.space == "admin"][-1:],
        "ops": [op.to_json() for op in ops],
    } | more  # fmt: skip
    written = canonical(body)
    return written, store._identity.keys.sign(written), {}


def tell(stores: list[LocalStore], *shipped: tuple[bytes, bytes, Any]) -> None:
    for store in stores:
        store.take_in(shipped)


# ---------------------------------------------------------------- one's own words


def test_words_taken_back_vanish_from_another_laptop(store, member, other):
    record(member, BOARD, note(member, body=SECRET), note(member, 2))
    change(member, BOARD, note(member, body=SECRET), note(member, body=f"{SECRET} again"))
    carry(member, store)
    carry(store, other)
    assert holds(store)
    member.forget(Annotation, note(member).id)
    assert not holds(member)
    carry(member, store)
    assert not holds(store)
    assert body_of(store) == ""
    assert body_of(store, 2) == note(member, 2).body
    # From the third, which has not heard, they are not taken up again.
    carry(other, store)
    carry(other, member)
    assert not holds(store)
    assert not holds(member)
    carry(store, other)
    assert not holds(other)
    assert store.digest(BOARD) == member.digest(BOARD) == other.digest(BOARD)
    assert store.verify() == member.verify() == other.verify() == []


def test_words_taken_back_before_they_came_are_never_taken_up(store, member, other):
    record(member, BOARD, note(member, body=SECRET))
    carry(member, other)
    member.forget(Annotation, note(member).id)
    carry(member, store)
    carry(other, store)
    assert not holds(store)
    assert store.verify() == []


def test_only_what_stood_there_before_is_forgotten_where_that_is_said(store, member):
    record(member, BOARD, note(member, body=SECRET))
    change(member, BOARD, note(member, body=SECRET), note(member, body="Less"))
    carry(member, store)
    assert holds(store)
    member.forget(Annotation, note(member).id, but_standing=True)
    carry(member, store)
    assert not holds(store)
    assert body_of(store) == "Less"


def test_they_are_in_no_byte_of_the_other_laptops_file(tmp_path: Path):
    vault = boards.make_vault(connect=_Unencrypting())
    store, _ = boards.start_board(vault, tmp_path / "one")
    member = boards.join_board(vault, store, tmp_path / "two", name="Mo", number=1)
    record(member, BOARD, note(member, body=SECRET), *(note(member, n) for n in range(2, 20)))
    carry(member, store)
    assert b"zebra" in _bytes(store)
    member.forget(Annotation, note(member).id)
    carry(member, store)
    assert b"zebra" not in _bytes(store)
    store.close()
    member.close()


def test_the_words_a_coordinator_typed_in_are_the_persons_to_take_back(store, member, other):
    record(store, BOARD, note(member, body=SECRET, typed_by=store.person))
    for one in (member, other):
        carry(store, one)
    member.forget(Annotation, note(member).id)
    carry(member, store)
    carry(store, other)
    assert [holds(one) for one in (store, member, other)] == [False, False, False]


def test_any_coordinator_forgets_what_has_no_name_on_it(store, member):
    jotted = Jotting(
        JottingId(UUID(int=9, version=4)), MeetingId(UUID(int=8, version=4)), body=SECRET
    )
    record(member, BOARD, jotted)
    carry(member, store)
    store.forget(Jotting, jotted.id)
    carry(store, member)
    assert not holds(member)


def test_with_a_question_go_the_words_said_of_it_for_whoever_withdrew_it(store, member, other):
    asked = question(member, body=SECRET)
    record(member, BOARD, asked)
    carry(member, store)
    behalf = {"for": str(member.person)}
    with store.unit_of_work() as work:
        work.record(
            BOARD, [StepOp(str(asked.id), "not_quite", {"words": "a giraffe too", **behalf})]
        )
        work.record(BOARD, [StepOp(str(asked.id), "answer", {"words": "Because."})])
        said = work.steps(asked.id)[0].id
        work.commit()
    carry(store, member)
    carry(store, other)
    # Before it is withdrawn a coordinator cannot make the asker's own words vanish.
    store.forget(Question, asked.id)
    carry(store, other)
    assert holds(other)
    with store.unit_of_work() as work:
        work.record(BOARD, [StepOp(str(asked.id), "withdraw", behalf)])
        work.forget(Question, asked.id)
        work.forget(Step, said)
        work.commit()
    for one in (member, other):
        carry(store, one)
        assert not holds(one)
        assert not holds(one, "giraffe")
        assert holds(one, "Because.")
        assert one.verify() == []


# ---------------------------------------------------------------- somebody else's words


def test_nobody_makes_somebody_elses_words_vanish(store, member, other):
    carry(store, member)
    record(member, BOARD, note(member, body=SECRET))
    carry(member, store)
    carry(member, other)
    references = member.references(Annotation, note(member).id)["body"]
    mine = SetOp(entity_name("annotation", note(member).id), "author", str(other.person))
    tell([store, member], forged(other, [*taking_back(references)], seq=1))
    tell([store, member], forged(other, [mine, *taking_back(references)], seq=2))
    later = forged(other, [mine], seq=3)
    other.take_in([later])
    tell([store, member], later, forged(other, [*taking_back(references)], seq=4))
    assert holds(store)
    assert holds(member)
    # A coordinator has no more say in it, and neither does one who says so where others see it not.
    store.forget(Annotation, note(member).id)
    carry(store, member)
    there = person_space(other.person)
    store.take_in([forged(other, [*taking_back(references)], space=there, deps=[], seq=1)])
    assert holds(member)
    assert body_of(member) == SECRET
    assert store.verify() == member.verify() == []


def test_nobody_has_somebody_elses_words_put_right(store, member, other):
    carry(store, member)
    asked, mine = question(member, body="Why so late"), question(other, 2, body="the van came")
    record(member, BOARD, asked)
    carry(member, store)
    told = Feedback(FeedbackId(UUID(int=5, version=4)), asked.id, body="At six the van came.")
    also = replace(told, id=FeedbackId(UUID(int=6, version=4)))
    record(store, BOARD, told, also)
    carry(store, other)
    record(other, BOARD, mine)
    # Said to be about one's own question, and one's own words put into somebody else's.
    with other.unit_of_work() as work:
        work.record(BOARD, [SetOp(facts.entity_of(told), "question", str(mine.id))])
        work.record(BOARD, [SetOp(facts.entity_of(asked), "body", "the van came")])
        work.commit()
    carry(other, store)
    with other.unit_of_work() as work:
        work.record(BOARD, [StepOp(str(one.id), "withdraw", {}) for one in (asked, mine)])
        for one in (asked, mine):
            work.record(BOARD, [SetOp(facts.entity_of(one), "body", "")])
            work.forget(Question, one.id)
        work.commit()
    carry(other, store)
    with store.unit_of_work() as work:
        assert [work.get(Feedback, one.id).body for one in (told, also)] == [told.body] * 2
    assert holds(store, "Why so late")
    assert not store.verify()


def test_a_copied_reference_takes_nothing_with_it(store, member, other):
    carry(store, member)
    record(member, BOARD, note(member, body=SECRET))
    words = member.ship(spaces=[BOARD])
    (reference,) = member.references(Annotation, note(member).id)["body"]
    copy = SetOp(entity_name("annotation", note(other, 7).id), "body", {"ref": reference})
    # Whoever copies it can hide that they have seen the original, and say so before it comes.
    first = forged(other, [copy], deps=[], seq=1)
    other.take_in([first])
    second = forged(other, [*taking_back([reference])], seq=2)
    tell([store], first, second)
    tell([member], first, second)
    store.take_in(words)
    assert body_of(store) == body_of(member) == SECRET
    assert store.verify() == member.verify() == []


def test_a_copy_made_in_sight_of_the_original_goes_with_it(store, member, other):
    carry(store, member)
    record(member, BOARD, note(member, body=SECRET))
    carry(member, store)
    carry(member, other)
    (reference,) = member.references(Annotation, note(member).id)["body"]
    whole = facts.changes(None, replace(note(other, 7), body="mine"))
    copied = [replace(op, value={"ref": reference}) if op.field == "body" else op for op in whole]
    tell([store, member, other], forged(other, copied))
    assert body_of(store, 7) == SECRET
    member.forget(Annotation, note(member).id)
    carry(member, store)
    carry(member, other)
    assert not holds(store)
    assert not holds(other)
    assert body_of(store, 7) == ""
    assert store.verify() == other.verify() == []


def test_nonsense_in_the_place_of_references_does_nothing(store, member):
    record(store, BOARD, note(store, body=SECRET))
    nonsense = [SetOp(f"forgotten:{n}", "words", value) for n, value in enumerate(_NONSENSE)]
    assert store.take_in([forged(member, nonsense)]) == 1
    assert body_of(store) == SECRET
    assert store.verify() == []


_NONSENSE = (None, "f" * 64, ["f" * 63, 5, None, ["x"], "é" * 64], {"ref": "f" * 64}, [])

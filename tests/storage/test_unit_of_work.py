from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from mhin_ppi.domain import facts
from mhin_ppi.domain.annotations import Annotation, AnnotationId, AnnotationKind
from mhin_ppi.domain.claims import ClaimId, LedgerKind
from mhin_ppi.domain.drafts import BlobId, Draft, DraftId, DraftVersion, VersionId
from mhin_ppi.domain.log import LedOp, SetOp, StepOp
from mhin_ppi.domain.passages import Passage
from mhin_ppi.domain.people import Board, Person, PersonId, Role
from mhin_ppi.domain.projects import Project, ProjectId
from mhin_ppi.domain.questions import StepKind
from mhin_ppi.domain.rates import Budget, BudgetId
from mhin_ppi.domain.spaces import ADMIN, BOARD, MONEY, own_space, person_space
from mhin_ppi.errors import EntryRefusedError, NotAllowedError, NotFoundError, StoreDamagedError
from tests.storage import boards
from tests.storage.boards import change, note, question, record

MONEY_NOUNS = ("budget", "batch", "cost", "period_close", "finance_layout", "form_template")


def test_what_is_recorded_is_seen_at_once_and_kept_on_commit(store):
    wanted = note(store)
    with store.unit_of_work() as work:
        work.record(BOARD, facts.changes(None, wanted))
        assert work.get(Annotation, wanted.id) == wanted
        (entry,) = work.commit()
    assert entry.space == BOARD
    assert entry.device == store.device.id
    with store.unit_of_work() as work:
        assert work.get(Annotation, wanted.id) == wanted
    assert entry in store.entries()


def test_without_commit_nothing_is_kept(store):
    before = store.digest(), len(store.entries())
    with store.unit_of_work() as work:
        work.record(BOARD, facts.changes(None, note(store)))
        work.keep_local("window", {"x": 1})
        work.keep_blob(b"a file")
        assert work.count(Annotation) == 1
    assert (store.digest(), len(store.entries())) == before
    with store.unit_of_work() as work:
        assert work.count(Annotation) == 0
        assert work.local("window") is None
        with pytest.raises(NotFoundError):
            work.blob(BlobId("0" * 64))


def test_an_error_in_the_middle_keeps_nothing(store):
    with pytest.raises(NotFoundError), store.unit_of_work() as work:
        _record_then_look_elsewhere(store, work)
    with store.unit_of_work() as work:
        assert work.find(Annotation) == []


def test_giving_up_forgets_new_roles_too(store, member):
    promoted = Person(member.person, name="Mo Member", roles=(Role.COORDINATOR,))
    with store.unit_of_work() as work:
        work.record(ADMIN, facts.changes(work.get(Person, member.person), promoted))
        work.find(Person)
    boards.carry(store, member)
    with pytest.raises(NotAllowedError), member.unit_of_work() as work:
        work.record(ADMIN, facts.changes(None, Person(PersonId(UUID(int=7)), name="X")))


def test_one_action_in_several_spaces_is_one_entry_each_and_shares_its_id(store):
    with store.unit_of_work() as work:
        work.record(BOARD, facts.changes(None, note(store, 1)))
        work.record(own_space(store.person), facts.changes(None, note(store, 2)))
        work.record(BOARD, facts.changes(None, note(store, 3)))
        entries = work.commit()
    assert sorted(entry.space for entry in entries) == sorted([BOARD, own_space(store.person)])
    assert len({entry.action for entry in entries}) == 1


def test_every_noun_is_read_back_as_it_was_recorded(store):
    """One of each kind, every field given a value that is not its ordinary one."""
    for name, noun in facts.NOUNS.items():
        if name in ("board", "device"):
            continue
        made = facts.noun_from(noun, str(UUID(int=5, version=4)), _unusual(noun))
        space = ADMIN if name == "person" else MONEY if name in MONEY_NOUNS else BOARD
        record(store, space, made)
        with store.unit_of_work() as work:
            assert work.get(noun, made.id) == made
            for field in facts.fields_of(noun):
                if field.column != "json":
                    assert made in work.find(noun, **{field.name: getattr(made, field.name)})


def _unusual(noun):
    """Return plain values for every field, found by trying what its decoder accepts."""
    tries = (
        "2026-02-03T04:05:06.789+00:00", "2026-02-03", str(UUID(int=9, version=4)),
        {"start": 1, "end": 4, "quote": "abc", "prefix": "", "suffix": "é"},
        [str(UUID(int=8, version=4))], 41, 1, "some words",
    )  # fmt: skip
    found = {}
    for field in facts.fields_of(noun):
        for one in (*tries, *(value for kind in _enums(noun, field) for value in kind)):
            kinds = {"text": str, "integer": int, "json": (list, dict)}
            try:
                if (
                    isinstance(one, kinds[field.column])
                    and field.encode(field.decode(one)) == one
                    and one != field.default
                ):
                    found[field.name] = one
                    break
            except (ValueError, TypeError, AttributeError):
                continue
    return found


def _enums(noun, field):
    import typing
    from enum import Enum

    hint = typing.get_type_hints(noun)[field.name]
    for one in (hint, *typing.get_args(hint)):
        if isinstance(one, type) and issubclass(one, Enum):
            yield [each.value for each in one]
            yield [[each.value] for each in one]


def test_oldest_first_whatever_the_ids(store):
    notes = [note(store, number) for number in (5, 3, 9, 1)]
    record(store, BOARD, *notes[:2])
    record(store, BOARD, *notes[2:])
    change(store, BOARD, notes[0], replace(notes[0], body="Said again"))
    with store.unit_of_work() as work:
        found = [one.id for one in work.find(Annotation)]
    assert found == [one.id for one in notes]


def test_finding_by_fields(store):
    other = VersionId(UUID(int=77, version=4))
    first, second = note(store, 1), note(store, 2, version=other, kind=AnnotationKind.WORKS)
    third = note(store, 3, reply_to=first.id, resolved=True, passage=None)
    record(store, BOARD, first, second, third)
    with store.unit_of_work() as work:
        assert work.find(Annotation, version=other) == [second]
        assert work.find(Annotation, kind=AnnotationKind.WORKS) == [second]
        assert work.find(Annotation, reply_to=None) == [first, second]
        assert work.find(Annotation, reply_to=first.id) == [third]
        assert work.find(Annotation, passage=None) == [third]
        assert work.find(Annotation, resolved=True) == [third]
        assert work.find(Annotation, id=[first.id, third.id]) == [first, third]
        assert work.find(Annotation, version=[other, boards.VERSION]) == [first, second, third]
        assert work.find(Annotation, version=()) == []
        assert work.find(Annotation, tags=("dose",)) == [first, second, third]
        assert work.count(Annotation, author=store.person, resolved=False) == 2
        with pytest.raises(TypeError, match="no field"):
            work.find(Annotation, colour="red")


def test_what_is_not_there_is_not_found(store):
    with store.unit_of_work() as work, pytest.raises(NotFoundError):
        work.get(Annotation, AnnotationId(UUID(int=3)))


def test_a_second_value_is_laid_over_the_first(store):
    wanted = note(store)
    record(store, BOARD, wanted)
    changed = replace(wanted, body="Said better")
    with store.unit_of_work() as work:
        work.record(BOARD, facts.changes(wanted, changed))
        (entry,) = work.commit()
    (op,) = entry.ops
    first = next(e for e in store.entries() if e.space == BOARD)
    place = next(n for n, one in enumerate(first.ops) if one.field == "body")
    assert op.over == (f"{first.id}.{place}",)
    with store.unit_of_work() as work:
        assert work.get(Annotation, wanted.id) == changed


def test_two_values_for_one_field_in_one_action_are_no_conflict(store):
    wanted = note(store)
    with store.unit_of_work() as work:
        work.record(BOARD, facts.changes(None, wanted))
        work.record(BOARD, facts.changes(wanted, replace(wanted, body="Said better")))
        work.commit()
    with store.unit_of_work() as work:
        assert work.get(Annotation, wanted.id).body == "Said better"
    assert boards.conflicts(store) == []


def test_gone_hides_a_noun(store):
    wanted = note(store)
    record(store, BOARD, wanted, note(store, 2))
    with store.unit_of_work() as work:
        work.record(BOARD, [SetOp(facts.entity_of(wanted), "gone", True)])
        with pytest.raises(NotFoundError):
            work.get(Annotation, wanted.id)
        work.commit()
    with store.unit_of_work() as work:
        assert work.find(Annotation) == [note(store, 2)]
        work.record(BOARD, [SetOp(facts.entity_of(wanted), "gone", False)])
        work.commit()
    with store.unit_of_work() as work:
        assert work.get(Annotation, wanted.id) == wanted


def test_made_and_taken_away_in_one_action(store):
    with store.unit_of_work() as work:
        work.record(BOARD, facts.changes(None, note(store)))
        work.record(BOARD, [SetOp(facts.entity_of(note(store)), "gone", True)])
        work.commit()
    with store.unit_of_work() as work:
        assert work.count(Annotation) == 0


def test_personal_words_stand_beside_the_entry_and_not_in_it(store):
    record(store, BOARD, note(store, body="Only beside", passage=None))
    (entry,) = (one for one in store.entries() if one.space == BOARD)
    assert b"Only beside" not in entry.body
    ((_, _, beside),) = store.ship(spaces=[BOARD])
    assert [one["value"] for one in beside.values()] == ["Only beside"]


def test_words_taken_back_are_gone_and_the_log_stays_sound(store):
    record(store, BOARD, note(store, body="Too much said"))
    change(store, BOARD, note(store, body="Too much said"), note(store, body="Less"))
    before = store.digest()
    references = store.references(Annotation, note(store).id)
    for reference in references["body"]:
        store.erase(reference)
    with store.unit_of_work() as work:
        assert work.get(Annotation, note(store).id).body == ""
    assert len(references["body"]) == 2
    assert store.digest() == before
    assert store.verify() == []
    shipped = store.ship(spaces=[BOARD])
    assert "Too much said" not in str(shipped)


def test_steps_are_read_back_in_order_with_their_words(store):
    asked = question(store)
    record(store, BOARD, asked)
    with store.unit_of_work() as work:
        work.record(BOARD, [StepOp(str(asked.id), "acknowledge", {})])
        work.record(BOARD, [StepOp(str(asked.id), "answer", {"words": "Because."})])
        work.commit()
    with store.unit_of_work() as work:
        steps = work.steps(asked.id)
        assert work.steps() == steps
    assert [step.kind for step in steps] == [StepKind.ACKNOWLEDGE, StepKind.ANSWER]
    assert steps[1].detail == {"words": "Because."}
    assert {step.by for step in steps} == {store.person}
    assert steps[0].at.tzinfo == UTC
    assert not any(b"Because" in entry.body for entry in store.entries())


def test_a_claim_is_its_ledger(store):
    claim = ClaimId(UUID(int=4, version=4))
    line = {"kind": "involvement", "on": "2026-02-01", "what": "Reading", "pence": 2500}
    mine = person_space(store.person)
    told = {"person": str(store.person), "lines": [line]}
    with store.unit_of_work() as work:
        work.record(mine, [LedOp(str(claim), LedgerKind.SUBMITTED.value, 2500, told)])
        work.commit()
    with store.unit_of_work() as work:
        (entry,) = work.ledger(claim)
        assert work.ledger() == [entry]
        assert work.ledger(ClaimId(UUID(int=5))) == []
    assert (entry.kind, entry.pence, entry.by) == (LedgerKind.SUBMITTED, 2500, store.person)
    assert entry.data == told
    assert not any(b"Reading" in one.body for one in store.entries())


def test_a_file_is_kept_and_read_back(store):
    content = bytes(range(256)) * 3000
    with store.unit_of_work() as work:
        identity = work.keep_blob(content)
        assert work.keep_blob(content) == identity
        empty = work.keep_blob(b"")
        work.commit()
    with store.unit_of_work() as work:
        assert work.blob(identity) == content
        assert work.blob(empty) == b""


def test_files_that_are_named_but_not_here_are_listed(store):
    draft = Draft(DraftId(UUID(int=1, version=4)), ProjectId(UUID(int=2, version=4)), "A draft")
    text = BlobId("ab" * 32)
    with store.unit_of_work() as work:
        source = work.keep_blob(b"the original")
        version = DraftVersion(boards.VERSION, draft.id, text=text, source=source)
        work.record(BOARD, [*facts.changes(None, draft), *facts.changes(None, version)])
        line = {
            "kind": "expense",
            "on": "2026-02-01",
            "what": "Bus",
            "pence": 1,
            "receipt": "r" * 64,
        }
        told = {"person": str(store.person), "lines": [line]}
        claim = str(UUID(int=4, version=4))
        work.record(person_space(store.person), [LedOp(claim, "submitted", 1, told)])
        work.commit()
    assert store.missing_blobs() == [text, "r" * 64]


def test_a_damaged_file_is_not_handed_out(store):
    with store.unit_of_work() as work:
        identity = work.keep_blob(b"a receipt")
        work.commit()
    store._engine.connect().exec_driver_sql(
        "UPDATE blob_chunk SET content = x'00'"
    ).connection.commit()
    with store.unit_of_work() as work, pytest.raises(StoreDamagedError):
        work.blob(identity)


def test_local_values_stay_here(store, member):
    with member.unit_of_work() as work:
        work.keep_local("draft:1", {"words": "not finished"})
        work.keep_local("draft:2", {"words": ""})
        work.keep_local("window", {"width": 900})
        work.commit()
    with member.unit_of_work() as work:
        assert work.local("draft:1") == {"words": "not finished"}
        assert work.local_keys("draft:") == ["draft:1", "draft:2"]
        work.keep_local("draft:1", None)
        assert work.local("draft:1") is None
        work.commit()
    assert "not finished" not in str(member.ship(spaces=boards.audience(member, store)))


@pytest.mark.parametrize(
    "op",
    [
        SetOp("annotation:not-an-id", "body", "x"),
        SetOp("annotation:00000000-0000-4000-8000-000000000001", "kind", "shout"),
        SetOp("annotation:00000000-0000-4000-8000-000000000001", "resolved", "yes"),
        SetOp("annotation:00000000-0000-4000-8000-000000000001", "tags", "dose"),
        StepOp("00000000-0000-4000-8000-000000000001", "explode", {}),
        StepOp("q", "answer", {}),
        StepOp("00000000-0000-4000-8000-000000000001", "answer", {"count": 3}),
        LedOp("00000000-0000-4000-8000-000000000001", "stolen", 1, {}),
        LedOp("00000000-0000-4000-8000-000000000001", "paid", 2**63, {}),
    ],
)
def test_what_has_no_such_shape_is_refused_and_nothing_changes(store, op):
    before = len(store.entries())
    with pytest.raises(EntryRefusedError), store.unit_of_work() as work:
        work.record(BOARD, [op])
    assert len(store.entries()) == before


@pytest.mark.parametrize("value", [1.5, object(), "\ud800", float("nan")])
def test_what_cannot_be_written_down_is_refused(store, value):
    for ops in ([SetOp("later:1", "shape", value)], [SetOp("later:1", "shape", [value])]):
        with store.unit_of_work() as work, pytest.raises(EntryRefusedError):
            _keep(work, ops)
    with store.unit_of_work() as work, pytest.raises(EntryRefusedError):
        _keep(work, facts.changes(None, replace(note(store), body=value)))
    assert not [entry for entry in store.entries() if entry.space == BOARD]


@pytest.mark.parametrize("words", ["a\0b", "\0"])
def test_a_zero_character_is_no_text(store, words):
    for noun in (note(store, body=words), note(store, passage=Passage(1, 2, "q" + words))):
        with store.unit_of_work() as work, pytest.raises(EntryRefusedError):
            _keep(work, facts.changes(None, noun))
    record(store, BOARD, note(store, body="it says \\u0000 here"))
    with store.unit_of_work() as work:
        assert work.get(Annotation, note(store).id).body == "it says \\u0000 here"


def _record_then_look_elsewhere(store, work):
    work.record(BOARD, facts.changes(None, note(store)))
    work.get(Annotation, note(store, 2).id)


def _keep(work, ops):
    work.record(BOARD, ops)
    work.commit()


def test_members_write_where_they_may(store, member):
    theirs, others = person_space(member.person), person_space(store.person)
    for space, noun in (
        (BOARD, note(member, 1)),
        (theirs, note(member, 2)),
        (own_space(member.person), note(member, 3)),
    ):
        record(member, space, noun)
    person = Person(PersonId(UUID(int=4, version=4)), name="Made up")
    budget = Budget(BudgetId(UUID(int=4, version=4)), ProjectId(UUID(int=5, version=4)))
    for space, noun in (
        (others, note(member, 4)),
        (own_space(store.person), note(member, 4)),
        (ADMIN, person),
        (BOARD, person),
        (MONEY, budget),
        ("programme2", note(member, 4)),
    ):
        with pytest.raises(NotAllowedError), member.unit_of_work() as work:
            work.record(space, facts.changes(None, noun))
    record(store, theirs, note(store, 6))
    record(store, MONEY, budget)
    record(store, ADMIN, person)


def test_a_large_action_becomes_several_entries_and_one_action(store):
    notes = [note(store, number) for number in range(400)]
    with store.unit_of_work() as work:
        for one in notes:
            work.record(BOARD, facts.changes(None, one))
        entries = work.commit()
    assert 1 < len(entries) < 40
    assert len({entry.action for entry in entries}) == 1
    assert all(len(entry.body) <= 64 * 1024 for entry in entries)
    with store.unit_of_work() as work:
        assert work.find(Annotation) == notes
    assert store.verify() == []


def test_the_clock_never_goes_back(store, clock):
    record(store, BOARD, note(store, 1))
    clock.on(days=-400)
    record(store, BOARD, note(store, 2))
    hlcs = [entry.hlc for entry in store.entries()]
    assert hlcs == sorted(set(hlcs))


def test_reading_while_another_unit_is_open(store):
    record(store, BOARD, note(store))
    with store.unit_of_work() as writing, store.unit_of_work() as reading:
        writing.record(BOARD, facts.changes(None, note(store, 2)))
        assert writing.count(Annotation) == 2
        assert reading.count(Annotation) == 1
        writing.commit()
        assert reading.count(Annotation) == 1
    with store.unit_of_work() as work:
        assert work.count(Annotation) == 2


def test_a_unit_of_work_serves_several_actions(store):
    with store.unit_of_work() as work:
        work.record(BOARD, facts.changes(None, note(store, 1)))
        (first,) = work.commit()
        work.record(BOARD, facts.changes(None, note(store, 2)))
        (second,) = work.commit()
        assert work.commit() == ()
    assert first.action != second.action
    assert second.deps == (first.id,)


def test_board_settings_change(store):
    with store.unit_of_work() as work:
        (board,) = work.find(Board)
        work.record(ADMIN, facts.changes(board, replace(board, answer_days=20)))
        work.commit()
    with store.unit_of_work() as work:
        assert work.find(Board)[0].answer_days == 20
        assert work.find(Project) == []
        assert work.find(Board)[0].founded_on == datetime(2026, 3, 1, tzinfo=UTC).date()

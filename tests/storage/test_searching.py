"""The indexes of words: true after every way of writing, and empty of what was taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlcipher3.dbapi2
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, LargeBinary, MetaData, Table, Text, select

from mhin_ppi.domain.annotations import Annotation, AnnotationKind, Visibility
from mhin_ppi.domain.blocks import plain_draft
from mhin_ppi.domain.drafts import BlobId, Draft, DraftId, DraftVersion, VersionId
from mhin_ppi.domain.facts import changes, entity_of
from mhin_ppi.domain.log import SetOp
from mhin_ppi.domain.projects import ProjectId
from mhin_ppi.domain.questions import Question, QuestionId
from mhin_ppi.domain.responses import Response, ResponseId
from mhin_ppi.domain.searching import FoundKind, marks_in, terms_of
from mhin_ppi.domain.spaces import BOARD, own_space
from mhin_ppi.storage.store import LocalStore
from mhin_ppi.storage.vault import LocalVault
from tests.storage import boards
from tests.storage.boards import PASSPHRASE, note, question, record

DRAFT = Draft(
    DraftId(UUID(int=0xD1, version=4)), ProjectId(UUID(int=0xE1, version=4)), "Sheet for carers"
)


def ready(store: LocalStore) -> None:
    with store.unit_of_work() as work:
        work.words.index(most_versions=10)
        assert work.words.waiting() == 0
        work.commit()


def found(store: LocalStore, words: str, kind: FoundKind = FoundKind.NOTE) -> set[UUID]:
    ready(store)
    with store.unit_of_work() as work:
        return {each.identity for each in work.words.find(kind, terms_of(words), most=1_000)}


def in_drafts(store: LocalStore, words: str) -> list[tuple[UUID, int | None, str]]:
    ready(store)
    with store.unit_of_work() as work:
        matches = work.words.find_in_drafts(terms_of(words), most=50)
    return [(one.identity, one.start, one.words) for one in matches]


def version_of(store: LocalStore, number: int, *paragraphs: str) -> DraftVersion:
    text = plain_draft(paragraphs)
    with store.unit_of_work() as work:
        kept = work.keep_blob(text.to_bytes())
        work.commit()
    identity = VersionId(UUID(int=0xC10 + number, version=4))
    return DraftVersion(identity, DRAFT.id, number, text=kept)


# ---------------------------------------------------------------- every way of writing


def test_what_is_written_changed_taken_away_and_brought_back(store: LocalStore):
    made = note(store, body="Why is the café so far?")
    record(store, BOARD, made)
    assert found(store, "cafe FAR") == {made.id}
    changed = replace(made, body="Why is the clinic so far?")
    boards.change(store, BOARD, made, changed)
    assert found(store, "café") == set()
    assert found(store, "clinic") == {made.id}
    boards.change(store, BOARD, changed, replace(changed, tags=("way",)))
    assert found(store, "clinic") == {made.id}
    for gone in (True, False):
        with store.unit_of_work() as work:
            work.record(BOARD, [SetOp(entity_of(made), "gone", gone)])
            work.commit()
        assert found(store, "clinic") == (set() if gone else {made.id})


def test_what_was_given_up_is_not_found(store: LocalStore):
    made = note(store, body="kept")
    record(store, BOARD, made)
    assert found(store, "kept") == {made.id}
    with store.unit_of_work() as work:
        work.record(BOARD, changes(made, replace(made, body="never meant")))
        assert work.get(Annotation, made.id).body == "never meant"
    assert found(store, "never") == set()
    assert found(store, "kept") == {made.id}


def test_what_another_laptop_sends_is_found_and_both_sides_of_a_conflict_agree(
    store: LocalStore, member: LocalStore
):
    made = note(store, body="first words")
    record(store, BOARD, made)
    boards.carry(store, member)
    assert found(member, "first") == {made.id}
    boards.change(store, BOARD, made, replace(made, body="those of Cora"))
    boards.change(member, BOARD, made, replace(made, body="those of Mo"))
    boards.carry(store, member)
    boards.carry(member, store)
    assert boards.conflicts(store) == [(str(made.id), "body")]
    with store.unit_of_work() as work:
        shown = work.get(Annotation, made.id).body
    for one in (store, member):
        assert found(one, shown) == {made.id}
        assert found(one, "first") == set()
        hidden = "Mo" if "Cora" in shown else "Cora"
        assert found(one, hidden) == set()


def test_what_is_only_for_one_person_is_found_on_their_laptop_alone(
    store: LocalStore, member: LocalStore
):
    mine = note(member, visibility=Visibility.ONLY_ME, body="a worry of mine")
    record(member, own_space(member.person), mine)
    boards.carry(member, store)
    assert found(member, "worry") == {mine.id}
    assert found(store, "worry") == set()


def test_a_note_that_raised_a_question_is_found_as_the_question_only(store: LocalStore):
    raised, praise = note(store, 1, body="The bus?"), note(store, 2, body="The bus works")
    asked = question(store, body="The bus?", annotation=raised.id)
    record(store, BOARD, raised, replace(praise, kind=AnnotationKind.WORKS), asked)
    assert found(store, "bus") == {praise.id}
    assert found(store, "bus", FoundKind.QUESTION) == {asked.id}


def test_answers_are_found_with_their_reasons_unless_the_question_was_taken_back(
    store: LocalStore,
):
    asked = question(store, body="Why six?")
    answer = Response(
        ResponseId(UUID(int=0xAB, version=4)), asked.id, body="It stays.", reason="The budget."
    )
    record(store, BOARD, asked, answer)
    for words in ("stays", "budget", "budget stays"):
        assert found(store, words, FoundKind.ANSWER) == {answer.id}
    with store.unit_of_work() as work:
        assert work.words.find_questions(terms_of("budget")) == [str(asked.id)]
        assert work.words.find_questions(terms_of("six")) == [str(asked.id)]
    boards.change(store, BOARD, asked, replace(asked, body=""))
    assert found(store, "budget", FoundKind.ANSWER) == set()
    with store.unit_of_work() as work:
        assert work.words.find_questions(terms_of("budget")) == []


def test_paragraphs_are_found_when_their_file_comes_and_leave_with_their_version(
    store: LocalStore, member: LocalStore
):
    first = version_of(store, 1, "Come to the clinic.", "We pay your fare to the clinic.")
    second = version_of(store, 2, "Join from home.", "Or come to the clinic.")
    record(store, BOARD, DRAFT, first, second)
    assert [(v, at) for v, at, _ in in_drafts(store, "clinic")] == [
        (second.id, 17),
        (first.id, 0),
        (first.id, 21),
    ]
    assert found(store, "carer", FoundKind.DRAFT) == {DRAFT.id}
    member.take_in(store.ship(spaces=boards.audience(store, member)))
    assert in_drafts(member, "clinic") == []
    boards.carry(store, member)
    assert in_drafts(member, "clinic") == in_drafts(store, "clinic")
    with store.unit_of_work() as work:
        work.record(BOARD, [SetOp(entity_of(second), "gone", True)])
        work.commit()
    assert [v for v, _, _ in in_drafts(store, "clinic")] == [first.id, first.id]
    assert in_drafts(store, "home") == []


def test_one_long_version_leaves_room_for_others(store: LocalStore):
    long = version_of(store, 2, *(f"The dose, part {n}." for n in range(30)))
    record(store, BOARD, DRAFT, version_of(store, 1, "The dose."), long)
    by_version = [version for version, _, _ in in_drafts(store, "dose")]
    assert by_version == [long.id, long.id, long.id, VersionId(UUID(int=0xC11, version=4))]


def test_a_text_that_cannot_be_read_stops_nobody_from_searching(store: LocalStore):
    with store.unit_of_work() as work:
        kept = work.keep_blob(b"no draft")
        work.commit()
    version = DraftVersion(VersionId(UUID(int=0xC99, version=4)), DRAFT.id, 1, text=kept)
    record(store, BOARD, version, note(store, body="still here"))
    assert in_drafts(store, "draft") == []
    assert found(store, "still") == {note(store).id}


def test_a_backup_and_a_reopened_board_search_alike(
    vault: LocalVault, store: LocalStore, tmp_path: Path
):
    record(store, BOARD, DRAFT, version_of(store, 1, "The dose."), note(store, body="The dose"))
    before = in_drafts(store, "dose"), found(store, "dose")
    store.backup(tmp_path / "kept.ppibackup")
    again = vault.restore(tmp_path / "kept.ppibackup", tmp_path / "again", passphrase=PASSPHRASE)
    assert (in_drafts(again, "dose"), found(again, "dose")) == before
    assert again.verify() == []
    again.close()


# ---------------------------------------------------------------- taken back


class _Unencrypted(sqlcipher3.dbapi2.Connection):
    """The very SQLite of the store, which is given no key and so encrypts nothing."""

    def execute(self, sql: str, *values: Any) -> Any:
        return super().execute("SELECT 1" if sql.startswith("PRAGMA key") else sql, *values)


class _Unencrypting:
    def __getattr__(self, name: str) -> Any:
        return getattr(sqlcipher3.dbapi2, name)

    def connect(self, path: str, **how: Any) -> Any:
        return sqlcipher3.dbapi2.connect(path, factory=_Unencrypted, **how)


def test_words_that_are_forgotten_are_in_no_byte_of_the_file(tmp_path: Path):
    store, _ = boards.start_board(boards.make_vault(connect=_Unencrypting()), tmp_path / "plain")
    others = [note(store, n, body=f"ordinary words {n}") for n in range(2, 40)]
    record(store, BOARD, note(store, body="unspeakable zebra"), *others)
    asked = question(store, body="unspeakable zebra", annotation=note(store).id)
    record(store, BOARD, asked)
    assert found(store, "zebra", FoundKind.QUESTION) == {asked.id}
    # In the index only what makes a word differ from the one before it is written.
    assert _bytes(store).count(b"zebra") > 2
    for noun, one in ((Annotation, note(store)), (Question, asked)):
        store.forget(noun, one.id)
    assert found(store, "zebra", FoundKind.QUESTION) == set()
    assert b"ordinary" in _bytes(store)
    assert b"zebra" not in _bytes(store)
    store.close()


def _bytes(store: LocalStore) -> bytes:
    raw = store._engine.raw_connection()
    raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    raw.close()
    return (store.folder / "store.db").read_bytes()


def test_forgotten_words_are_in_no_table_of_the_index(store: LocalStore):
    others = [note(store, n, body=f"ordinary words {n}") for n in range(2, 40)]
    record(store, BOARD, note(store, body="unspeakable zebra"), *others)
    asked = question(store, body="unspeakable zebra", annotation=note(store).id)
    record(store, BOARD, asked)
    assert found(store, "zebra", FoundKind.QUESTION) == {asked.id}
    assert "zebra" in _vocabulary(store, "annotation")
    assert any(b"zebra" in page for page in _pages(store, "annotation"))
    for noun, one in ((Annotation, note(store)), (Question, asked)):
        store.forget(noun, one.id)
    for name in ("annotation", "question"):
        assert "zebra" not in _vocabulary(store, name)
        assert not any(b"zebra" in page for page in _pages(store, name))
    assert "ordinary" in _vocabulary(store, "annotation")
    assert found(store, "zebra") == set()


def _vocabulary(store: LocalStore, name: str) -> set[str]:
    with store._engine.connect() as connection:
        connection.exec_driver_sql(
            f"CREATE VIRTUAL TABLE temp.every_{name} USING fts5vocab(main, found_{name}, row)"
        )
        every = Table(f"every_{name}", MetaData(), Column("term", Text), schema="temp")
        terms = connection.execute(select(every.c.term)).scalars().all()
        connection.exec_driver_sql(f"DROP TABLE temp.every_{name}")
    return set(terms)


def _pages(store: LocalStore, name: str) -> list[bytes]:
    pages = Table(f"found_{name}_data", MetaData(), Column("block", LargeBinary))
    with store._engine.connect() as connection:
        return [bytes(block) for block in connection.execute(select(pages.c.block)).scalars()]


def test_the_store_overwrites_what_it_lets_go_of(store: LocalStore):
    with store._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA secure_delete").scalar() == 1
        kept = connection.exec_driver_sql(
            "SELECT v FROM found_passage_config WHERE k = 'secure-delete'"
        )
        assert kept.scalar() == 1


# ---------------------------------------------------------------- words are data


@pytest.mark.parametrize(
    "typed",
    ['"', "NOT", "a OR b", "body:words", "(", "words*", "^words", "x NEAR y", "'; DROP TABLE", "-"],
)
def test_what_is_typed_is_never_a_language(store: LocalStore, typed: str):
    made = note(store, body=f"Some words and {typed} here")
    record(store, BOARD, made)
    terms = terms_of(typed)
    if terms:
        assert found(store, typed) == {made.id}


WORDS = st.sampled_from(
    ["dose", "doses", "Dosé", "clinic", "CLINIC", "care", "carer", "a", "an", "to", "e-mail", "É"]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
NUMBERS = iter(range(100, 10**6))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory):
    made, _ = boards.start_board(boards.make_vault(), tmp_path_factory.mktemp("s") / "board")
    yield made
    made.close()


@settings(max_examples=25)
@given(texts=st.lists(TEXTS, min_size=1, max_size=6), wanted=TEXTS, quoted=st.booleans())
def test_what_is_found_is_what_a_plain_scan_finds(
    shared: LocalStore, texts: list[str], wanted: str, quoted: bool
):
    made = [
        Question(QuestionId(UUID(int=next(NUMBERS), version=4)), shared.person, body=text)
        for text in texts
    ]
    record(shared, BOARD, *made)
    terms = terms_of(f'"{wanted}"' if quoted else wanted)
    with shared.unit_of_work() as work:
        everything = work.find(Question)
    assert found(shared, f'"{wanted}"' if quoted else wanted, FoundKind.QUESTION) == {
        one.id for one in everything if all(marks_in(one.body, [term]) for term in terms)
    }


def test_a_file_named_by_a_version_that_is_gone_is_not_indexed(store: LocalStore):
    version = replace(version_of(store, 1, "The dose."), text=BlobId("0" * 64))
    record(store, BOARD, version)
    assert in_drafts(store, "dose") == []

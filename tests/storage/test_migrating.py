from __future__ import annotations

import re
import shutil

import pytest
from sqlalchemy import text

from mhin_ppi.crypto import wrapping
from mhin_ppi.domain.searching import FoundKind, terms_of
from mhin_ppi.domain.spaces import BOARD
from mhin_ppi.errors import StoreDamagedError, StoreFullError, StoreTooNewError
from mhin_ppi.storage import key_file, migrating, tables
from mhin_ppi.storage.engine import StoreKey, make_engine, raw_connection
from tests.storage import boards
from tests.storage.boards import PASSPHRASE, note, record


def _schema(connection) -> dict[str, str]:
    found = connection.execute(
        text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> :v"),
        {"v": "alembic_version"},
    )
    return {name: re.sub(r"\s+", " ", sql).replace("( ", "(").strip() for name, sql in found}


def test_all_migrations_together_make_todays_tables():
    """When this fails and 0001 has been released: write a new migration, never edit an old one."""
    schemas = []
    for make in (migrating.run_migrations, migrating.make_tables):
        engine = make_engine(None, StoreKey(wrapping.new_key()))
        with engine.connect() as connection:
            connection.begin()
            make(connection)
            schemas.append(_schema(connection))
            revision = connection.execute(text("SELECT version_num FROM alembic_version"))
            assert revision.scalar() == tables.HEAD_REVISION
        engine.dispose()
    assert schemas[0] == schemas[1]


def _key(store) -> StoreKey:
    found = key_file.unlock(key_file.headers(store.folder), key_file.PASSPHRASE, secret=PASSPHRASE)
    return StoreKey(found[1])


def test_a_newer_board_is_refused_and_not_a_byte_is_touched(vault, store):
    record(store, BOARD, note(store))
    boards.tamper(store, "UPDATE alembic_version SET version_num = '9999'")
    store.close()
    before = boards.bytes_of(store.folder)
    with pytest.raises(StoreTooNewError):
        vault.open(store.folder, passphrase=PASSPHRASE)
    assert boards.bytes_of(store.folder) == before


@pytest.fixture
def next_version(tmp_path):
    """The migrations of a version to come, which adds a column."""
    scripts = tmp_path / "migrations"
    shutil.copytree(migrating.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "9000_next.py").write_text(
        "from alembic import op\n"
        "revision = '9000'\n"
        "down_revision = '0004'\n"
        "def upgrade():\n"
        "    op.execute('ALTER TABLE noun_word ADD COLUMN colour TEXT')\n"
    )
    return scripts


def test_an_older_board_is_backed_up_and_brought_up_to_date(store, next_version):
    record(store, BOARD, note(store))
    store.close()
    key = _key(store)
    migrating.bring_up_to_date(store.folder, key, scripts=next_version, head="9000")
    kept = {one.name for one in (store.folder / "backups").iterdir()}
    assert "before-upgrade-from-0004.ppibackup" in kept
    connection = raw_connection(str(store.folder / "store.db"), key)
    assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("9000",)
    assert connection.execute("SELECT count(*), max(colour) FROM noun_word").fetchone() == (0, None)
    assert connection.execute("SELECT count(*) FROM noun_annotation").fetchone() == (1,)
    connection.close()
    assert not list(store.folder.glob(".*part*"))
    migrating.bring_up_to_date(store.folder, key, scripts=next_version, head="9000")


def test_the_backup_before_an_upgrade_opens_with_the_older_version(
    vault, store, next_version, tmp_path
):
    record(store, BOARD, note(store))
    before = store.digest(BOARD)
    store.close()
    migrating.bring_up_to_date(store.folder, _key(store), scripts=next_version, head="9000")
    with pytest.raises(StoreTooNewError):
        vault.open(store.folder, passphrase=PASSPHRASE)
    kept = store.folder / "backups" / "before-upgrade-from-0004.ppibackup"
    again = vault.restore(kept, tmp_path / "again", passphrase=PASSPHRASE)
    assert again.digest(BOARD) == before
    again.close()


@pytest.mark.parametrize(
    "broken", ["op.execute('ALTER TABLE nowhere ADD COLUMN x')", "raise OSError(28, 'full')"]
)
def test_an_upgrade_that_fails_leaves_the_board_as_it_was(store, next_version, broken):
    (next_version / "versions" / "9000_next.py").write_text(
        "from alembic import op\nrevision = '9000'\ndown_revision = '0004'\n"
        f"def upgrade():\n    op.execute('DROP TABLE noun_word')\n    {broken}\n"
    )
    store.close()
    database = store.folder / "store.db"
    before = database.read_bytes()
    with pytest.raises((StoreDamagedError, StoreFullError)):
        migrating.bring_up_to_date(store.folder, _key(store), scripts=next_version, head="9000")
    assert database.read_bytes() == before
    assert not list(store.folder.glob(".*part*"))


AS_IN_0003 = """
ALTER TABLE noun_board DROP COLUMN year_month;
ALTER TABLE noun_board DROP COLUMN payment_weeks;
ALTER TABLE noun_rate DROP COLUMN unit;
ALTER TABLE noun_rate DROP COLUMN band;
ALTER TABLE noun_rate DROP COLUMN checked_on;
ALTER TABLE noun_rate DROP COLUMN confirmed_by;
ALTER TABLE noun_budget DROP COLUMN note;
ALTER TABLE noun_involvement DROP COLUMN until;
ALTER TABLE noun_involvement DROP COLUMN why_typed;
DROP TABLE noun_scheme_use;
DROP TABLE noun_receipt;
DROP TABLE noun_batch;
DROP TABLE noun_cost;
DROP TABLE noun_period_close;
DROP TABLE noun_finance_layout;
DROP TABLE noun_form_template;
UPDATE alembic_version SET version_num = '0003'
"""
AS_IN_0002 = """
DROP TRIGGER found_question_changed;
DROP TRIGGER found_response_changed;
DROP TRIGGER found_annotation_changed;
DROP TRIGGER found_draft_changed;
DROP TRIGGER search_version_changed;
DROP TABLE search_mark;
DROP TABLE search_text;
DROP TABLE search_passage;
DROP TABLE found_question;
DROP TABLE found_response;
DROP TABLE found_annotation;
DROP TABLE found_draft;
DROP TABLE found_passage;
ALTER TABLE noun_annotation DROP COLUMN credit;
DROP INDEX noun_question_assigned;
ALTER TABLE noun_question DROP COLUMN assigned;
ALTER TABLE noun_question DROP COLUMN frames;
ALTER TABLE noun_question DROP COLUMN stage;
ALTER TABLE noun_question DROP COLUMN tags;
ALTER TABLE noun_question DROP COLUMN asked_by;
ALTER TABLE noun_question DROP COLUMN to_board;
ALTER TABLE noun_response DROP COLUMN theme;
ALTER TABLE noun_change DROP COLUMN outside_kind;
ALTER TABLE noun_change DROP COLUMN certainty;
ALTER TABLE noun_impact DROP COLUMN evidence_file;
ALTER TABLE noun_impact DROP COLUMN evidence_file_name;
ALTER TABLE noun_impact DROP COLUMN evidence_link;
ALTER TABLE noun_meeting DROP COLUMN ways_of_working;
ALTER TABLE noun_meeting DROP COLUMN pays;
ALTER TABLE noun_meeting DROP COLUMN pay_pence;
ALTER TABLE noun_meeting DROP COLUMN sequence;
ALTER TABLE noun_meeting DROP COLUMN cancelled;
ALTER TABLE noun_meeting DROP COLUMN prepare_minutes;
DROP TABLE noun_support;
DROP TABLE noun_theme;
DROP TABLE noun_reply;
DROP TABLE noun_chaser;
DROP TABLE noun_saved_view;
DROP TABLE noun_second_look;
DROP TABLE noun_invitation;
DROP TABLE noun_agenda_item;
DROP TABLE noun_paper;
DROP TABLE noun_jotting;
DROP TABLE noun_action;
DROP TABLE noun_reflection;
UPDATE alembic_version SET version_num = '0002'
"""
AS_IN_0001 = """
ALTER TABLE noun_annotation DROP COLUMN of_section;
ALTER TABLE noun_annotation DROP COLUMN written_by;
ALTER TABLE noun_annotation DROP COLUMN origin;
ALTER TABLE noun_round DROP COLUMN band;
DROP TABLE noun_content_note;
DROP TABLE noun_companion;
DROP TABLE noun_placement;
DROP TABLE noun_code;
DROP TABLE noun_coding;
DROP TABLE noun_memo;
DROP TABLE noun_quote;
DROP TABLE noun_coding_consent;
UPDATE alembic_version SET version_num = '0001'
"""


@pytest.mark.parametrize(
    "older", [(AS_IN_0003,), (AS_IN_0003, AS_IN_0002), (AS_IN_0003, AS_IN_0002, AS_IN_0001)]
)
def test_a_board_of_an_older_version_opens_whole_in_this_one(vault, store, older):
    record(store, BOARD, note(store))
    before = store.digest(BOARD)
    for statement in ";".join(older).split(";"):
        boards.tamper(store, statement)
    store.close()
    again = vault.open(store.folder, passphrase=PASSPHRASE)
    assert again.verify() == []
    assert again.digest(BOARD) == before
    with again.unit_of_work() as work:
        assert work.words.waiting() == 1
        work.words.index(most_versions=1)
        (found,) = work.words.find(FoundKind.NOTE, terms_of("why so"), most=5)
    assert found.identity == note(store).id
    again.close()

from __future__ import annotations

from uuid import UUID

import pytest

from mhin_ppi.domain.log import LedOp, StepOp
from mhin_ppi.domain.spaces import BOARD, person_space
from tests.storage import boards
from tests.storage.boards import carry, note, question, record


@pytest.fixture
def full(store, member):
    """A board with something in every table."""
    asked = question(member)
    for number in range(4):
        record(store, BOARD, note(store, number))
    record(member, BOARD, asked)
    claim = str(UUID(int=8, version=4))
    with member.unit_of_work() as work:
        told = {"person": str(member.person), "lines": []}
        work.record(person_space(member.person), [LedOp(claim, "submitted", 2500, told)])
        work.commit()
    carry(member, store)
    with store.unit_of_work() as work:
        work.record(BOARD, [StepOp(str(asked.id), "answer", {"words": "Because."})])
        work.keep_blob(b"a file" * 100_000)
        work.commit()
    return store


def test_a_sound_board_has_nothing_to_say(full):
    told: list[tuple[int, int]] = []
    assert full.verify(progress=lambda done, total: told.append((done, total))) == []
    assert told[-1][0] == told[-1][1]
    assert told == sorted(told)


ALTERED = [
    "UPDATE noun_annotation SET resolved = 1 WHERE rowid = 2",
    "UPDATE noun_annotation SET body = body || '.' WHERE rowid = 2",
    "UPDATE noun_annotation SET made = '0' WHERE rowid = 2",
    "DELETE FROM noun_annotation WHERE rowid = 1",
    "DELETE FROM noun_question",
    "INSERT INTO noun_word (id, made, shown, conflicts) VALUES ('x', '', 1, '')",
    "UPDATE noun_person SET roles = '[\"coordinator\"]'",
    "UPDATE step SET kind = 'withdraw'",
    "UPDATE step SET detail = '{}'",
    "DELETE FROM step",
    "UPDATE ledger SET pence = 250000",
    "UPDATE ledger SET person = '00000000-0000-4000-8000-000000000001'",
    "DELETE FROM ledger",
    "UPDATE head SET writes = replace(writes, 'dose', 'dogs')",
    "UPDATE head SET writes = '[]'",
    "DELETE FROM head WHERE entity LIKE 'annotation:%'",
    "DELETE FROM tip",
    "UPDATE personal SET value = '\"Something else\"'",
    "UPDATE personal SET salt = x'00'",
    "UPDATE personal SET value = NULL, salt = NULL, erased = 1",
    "DELETE FROM personal",
    "UPDATE log_entry SET body = replace(body, 'annotation', 'annotatiom') WHERE number = 3",
    "UPDATE log_entry SET signature = zeroblob(64) WHERE number = 3",
    "UPDATE log_entry SET signature = (SELECT signature FROM log_entry WHERE number = 4)"
    " WHERE number = 3",
    "UPDATE log_entry SET seq = seq + 1 WHERE number = 4",
    "UPDATE log_entry SET device = 'x' WHERE number = 4",
    "UPDATE log_entry SET space = 'money' WHERE number = 4",
    "UPDATE log_entry SET hlc = '1772355600000-0000' WHERE number = 4",
    "UPDATE log_entry SET state = 2 WHERE number = 4",
    "DELETE FROM log_entry WHERE number = 1",
    "DELETE FROM log_entry WHERE number = 4",
    "DELETE FROM log_entry WHERE position = (SELECT max(position) FROM log_entry)",
    "UPDATE log_entry SET position = 99 WHERE number = 4",
    "UPDATE log_entry SET position = CASE position WHEN 4 THEN -5 ELSE -4 END"
    " WHERE position IN (4, 5)",
    "UPDATE blob_chunk SET content = x'00' WHERE n = 1",
    "DELETE FROM blob_chunk WHERE n = 1",
]


@pytest.mark.parametrize("sql", ALTERED)
def test_whatever_is_altered_is_found(full, sql):
    boards.tamper(full, sql)
    found = full.verify()
    assert found
    assert all(sentence.endswith(".") for sentence in found)


def test_reordered_entries_are_found(full):
    """Two entries of the log change places, as if the second had come first."""
    boards.tamper(full, "UPDATE log_entry SET position = -position WHERE position IN (3, 4)")
    boards.tamper(full, "UPDATE log_entry SET position = 4 WHERE position = -3")
    boards.tamper(full, "UPDATE log_entry SET position = 3 WHERE position = -4")
    assert full.verify()


def test_a_page_of_noise_is_found(full, vault):
    full.close()
    database = full.folder / "store.db"
    held = bytearray(database.read_bytes())
    middle = len(held) // 2 // 4096 * 4096
    held[middle : middle + 4096] = bytes(4096)
    database.write_bytes(held)
    again = vault.open(full.folder, passphrase=boards.PASSPHRASE)
    assert "damaged" in again.verify()[0]
    again.close()

"""The settings of the encrypted database, asked for in a program of its own.

The tests themselves run without the locking of memory (``tests/conftest.py``), and SQLCipher keeps
one answer for a whole program: so another one is asked what the program really does.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ASK = """
import json, sys
from mhin_ppi.storage.engine import StoreKey, raw_connection
connection = raw_connection(sys.argv[1], StoreKey(bytes(32)))
names = ("cipher_memory_security", "journal_mode", "synchronous", "foreign_keys", "secure_delete",
         "temp_store", "trusted_schema")
print(json.dumps({name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names}))
"""


def test_a_board_is_opened_as_the_design_of_its_safety_asks(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASK, str(tmp_path / "board.db")],
        capture_output=True,
        check=True,
        cwd=Path(__file__).parents[2],
        timeout=120,
    )
    found = {name: str(value) for name, value in json.loads(done.stdout).items()}
    assert found == {
        "cipher_memory_security": "1",
        "journal_mode": "wal",
        "synchronous": "2",
        "foreign_keys": "1",
        "secure_delete": "1",
        "temp_store": "2",
        "trusted_schema": "0",
    }

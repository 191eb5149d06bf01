"""A short life of a board, told line by line, for the tests that kill it at every turn.

Run as ``python -m tests.storage.kill_driver FOLDER [N]``. Each line printed is a promise: what it
names has been kept. With ``N``, the process kills itself before or after its N-th commit, for
computers without strace.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from mhin_ppi.domain.spaces import BOARD
from tests.storage import boards

NOTES = 12
NEW_PASSPHRASE = "a whole new phrase"


def _kill_at_commit(store: boards.LocalStore, number: int) -> None:
    """Let even numbers die just before a commit, odd ones just after it."""
    from sqlalchemy import event

    seen = 0

    def count(connection: object) -> None:
        nonlocal seen
        seen += 1
        if seen == number // 2 + 1:
            if number % 2:
                connection.connection.driver_connection.execute("COMMIT")
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(store._engine, "commit", count)


def main(folder: Path, kill_at: int | None) -> None:
    vault = boards.make_vault()
    store = vault.open(folder, passphrase=boards.PASSPHRASE)
    if kill_at is not None:
        _kill_at_commit(store, kill_at)
    for number in range(NOTES):
        with store.unit_of_work() as work:
            work.record(BOARD, boards.facts.changes(None, boards.note(store, number)))
            work.keep_local(f"note:{number}", {"kept": True})
            work.keep_blob(f"file {number}".encode() * 5000)
            work.commit()
        os.write(1, f"note {number}\n".encode())
        if number == NOTES // 2:
            store.backup(folder.parent / "copy.ppibackup")
            os.write(1, b"backup\n")
    vault.change_passphrase(folder, old=boards.PASSPHRASE, new=NEW_PASSPHRASE)
    os.write(1, b"passphrase\n")
    store.close()
    os.write(1, b"closed\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None)

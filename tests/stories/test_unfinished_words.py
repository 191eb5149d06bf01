"""Words being written outlive the program: killed in the middle of a word, it has kept them."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from mhin_ppi.domain.annotations import AnnotationKind
from mhin_ppi.services.notes_kept import all_unfinished
from tests.robots.laptop import PASSWORD, make_boards
from tests.stories.killed_while_writing import FIRST, OTHER, REPLY

ROOT = Path(__file__).parents[2]
DRAFT = b"# Who can take part\n\nParents can come to six sessions.\n"


def test_unfinished_notes_and_replies_outlive_a_kill(tmp_path: Path) -> None:
    boards = make_boards(tmp_path)
    services, _ = boards.start(
        tmp_path / "b", board_name="A", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    project = services.people.add_project("Parent-led CBT").value.id
    first, other = (
        services.reviewing.add_draft(
            DRAFT, file_name="a.md", project=project, title=f"Sheet {number}"
        ).value.id
        for number in (1, 2)
    )
    note = services.annotations.annotate(first, kind=AnnotationKind.QUESTION, body="Why six?")
    identity = note.value.annotation.id
    services.close()

    told = _write_and_kill(tmp_path, str(first), str(identity), str(other))
    assert told == "written\n"
    again = boards.open(tmp_path / "b", passphrase=PASSWORD)
    kept = all_unfinished(again.desk, first)
    assert {slot: each["body"] for slot, each in kept.items()} == {
        "": FIRST,
        f"reply:{identity}": REPLY,
    }
    assert kept[""]["kind"] == "concern"
    assert all_unfinished(again.desk, other)[""]["body"].startswith(OTHER)
    assert again.verify() == []
    again.close()


def _write_and_kill(home: Path, *what: str) -> str:
    """Have the real program write, kill it when it says it has, and return what it said."""
    command = [sys.executable, "-m", "tests.stories.killed_while_writing", str(home), *what]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        told = running.stdout.readline()
        running.send_signal(signal.SIGKILL)
        assert running.wait(30) == -signal.SIGKILL
    return told

"""Every subcommand, run for real on real encrypted boards."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import docx
import pypdf
import pytest
from typer.testing import CliRunner

from mhin_ppi import app
from mhin_ppi.cli import commands
from mhin_ppi.domain.annotations import AnnotationKind, Visibility
from mhin_ppi.domain.spaces import ADMIN, BOARD
from mhin_ppi.services.sample_board import SAMPLE_PASSPHRASE
from tests.services.test_team_files import word_file

RUNNER = CliRunner()
PASSWORD = "a password for nobody"
SUBCOMMANDS = [
    *("sample", "new", "import-draft", "read", "report", "verify", "backup", "restore", "carry"),
    "comments",
]
DRAFT = "# Topic guide\n\nAppointments are confirmed by text.\n\n- One\n- Two\n"


def run(*arguments: object, fed: str | None = None):
    return RUNNER.invoke(commands, [str(one) for one in arguments], input=fed)


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """The sample board, built once by its own subcommand."""
    folder = tmp_path_factory.mktemp("sample")
    done = run("sample", folder)
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def key(tmp_path) -> Path:
    file = tmp_path / "password"
    file.write_text(f"{PASSWORD}\n", encoding="utf-8")
    return file


@pytest.fixture
def board(tmp_path, key) -> Path:
    folder = tmp_path / "board"
    done = run("new", folder, "--name", "Test board", "--passphrase-file", key)
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def draft(tmp_path) -> Path:
    file = tmp_path / "guide.md"
    file.write_text(DRAFT, encoding="utf-8")
    return file


@pytest.fixture
def sample_key(tmp_path) -> Path:
    file = tmp_path / "sample-password"
    file.write_text(SAMPLE_PASSPHRASE, encoding="utf-8")
    return file


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_help_is_worth_reading(name):
    done = run(name, "--help")
    assert done.exit_code == 0
    assert len(done.output.split()) > 30
    assert "Options" in done.output


def test_every_subcommand_is_tested_here():
    listed = run("--help").output.partition("Commands:")[2].splitlines()
    names = [line.split()[0] for line in listed if line.startswith("  ") and line[2] != " "]
    assert sorted(names) == sorted(SUBCOMMANDS)


def test_the_version_is_said():
    assert run("--version").output.startswith("mhin-ppi ")


def test_the_sample_is_built_and_its_report_can_be_read(built):
    assert {path.name for path in built.iterdir()} == {
        "coordinator",
        "member",
        "impact-report.pdf",
    }
    text = " ".join(
        "".join(page.extract_text() for page in pypdf.PdfReader(built / "impact-report.pdf").pages)
        .replace("\n", " ")
        .split()
    )
    assert "Is a text message from the service safe to receive in a shared house?" in text
    assert "Kestrel" in text
    assert "Moses Notareal" not in text


def test_a_sample_that_is_there_is_used_again(built):
    made = (built / "coordinator" / "store.keys").read_bytes()
    done = run("sample", built)
    assert done.exit_code == 0, done.output
    assert SAMPLE_PASSPHRASE in done.output
    assert (built / "coordinator" / "store.keys").read_bytes() == made


def test_something_else_in_the_way_of_the_sample_is_left_alone(tmp_path):
    mine = tmp_path / "coordinator" / "mine.txt"
    mine.parent.mkdir()
    mine.write_text("mine", encoding="utf-8")
    done = run("sample", tmp_path)
    assert done.exit_code == 1
    assert mine.read_text(encoding="utf-8") == "mine"
    assert list(tmp_path.iterdir()) == [mine.parent]


def test_a_board_is_started_and_its_spare_key_said_once(tmp_path):
    fed = f"{PASSWORD}\n{PASSWORD}\n"
    done = run("new", tmp_path / "b", "--name", "Board", "--your-name", "Ruth", fed=fed)
    assert done.exit_code == 0, done.output
    assert "Spare key" in done.output
    assert PASSWORD not in done.output
    again = run("new", tmp_path / "b", "--name", "Board", fed=fed)
    assert again.exit_code == 1
    assert "not empty" in again.stderr


def test_a_short_password_is_refused_and_nothing_is_made(tmp_path):
    done = run("new", tmp_path / "b", "--name", "Board", fed="short\nshort\n")
    assert done.exit_code == 1
    assert not (tmp_path / "b").exists()


def test_a_draft_is_brought_in(board, key, draft):
    given = ("--project", "AAOT", "--title", "Guide", "--passphrase-file", key)
    done = run("import-draft", board, draft, *given)
    assert done.exit_code == 0, done.output
    assert "version 1" in done.output
    done = run("import-draft", board, draft, *given)
    assert done.exit_code == 0, done.output
    services = app.boards().open(board, passphrase=PASSWORD)
    assert [one.title for one in services.people.projects()] == ["AAOT"]
    assert len(services.reviewing.shelf()) == 2
    services.close()


def test_a_file_is_read_as_the_reader_would_show_it(draft):
    done = run("read", draft)
    assert done.exit_code == 0
    assert "# Topic guide" in done.output
    blocks = json.loads(run("read", draft, "--json").output)["blocks"]
    assert [block["kind"] for block in blocks] == [
        "heading",
        "paragraph",
        "list_item",
        "list_item",
    ]


def test_a_report_is_written_whole_or_not_at_all(built, tmp_path, sample_key):
    out = tmp_path / "report.pdf"
    given = ("--out", out, "--passphrase-file", sample_key)
    done = run("report", built / "coordinator", "--kind", "impact", "--format", "pdf", *given)
    assert done.exit_code == 0, done.output
    assert len(pypdf.PdfReader(out).pages) > 10
    assert {path.name for path in tmp_path.iterdir()} == {"report.pdf", "sample-password"}
    refused = run("report", built / "member", *given)
    assert refused.exit_code == 1
    assert "Only a coordinator" in refused.stderr


def test_a_board_checks_itself(built, sample_key):
    for name in ("coordinator", "member"):
        done = run("verify", built / name, "--passphrase-file", sample_key)
        assert (done.exit_code, done.output) == (0, "Everything checks out.\n")


def test_an_altered_row_is_found(board, key):
    services = app.boards().open(board, passphrase=PASSWORD)
    try:
        services.people.add_person("Amber Fictional")
        with services.desk.store._engine.begin() as connection:
            changed = connection.exec_driver_sql("UPDATE noun_person SET name = 'Somebody Else'")
            assert changed.rowcount == 2
    finally:
        services.close()
    done = run("verify", board, "--passphrase-file", key)
    assert done.exit_code == 3, done.output
    assert "restore your last backup" in done.output


def test_a_backup_brings_back_the_same_board(board, key, draft, tmp_path):
    given = ("--project", "P", "--title", "T", "--passphrase-file", key)
    assert run("import-draft", board, draft, *given).exit_code == 0
    copy, again = tmp_path / "copy.ppibackup", tmp_path / "again"
    done = run("backup", board, copy, "--passphrase-file", key)
    assert done.exit_code == 0, done.output
    done = run("restore", copy, again, "--passphrase-file", key)
    assert done.exit_code == 0, done.output
    digests = []
    for folder in (board, again):
        services = app.boards().open(folder, passphrase=PASSWORD)
        digests.append(services.desk.store.digest(BOARD))
        assert services.desk.store.digest(ADMIN)
        assert services.reviewing.text_of(services.reviewing.shelf()[0].latest.id).title == ""
        services.close()
    assert digests[0] == digests[1]
    assert DRAFT.encode() not in copy.read_bytes()


def test_comments_go_into_the_teams_word_file_or_into_annotations(board, key, tmp_path):
    file = tmp_path / "protocol.docx"
    file.write_bytes(word_file("Appointments are confirmed by text.", "A voucher is given."))
    run(
        *("import-draft", board, file, "--project", "P", "--title", "Protocol"),
        *("--passphrase-file", key),
    )
    services = app.boards().open(board, passphrase=PASSWORD)
    version = services.reviewing.shelf()[0].latest.id
    at = services.reviewing.text_of(version).text.index("by text")
    services.annotations.annotate(
        version, kind=AnnotationKind.QUESTION, body="Is that safe?", span=(at, at + 7)
    )
    services.annotations.annotate(
        version, kind=AnnotationKind.CONCERN, body="MINE", visibility=Visibility.ONLY_ME
    )
    services.close()

    def comments(*more):
        return run("comments", board, "--draft", "protocol", *more, "--passphrase-file", key)

    fresh = tmp_path / "fresh.docx"
    done = comments("--into", fresh)
    assert done.exit_code == 0, done.output
    assert "1 comments on version 1" in done.output
    assert "1 stay here" in done.output
    assert [one.text for one in docx.Document(str(fresh)).comments] == ["Question: Is that safe?"]
    theirs, kept = tmp_path / "theirs.docx", word_file("New.", "Confirmed by text, we said.")
    theirs.write_bytes(file.read_bytes())
    assert comments("--into", theirs, "--out", tmp_path / "other.docx").exit_code == 0
    assert theirs.read_bytes() == file.read_bytes()
    assert comments("--into", theirs).exit_code == 0
    assert len(list(docx.Document(str(theirs)).comments)) == 1
    notes = tmp_path / "notes.jsonld"
    assert comments("--into", notes).exit_code == 0
    assert b"MINE" not in notes.read_bytes()
    assert json.loads(notes.read_bytes())["items"][0]["body"][0]["value"].endswith("safe?")
    theirs.write_bytes(kept + b"spoilt")
    spoilt = theirs.read_bytes()
    for wrong in (
        ("--into", tmp_path / "no.pdf"),
        ("--into", fresh, "--version", 7),
        ("--into", fresh, "--draft", "Another"),
    ):
        assert comments(*wrong).exit_code == 1
    assert theirs.read_bytes() == spoilt


@pytest.mark.parametrize("name", ["import-draft", "read", "restore"])
def test_a_missing_file_is_named(name, board, key, tmp_path):
    missing = tmp_path / "nowhere.docx"
    given = {
        "import-draft": (board, missing, "--project", "P", "--title", "T"),
        "read": (missing,),
        "restore": (missing, tmp_path / "new"),
    }[name]
    with_key = () if name == "read" else ("--passphrase-file", key)
    done = run(name, *given, *with_key)
    assert done.exit_code == 1
    assert "nowhere.docx" in done.stderr
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("name", ["verify", "report", "backup", "import-draft"])
def test_a_wrong_password_is_said_plainly(name, board, draft, tmp_path):
    wrong = tmp_path / "wrong"
    wrong.write_text("not the password at all", encoding="utf-8")
    given = {
        "verify": (),
        "report": ("--out", tmp_path / "r.pdf"),
        "backup": (tmp_path / "b.bak",),
        "import-draft": (draft, "--project", "P", "--title", "T"),
    }[name]
    done = run(name, board, *given, "--passphrase-file", wrong)
    assert done.exit_code == 1
    assert "password" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("content", ["", "\n"])
def test_a_password_file_must_hold_one(board, tmp_path, content):
    empty = tmp_path / "empty"
    empty.write_text(content, encoding="utf-8")
    assert run("verify", board, "--passphrase-file", empty).exit_code == 1
    assert run("verify", board, "--passphrase-file", tmp_path / "none").exit_code == 1


@pytest.mark.parametrize(
    "wrong", [["nonsense"], ["report"], ["new", "x"], ["verify", "x", "--passphrase", "p"]]
)
def test_a_wrong_command_line_is_code_two(wrong):
    assert run(*wrong).exit_code == 2


def test_it_runs_as_a_program(draft):
    done = subprocess.run(
        [sys.executable, "-m", "mhin_ppi", "read", str(draft), "--json"],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["blocks"][0]["text"] == "Topic guide"

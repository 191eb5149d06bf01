"""The child process: started, fed, stopped, and never left behind."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mhin_ppi.documents import frames, launch, limits, reading
from mhin_ppi.documents.reading import FileReader, read_file
from mhin_ppi.documents.refusals import Refusal, Why, as_error
from mhin_ppi.errors import Stopped, UnreadableError, UnsupportedError
from tests.documents.document_makers import docx, p, png, typeset

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")


def children() -> set[str]:
    """Return the processes this one has started and not yet waited for."""
    return set(Path(f"/proc/self/task/{threading.get_native_id()}/children").read_text().split())


def test_a_file_on_disk_is_read_and_left_as_it_was(tmp_path):
    path = tmp_path / "Draft – v1.docx"
    path.write_bytes(docx(p("Hello, board") + p("Second")))
    before = (path.read_bytes(), sorted(tmp_path.iterdir()))
    found = read_file(path)
    assert [block.text for block in found.blocks] == ["Hello, board", "Second"]
    assert (path.read_bytes(), sorted(tmp_path.iterdir())) == before


def test_the_same_file_gives_the_same_digest():
    untrusted = docx(p("Hello") + p("Board"))
    digests = {FileReader().read(untrusted, file_name="a.docx").digest for _ in range(2)}
    assert len(digests) == 1


def test_progress_rises_to_the_whole():
    said: list[tuple[int, int]] = []
    FileReader().read(
        typeset(12)[0], file_name="a.pdf", progress=lambda *counts: said.append(counts)
    )
    assert said == sorted(said)
    assert said[-1][0] == said[-1][1] > 5


def test_pictures_are_named_by_what_is_in_them():
    body = p(
        "See",
        inner='<w:r><w:drawing><a:blip r:embed="i"/></w:drawing></w:r>',
    )
    untrusted = docx(
        body, parts={"word/media/1.png": png()}, related={"i": ("image", "media/1.png")}
    )
    found = FileReader().read(untrusted, file_name="a.docx")
    assert found.images == {hashlib.sha256(png()).hexdigest(): png()}


def test_stop_is_heard_at_once_and_leaves_no_process():
    before = children()
    untrusted = typeset(60)[0]  # typesetting it takes longer than stopping: not part of the wait
    started = time.monotonic()
    with pytest.raises(Stopped):
        FileReader().read(untrusted, file_name="a.pdf", stop_wanted=lambda: True)
    assert time.monotonic() - started < 2
    assert children() == before


def test_stop_in_the_middle():
    seen: list[int] = []
    with pytest.raises(Stopped):
        FileReader().read(
            typeset(60)[0],
            file_name="a.pdf",
            progress=lambda done, total: seen.append(done),
            stop_wanted=lambda: bool(seen),
        )
    # One more message may be on its way when the child is stopped; the rest is never read.
    assert seen[-1] < 60


@POSIX
def test_a_child_that_dies_is_told_of_and_leaves_nothing(monkeypatch):
    processes = []
    start = launch.start_child

    def start_and_crash():
        processes.append(start())
        os.kill(processes[0].pid, signal.SIGSEGV)
        return processes[0]

    monkeypatch.setattr(reading, "start_child", start_and_crash)
    with pytest.raises(UnreadableError, match="could not be read"):
        FileReader().read(docx(p("x")), file_name="a.docx")
    assert processes[0].returncode == -signal.SIGSEGV
    assert processes[0].stdin.closed
    assert processes[0].stdout.closed


@POSIX
def test_a_child_that_falls_silent_is_stopped(monkeypatch):
    start = launch.start_child

    def start_and_freeze():
        child = start()
        os.kill(child.pid, signal.SIGSTOP)
        return child

    monkeypatch.setattr(reading, "start_child", start_and_freeze)
    before = children()
    started = time.monotonic()
    with pytest.raises(UnreadableError, match="got no further"):
        # Larger than a pipe holds, so that the parent is kept waiting while it writes.
        FileReader(silent_seconds=0.5).read(b"words " * 100_000, file_name="a.txt")
    assert 0.4 < time.monotonic() - started < 3
    assert children() == before


CHEAT = """
import struct, sys
sys.stdin.buffer.read(8)
out = sys.stdout.buffer
{body}
out.flush()
"""


def cheated(monkeypatch, body: str):
    """Read with a child that has been taken over and answers as it likes."""
    command = [sys.executable, "-I", "-c", CHEAT.format(body=body)]
    monkeypatch.setattr(launch, "child_command", lambda: command)
    return FileReader(silent_seconds=5).read(b"Hello", file_name="a.txt")


@pytest.mark.parametrize(
    "body",
    [
        "out.write(b'nonsense')",
        "out.write(struct.pack('>cI', b'T', 2) + b'{}')",
        "out.write(struct.pack('>cI', b'T', 4) + b'null')",
        "out.write(struct.pack('>cI', b'B', 12) + b'[{\"kind\":1}]' + struct.pack('>cI', b'T', 37)"
        ' + b\'{"title":"","pages":null,"notes":[]}\')',
        "out.write(struct.pack('>cI', b'R', 3) + b'\\xff\\xff\\xff')",
        "out.write(struct.pack('>cI', b'R', 9) + b'<b>hi</b>')",
        "pass",
    ],
)
def test_a_child_that_was_taken_over_is_not_believed(monkeypatch, body):
    with pytest.raises(UnreadableError, match="could not be read"):
        cheated(monkeypatch, body)


def test_a_child_that_never_stops_answering_is_cut_off(monkeypatch):
    monkeypatch.setattr(limits, "ANSWER_BYTES", 1_000_000)
    flood = "while True: out.write(struct.pack('>cI', b'B', 100_000) + bytes(100_000))"
    with pytest.raises(UnsupportedError, match="more memory"):
        cheated(monkeypatch, flood)


def test_pictures_that_are_no_pictures_are_dropped(monkeypatch):
    facts = b'{"title":"","pages":null,"notes":[]}'
    body = (
        "out.write(struct.pack('>cI', b'I', 4) + b'MZxx')\n"
        f"out.write(struct.pack('>cI', b'T', {len(facts)}) + {facts!r})"
    )
    assert cheated(monkeypatch, body).images == {}


@POSIX
def test_the_child_has_little_memory_and_writes_no_file(tmp_path):
    import subprocess

    code = (
        "import sys, resource; sys.path.insert(0, sys.argv[1])\n"
        "from mhin_ppi.documents.child import tie_hands; tie_hands()\n"
        "limits = (resource.RLIMIT_AS, resource.RLIMIT_CORE)\n"
        "print(*(resource.getrlimit(which)[0] for which in limits))\n"
        "try:\n    open(sys.argv[2], 'wb', buffering=0).write(b'x')\n"
        "except OSError: print('no file')\n"
        "try:\n    bytearray(600 * 1024 * 1024)\nexcept MemoryError: print('no memory')\n"
    )
    root = str(Path(launch.__file__).resolve().parents[2])
    done = subprocess.run(
        [sys.executable, "-I", "-c", code, root, str(tmp_path / "x")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split("\n")[0] == f"{limits.CHILD_MEMORY_BYTES} 0"
    assert "no file" in done.stdout
    assert "no memory" in done.stdout


def test_the_child_starts_without_the_rest_of_the_program():
    import subprocess

    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import mhin_ppi.documents.child\n"
        "print(sorted(m for m in sys.modules if m.split('.')[0] in "
        "('mhin_ppi', 'lxml', 'pypdfium2', 'sqlalchemy', 'PySide6', 'cryptography')))"
    )
    root = str(Path(launch.__file__).resolve().parents[2])
    done = subprocess.run(
        [sys.executable, "-I", "-c", code, root], capture_output=True, text=True, check=True
    )
    assert "lxml" not in done.stdout
    assert "pypdfium2" not in done.stdout
    assert "sqlalchemy" not in done.stdout
    assert "mhin_ppi.documents.reading" not in done.stdout


def test_a_packaged_program_calls_itself(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert launch.child_command() == [sys.executable, launch.CHILD_FLAG]


def test_nothing_of_ours_is_handed_on(monkeypatch):
    monkeypatch.setenv("MHIN_SECRET", "the-password")
    with launch.start_child() as child:
        try:
            environ = Path(f"/proc/{child.pid}/environ").read_bytes()
        finally:
            child.kill()
    assert b"the-password" not in environ


def test_a_file_that_is_too_large_is_not_even_read(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "FILE_BYTES", 1000)
    path = tmp_path / "big.txt"
    path.write_bytes(b"x" * 1001)
    with pytest.raises(UnsupportedError, match="larger than"):
        read_file(path)
    with pytest.raises(UnsupportedError, match="larger than"):
        FileReader().read(b"x" * 1001, file_name="big.txt")


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(UnreadableError, match="could not be opened"):
        read_file(tmp_path / "gone.docx")
    with pytest.raises(UnreadableError, match="could not be opened"):
        read_file(tmp_path)


@pytest.mark.parametrize("why", list(Why))
def test_every_reason_has_its_own_sentence(why):
    told = as_error(why, file_name="Draft.pdf")
    others = {as_error(other, file_name="Draft.pdf").what_happened for other in Why if other != why}
    assert told.what_happened not in others
    assert "Draft.pdf" in told.what_happened


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.lists(json_like, max_size=3), json_like)
@settings(max_examples=60)
def test_no_answer_of_any_shape_gets_through_unchecked(blocks, facts):
    with contextlib.suppress(Refusal):
        found = frames.draft_text(
            [json.dumps(blocks).encode()], json.dumps(facts).encode(), pictures={}
        )
        assert all(isinstance(block.text, str) for block in found.blocks)
        assert isinstance(found.title, str)

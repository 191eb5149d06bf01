"""The process in which foreign bytes are parsed; it has no keys, no board, and little memory.

It takes one file and what is to be done with it from standard input, writes messages
(``frames.py``) to standard output, and ends. It writes no file. If a hostile file crashes it or
makes it run for ever, only it is lost.
"""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable
from typing import BinaryIO

from mhin_ppi.documents import frames, limits
from mhin_ppi.documents.kinds import FileKind, file_kind
from mhin_ppi.documents.refusals import Refusal, Why

_SECONDS_BETWEEN_REPORTS = 0.05

Worker = Callable[[frames.Request, frames.Progress], tuple[object, bytes]]
"""Does a job and returns its answer as plain JSON values, and a file (b"" for none)."""


def main() -> None:
    """Do one job with the file on standard input and answer on standard output."""
    sys.dont_write_bytecode = True
    tie_hands()
    answers = sys.stdout.buffer
    # Whatever a library prints must not be mistaken for a message.
    sys.stdout = sys.stderr
    try:
        request = frames.receive(sys.stdin.buffer)
        if request is None:
            sys.exit(1)  # the parent has gone
        _do(request, answers)
    except Refusal as refusal:
        frames.send(answers, frames.REFUSED, refusal.why.value.encode())
    except (MemoryError, RecursionError):
        frames.send(answers, frames.REFUSED, Why.MEMORY.value.encode())
    except BrokenPipeError:
        sys.exit(1)


def _do(request: frames.Request, answers: BinaryIO) -> None:
    report = _reporter(answers)
    if request.job == frames.READ:
        reading = parse(request.untrusted, file_name=request.file_name, report=report)
        frames.send_reading(answers, reading)
    else:
        answer, file = _worker(request.job)(request, report)
        frames.send_answer(answers, answer, file=file)


def _worker(job: str) -> Worker:
    """Return what does a job other than reading; imported only when it is wanted."""
    if job == "page_words":
        from mhin_ppi.documents.pdf_places import page_words

        return page_words
    if job == "notes_into_pdf":
        from mhin_ppi.documents.pdf_notes_out import notes_into

        return notes_into
    if job == "notes_in_pdf":
        from mhin_ppi.documents.pdf_notes_in import notes_in

        return notes_in
    if job == "notes_into_docx":
        from mhin_ppi.documents.docx_notes_out import notes_into_docx

        return notes_into_docx
    if job == "notes_in_docx":
        from mhin_ppi.documents.docx_notes_in import notes_in_docx

        return notes_in_docx
    if job == "answer_sheet":
        from mhin_ppi.documents.answer_sheet_in import rows_in

        return rows_in
    if job in ("form_fields", "form_fill"):
        from mhin_ppi.documents import form_in

        return form_in.form_fields if job == "form_fields" else form_in.form_fill
    if job == "table":
        from mhin_ppi.documents.table_in import table_in

        return table_in
    if job == "receipt":
        from mhin_ppi.documents.receipt_in import receipt

        return receipt
    raise Refusal(Why.CRASHED)  # parent and child are of one release: it never happens


def parse(untrusted: bytes, *, file_name: str, report: frames.Progress) -> frames.Reading:
    """Return what a file of any kind holds.

    Raises:
        Refusal: It is not read, and why.
    """
    reading = _parser(file_kind(untrusted, file_name=file_name), untrusted)(report)
    if len(reading.blocks) > limits.BLOCKS:
        raise Refusal(Why.MEMORY)
    if not any(block.text for block in reading.blocks):
        raise Refusal(Why.NO_TEXT)
    return reading


def _parser(kind: FileKind, untrusted: bytes) -> Callable[[frames.Progress], frames.Reading]:
    # Each parser is imported only when it is needed: starting the child is most of its time.
    if kind is FileKind.PDF:
        from mhin_ppi.documents.pdf import read_pdf

        return lambda report: read_pdf(untrusted, report=report)
    if kind is FileKind.ZIP:
        from mhin_ppi.documents.packages import read_package

        return lambda report: read_package(untrusted, report=report)
    if kind is FileKind.MARKDOWN:
        from mhin_ppi.documents.markdown import read_markdown

        return lambda report: read_markdown(untrusted, report=report)
    from mhin_ppi.documents.plain import read_plain

    return lambda report: read_plain(untrusted, report=report)


def tie_hands() -> None:
    """Give up memory, files and core dumps, where the system can take them away."""
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    for which, most in (
        (resource.RLIMIT_AS, limits.CHILD_MEMORY_BYTES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        # A stricter limit that is already set stays; macOS refuses some of these.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(which, (most, most))


def _reporter(answers: BinaryIO) -> frames.Progress:
    last = [0.0]

    def report(done: int, total: int) -> None:
        now = time.monotonic()
        if done >= total or now - last[0] >= _SECONDS_BETWEEN_REPORTS:
            last[0] = now
            frames.send(answers, frames.PROGRESS, frames.COUNTS.pack(done, total))

    return report


if __name__ == "__main__":
    main()

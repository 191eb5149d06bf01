"""Reads a person's file into a draft's text, by way of a child process that can be thrown away.

This is the whole of what the rest of the program calls. It fits the services' port
``DraftReader``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from mhin_ppi.documents import frames, limits
from mhin_ppi.documents.launch import start_child
from mhin_ppi.documents.pictures import picture_kind
from mhin_ppi.documents.refusals import Refusal, Why, as_error
from mhin_ppi.documents.watching import Watch
from mhin_ppi.domain.blocks import DraftText

Progress = Callable[[int, int], None]
StopWanted = Callable[[], bool]


def read_file(
    path: Path, *, progress: Progress | None = None, stop_wanted: StopWanted | None = None
) -> DraftText:
    """Return the text of a file on this laptop; its size is looked at before it is read.

    Args:
        path: The file.
        progress: Called with what is done and the total (pages or paragraphs).
        stop_wanted: Asked often; when it says yes, the reading is given up.

    Raises:
        UnreadableError: It is damaged, locked, or holds no words.
        UnsupportedError: It is of a kind that is not read, or beyond a limit.
        Stopped: ``stop_wanted`` said yes.
    """
    untrusted = bytes_of(path)
    return FileReader().read(
        untrusted, file_name=path.name, progress=progress, stop_wanted=stop_wanted
    )


def bytes_of(path: Path) -> bytes:
    """Return a file's bytes, unless it is larger than any document we read.

    Raises:
        UnreadableError: It is not there, or may not be read.
        UnsupportedError: It is too large.
    """
    try:
        if path.stat().st_size > limits.FILE_BYTES:
            raise as_error(Why.TOO_LARGE, file_name=path.name)
        with path.open("rb") as opened:
            # One byte more than allowed: the file may have grown, or be a device without end.
            untrusted = opened.read(limits.FILE_BYTES + 1)
    except OSError as cause:
        raise as_error(Why.MISSING, file_name=path.name) from cause
    if len(untrusted) > limits.FILE_BYTES:
        raise as_error(Why.TOO_LARGE, file_name=path.name)
    return untrusted


class FileReader:
    """Reads Word, PDF, PowerPoint, OpenDocument, Markdown and plain text."""

    def __init__(self, *, silent_seconds: float = limits.SILENT_SECONDS) -> None:
        self._silent_seconds = silent_seconds

    def read(
        self,
        untrusted: bytes,
        *,
        file_name: str,
        progress: Progress | None = None,
        stop_wanted: StopWanted | None = None,
    ) -> DraftText:
        """Return the text of a file.

        Args:
            untrusted: The whole file; what it is, is told by its contents.
            file_name: For the sentences a person may see, and to know Markdown by its ending.
            progress: Called with what is done and the total (pages or paragraphs).
            stop_wanted: Asked often; when it says yes, the reading is given up.

        Raises:
            UnreadableError: It is damaged, locked, or holds no words.
            UnsupportedError: It is of a kind that is not read, or beyond a limit.
            Stopped: ``stop_wanted`` said yes.
        """
        name = Path(file_name).name
        if len(untrusted) > limits.FILE_BYTES:
            raise as_error(Why.TOO_LARGE, file_name=name)
        try:
            with start_child() as child:
                try:
                    watch = Watch(child, self._silent_seconds, stop_wanted)
                    return _converse(watch, untrusted, name=name, progress=progress)
                finally:
                    child.kill()  # does nothing to one that has ended
        except Refusal as refusal:
            raise as_error(refusal.why, file_name=name) from refusal


def _converse(watch: Watch, untrusted: bytes, *, name: str, progress: Progress | None) -> DraftText:
    watch.ask(frames.Request(untrusted, name))
    blocks: list[bytes] = []
    pictures: dict[str, bytes] = {}
    for letter, body in watch.answers(progress):
        if letter == frames.PICTURE and picture_kind(body):
            pictures[hashlib.sha256(body).hexdigest()] = body
        elif letter == frames.BLOCKS:
            blocks.append(body)
        elif letter == frames.FACTS:
            return frames.draft_text(blocks, body, pictures=pictures)
    # It ended without an answer: it crashed, or the system ended it.
    raise Refusal(Why.CRASHED)

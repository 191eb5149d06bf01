"""Reads a person's file into a draft's text, by way of a child process that can be thrown away.

This is the whole of what the rest of the program calls. It fits the services' port
``DraftReader``.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from mhin_ppi.documents import frames, limits, pipes
from mhin_ppi.documents.launch import start_child
from mhin_ppi.documents.pictures import picture_kind
from mhin_ppi.documents.refusals import Refusal, Why, as_error
from mhin_ppi.domain.blocks import DraftText
from mhin_ppi.errors import Stopped

_GLANCE_SECONDS = 0.05

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
    """Reads Word, PDF, OpenDocument, Markdown and plain text."""

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


class Watch:
    """Moves bytes to and from the child while minding Stop and silence."""

    def __init__(
        self,
        child: subprocess.Popen[bytes],
        silent_seconds: float,
        stop_wanted: StopWanted | None,
    ) -> None:
        self._child = child
        self._silent_seconds = silent_seconds
        self._stop_wanted = stop_wanted
        self._heard = time.monotonic()
        self._received = 0

    def heard(self) -> None:
        """Note that the child has got further."""
        self._heard = time.monotonic()

    def _glance(self) -> None:
        if self._stop_wanted is not None and self._stop_wanted():
            raise Stopped
        if time.monotonic() - self._heard > self._silent_seconds:
            raise Refusal(Why.SILENT)

    def give(self, untrusted: bytes) -> None:
        """Hand bytes to the child; one that has died is found out when its answer is read."""
        rest, pipe = memoryview(untrusted), _pipe(self._child.stdin)
        try:
            while rest:
                self._glance()
                written = pipes.write_some(pipe, rest, seconds=_GLANCE_SECONDS)
                rest = rest[written:]
                if written:
                    self.heard()
        except BrokenPipeError:
            return

    def ask(self, request: frames.Request) -> None:
        """Tell the child what to do, and hand it the file."""
        self.give(request.head())
        self.give(request.untrusted)

    def answers(self, progress: Progress | None) -> Iterator[tuple[bytes, bytes]]:
        """Yield what the child answers; its progress is passed on.

        Raises:
            Refusal: The child says that the file is not read.
        """
        for letter, body in self.messages():
            self.heard()
            if letter == frames.PROGRESS and len(body) == frames.COUNTS.size:
                done, total = frames.COUNTS.unpack(body)
                if progress is not None:
                    progress(min(done, total), total)
            elif letter == frames.REFUSED:
                raise Refusal(_reason(body))
            else:
                yield letter, body

    def messages(self) -> Iterator[tuple[bytes, bytes]]:
        """Yield the child's messages until it closes its end."""
        waiting = bytearray()
        while chunk := self._next_chunk():
            waiting += chunk
            while (message := _take(waiting)) is not None:
                yield message

    def _next_chunk(self) -> bytes:
        pipe = _pipe(self._child.stdout)
        while not pipes.can_read(pipe, seconds=_GLANCE_SECONDS):
            self._glance()
        self._glance()
        chunk = os.read(pipe.fileno(), pipes.CHUNK_BYTES)
        self._received += len(chunk)
        if self._received > limits.ANSWER_BYTES:
            raise Refusal(Why.MEMORY)
        return chunk


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None  # noqa: S101 - start_child asks for both pipes
    return pipe


def _take(waiting: bytearray) -> tuple[bytes, bytes] | None:
    """Cut the first whole message off, if there is one."""
    head = frames.HEAD.size
    if len(waiting) < head:
        return None
    letter, size = frames.HEAD.unpack_from(waiting)
    if len(waiting) < head + size:
        return None
    body = bytes(waiting[head : head + size])
    del waiting[: head + size]
    return letter, body


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


def _reason(untrusted: bytes) -> Why:
    try:
        return Why(untrusted.decode("ascii"))
    except ValueError:
        return Why.CRASHED

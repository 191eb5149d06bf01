"""Talks to the child that has foreign bytes in hand, without ever being kept waiting by it."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from typing import IO

from mhin_ppi.documents import frames, limits, pipes
from mhin_ppi.documents.refusals import Refusal, Why
from mhin_ppi.errors import Stopped

_GLANCE_SECONDS = 0.05

Progress = Callable[[int, int], None]
StopWanted = Callable[[], bool]


class Watch:
    """Moves bytes to and from the child while minding Stop and silence.

    Args:
        child: The child, with pipes both ways.
        silent_seconds: How long it may say nothing.
        stop_wanted: Asked often; when it says yes, the work is given up.
    """

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


def _reason(untrusted: bytes) -> Why:
    try:
        return Why(untrusted.decode("ascii"))
    except ValueError:
        return Why.CRASHED

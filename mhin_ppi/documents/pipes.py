"""Waits on a child's pipes for a short time at most, so that Stop is never kept waiting.

Only ``ui/tasks.py`` starts threads, so this uses the system's own way of asking whether a pipe has
something to read.
"""

from __future__ import annotations

import os
import sys
import time
from typing import IO

CHUNK_BYTES = 1 << 16
_TICK_SECONDS = 0.01

if sys.platform == "win32":  # pragma: no cover - not run on the systems that test this
    import _winapi
    import msvcrt

    def can_read(pipe: IO[bytes], *, seconds: float) -> bool:
        """Say whether the pipe has bytes, or has closed, within so many seconds."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                waiting, _ = _winapi.PeekNamedPipe(msvcrt.get_osfhandle(pipe.fileno()), 0)
            except OSError:
                return True  # closed: the read will say so
            if waiting:
                return True
            time.sleep(_TICK_SECONDS)
        return False

    def write_some(pipe: IO[bytes], untrusted: memoryview, *, seconds: float) -> int:
        """Write the next bytes and return how many; the child reads all before it answers."""
        return os.write(pipe.fileno(), untrusted[:CHUNK_BYTES])

else:
    import select

    def can_read(pipe: IO[bytes], *, seconds: float) -> bool:
        """Say whether the pipe has bytes, or has closed, within so many seconds."""
        return _ready(pipe, select.POLLIN, seconds)

    def write_some(pipe: IO[bytes], untrusted: memoryview, *, seconds: float) -> int:
        """Write what fits within so many seconds, and return how many bytes that was."""
        os.set_blocking(pipe.fileno(), False)
        if not _ready(pipe, select.POLLOUT, seconds):
            return 0
        try:
            return os.write(pipe.fileno(), untrusted[:CHUNK_BYTES])
        except BlockingIOError:
            return 0

    def _ready(pipe: IO[bytes], what: int, seconds: float) -> bool:
        # poll rather than select: select fails for files numbered above 1,023.
        watcher = select.poll()
        watcher.register(pipe.fileno(), what)
        return bool(watcher.poll(seconds * 1000))

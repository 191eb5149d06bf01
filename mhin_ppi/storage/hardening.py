"""Keeping what is in memory out of files that the system writes when a program fails."""

from __future__ import annotations

import contextlib
import sys

_PR_SET_DUMPABLE = 4


def harden_process() -> None:
    """Turn off core dumps, and on Linux let no other program of this person read the memory.

    Called once at start, before any key is made. Where the system has no such switch, or refuses,
    nothing happens: the board is then as safe as other programs on that computer.

    Not protected: memory that the system swaps out, and programs that run as administrator.
    """
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, most))
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)

"""How the child process that reads foreign files is started, from source or when packaged.

Everything that depends on packaging is in this one file. A packaged program (PyInstaller) has no
Python to call, so it calls itself with :data:`CHILD_FLAG` or :data:`PAGES_FLAG`; its start must
look for them before it does anything else, and then call ``main`` of
:mod:`mhin_ppi.documents.child` or of :mod:`mhin_ppi.documents.page_child`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CHILD_FLAG = "--read-foreign-file"
PAGES_FLAG = "--show-foreign-pages"

_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); from mhin_ppi.documents.{0} import main; main()"
)
# What the system needs to start a process and find its libraries; nothing else is handed on.
_KEPT_SURROUNDINGS = ("PATH", "SYSTEMROOT", "SYSTEMDRIVE", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


def child_command() -> list[str]:
    """Return the command that starts the child which reads a file."""
    return _command("child", CHILD_FLAG)


def pages_command() -> list[str]:
    """Return the command that starts the child which draws the pages of a file."""
    return _command("page_child", PAGES_FLAG)


def _command(module: str, flag: str) -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, flag]
    above = str(Path(__file__).resolve().parents[2])
    # -I: neither the folder it is started in nor PYTHON* variables can slip other modules in.
    return [sys.executable, "-I", "-c", _START.format(module), above]


def start_child(command: list[str] | None = None) -> subprocess.Popen[bytes]:
    """Start the child with pipes for bytes in and messages out, and nothing else of ours.

    Args:
        command: What to start; the child that reads a file unless said otherwise.
    """
    hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    return subprocess.Popen(  # noqa: S603 - our own program, no shell
        command or child_command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a trace could hold the person's words
        env={name: os.environ[name] for name in _KEPT_SURROUNDINGS if name in os.environ},
        creationflags=hidden,
    )

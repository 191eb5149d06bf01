"""Starts the window: looks first, then the window, then everything that takes time."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path
from types import TracebackType
from typing import cast

from PySide6.QtWidgets import QApplication

from .. import __version__
from .getting_ready import GettingReady
from .main_window import MainWindow
from .messages import show_bug, show_problem
from .preferences import default_path, load_preferences
from .start.flow import Makers
from .tasks import Tasks
from .theme import apply_theme, theme
from .tidying import Tidying
from .window_name import load_name

_PR_SET_DUMPABLE = 4


def make_window(app: QApplication, makers: Makers) -> MainWindow:
    """Return the window, not shown yet, with its looks in place.

    Args:
        app: The running application.
        makers: Makes what the window works with.
    """
    looks = default_path()
    apply_theme(app, load_preferences(looks))
    _give_neutral_icon(app)
    tasks = Tasks(on_problem=show_problem, on_bug=show_bug, parent=app)
    return MainWindow(makers, tasks, name=load_name(looks))


def run(makers: Makers, *, sample: bool = False) -> int:
    """Open the window and stay until it is closed.

    Args:
        makers: Makes what the window works with.
        sample: Go straight to the sample board.

    Returns:
        The exit code.
    """
    keep_no_memory_pictures()
    QApplication.setApplicationVersion(__version__)
    QApplication.setDesktopFileName("mhin-ppi")
    app = cast(QApplication, QApplication.instance()) or QApplication(sys.argv[:1])
    window = make_window(app, makers)
    sys.excepthook = lambda kind, fault, trace: _last_hook(window, fault, trace)
    window.show()
    window.begin(sample=sample)
    untouched = window.idle.seconds_untouched
    tidying = Tidying(window.tasks, untouched=untouched, parent=app)
    ready = GettingReady(window.tasks, view=lambda: window.view, untouched=untouched, parent=app)
    code = app.exec()
    ready.stop()
    tidying.stop()
    window.tasks.close()
    return code


def _give_neutral_icon(app: QApplication) -> None:
    """Show a plain sheet of paper in the list of windows: it says nothing of what is open."""
    app.setWindowIcon(theme().icon("file-text", "muted"))


def keep_no_memory_pictures() -> None:
    """Have the system write no picture of this program's memory if it should crash.

    It would hold keys and people's words.
    """
    try:
        import resource as limits
    except ImportError:  # Windows writes none unless it has been told to.
        return
    limits.setrlimit(limits.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        # Nor may other programs of the same person look into this one's memory.
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _last_hook(
    window: MainWindow, fault: BaseException, _trace: TracebackType | None = None
) -> None:
    """Tell of a fault of our own that nobody caught: what is saved is safe."""
    if isinstance(fault, KeyboardInterrupt):
        window.close()
        return
    show_bug(window, fault)


def sample_folder(boards_home: Path) -> Path:
    """Return where the sample board is kept: beside the boards, never among them."""
    return boards_home.parent / "sample"

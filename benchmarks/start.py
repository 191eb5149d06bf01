"""Starting: from nothing to the first usable window, against a bare ``QMainWindow``; and memory.

Each start is a process of its own. The clock runs from before the process is made until the window
has been painted and its first field can be typed in. Memory is the whole process (resident), once
with the first window and once with the sample board open.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

STARTS = 7
_BARE = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.resize(1280, 800)
window.show()
"""
_OURS = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from mhin_ppi import app as building
from mhin_ppi.ui.application import make_window
from mhin_ppi.ui.start.flow import Makers
app = QApplication(sys.argv)
home = Path(sys.argv[1])
makers = Makers(lambda: building.boards(home), building.sample_board, home / "sample")
window = make_window(app, makers)
window.resize(1280, 800)
window.show()
window.begin(sample=False)
while window.start_flow is None or window.tasks.busy:
    app.processEvents()
"""
_SAMPLE = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from mhin_ppi import app as building
from mhin_ppi.ui.application import make_window
from mhin_ppi.ui.start.flow import Makers
app = QApplication(sys.argv)
home = Path(sys.argv[1])
makers = Makers(lambda: building.boards(home), building.sample_board, home / "sample")
window = make_window(app, makers)
window.resize(1280, 800)
window.show()
window.begin(sample=True)
while window.view is None or window.tasks.busy:
    app.processEvents()
"""
_TELL = """
app.processEvents()
resident = next(l for l in open("/proc/self/status") if l.startswith("VmRSS"))
print(resident.split()[1], flush=True)
import os
os._exit(0)
"""


def measure() -> list[tuple[str, float, float, str]]:
    """Return the start's time and the sample board's memory, each with its floor.

    Memory is in MB where the others are in seconds; the name says so.
    """
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        home.mkdir()
        sample = Path(folder) / "with-sample"
        sample.mkdir()
        _run(_SAMPLE, sample)  # builds the sample board once; not measured
        bare = [_run(_BARE, home) for _ in range(STARTS)]
        ours = [_run(_OURS, home) for _ in range(STARTS)]
        opened = [_run(_SAMPLE, sample) for _ in range(3)]
    median = statistics.median
    return [
        (
            "start to first usable window",
            median(seconds for seconds, _ in ours),
            median(seconds for seconds, _ in bare),
            "bare QMainWindow",
        ),
        (
            "memory, first window (MB)",
            median(mb for _, mb in ours),
            median(mb for _, mb in bare),
            "bare QMainWindow",
        ),
        (
            "memory, sample board open (MB)",
            median(mb for _, mb in opened),
            median(mb for _, mb in bare),
            "bare QMainWindow",
        ),
    ]


def _run(program: str, home: Path) -> tuple[float, float]:
    """Return seconds until the program is ready, and its resident memory in MB."""
    environment = {**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home / "config")}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", program + _TELL, str(home)],
        stdout=subprocess.PIPE,
        env=environment,
    ) as child:
        assert child.stdout is not None
        told = child.stdout.readline()
        seconds = time.perf_counter() - began
    return seconds, int(told) / 1024


def main() -> None:
    """Print the figures."""
    for name, ours, floor, against in measure():
        print(f"{name}: {ours:.3f}, {against} {floor:.3f}, ratio {ours / floor:.2f}")


if __name__ == "__main__":
    main()

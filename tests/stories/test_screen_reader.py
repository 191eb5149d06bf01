"""The whole review by keyboard alone, through the accessibility bus that screen readers use."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")
SYSTEM_PYTHON = Path("/usr/bin/python3")
MINUTES = 12

# The bus of this session, its own screen, the program, and beside it the one who listens.
SCRIPT = """
{launcher} --launch-immediately & bus=$!
sleep 1
{python} -m mhin_ppi --sample & program=$!
env -u PYTHONPATH {system} {journey}
code=$?
kill $program $bus
exit $code
"""


def _missing() -> str:
    tools = ("xvfb-run", "dbus-run-session", "xdotool")
    lacking = [tool for tool in tools if shutil.which(tool) is None]
    if not LAUNCHER.exists():
        lacking.append("at-spi2-core")
    seen = [str(SYSTEM_PYTHON), "-c", "import pyatspi"]
    if not SYSTEM_PYTHON.exists() or subprocess.run(seen, capture_output=True).returncode:
        lacking.append("python3-pyatspi")
    return ", ".join(lacking)


@pytest.mark.slow
@pytest.mark.timeout(MINUTES * 60 + 60)
def test_a_draft_is_reviewed_by_keyboard_and_ear_alone() -> None:
    if missing := _missing():
        pytest.skip(f"not installed: {missing}")
    script = SCRIPT.format(
        launcher=LAUNCHER,
        python=sys.executable,
        system=SYSTEM_PYTHON,
        journey=HERE / "review_by_ear.py",
    )
    screen = ["xvfb-run", "-a", "-s", "-screen 0 1400x900x24"]
    told = subprocess.run(
        [*screen, "dbus-run-session", "--", "sh", "-c", script],
        cwd=ROOT,
        env={
            **os.environ,
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        capture_output=True,
        text=True,
        timeout=MINUTES * 60,
        check=False,
    )
    assert told.returncode == 0, told.stdout + told.stderr[-3000:]
    assert "visited" in told.stdout

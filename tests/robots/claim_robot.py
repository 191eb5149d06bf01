"""A member who claims, in the real window; everything they have to do is counted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog

from mhin_ppi.ui.pages.page import Place
from tests.robots.laptop import field, press
from tests.robots.window_robot import WindowRobot


class ClaimRobot:
    """Counts interactions: each press of a button, each field written in, each choice of files.

    Opening the board is not counted; going to the page is. Choosing several files in one dialog is
    one choice, as it is for a person who marks them together.
    """

    def __init__(self, robot: WindowRobot, monkeypatch: pytest.MonkeyPatch) -> None:
        self.robot, self._monkeypatch = robot, monkeypatch
        self.interactions = 0

    def go_to_time(self) -> ClaimRobot:
        self.interactions += 1
        self.robot.go(Place.TIME)
        return self

    def press(self, words: str) -> ClaimRobot:
        self.interactions += 1
        press(self.robot.page, words)
        self.robot.settle()
        return self

    def write(self, name: str, words: str) -> ClaimRobot:
        self.interactions += 1
        box: Any = field(self.robot.page, name)
        box.selectAll()
        self.robot.qtbot.keyClicks(box, words)
        return self

    def choose_files(self, button: str, files: Sequence[Path]) -> ClaimRobot:
        """Press a button that asks for files, and choose them in the system's own dialog."""
        self.interactions += 1
        chosen = [str(file) for file in files]
        self._monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_, **__: (chosen, ""))
        return self.press(button)

    def claim_with_receipts(self, spent: Sequence[tuple[str, str]], files: Sequence[Path]) -> None:
        """Claim all that is offered, and money spent with a receipt for each; then send it."""
        self.go_to_time().press("Make a claim")
        self.choose_files("Add expenses from receipts", files)
        for number, (what, amount) in enumerate(spent, start=1):
            more = "" if number == 1 else f", expense {number}"
            self.write(f"What it was for{more}", what)
            self.write(f"How much, in pounds{more}", amount)
        self.press("Send claim")

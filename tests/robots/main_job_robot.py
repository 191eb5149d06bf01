"""The main job of the program, done in the real window: from a draft file to a paid claim."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QRadioButton, QWidget

from mhin_ppi.ui.pages.page import Place
from tests.robots.laptop import field, press
from tests.robots.window_robot import WindowRobot

BOARD = "Harbour lived experience board"
COORDINATOR = "Ruth Sampleworth"
MEMBER = "Amber Fictional"
QUESTION = "Who tells the families when this list changes, and in which words?"
ANSWER = "We will name one person who writes to every family."
CHANGED = "A named person now writes to every family within a week."
DIFFERENCE = "Families hear of changes from one person they know."
TOLD = "Your question led to a named contact. Thank you."


class MainJob:
    """Takes drafts through the whole chain in one window."""

    def __init__(self, robot: WindowRobot) -> None:
        self.robot, self.qtbot = robot, robot.qtbot

    @property
    def page(self) -> QWidget:
        return self.robot.page

    def press(self, words: str) -> MainJob:
        press(self.page, words)
        self.robot.settle()
        return self

    def write(self, name: str, words: str) -> MainJob:
        box: Any = field(self.page, name)
        box.setFocus()
        box.selectAll()
        self.qtbot.keyClicks(box, words)
        return self

    def pick(self, name: str, words: str) -> MainJob:
        box: Any = field(self.page, name)
        at = box.findText(words)
        assert at >= 0, f"“{words}” is not offered by “{name}”"
        box.setCurrentIndex(at)
        return self

    def choose(self, words: str) -> MainJob:
        (radio,) = [
            each
            for each in self.page.findChildren(QRadioButton)
            if each.text() == words and each.isVisibleTo(self.page.window())
        ]
        radio.click()
        return self

    def add_person(self) -> None:
        self.robot.go(Place.PEOPLE)
        self.press("Add a person").write("Name", MEMBER).choose("Full name").press("Save")

    def add_draft(self, file: Path, *, title: str, project: str = "") -> None:
        """Add a draft to a new project, or to the one that is there."""
        self.robot.go(Place.TO_READ)
        page: Any = self.page
        page.choose_file = lambda _: file
        self.press("Add a draft").press("Choose a file")
        self.write("What people will call it", title)
        if project:
            self.write("Name of the new project", project)
        self.press("Add it")

    def open_draft(self, title: str) -> None:
        self.robot.go(Place.TO_READ)
        self.press(f"Open: {title}")

    def ask(self, about: str, question: str) -> None:
        """Mark words with the keyboard and ask about them, typed in for the member."""
        page: Any = self.page
        at = page.reader.document().find(about)
        assert not at.isNull(), f"“{about}” is not in the draft"
        caret = QTextCursor(page.reader.document())
        caret.setPosition(at.selectionStart())
        page.reader.setTextCursor(caret)
        for _ in about:
            self.qtbot.keyClick(page.reader, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        press(page.bar, "Ask")
        self.pick("Whose words these are", MEMBER).write("Your words", question).press("Save")

    def answer(self, question: object) -> None:
        self.robot.go(Place.STORY, question)
        self.press("Acknowledge").press("Record the team's answer").choose("Will change")
        self.write("The answer, in plain words", ANSWER).press("Save the answer")

    def record_change_and_impact(self) -> None:
        self.press("Record a change").pick("What sort of thing changed", "Something else")
        self.write("What is different now", CHANGED).press("Save the change")
        self.press("Record the difference it made").choose("For the better")
        self.write("What it changed, in a sentence", DIFFERENCE)
        self.pick("What sort of change", "Words people will read or hear")
        self.pick("Which part of the research", "Planning the study")
        self.press("Save the difference")
        self.press("Tell the person").write("What they are told", TOLD)
        self.press("Save what they were told")

    def log_time(self, *, hours: int, minutes: int) -> None:
        """Note time, typed in for the member."""
        self.robot.go(Place.TIME)
        self.press("Note time").pick("Whose time", MEMBER)
        self.set_length("How long", hours=hours, minutes=minutes)
        self.press("Save")

    def set_length(self, name: str, *, hours: int, minutes: int) -> None:
        for part, value in (("hours", hours), ("minutes", minutes)):
            box: Any = field(self.page, f"{name}: {part}")
            box.setValue(value)

    def add_rate(self) -> None:
        self.robot.go(Place.RATES)
        self.press("Add a rate").write("What it is called", "A task of about two hours")
        self.write("How much, in pounds", "55")
        self.set_length("For a task of up to", hours=2, minutes=0)
        self.press("Save")
        self.robot.go(Place.TIME)

    def claim_and_pay(self) -> None:
        """Make the member's claim, then take it through to paid."""
        self.press("Make a claim").pick("Whose claim", MEMBER)
        self.robot.settle()
        assert self.robot.sees("In all: £55.00")
        self.press("Send claim")
        table: Any = field(self.page, "Everyone's claims")
        table.selectRow(0)
        for step in ("Approve", "Sent to finance", "Paid"):
            self.press(step)

    def make_report(self, out: Path) -> None:
        self.robot.go(Place.REPORTS)
        assert self.robot.sees("2")
        page: Any = self.page
        page.save_to(out)
        self.robot.settle()
        assert self.robot.sees("Written to")

    def question(self, words: str) -> object:
        """Return the id of the question with these words."""
        services = self.robot.window.view.board.services  # type: ignore[union-attr]
        (found,) = [s for s in services.questions.register() if s.question.body == words]
        return found.question.id

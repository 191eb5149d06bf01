"""Sixty questions from twelve people, over two versions: none is left without an answer.

Everything is done in the real window, with its words, on a real encrypted board; the numbers are
counted again from the signed entries.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QAbstractButton

from mhin_ppi.services.boards import Services
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.story_pane import StoryPane
from tests.robots.laptop import press
from tests.robots.main_job_robot import MainJob
from tests.robots.window_robot import WindowRobot
from tests.stories.fates_from_the_log import nouns_in_the_log, states_in_the_log

PEOPLE = (
    *("Amber Fictional", "Bela Invented", "Caro Madeup", "Dilip Notreal", "Esme Fabled"),
    *("Femi Imagined", "Gwen Supposed", "Hari Pretend", "Ines Storied", "Jonah Unreal"),
    *("Kofi Feigned", "Lena Fancied"),
)
WORDS = ("bus", "form", "call", "tea", "room", "note", "key", "map", "bell", "door")
PARAGRAPH = "Each {} is named in the letter that a person gets before the visit begins."
TITLE = "Visit letter"
TEAM = "the research team"
KINDS = ("Ask", "Suggest", "Concern")
HOME = (
    "Can I join the sessions from home?",
    "Will it be possible to join a session from home by video?",
    "Could I join sessions by telephone from home?",
)


def _text(*, version: int) -> str:
    lines = [PARAGRAPH.format(word) for word in WORDS]
    if version > 1:
        lines[0] = lines[0].replace("is named", "is paid for, and named")
        lines += [PARAGRAPH.format(f"new {word}") for word in WORDS]
    return "# Visit letter\n\n" + "\n\n".join(lines) + "\n"


class Fates(MainJob):
    """Takes many questions through their whole life in one window."""

    @property
    def services(self) -> Services:
        return self.robot.window.view.board.services  # type: ignore[union-attr]

    def people(self) -> None:
        self.robot.go(Place.PEOPLE)
        for name in PEOPLE:
            self.press("Add a person").write("Name", name).choose("First name").press("Save")

    def next_version(self, file: Path) -> None:
        self.robot.go(Place.TO_READ)
        page: Any = self.page
        page.choose_file = lambda _: file
        self.press(f"Add the next version: {TITLE}").press("Choose a file")
        self.press("Add it")

    def notes(self, about: list[str], *, first: int) -> None:
        """Mark one part after another and write a note on each, for one person after another."""
        self.open_draft(TITLE)
        for number, words in enumerate(about, first):
            self._mark(words)
            self._say(KINDS[number % len(KINDS)])
            self.pick("Whose words these are", PEOPLE[number % len(PEOPLE)])
            said = HOME[number] if number < len(HOME) else f"Number {number}: about the {words}?"
            self.write("Your words", said).press("Save")

    def _mark(self, words: str) -> None:
        page: Any = self.page
        at = page.reader.document().find(f" {words} ")
        assert not at.isNull(), f"“{words}” is not in the draft"
        caret = QTextCursor(page.reader.document())
        caret.setPosition(at.selectionStart() + 1)
        page.reader.setTextCursor(caret)
        for _ in words:
            self.qtbot.keyClick(page.reader, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)

    def _say(self, kind: str) -> None:
        bar: Any = self.page.bar  # type: ignore[attr-defined]
        (more,) = [one for one in bar.menu().actions() if one.text() == kind] or [None]
        if more is None:
            press(bar, kind)
        else:
            more.trigger()

    def register_says(self) -> dict[str, int]:
        """Return what the register's rows show, by state."""
        self.robot.go(Place.QUESTIONS)
        page: Any = self.page
        found: dict[str, int] = {}
        for row in page.register.view.rows:
            found[row.state.value] = found.get(row.state.value, 0) + 1
        return found

    def agrees(self) -> dict[str, int]:
        """Return the register's numbers; they are those of the log."""
        said = self.register_says()
        assert said == dict(states_in_the_log(self.services.desk.store))
        return said

    def put_together(self) -> None:
        self.robot.go(Place.STORY, self.question(HOME[0]))
        self.press("Find similar questions")
        for words in HOME[1:]:
            (yes,) = [
                each
                for each in self.page.findChildren(QAbstractButton)
                if each.text().strip() == "Yes, it asks the same"
                and words in f"{each.accessibleDescription()} {each.accessibleName()}"
                and each.isVisibleTo(self.page.window())
            ]
            yes.click()
            self.robot.settle()

    def answer_theme(self) -> None:
        self.press("Answer all").choose("Will change")
        self.write("The answer, in plain words", "Yes, from home too.").press("Save the answer")

    def sheet(self, folder: Path) -> None:
        """Send the rest to the team as a sheet, and record what they wrote into it."""
        out, back = folder / "out.xlsx", folder / "back.xlsx"
        self.robot.go(Place.OWED)
        page: Any = self.page
        page.choose_sheet_place = lambda *_: out
        page.choose_sheet = lambda *_: back
        self.press("Questions to the team").choose("An Excel file, one row to each")
        self.press("Write the file")
        rows = _fill_in(out, back)
        self.press("The team's answers").press("Choose a file").press(f"Record {rows} answers")

    def change_and_impact(self, words: str) -> None:
        self.robot.go(Place.STORY, self.question(words))
        self.press("Record a change")
        if words == HOME[0]:
            self.write("The new words", "is paid for, and named in the letter")
        else:
            self.choose("Somewhere else").pick("What sort of thing changed", "A decision")
            self.write("What is different now", "The letter says how.")
        self.press("Save the change").press("Record the difference it made")
        self.choose("For the better").write("What it changed, in a sentence", "More can come.")
        self.pick("What sort of change", "Words people will read or hear")
        self.pick("Which part of the research", "Planning the study").press("Save the difference")

    def tell_everyone(self) -> None:
        """Tell all who are answered, forty at most at a time."""
        self.robot.go(Place.OWED)
        for _ in range(4):
            (tell,) = [
                each
                for each in self.page.findChildren(QAbstractButton)
                if each.text().strip() == "Tell those who are answered"
            ]
            if self.robot.sees("Nobody is owed an answer."):
                return
            tell.click()
            self.robot.settle()
            (save,) = [
                each
                for each in self.page.findChildren(QAbstractButton)
                if each.text().strip().startswith("Save ")
                and each.text().strip().endswith("to tell")
                and each.isVisibleTo(self.page.window())
            ]
            save.click()
            self.robot.settle()


def _fill_in(out: Path, back: Path) -> int:
    """Answer every row of the sheet as the team would; return how many there are."""
    book = openpyxl.load_workbook(io.BytesIO(out.read_bytes()))
    page = book["Answers"]
    rows = 0
    for number in range(2, page.max_row + 1):
        if not page[f"A{number}"].value:
            continue
        refused = number % 5 == 0
        page[f"E{number}"] = "Will not change" if refused else "Already covered"
        page[f"F{number}"] = "It stays as it is." if refused else "See the second page."
        if refused:
            page[f"G{number}"] = "The law asks for it."
        rows += 1
    book.save(back)
    return rows


@pytest.mark.slow
@pytest.mark.timeout(1500)
def test_sixty_questions_from_twelve_people_all_have_a_fate(
    tmp_path: Path, qtbot: Any, look: None
) -> None:
    files = []
    for version in (1, 2):
        file = tmp_path / f"letter {version}.md"
        file.write_text(_text(version=version), encoding="utf-8")
        files.append(file)
    job = Fates(WindowRobot(qtbot, tmp_path / "boards"))
    job.robot.begin()
    job.robot.start_board(name="Our board", person="Ruth Sampleworth")
    job.people()
    job.add_draft(files[0], title=TITLE, project="Harbour study")
    job.notes([*WORDS] * 4, first=0)
    job.next_version(files[1])
    job.notes([*WORDS, *(f"new {word}" for word in WORDS)], first=40)
    assert job.agrees() == {"raised": 60}

    job.press("Acknowledge 60")
    assert job.agrees() == {"acknowledged": 60}
    job.put_together()
    job.answer_theme()
    assert job.agrees() == {"acknowledged": 57, "answered": 3}
    job.sheet(tmp_path)
    states = job.agrees()
    assert sum(states.values()) == 60
    assert set(states) == {"answered", "not_changed"}
    for words in HOME:
        job.change_and_impact(words)
    assert job.agrees()["changed"] == 3
    store = job.services.desk.store
    assert nouns_in_the_log(store, "response") == 60
    assert nouns_in_the_log(store, "impact") == nouns_in_the_log(store, "change") == 3

    job.tell_everyone()
    assert job.robot.sees("Nobody is owed an answer.")
    assert job.agrees() == {"fed_back": 60}
    assert nouns_in_the_log(store, "feedback") == 60
    assert job.services.answering.debt.everyone().debts == ()

    words = HOME[1]
    job.robot.go(Place.STORY, job.question(words))
    assert job.page.findChild(StoryPane) is not None
    job.press("They said: Not quite").write("What is missing", "And without a telephone?")
    job.press("Ask again")
    (debt,) = job.services.answering.debt.everyone().debts
    assert debt.question == job.question(words)
    job.robot.go(Place.OWED)
    assert job.robot.sees("1 question waits")
    assert job.agrees() == {"fed_back": 59, "acknowledged": 1}
    assert len({s.question.asker for s in job.services.questions.register()}) == len(PEOPLE)
    assert store.verify() == []
    job.robot.close()

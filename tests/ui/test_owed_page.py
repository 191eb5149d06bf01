"""Nobody is left without an answer: the list, reminders, answer sheets, telling, the last word."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication

from mhin_ppi.domain.annotations import Visibility
from mhin_ppi.domain.feedback_debt import Owed
from mhin_ppi.domain.questions import QuestionId, QuestionState
from mhin_ppi.domain.responses import Decision, FeedbackKind
from mhin_ppi.services.boards import Services
from mhin_ppi.services.feedback_debt import Debt
from mhin_ppi.ui.pages.home_page import HomePage
from mhin_ppi.ui.pages.my_questions_page import MyQuestionsPage
from mhin_ppi.ui.pages.owed_page import OwedPage
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.reminder_form import LONGEST_ADDRESS, mail_draft
from mhin_ppi.ui.pages.tell_many_form import TellingCard
from tests.robots.laptop import PASSWORD, Laptop, exchange, field, make_boards, member_of, nameless
from tests.robots.page_robot import PageRobot

TEAM = "the CBT team"


@pytest.fixture
def coordinator(tmp_path: Path) -> Iterator[Services]:
    opened, _ = make_boards(tmp_path).start(
        tmp_path / "ruth", board_name="Our board", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    yield opened
    opened.close()


@pytest.fixture
def member(coordinator: Services, tmp_path: Path) -> Iterator[Services]:
    opened = member_of(make_boards(tmp_path), coordinator, tmp_path / "amina", name="Amina Khan")
    yield opened
    opened.close()


@pytest.fixture
def asked(coordinator: Services, member: Services) -> list[QuestionId]:
    """Return three questions of Amina's, with the team; the third is between her and Ruth."""
    project = coordinator.people.add_project("Parent-led CBT", team=TEAM).value
    exchange(coordinator, member)
    made = [
        member.questions.raise_question(words, project=project.id, visibility=seen).value.id
        for words, seen in (
            ("Can I join from home?", Visibility.BOARD),
            ("Who pays for the bus?", Visibility.BOARD),
            ("Will my doctor know?", Visibility.COORDINATOR),
        )
    ]
    exchange(coordinator, member)
    for question in made:
        coordinator.questions.hand_to(question, holder=TEAM)
    return made


@pytest.fixture
def laptops(coordinator: Services, member: Services, look: None) -> Iterator[tuple[Laptop, Laptop]]:
    made = Laptop(coordinator), Laptop(member)
    for laptop in made:
        laptop.put(HomePage)
        laptop.put(MyQuestionsPage)
    made[0].put(OwedPage)
    for laptop in made:
        laptop.show()
    yield made
    for laptop in made:
        laptop.tasks.close()
        assert laptop.bugs == []


def rows(desk: PageRobot) -> list[str]:
    assert isinstance(desk.page, OwedPage)
    return desk.page.table.as_text().splitlines()[1:]


def test_what_is_marked_stays_marked_when_the_list_is_read_again(
    laptops: tuple[Laptop, Laptop], asked: list[QuestionId], qtbot: Any
) -> None:
    desk = PageRobot(laptops[0], qtbot, Place.OWED).open()
    page = desk.page
    assert isinstance(page, OwedPage)
    page.table.selectRow(1)
    marked = page.table.marked()
    assert isinstance(marked[0], Debt)
    page.reload()
    desk.laptop.settle(qtbot)
    again = page.table.marked()
    assert [one.question for one in again if isinstance(one, Debt)] == [marked[0].question]
    assert page.story_button.isEnabled()


def test_a_reminder_is_drafted_taken_elsewhere_and_recorded_when_sent(
    laptops: tuple[Laptop, Laptop],
    coordinator: Services,
    member: Services,
    asked: list[QuestionId],
    tmp_path: Path,
    qtbot: Any,
) -> None:
    coordinator.questions.raise_question("Is it warm?", on_behalf_of=member.desk.store.person)
    home = PageRobot(laptops[0], qtbot, Place.HOME).open()
    assert home.sees("Four questions are still owed an answer: three with the CBT team, one with")
    assert home.sees("Amina waits to hear that we have it. Since today.")
    home.press("See all of them")
    desk = PageRobot(laptops[0], qtbot, Place.OWED)
    page = desk.page
    assert isinstance(page, OwedPage)
    assert desk.sees("4 questions wait, none longer than the board promises.")
    assert len(rows(desk)) == 4
    page.overdue.setChecked(True)
    assert rows(desk) == []
    page.overdue.setChecked(False)
    desk.pick("Who has it", "the coordinator (1)")
    assert [row.split("\t")[0] for row in rows(desk)] == ["Is it warm?"]
    assert not page.remind_button.isEnabled(), "nobody reminds themselves"
    desk.pick("Who has it", f"{TEAM} (3)")

    opened: list[QUrl] = []
    page.open_mail = lambda address: bool(opened.append(address)) or True
    page.choose_reminder_place = lambda parent, name: tmp_path / "reminder.txt"
    desk.press("Draft a reminder")
    assert nameless(page) == []
    assert desk.sees("Nobody sees this until you send it.")
    assert desk.sees("1 question is not quoted: shared with the coordinator only.")
    words = field(page, "The words").toPlainText()
    assert "“Can I join from home?”" in words
    assert "Amina" in words
    assert "Khan" not in words
    assert "doctor" not in words
    desk.press("Copy the words").press("Open in your mail program").press("Save as a file")
    assert QGuiApplication.clipboard().text() == words
    assert (tmp_path / "reminder.txt").read_text(encoding="utf-8") == words
    assert [one.scheme() for one in opened] == ["mailto"]
    assert len(opened[0].toEncoded().data()) <= LONGEST_ADDRESS
    assert "2%20questions%20wait%20for" in bytes(opened[0].toEncoded().data()).decode()
    assert mail_draft("Ünï & co?", "").toEncoded().data() == (
        b"mailto:?subject=%C3%9Cn%C3%AF%20%26%20co%3F"
    )
    assert all(not debt.reminders for debt in coordinator.answering.debt.everyone().debts)

    desk.press("I have sent it")
    reminded = [d for d in coordinator.answering.debt.everyone().debts if d.reminders]
    assert {debt.question for debt in reminded} == set(asked)
    assert all("today" in row for row in rows(desk))
    exchange(coordinator, member)
    hers = PageRobot(laptops[1], qtbot, Place.MY_QUESTIONS).open()
    assert hers.sees("The CBT team has it now, since today. You should hear that we have it by")
    assert hers.sees("The CBT team was reminded today.")


def test_a_sheet_goes_out_comes_back_and_everyone_is_told(
    laptops: tuple[Laptop, Laptop],
    coordinator: Services,
    asked: list[QuestionId],
    tmp_path: Path,
    qtbot: Any,
) -> None:
    desk = PageRobot(laptops[0], qtbot, Place.OWED).open()
    page = desk.page
    assert isinstance(page, OwedPage)
    out, back = tmp_path / "out.xlsx", tmp_path / "back.xlsx"
    page.choose_sheet_place = lambda parent, name: out
    page.choose_sheet = lambda parent: back
    desk.press("Questions to the team")
    assert desk.sees("2 questions will be in the file, each under the name its asker chose.")
    assert desk.sees("1 question stays here: shared with the coordinator only.")
    assert nameless(page) == []
    desk.choose("An Excel file, one row to each").press("Write the file")
    assert desk.sees(f"Written to {out}, with 2 questions in it.")

    back.write_bytes(out.read_bytes()[:700])
    desk.press("The team's answers").press("Choose a file")
    assert desk.sees("part of the file is missing")
    fill_in(out, back, ("Perhaps", "We will see."))
    desk.press("Choose another file")
    assert desk.sees("In this file: 1 new answer; 1 row that is not clear.")
    assert desk.sees("Row 3: “Perhaps” is not one of the four decisions")
    assert coordinator.questions.story(asked[0]).response is None
    desk.press("Record 1 answer")
    fill_in(out, back, ("Already covered", "The bus is free."))
    desk.press("The team's answers").press("Choose a file")
    assert desk.sees("In this file: 1 new answer; 1 answer that is here already.")
    desk.press("Record 1 answer")
    coordinator.questions.respond(asked[2], decision=Decision.ALREADY_COVERED, body="No.")
    desk.open()

    desk.press("Tell those who are answered")
    assert nameless(page) == []
    cards = {card.story.question.id: card for card in page.findChildren(TellingCard)}
    assert "You asked: “Can I join from home?”" in cards[asked[0]].body.toPlainText()
    cards[asked[2]].tick.click()
    cards[asked[1]].body.setPlainText("The bus is free for you.")
    desk.write("The words for all", "Thank you. [the answer]")
    assert cards[asked[0]].body.toPlainText() == "Thank you. Yes, from home too."
    assert cards[asked[1]].body.toPlainText() == "The bus is free for you.", "her own words stay"
    desk.press("Save 2 answers to tell")
    told = [coordinator.questions.story(question).feedback for question in asked]
    assert [[one.body for one in each] for each in told] == [
        ["Thank you. Yes, from home too."],
        ["The bus is free for you."],
        [],
    ]
    assert told[0][0].kind is FeedbackKind.DIFFERENCE
    assert len(rows(desk)) == 1
    desk.press("Tell those who are answered").press("Save 1 answer to tell")
    assert desk.sees("Nobody is owed an answer.")


def test_the_asker_has_the_last_word_on_home_and_not_quite_is_back_on_the_list(
    laptops: tuple[Laptop, Laptop],
    coordinator: Services,
    member: Services,
    asked: list[QuestionId],
    qtbot: Any,
) -> None:
    for question in asked[:2]:
        coordinator.questions.respond(question, decision=Decision.WILL_CHANGE, body="Yes.")
        coordinator.questions.feed_back(question, body="Yes, because of you.")
    exchange(coordinator, member)
    hers = PageRobot(laptops[1], qtbot, Place.HOME).open()
    assert hers.sees("Is this what you meant?")
    assert hers.sees("What you are still owed")
    assert hers.sees("The CBT team has it now, since today.")
    hers.press("Yes, that is what I meant").press("Not quite").press("Ask again")
    assert hers.sees("Write what is missing.")
    hers.write("What is missing", "And at night?").press("Ask again")
    states = {member.questions.story(question).fate.state for question in asked[:2]}
    assert states == {QuestionState.CLOSED, QuestionState.ACKNOWLEDGED}
    assert not hers.sees("Is this what you meant?")

    exchange(coordinator, member)
    waits = {d.question: d.owed for d in coordinator.answering.debt.everyone().debts}
    assert sorted(waits.values()) == [Owed.ACKNOWLEDGEMENT, Owed.ANSWER]
    desk = PageRobot(laptops[0], qtbot, Place.OWED).open()
    assert len(rows(desk)) == 2


def fill_in(out: Path, back: Path, second: tuple[str, str]) -> None:
    """Fill the sheet in as the team would, the second row with these words."""
    book = openpyxl.load_workbook(io.BytesIO(out.read_bytes()))
    page = book["Answers"]
    page["E2"], page["F2"] = "Will change", "Yes, from home too."
    page["E3"], page["F3"] = second
    book.save(back)

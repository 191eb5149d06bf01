"""Reports and impact: the screen, the file and the board say the same."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from mhin_ppi.domain.impact import Direction, for_them
from mhin_ppi.domain.people import Credit
from mhin_ppi.domain.questions import QuestionId
from mhin_ppi.domain.responses import Decision
from mhin_ppi.services.boards import Services
from mhin_ppi.ui.pages.impact_page import ImpactPage
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.reports_page import ReportsPage
from tests.robots.laptop import PASSWORD, Laptop, field, make_boards, nameless
from tests.robots.page_robot import PageRobot

WORDS = "What happens to a family that cannot read the booklet?"


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    opened, _ = make_boards(tmp_path).start(
        tmp_path / "ruth", board_name="Our board", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    yield opened
    opened.close()


@pytest.fixture
def question(services: Services) -> QuestionId:
    amina = services.people.add_person("Amina Khan", credit=Credit.FULL_NAME).value
    project = services.people.add_project("Parent-led CBT").value
    raised = services.questions.raise_question(WORDS, project=project.id, on_behalf_of=amina.id)
    question = raised.value.id
    services.questions.respond(question, decision=Decision.WILL_CHANGE, body="We will record it.")
    services.questions.link_change(question, outside="A recording is offered.")
    return question


@pytest.fixture
def laptop(services: Services, question: QuestionId, look: None) -> Iterator[Laptop]:
    made = Laptop(services)
    for kind in (ReportsPage, ImpactPage):
        made.put(kind)
    made.show()
    yield made
    made.tasks.close()
    assert made.bugs == []


@pytest.fixture
def reports(laptop: Laptop, qtbot: Any) -> PageRobot:
    return PageRobot(laptop, qtbot, Place.REPORTS).open()


def test_the_page_says_what_the_report_says(reports: PageRobot, services: Services) -> None:
    content = services.reporting.impact_report()
    for number in content.summary_numbers:
        assert reports.sees(number.label)
    assert reports.sees(WORDS)
    assert reports.sees("Nobody has looked yet.")
    assert nameless(reports.page) == []


def test_the_pdf_holds_the_question_and_the_credited_name(
    reports: PageRobot, tmp_path: Path
) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(b"an older report")
    reports.page.save_to(file)  # type: ignore[attr-defined]
    reports.laptop.settle(reports.qtbot)
    assert reports.sees("Written to")
    pages = PdfReader(io.BytesIO(file.read_bytes())).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert WORDS in text
    assert "Amina Khan" in text
    assert [one.name for one in tmp_path.glob("*half*")] == []


def test_stopping_leaves_nothing_behind(reports: PageRobot, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    reports.page.save_to(file)  # type: ignore[attr-defined]
    reports.page.stop()  # type: ignore[attr-defined]
    reports.laptop.settle(reports.qtbot)
    assert list(tmp_path.glob("*report*")) == []
    assert "Make the PDF" in reports.offers()


def test_a_folder_that_is_not_there_is_said_plainly(reports: PageRobot, tmp_path: Path) -> None:
    reports.page.save_to(tmp_path / "nowhere" / "report.pdf")  # type: ignore[attr-defined]
    reports.laptop.settle(reports.qtbot)
    assert reports.sees("The report could not be written")
    assert reports.sees("Choose another folder")


def test_a_project_left_out_takes_its_questions_with_it(
    reports: PageRobot, services: Services
) -> None:
    services.people.add_project("Another project")
    reports.page.choices = None  # type: ignore[attr-defined]
    reports.open()
    field(reports.page, "Parent-led CBT").setChecked(False)
    reports.laptop.settle(reports.qtbot)
    assert not reports.sees(WORDS)
    assert reports.sees("No question was asked in this time.")


def test_days_the_wrong_way_round_are_refused(reports: PageRobot) -> None:
    reports.press("Not after a certain day")
    day = reports.page.choices._until.day  # type: ignore[attr-defined]
    day.setDate(day.date().addYears(-9))
    reports.laptop.settle(reports.qtbot)
    assert reports.sees("The first day comes after the last day.")
    assert not reports.page.pdf_button.isEnabled()  # type: ignore[attr-defined]


def test_a_change_nobody_looked_at_leads_to_its_story(
    laptop: Laptop, qtbot: Any, question: QuestionId
) -> None:
    page = PageRobot(laptop, qtbot, Place.IMPACT).open()
    assert page.sees("Changes nobody has looked at yet")
    page.press(f"Look at it: {WORDS}")
    assert laptop.went[-1] == (Place.STORY, question)


def test_both_views_are_kept_apart(
    laptop: Laptop, qtbot: Any, services: Services, question: QuestionId
) -> None:
    services.impacts.record(
        question,
        kind="materials",
        stage="ethics",
        direction=Direction.POSITIVE,
        what_changed="Families can listen.",
        team_view="It was easy.",
    )
    page = PageRobot(laptop, qtbot, Place.IMPACT).open()
    assert page.sees("for the worse: none found")
    assert page.sees("Every change has been looked at.")
    field(page.page, "Differences that questions made").selectRow(0)
    assert page.sees("It was easy.")
    assert page.sees("Nobody has asked them yet.")
    page.press("Their view").press("Save")
    assert page.sees("Write what they said.")
    page.write("In their own words", "It took too long.").press("Save")
    (impact,) = services.impacts.all()
    written = for_them("It took too long.")
    assert (impact.asker_view, impact.team_view) == (written, "It was easy.")

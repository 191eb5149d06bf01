"""The main job from end to end: the real window, a real encrypted board, real manuals.

The PDF is the Filesystem Hierarchy Standard 3.0 (50 pages) and the Word file is the same manual,
converted by LibreOffice from its web page; both come with Debian's package ``debian-policy``.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from mhin_ppi.ui.pages.page import Place
from tests.robots.laptop import field
from tests.robots.main_job_robot import (
    ANSWER,
    BOARD,
    CHANGED,
    COORDINATOR,
    DIFFERENCE,
    MEMBER,
    QUESTION,
    MainJob,
)
from tests.robots.window_robot import WindowRobot
from tests.stories.manuals import PASSAGE


def do_main_job(job: MainJob, pdf: Path, docx: Path, out: Path) -> str:
    """Take both manuals through the whole chain; return the spare key."""
    robot = job.robot
    robot.begin()
    code = robot.start_board(name=BOARD, person=COORDINATOR)
    job.add_person()
    job.add_draft(pdf, title="Protocol as PDF", project="Harbour study")
    job.add_draft(docx, title="Protocol as Word")
    job.open_draft("Protocol as Word")
    job.ask(PASSAGE, "What is this?")
    job.open_draft("Protocol as PDF")
    job.ask(PASSAGE, QUESTION)
    job.answer(job.question(QUESTION))
    job.record_change_and_impact()
    job.log_time(hours=1, minutes=30)
    job.add_rate()
    job.claim_and_pay()
    job.make_report(out)
    return code


def test_the_main_job_from_end_to_end(
    tmp_path: Path, qtbot: Any, look: None, manual_pdf: Path, manual_docx: Path
) -> None:
    job = MainJob(WindowRobot(qtbot, tmp_path / "boards"))
    out = tmp_path / "report.pdf"
    do_main_job(job, manual_pdf, manual_docx, out)
    job.robot.close()

    again = WindowRobot(qtbot, tmp_path / "boards").begin().unlock()
    _finds_everything(MainJob(again))
    again.close()
    _report_says_it(out.read_bytes())


def _finds_everything(job: MainJob) -> None:
    robot = job.robot
    job.open_draft("Protocol as PDF")
    # It opens where the person stopped; the marked words may lie just below.
    job.page.reader.go_to_highlight(1)  # type: ignore[attr-defined]
    painted = [each.cursor.selectedText() for each in job.page.reader.extraSelections()]  # type: ignore[attr-defined]
    assert [words.casefold() for words in painted] == [PASSAGE]
    robot.go(Place.STORY, job.question(QUESTION))
    seen = " ".join(robot.texts()).casefold()
    for words in (QUESTION, PASSAGE, ANSWER, CHANGED, DIFFERENCE, MEMBER):
        assert words.casefold() in seen, words
    robot.go(Place.TIME)
    assert "1 h 30" in field(job.page, "Everyone's time").as_text()
    field(job.page, "Everyone's claims").selectRow(0)
    assert robot.sees("Finance paid £55.00")
    services = robot.window.view.board.services  # type: ignore[union-attr]
    assert services.verify() == []
    assert len(services.questions.register()) == 2
    assert [claim.paid_pence for claim in services.claims.all()] == [5500]


def _report_says_it(report: bytes) -> None:
    text = " ".join(" ".join(p.extract_text() for p in PdfReader(io.BytesIO(report)).pages).split())
    for words in (QUESTION, PASSAGE, ANSWER, CHANGED, DIFFERENCE, MEMBER, "£55.00", "1 h 30"):
        assert words.casefold() in text.casefold(), words

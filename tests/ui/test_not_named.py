"""Whoever is not named for a question or note is named nowhere for it: on no page, in no file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QPlainTextEdit, QWidget

from mhin_ppi.domain.annotations import AnnotationKind
from mhin_ppi.domain.people import Credit, Role
from mhin_ppi.domain.questions import StepKind
from mhin_ppi.domain.responses import Decision
from mhin_ppi.services.boards import Services
from mhin_ppi.ui.pages.codes_page import CodesPage
from mhin_ppi.ui.pages.compare_page import ComparePage
from mhin_ppi.ui.pages.impact_page import ImpactPage
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.questions_page import QuestionsPage
from mhin_ppi.ui.pages.reading_facts import read_notes
from mhin_ppi.ui.pages.reading_page import ReadingPage
from mhin_ppi.ui.pages.reports_page import ReportsPage
from mhin_ppi.ui.pages.story_page import StoryPage
from mhin_ppi.ui.pages.theme_page import ThemePage
from tests.robots.laptop import PASSWORD, Laptop, make_boards, texts
from tests.robots.page_robot import PageRobot

FIRST = "# What we ask of you\n\nYou will come to six sessions at the clinic.\n\nTea is served.\n"
SECOND = FIRST.replace("six sessions at the clinic", "four meetings wherever you like")
NAME = "Zanthippe"


@pytest.fixture
def told(tmp_path: Path, look: None) -> Any:
    """A board on which somebody who is usually named did not want to be, for one thread."""
    boards = make_boards(tmp_path)
    ruth, _ = boards.start(
        tmp_path / "ruth", board_name="Our board", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    person = ruth.people.add_person(
        f"{NAME} Khan", roles=(Role.MEMBER,), credit=Credit.FULL_NAME
    ).value
    project = ruth.people.add_project("A study", team="the team").value
    version = ruth.reviewing.add_draft(
        FIRST.encode(), file_name="v1.md", project=project.id, title="Sheet"
    ).value
    yield ruth, person.id, project.id, version
    ruth.close()


def thread(ruth: Services, person: Any, version: Any) -> tuple[Any, Any, Any]:
    """Return the person's question, their reply in its thread, and a note that asks nothing."""
    text = ruth.reviewing.text_of(version.id).text
    at = text.index("six sessions")
    given = {"on_behalf_of": person, "credit": Credit.NOT_NAMED}
    asked = ruth.annotations.annotate(
        version.id,
        kind=AnnotationKind.QUESTION,
        body="Can I join from home?",
        span=(at, at + len("six sessions")),
        **given,
    ).value
    reply = ruth.annotations.reply(
        asked.annotation.id, body="I mean by video.", on_behalf_of=person
    ).value
    works = ruth.annotations.annotate(
        version.id, kind=AnnotationKind.WORKS, body="The tea helps.", **given
    ).value
    return asked, reply.annotation, works.annotation


def everything_on(page: QWidget) -> str:
    """Return every word that a page shows, in labels, fields and tables."""
    said = list(texts(page))
    for field in page.findChildren(QPlainTextEdit):
        said.append(field.toPlainText())
    for widget in page.findChildren(QWidget):
        said += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
    for view in page.findChildren(QAbstractItemView):
        model = view.model()
        if model is None or isinstance(view.parent(), QComboBox) or not view.isVisibleTo(page):
            continue  # the lists from which one chooses whose words one types in name everybody
        for row in range(model.rowCount()):
            for column in range(model.columnCount()):
                said.append(str(model.index(row, column).data() or ""))
    return "\n".join(said)


def test_in_files_and_lists(told: Any) -> None:
    ruth, person, project, version = told
    asked, reply, works = thread(ruth, person, version)
    text = ruth.reviewing.text_of(version.id)
    notes = {shown.note.id: shown for shown in read_notes(ruth, version.id, text=text)}
    for note in (asked.annotation, reply, works):
        assert notes[note.id].author == "A board member"
        (alone,) = read_notes(ruth, version.id, text=text, only=[note.id])
        assert alone.author == "A board member"
    assert (reply.credit, works.credit) == (Credit.NOT_NAMED, Credit.NOT_NAMED)
    ruth.coding.consents.say(project, agreed=True, on_behalf_of=person)
    assert {one.author for one in ruth.coding.codings.open_notes()} == {"a board member"}
    leaving = ruth.team_files.leaving(version.id)
    assert len(leaving.notes) == 3
    whole = [str(leaving.notes), ruth.team_files.as_annotations(leaving).decode()]
    whole += [str(ruth.reporting.impact_report()), str(ruth.questions.register()[0].asked_by)]
    assert not [words for words in whole if NAME in words]
    # The choice outlives the question: taken back, its reply still names nobody.
    ruth.annotations.take_back(asked.annotation.id)
    (left,) = ruth.annotations.names([reply]).values()
    assert left == "A board member"
    # And it is a choice for these notes only.
    other = ruth.annotations.annotate(
        version.id, kind=AnnotationKind.WORKS, body="Good.", on_behalf_of=person
    ).value.annotation
    assert ruth.annotations.names([other]) == {other.id: f"{NAME} Khan"}
    changed = ruth.annotations.change(works.id, kind=AnnotationKind.SUGGESTION).value
    assert changed.credit is Credit.NOT_NAMED
    assert {story.asked_by for story in ruth.questions.register()} == {"A board member"}


def test_on_every_page(told: Any, qtbot: Any) -> None:
    ruth, person, project, version = told
    asked, _, _ = thread(ruth, person, version)
    other = ruth.questions.raise_question("May I join from my home?", on_behalf_of=person)
    ruth.questions.respond(asked.question.id, decision=Decision.WILL_CHANGE, body="You can.")
    newer = ruth.reviewing.add_version(version.draft, SECOND.encode(), file_name="v2.md").value
    ruth.questions.link_change(asked.question.id, outside="Video calls.")
    ruth.questions.feed_back(asked.question.id, body="It changed.")
    ruth.questions.take_step(asked.question.id, StepKind.CONFIRM, on_behalf_of=person)
    ruth.coding.consents.say(project, agreed=True, on_behalf_of=person)
    ruth.questions.take_step(other.value.id, StepKind.WITHDRAW, on_behalf_of=person)

    laptop = Laptop(ruth)
    kinds = (QuestionsPage, StoryPage, ThemePage, ReadingPage, ComparePage)
    for kind in (*kinds, CodesPage, ImpactPage, ReportsPage):
        laptop.put(kind)
    laptop.show()
    places = {
        Place.STORY: asked.question.id,
        Place.THEME: asked.question.id,
        Place.READING: version.id,
        Place.COMPARE: (version.id, newer.id),
        Place.CODES: None,
        Place.IMPACT: None,
        Place.REPORTS: None,
    }
    for place, argument in places.items():
        PageRobot(laptop, qtbot, place).open(argument)
        shown = everything_on(laptop.page(place))
        assert shown.strip(), place
        assert NAME not in shown, place
    PageRobot(laptop, qtbot, Place.READING).open(newer.id)
    assert NAME not in everything_on(laptop.page(Place.READING))
    laptop.tasks.close()
    assert laptop.bugs == []

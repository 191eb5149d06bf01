"""A passage with a content note is not quoted in a question's story before it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from mhin_ppi.domain.annotations import AnnotationKind
from mhin_ppi.domain.questions import Question
from mhin_ppi.domain.responses import Decision
from mhin_ppi.services.boards import Services
from mhin_ppi.ui.pages.change_form import ChangeForm
from mhin_ppi.ui.pages.feedback_form import FeedbackForm
from mhin_ppi.ui.pages.impact_form import ImpactForm
from mhin_ppi.ui.pages.impact_page import ImpactPage
from mhin_ppi.ui.pages.my_questions_page import MyQuestionsPage
from mhin_ppi.ui.pages.owed_page import OwedPage
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.story_actions import Act
from mhin_ppi.ui.pages.story_page import StoryPage
from mhin_ppi.ui.pages.tell_many_form import TellManyForm
from mhin_ppi.ui.widgets.words_after import WordsAfter
from tests.robots.laptop import PASSWORD, Laptop, make_boards
from tests.robots.page_robot import PageRobot
from tests.ui.test_not_named import everything_on

FIRST = "# What we ask\n\nSome people tried to drown themselves.\n\nYou come six times.\n"
SECOND = "# What we ask\n\nSome people wanted to drown.\n\nYou come six times.\n"
SAID = "This part touches on: suicide."


@pytest.fixture
def ruth(tmp_path: Path) -> Services:
    opened, _ = make_boards(tmp_path).start(
        tmp_path / "b", board_name="Our board", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    return opened


@pytest.fixture
def laptop(ruth: Services) -> Iterator[Laptop]:
    made = Laptop(ruth)
    for kind in (StoryPage, MyQuestionsPage, ImpactPage):
        made.put(kind)
    made.show()
    yield made
    made.close_board()


@pytest.fixture
def asked(ruth: Services) -> Question:
    """Return a question on a part with a content note, and a change of that part."""
    project = ruth.people.add_project("A study", team="the CBT team", sites=["Hull"]).value
    first = ruth.reviewing.add_draft(
        FIRST.encode(), file_name="a.md", project=project.id, title="Information sheet"
    ).value
    text = ruth.reviewing.text_of(first.id).text
    sentence = text.index("Some people"), text.index("themselves.") + 11
    ruth.content_notes.add(first.id, span=sentence, body="suicide")
    at = text.index("drown")
    made = ruth.annotations.annotate(
        first.id, kind=AnnotationKind.QUESTION, body="Is that needed?", span=(at, at + 5)
    ).value.question
    assert made is not None
    ruth.questions.respond(made.id, decision=Decision.WILL_CHANGE, body="It is softer now.")
    new = ruth.reviewing.add_version(first.draft, SECOND.encode(), file_name="b.md").value
    at = ruth.reviewing.text_of(new.id).text.index("drown")
    ruth.questions.link_change(made.id, new=(new.id, at, at + 5))
    return made


def test_what_it_touches_on_stands_before_the_words(
    laptop: Laptop, ruth: Services, asked: Question, qtbot: Any
) -> None:
    robot = PageRobot(laptop, qtbot, Place.STORY)
    robot.open(asked.id)
    page = laptop.page(Place.STORY)
    assert isinstance(page, StoryPage)
    shown = everything_on(page)
    assert "drown" not in shown
    # The marked words, old words and new words, in the diagram, the list and the path.
    assert shown.count(SAID) >= 6
    facts = page.pane.facts
    assert facts is not None
    for form, act in (
        (ChangeForm, Act.CHANGE),
        (ImpactForm, Act.DIFFERENCE),
        (FeedbackForm, Act.TELL),
    ):
        page.pane.act(act)
        assert page.pane.slot.findChildren(form)
        assert "drown" not in everything_on(page), form
    assert not [one for one in page.pane.chain.diagram.spoken() if "drown" in one]
    # One press shows the words in place, and only those.
    (stage, *_) = page.pane.path.findChildren(WordsAfter)
    stage.read_button.click()
    assert everything_on(page.pane.path).count("drown") == 1

    for place in (Place.MY_QUESTIONS, Place.IMPACT):
        PageRobot(laptop, qtbot, place).open(None)
        shown = everything_on(laptop.page(place))
        assert SAID in shown, place
        assert "drown" not in shown, place
    ruth.content_notes.take_away(ruth.content_notes.on(asked_version(ruth, asked))[0].id)
    robot.open(asked.id)
    assert "drown" in everything_on(page.pane.path)
    assert laptop.bugs == []


def test_words_that_were_opened_stay_open_when_the_story_is_read_again(
    laptop: Laptop, ruth: Services, asked: Question, qtbot: Any
) -> None:
    robot = PageRobot(laptop, qtbot, Place.STORY).open(asked.id)
    page = laptop.page(Place.STORY)
    assert isinstance(page, StoryPage)

    def warned() -> list[WordsAfter]:
        return [each for one in page.pane.path.all() for each in one.findChildren(WordsAfter)]

    def shown() -> list[bool]:
        return [one.is_open for one in warned()]

    # The words that were marked, what stands there now, and what stood there before.
    assert shown() == [False, False, False]
    warned()[1].read_button.click()
    # A save on this page, and what came from another laptop, read the story again.
    page.pane.act(Act.HAND_ON)
    robot.write("Who has it now", "the CBT team").press("Save")
    ruth.questions.feed_back(asked.id, body="It is softer now.")
    page.reload()
    laptop.settle(qtbot)
    assert page.pane.facts is not None
    assert page.pane.facts.story.feedback
    assert shown() == [False, True, False], "only those that were opened"
    assert everything_on(page.pane.path).count("drown") == 1
    # Words under another warning are asked for anew.
    (note,) = ruth.content_notes.on(asked_version(ruth, asked))
    ruth.content_notes.change(note.id, body="suicide and self-harm")
    page.reload()
    laptop.settle(qtbot)
    assert shown() == [False, False, False]
    # So are they when another question was looked at in between.
    for one in warned():
        one.read_button.click()
    assert shown() == [True, True, True]
    robot.open(ruth.questions.raise_question("Who pays?").value.id)
    robot.open(asked.id)
    assert shown() == [False, False, False]


def asked_version(ruth: Services, asked: Question) -> Any:
    note = ruth.questions.story(asked.id).annotation
    assert note is not None
    return note.version


def test_it_stands_before_the_words_in_a_report(
    ruth: Services, asked: Question, qapp: Any, tmp_path: Path
) -> None:
    content = ruth.reporting.impact_report()
    (line,) = content.questions
    assert (line.passage_quote, line.passage_touches_on) == ("drown", SAID)
    assert (line.change_after, line.change_touches_on) == ("drown", SAID)
    pages = PdfReader(BytesIO(ruth.reporting.draw(content))).pages
    drawn = " ".join("\n".join(page.extract_text() for page in pages).split())
    assert drawn.count(SAID) == 2
    assert f"The words that prompted it {SAID} drown" in drawn
    ruth.close()


def test_it_stands_before_the_words_that_many_are_told(
    laptop: Laptop, asked: Question, qtbot: Any
) -> None:
    laptop.put(OwedPage)
    robot = PageRobot(laptop, qtbot, Place.OWED).open()
    robot.press("Tell those who are answered")
    (form,) = robot.page.findChildren(TellManyForm)
    (card,) = form.cards
    assert f"What changed: ({SAID}) It now says “drown”" in card.body.toPlainText()

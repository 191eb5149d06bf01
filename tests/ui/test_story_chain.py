"""The chain of one question, walked both ways: as a diagram, as a list, and with its gaps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mhin_ppi.domain.annotations import AnnotationKind
from mhin_ppi.domain.drafts import DraftVersion
from mhin_ppi.domain.impact import Direction, Lasted
from mhin_ppi.domain.people import PersonId
from mhin_ppi.domain.questions import Question, StepKind
from mhin_ppi.domain.responses import Decision
from mhin_ppi.services.boards import Services
from mhin_ppi.ui.pages.compare_page import ComparePage
from mhin_ppi.ui.pages.impact_form import ImpactForm
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.reading_page import ReadingPage
from mhin_ppi.ui.pages.reports_page import ReportsPage
from mhin_ppi.ui.pages.story_links import LinkKind, chain_of, spoken
from mhin_ppi.ui.pages.story_page import StoryPage
from mhin_ppi.ui.pages.story_parts import Stage
from mhin_ppi.ui.preferences import Look, Preferences
from mhin_ppi.ui.theme import apply_theme
from tests.robots.laptop import PASSWORD, Laptop, make_boards, nameless
from tests.robots.page_robot import PageRobot

FIRST = "# What we ask\n\nYou will come to six sessions at the clinic.\n"
SECOND = "# What we ask\n\nYou can join six sessions at home or at the clinic.\n"


class StoryRobot(PageRobot):
    @property
    def story(self) -> StoryPage:
        assert isinstance(self.page, StoryPage)
        return self.page

    def chain(self) -> list[str]:
        """Return what the diagram says, having checked that the list says the same."""
        view, facts = self.story.pane.chain, self.story.pane.facts
        assert facts is not None
        said = view.diagram.spoken()
        assert said == view.list.spoken() == [spoken(link) for link in chain_of(facts)]
        for box, link in zip(view.diagram.boxes, view.links, strict=True):
            seen = [label.text() for label in box._lines]
            assert seen == [line for line in (link.when, *link.said) if line]
        return said

    def gaps(self) -> list[str]:
        self.chain()
        return [link.words for link in self.story.pane.chain.links if link.is_gap]

    def walk(self, kind: LinkKind) -> StoryRobot:
        """Choose a link by keyboard, as somebody without a mouse does."""
        view = self.story.pane.chain
        at = [link.kind for link in view.links].index(kind)
        box = view.diagram.boxes[at]
        assert box.focusPolicy() & Qt.FocusPolicy.TabFocus
        QTest.keyClick(box, Qt.Key.Key_Space)
        self.laptop.settle(self.qtbot)
        return self


def unnamed(robot: PageRobot) -> list[str]:
    """Return what has no name; of choices in a group, arrow keys reach those that Tab does not."""
    return [one for one in nameless(robot.page) if "has no name" in one]


@pytest.fixture
def ruth(tmp_path: Path) -> Services:
    opened, _ = make_boards(tmp_path).start(
        tmp_path / "b", board_name="Our board", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    return opened


@pytest.fixture
def laptop(ruth: Services, look: None) -> Iterator[Laptop]:
    made = Laptop(ruth)
    for kind in (StoryPage, ReadingPage, ComparePage, ReportsPage):
        made.put(kind)
    made.show()
    yield made
    made.close_board()


@pytest.fixture
def first(ruth: Services) -> DraftVersion:
    project = ruth.people.add_project("A study", team="the CBT team", sites=["Hull"]).value
    return ruth.reviewing.add_draft(
        FIRST.encode(), file_name="a.md", project=project.id, title="Information sheet"
    ).value


@pytest.fixture
def amina(ruth: Services) -> PersonId:
    return ruth.people.add_person("Amina Khan").value.id


@pytest.fixture
def asked(ruth: Services, first: DraftVersion, amina: PersonId) -> Question:
    at = ruth.reviewing.text_of(first.id).text.index("six sessions")
    made = ruth.annotations.annotate(
        first.id,
        kind=AnnotationKind.QUESTION,
        body="Can I join from home?",
        span=(at, at + 12),
        on_behalf_of=amina,
    ).value.question
    assert made is not None
    return made


def _answer(ruth: Services, question: Question) -> None:
    ruth.questions.respond(question.id, decision=Decision.WILL_CHANGE, body="You will be able to.")


def _change(ruth: Services, question: Question, first: DraftVersion) -> None:
    new = ruth.reviewing.add_version(first.draft, SECOND.encode(), file_name="b.md").value
    at = ruth.reviewing.text_of(new.id).text.index("at home")
    ruth.questions.link_change(question.id, new=(new.id, at, at + 7))


def _differ(ruth: Services, question: Question, **given: Any) -> Any:
    return ruth.impacts.record(
        question.id,
        kind="materials",
        stage="ethics",
        direction=Direction.MIXED,
        what_changed="Families far away can take part.",
        **given,
    ).value


def test_diagram_and_list_agree_through_a_whole_life_and_gaps_are_shown(
    laptop: Laptop,
    ruth: Services,
    first: DraftVersion,
    asked: Question,
    amina: PersonId,
    qtbot: Any,
) -> None:
    story = StoryRobot(laptop, qtbot, Place.STORY)
    story.open(asked.id)
    ruth.questions.hand_to(asked.id, holder="the CBT team")
    story.story.reload()
    laptop.settle(qtbot)
    waits = "No answer yet, still to come, No answer yet. The CBT team has it since today."
    assert waits in story.chain()
    assert story.gaps() == [
        "No answer yet",
        "No change yet",
        "Difference not known",
        "Not told yet",
        "No last word yet",
    ]
    assert nameless(story.page) == []

    def then(work: Any, *gaps: str) -> None:
        work()
        story.open(asked.id)
        assert story.gaps() == list(gaps)

    take, back = ruth.questions.take_step, ruth.questions.feed_back
    later = ("No change yet", "Difference not known", "Not told yet", "No last word yet")
    then(lambda: _answer(ruth, asked), *later)
    then(lambda: _change(ruth, asked, first), *later[1:])
    then(lambda: _differ(ruth, asked), *later[2:])
    then(lambda: back(asked.id, body="You can."), "No last word yet")
    then(
        lambda: take(asked.id, StepKind.NOT_QUITE, said="Who pays?", on_behalf_of=amina),
        "No new answer yet",
        "Not told of it all yet",
    )
    assert "“Not quite”, today, Who pays?" in story.chain()
    then(lambda: _answer(ruth, asked), "Not told of it all yet", "No last word yet")
    then(lambda: back(asked.id, body="We pay."), "No last word yet")
    then(lambda: take(asked.id, StepKind.CONFIRM, on_behalf_of=amina))
    assert story.chain()[-1] == "The line in a report, Question 1 in the PPI impact report"
    then(lambda: take(asked.id, StepKind.WITHDRAW, on_behalf_of=amina))
    assert "These words were taken back." in story.chain()[0]


def test_every_link_opens_its_place_and_that_place_leads_back(
    laptop: Laptop, ruth: Services, first: DraftVersion, asked: Question, qtbot: Any
) -> None:
    _answer(ruth, asked)
    _change(ruth, asked, first)
    impact = _differ(ruth, asked)
    ruth.questions.feed_back(asked.id, body="You can.")
    story = StoryRobot(laptop, qtbot, Place.STORY)
    story.open(asked.id)

    story.walk(LinkKind.WORDS)
    reading = laptop.currentWidget()
    assert isinstance(reading, ReadingPage)
    assert reading.reader.textCursor().selectedText() == "six sessions"

    story.open(asked.id)
    story.walk(LinkKind.CHANGE)
    comparing = PageRobot(laptop, qtbot, Place.COMPARE)
    page = comparing.page
    assert isinstance(page, ComparePage)
    assert laptop.currentWidget() is page
    qtbot.waitUntil(lambda: page.compared is not None and not laptop.tasks.busy, timeout=60_000)
    laptop.settle(qtbot)
    assert "home" in page.text.textCursor().selectedText()
    assert comparing.sees("Linked to a question already")
    comparing.press("See the question")
    assert laptop.went[-1] == (Place.STORY, asked.id)

    story.walk(LinkKind.REPORT)
    report = PageRobot(laptop, qtbot, Place.REPORTS)
    assert laptop.currentWidget() is report.page
    assert report.sees("The question you came from")
    assert report.sees("Q1")
    report.press("The whole story")
    assert laptop.went[-1] == (Place.STORY, asked.id)

    for kind, record in ((LinkKind.QUESTION, asked.id), (LinkKind.IMPACT, impact.id)):
        story.walk(kind)
        assert laptop.currentWidget() is story.page
        focused = QApplication.focusWidget() or laptop.focusWidget()
        stage = focused.parentWidget() if focused else None
        assert isinstance(stage, Stage)
        assert stage.record == record


def test_the_list_is_walked_with_keys(laptop: Laptop, asked: Question, qtbot: Any) -> None:
    story = StoryRobot(laptop, qtbot, Place.STORY)
    story.open(asked.id)
    story.press("Show as a list")
    view = story.story.pane.chain
    assert not view.diagram.isVisible()
    assert view.list.isVisible()
    view.list.setFocus()
    QTest.keyClick(view.list, Qt.Key.Key_Return)
    laptop.settle(qtbot)
    assert laptop.went[-1][0] is Place.READING
    story.open(asked.id)
    story.press("Show as a picture")
    assert view.diagram.isVisible()


@pytest.mark.parametrize(
    ("size", "width", "alone"), [(100, 1280, False), (200, 1280, True), (100, 600, True)]
)
def test_the_diagram_becomes_a_vertical_path_and_nothing_is_cut(
    laptop: Laptop, asked: Question, qtbot: Any, size: int, width: int, alone: bool
) -> None:
    apply_theme(QApplication.instance(), Preferences(look=Look.LIGHT, text_size=size))  # type: ignore[arg-type]
    laptop.resize(width, 800)
    story = StoryRobot(laptop, qtbot, Place.STORY)
    story.open(asked.id)
    diagram = story.story.pane.chain.diagram
    qtbot.waitUntil(lambda: diagram.width() > 0 and (diagram.across == 1) is alone, timeout=60_000)
    for box in diagram.boxes:
        assert box.height() >= box.height_at(box.width())
        assert diagram.rect().contains(box.geometry())
    tops = [box.y() for box in diagram.boxes]
    assert tops == sorted(tops)
    assert (len(set(tops)) == len(tops)) is alone


def test_the_person_who_asked_is_asked_and_both_views_stand_beside_each_other(
    laptop: Laptop, ruth: Services, asked: Question, qtbot: Any
) -> None:
    own = ruth.questions.raise_question("Who pays for the bus?").value
    for question in (asked, own):
        _answer(ruth, question)
        _differ(ruth, question, team_view="A great help.")
    story = StoryRobot(laptop, qtbot, Place.STORY)
    story.open(asked.id)
    assert not story.sees("How do you see it?")
    story.press("Write down their view").press("Save")
    assert story.sees("Write a few words.")
    story.write("How they see it, in their own words", "It changed little.").press("Save")
    assert story.sees("The view of the person who asked, written down by a coordinator")
    assert story.sees("It changed little.")
    assert story.sees("A great help.")

    story.open(own.id)
    assert story.sees("How do you see it?")
    story.press("Say how you see it").write("How you see it", "Worse for me.").press("Save")
    assert not story.sees("How do you see it?")
    assert any("You: Worse for me. The team: A great help." in said for said in story.chain())


def test_what_shows_a_difference_is_kept_and_saved_out_and_no_address_opens_by_itself(
    laptop: Laptop,
    ruth: Services,
    asked: Question,
    qtbot: Any,
    tmp_path: Path,
) -> None:
    _answer(ruth, asked)
    poster = tmp_path / "poster.png"
    poster.write_bytes(b"\x89PNG not really")
    story = StoryRobot(laptop, qtbot, Place.STORY)
    story.open(asked.id)
    story.press("Record the difference it made")
    assert unnamed(story) == []
    story.choose("For the worse")
    story.write("What it changed, in a sentence", "It took longer.")
    story.pick("What sort of change", "How the study is run")
    story.pick("Which part of the research", "Doing the study")
    story.write("A web address that shows it", "javascript:alert(1)")
    form = story.page.findChild(ImpactForm)
    assert form is not None
    form.file.take(poster)
    story.press("Save the difference")
    assert story.sees("This is not a web address that can be opened.")
    assert form.what.words() == "It took longer.", "nothing is lost"
    story.write("A web address that shows it", "https://example.org/minutes")
    poster.rename(tmp_path / "gone.png")
    story.press("Save the difference")
    assert story.sees("“poster.png” cannot be read.")
    (tmp_path / "gone.png").rename(poster)
    story.press("Save the difference")

    assert story.sees("Attached: poster.png")
    assert story.sees("It can be seen at https://example.org/minutes")
    (impact,) = ruth.impacts.all()
    story.story.pane.files.save_to(impact, tmp_path / "out.png")
    laptop.settle(qtbot)
    assert (tmp_path / "out.png").read_bytes() == poster.read_bytes()
    story.press("Open the address in your browser").answer_dialog("Leave it")


def test_a_difference_is_looked_at_again_from_its_story(
    laptop: Laptop, ruth: Services, asked: Question, qtbot: Any
) -> None:
    _answer(ruth, asked)
    today = ruth.desk.today()
    impact = _differ(ruth, asked, look_again_on=today + timedelta(days=30))
    story = StoryRobot(laptop, qtbot, Place.STORY)
    story.open(asked.id)
    assert story.sees("Look at this again on ")
    story.press("Look at this again").press("Save what was found")
    assert story.sees("Choose one.")
    assert unnamed(story) == []
    story.choose("No longer there").write("What was seen", "The new staff do not do it.")
    story.press("Save what was found")
    assert story.sees("Looked at again today: no longer there. The new staff do not do it.")
    (look,) = ruth.impacts.looks([impact.id])[impact.id]
    assert look.lasted is Lasted.NO
    assert any("Looked at again today: No longer there" in said for said in story.chain())


def test_a_change_outside_a_text_is_recorded_with_its_sort_and_how_sure(
    laptop: Laptop, ruth: Services, asked: Question, qtbot: Any
) -> None:
    _answer(ruth, asked)
    story = StoryRobot(laptop, qtbot, Place.STORY)
    story.open(asked.id)
    story.press("Record a change").choose("Somewhere else")
    story.write("What is different now", "Home visits are offered.").press("Save the change")
    assert story.sees("Choose one.")
    story.pick("What sort of thing changed", "How people are reached")
    story.choose("It may have led to this").press("Save the change")
    (change,) = ruth.questions.story(asked.id).changes
    assert (change.outside_kind, change.certainty) == ("recruitment", "may_have")
    assert any(
        "perhaps because of it, today, How people are reached: Home visits are offered." in said
        for said in story.chain()
    )


def test_a_changed_passage_is_linked_to_a_question_from_the_comparison(
    laptop: Laptop, ruth: Services, first: DraftVersion, asked: Question, qtbot: Any
) -> None:
    other = ruth.questions.raise_question("Must we travel?").value
    new = ruth.reviewing.add_version(first.draft, SECOND.encode(), file_name="b.md").value
    comparing = PageRobot(laptop, qtbot, Place.COMPARE).open(new.id)
    page = comparing.page
    assert isinstance(page, ComparePage)
    qtbot.waitUntil(lambda: page.compared is not None and not laptop.tasks.busy, timeout=60_000)
    comparing.press("Next change").press("This came from a question")
    assert comparing.sees("No question can be linked yet")
    comparing.press("Cancel")
    _answer(ruth, other)
    comparing.press("This came from a question")
    assert nameless(page) == []
    comparing.press("Link them")
    assert comparing.sees("Choose a question.")
    comparing.write("Find words in the question", "nowhere")
    comparing.write("Find words in the question", "travel")
    comparing.pick("Which question", "Must we travel? (A board member)")
    comparing.choose("It may have led to this").press("Link them")
    assert comparing.sees("The change is linked to the question.")
    (change,) = ruth.questions.story(other.id).changes
    assert change.certainty == "may_have"
    assert (change.old_version, change.new_version) == (first.id, new.id)
    assert comparing.sees("Linked to a question already")

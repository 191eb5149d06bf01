"""What happens to a question, seen by the person who asked and by the coordinator."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from mhin_ppi.domain.annotations import AnnotationKind
from mhin_ppi.domain.drafts import DraftVersion
from mhin_ppi.domain.questions import Considered, Question, QuestionId, QuestionState, StepKind
from mhin_ppi.domain.responses import Decision
from mhin_ppi.services.boards import Services
from mhin_ppi.ui.pages.my_questions_page import MyQuestionsPage
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.questions_page import QuestionsPage
from mhin_ppi.ui.pages.reading_page import ReadingPage
from mhin_ppi.ui.pages.register_pane import RegisterPane
from mhin_ppi.ui.pages.story_page import StoryPage
from mhin_ppi.ui.pages.words_for import stays_words
from mhin_ppi.ui.widgets.question_card import QuestionCard
from tests.robots.laptop import PASSWORD, Laptop, exchange, field, make_boards, member_of, nameless
from tests.robots.questions_robot import QuestionsRobot
from tests.robots.reading_robot import ReadingRobot

FIRST = "# What we will ask of you\n\nYou will come to six sessions at the clinic.\n"
SECOND = "# What we will ask of you\n\nYou can join six sessions at home or at the clinic.\n"


@pytest.fixture
def coordinator(tmp_path: Path) -> Iterator[Services]:
    opened, _ = make_boards(tmp_path).start(
        tmp_path / "ruth", board_name="Our board", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    yield opened
    opened.close()


@pytest.fixture
def version(coordinator: Services) -> DraftVersion:
    project = coordinator.people.add_project(
        "Parent-led CBT", team="the CBT team", sites=["Norwich"]
    ).value
    return coordinator.reviewing.add_draft(
        FIRST.encode(), file_name="v1.md", project=project.id, title="Information sheet"
    ).value


@pytest.fixture
def member(coordinator: Services, version: DraftVersion, tmp_path: Path) -> Iterator[Services]:
    boards = make_boards(tmp_path)
    opened = member_of(boards, coordinator, tmp_path / "amina", name="Amina Khan")
    yield opened
    opened.close()


@pytest.fixture
def desks(coordinator: Services, member: Services, look: None) -> Iterator[tuple[Laptop, Laptop]]:
    made = Laptop(coordinator), Laptop(member)
    for laptop in made:
        for kind in (ReadingPage, MyQuestionsPage, StoryPage, QuestionsPage):
            laptop.put(kind)
        laptop.show()
    yield made
    for laptop in made:
        laptop.tasks.close()
        assert laptop.bugs == []


@pytest.fixture
def asked(coordinator: Services, member: Services, version: DraftVersion) -> Question:
    text = member.reviewing.text_of(version.id).text
    at = text.index("six sessions")
    made = member.annotations.annotate(
        version.id,
        kind=AnnotationKind.QUESTION,
        body="Can I join from home?",
        span=(at, at + len("six sessions")),
    ).value.question
    assert made is not None
    exchange(coordinator, member)
    return made


def _answered(coordinator: Services, question: Question) -> None:
    coordinator.questions.respond(question.id, decision=Decision.WILL_CHANGE, body="Yes, you can.")


def test_what_is_asked_in_the_reader_appears_in_my_questions(
    desks: tuple[Laptop, Laptop], version: DraftVersion, qtbot: Any
) -> None:
    _, laptop = desks
    ReadingRobot(laptop, qtbot).open(version.id).select("at the clinic").ask("Why there?")
    mine = QuestionsRobot(laptop, qtbot, Place.MY_QUESTIONS).open()

    assert mine.sees("Why there?")
    assert mine.sees("“at the clinic”")
    assert mine.sees("Asked")
    assert mine.sees("The coordinator has it now")


def test_what_waits_for_a_word_comes_first_and_days_in_each_state_are_told(
    desks: tuple[Laptop, Laptop],
    coordinator: Services,
    member: Services,
    asked: Question,
    qtbot: Any,
) -> None:
    _answered(coordinator, asked)
    coordinator.questions.feed_back(asked.id, body="You can.")
    exchange(coordinator, member)
    member.questions.raise_question("Newer, and it waits for nothing?")
    mine = QuestionsRobot(desks[1], qtbot, Place.MY_QUESTIONS).open()
    cards = mine.page.findChildren(QuestionCard)
    assert [card.words for card in cards] == [asked.body, "Newer, and it waits for nothing?"]
    story = QuestionsRobot(desks[1], qtbot, Place.STORY).open(asked.id)
    assert story.sees("You were told: since today.")
    told = member.questions.story(asked.id)
    assert told.fate.since is not None
    later = told.fate.since + timedelta(days=400)
    assert stays_words(told, now=later) == "You were told: 400 days."


def test_the_answer_and_the_change_are_recorded_in_place(
    desks: tuple[Laptop, Laptop],
    coordinator: Services,
    version: DraftVersion,
    asked: Question,
    qtbot: Any,
) -> None:
    draft, _ = coordinator.reviewing.version(version.id)
    coordinator.reviewing.add_version(draft.draft, SECOND.encode(), file_name="v2.md")
    desk = QuestionsRobot(desks[0], qtbot, Place.STORY).open(asked.id)
    assert desk.stages() == ["The words that prompted it", "Question"]
    assert nameless(desk.page) == []

    desk.press("Acknowledge").press("Record the team's answer").press("Save the answer")
    assert nameless(desk.page) == []
    assert desk.sees("Choose what the team will do.")
    desk.choose("Will change").write("The answer, in plain words", "We will offer it at home.")
    desk.choose("No, it was new to them").press("Save the answer")

    desk.press("Record a change")
    assert nameless(desk.page) == []
    desk.write("The new words", "sessions on the moon").press("Save the change")
    assert desk.sees("Those words are not in version 2.")
    desk.write("The new words", "at home or at the clinic").press("Save the change")
    assert desk.sees("at home or at the clinic")

    story = coordinator.questions.story(asked.id)
    assert story.question.considered is Considered.NO
    assert story.response is not None
    assert story.response.decided_by == "the CBT team"
    (change,) = story.changes
    assert change.new is not None
    assert change.new.quote == "at home or at the clinic"


def test_the_difference_is_recorded_and_the_person_told_who_says_yes(
    desks: tuple[Laptop, Laptop],
    coordinator: Services,
    member: Services,
    asked: Question,
    qtbot: Any,
) -> None:
    _answered(coordinator, asked)
    desk = QuestionsRobot(desks[0], qtbot, Place.STORY).open(asked.id)
    desk.press("Record the difference it made").choose("For the better")
    assert nameless(desk.page) == []
    desk.write("What it changed, in a sentence", "Families far away can take part.")
    desk.press("Save the difference")
    assert desk.sees("Choose one.")
    desk.pick("What sort of change", "Words people will read or hear")
    desk.pick("Which part of the research", "Ethics and approvals")
    desk.write("The team's view", "We had not seen it.").press("Save the difference")
    desk.press("Tell the person").write("What they are told", "You can join from home now.")
    desk.press("Save what they were told")

    assert desk.stages() == [
        "The words that prompted it",
        "Question",
        "The team's answer",
        "The difference it made",
        "They were told",
    ]
    (impact,) = coordinator.questions.story(asked.id).impacts
    assert (impact.kind, impact.stage) == ("materials", "ethics")
    assert impact.team_view == "We had not seen it."

    exchange(coordinator, member)
    mine = QuestionsRobot(desks[1], qtbot, Place.MY_QUESTIONS).open()
    assert mine.sees("You were told: You can join from home now.")
    mine.press("Yes, that is what I meant")
    assert member.questions.story(asked.id).fate.state is QuestionState.CLOSED
    assert mine.sees("Finished")


def test_paper_is_equal_a_reply_is_typed_in_for_the_person_who_asked(
    desks: tuple[Laptop, Laptop], coordinator: Services, member: Services, qtbot: Any
) -> None:
    question = coordinator.questions.raise_question(
        "Is there a ramp?", on_behalf_of=member.desk.store.person
    ).value
    _answered(coordinator, question)
    coordinator.questions.feed_back(question.id, body="There is.")
    desk = QuestionsRobot(desks[0], qtbot, Place.STORY).open(question.id)
    desk.press("They said: Not quite").write("What is missing", "And a lift?").press("Ask again")

    assert coordinator.questions.story(question.id).fate.state is QuestionState.ACKNOWLEDGED
    assert desk.sees("And a lift?")


def test_not_quite_returns_the_question_with_what_is_missing(
    desks: tuple[Laptop, Laptop],
    coordinator: Services,
    member: Services,
    asked: Question,
    qtbot: Any,
) -> None:
    _answered(coordinator, asked)
    coordinator.questions.feed_back(asked.id, body="You can join from home.")
    exchange(coordinator, member)
    mine = QuestionsRobot(desks[1], qtbot, Place.MY_QUESTIONS).open()
    mine.press("Not quite").press("Ask again")
    assert mine.sees("Write what is missing.")
    mine.write("What is missing", "Who pays for the internet?")
    # Something arrives meanwhile: the words that are being typed stay.
    mine.open()
    assert field(mine.page, "What is missing").toPlainText() == "Who pays for the internet?"
    mine.press("Ask again")
    assert not mine.sees("What is missing")

    assert member.questions.story(asked.id).fate.state is QuestionState.ACKNOWLEDGED
    exchange(coordinator, member)
    desk = QuestionsRobot(desks[0], qtbot, Place.STORY).open(asked.id)
    assert desk.sees("Who pays for the internet?")
    assert "“Not quite”" in desk.stages()
    desk.press("Record a newer answer").choose("Will not change")
    desk.write("The answer, in plain words", "We cannot pay.").press("Save the answer")
    assert desk.sees("Say why, in a sentence.")
    desk.write("Why nothing will change", "There is no money for it.").press("Save the answer")
    assert {"An earlier answer", "The team's answer"} <= set(desk.stages())
    assert desk.sees("Why: There is no money for it.")


def test_what_is_typed_to_others_questions_stays_when_something_arrives(
    desks: tuple[Laptop, Laptop], coordinator: Services, member: Services, qtbot: Any
) -> None:
    coordinator.questions.raise_question("Is there a bus?")
    team = coordinator.register.team.ask("Which day suits you?").value
    exchange(coordinator, member)
    page = QuestionsRobot(desks[1], qtbot, Place.QUESTIONS).open()
    page.press("Answer").write("What you say, in your own words", "Tuesday.")
    page.press("I'd ask this too").write("Anything you want to add", "Number 9?")
    coordinator.questions.raise_question("Is there a lift?")
    exchange(coordinator, member)
    page.open()
    assert page.sees("Is there a lift?")
    assert field(page.page, "What you say, in your own words").toPlainText() == "Tuesday."
    assert field(page.page, "Anything you want to add").toPlainText() == "Number 9?"
    page.press("Say so").press("Save my answer")
    assert not page.sees("What you say, in your own words")
    (reply,) = member.register.team.one(team.id).replies
    assert reply.reply.body == "Tuesday."
    (mine,) = member.register.support.mine()
    assert member.register.support.of(QuestionId(UUID(mine)))[0].support.body == "Number 9?"


def test_taking_words_back_asks_first(
    desks: tuple[Laptop, Laptop], member: Services, asked: Question, qtbot: Any
) -> None:
    mine = QuestionsRobot(desks[1], qtbot, Place.MY_QUESTIONS).open()
    mine.press("Take back my words").answer_dialog("Keep them")
    assert mine.sees("Can I join from home?")
    mine.press("Take back my words").answer_dialog("Take them back")

    assert member.questions.story(asked.id).fate.state is QuestionState.WITHDRAWN
    assert not mine.sees("Can I join from home?")
    assert mine.sees("You took these words back.")


def test_the_words_are_opened_in_the_draft(
    desks: tuple[Laptop, Laptop], version: DraftVersion, asked: Question, qtbot: Any
) -> None:
    laptop = desks[1]
    QuestionsRobot(laptop, qtbot, Place.STORY).open(asked.id).press("Open there")
    page = laptop.page(Place.READING)
    assert isinstance(page, ReadingPage)
    assert laptop.currentWidget() is page
    assert page.reader.textCursor().selectedText() == "six sessions"
    assert not page.bar.isVisible()


def test_the_register_filters_and_acknowledges_several_at_once(
    desks: tuple[Laptop, Laptop], coordinator: Services, qtbot: Any
) -> None:
    for words in ("Is it safe?", "Who pays?", "Is it near me?"):
        coordinator.questions.raise_question(words)
    desk = QuestionsRobot(desks[0], qtbot, Place.QUESTIONS).open()
    table = register_of(desk).table
    assert table.as_text().count("\n") == 3
    desk.write("Find words in the questions", "is it")
    qtbot.waitUntil(lambda: table.as_text().count("\n") == 2, timeout=60_000)
    desk.press("Acknowledge 2")

    states = {s.question.body: s.fate.state for s in coordinator.questions.register()}
    assert states["Who pays?"] is QuestionState.RAISED
    assert states["Is it safe?"] is states["Is it near me?"] is QuestionState.ACKNOWLEDGED
    desk.pick("Which questions", "Finished")
    qtbot.waitUntil(lambda: desk.sees("No question fits."), timeout=60_000)


def test_the_register_shows_the_chosen_questions_story(
    desks: tuple[Laptop, Laptop], coordinator: Services, asked: Question, qtbot: Any
) -> None:
    other = coordinator.questions.raise_question("Who pays?").value
    desk = QuestionsRobot(desks[0], qtbot, Place.QUESTIONS).open(asked.id)
    assert "The words that prompted it" in desk.stages()
    table = register_of(desk).table
    table.choose(next(row for row in table.lines.things() if row.question == other.id))
    desk.laptop.settle(qtbot)
    assert desk.stages() == ["Question"]
    desk.press("Pass to").write("Who has it now", "the finance office").press("Save")
    assert desk.sees("With the finance office since today")


def register_of(desk: QuestionsRobot) -> RegisterPane:
    page = desk.page
    assert isinstance(page, QuestionsPage)
    assert page.register is not None
    return page.register


def test_a_member_adds_their_view_of_the_difference(
    desks: tuple[Laptop, Laptop],
    coordinator: Services,
    member: Services,
    asked: Question,
    qtbot: Any,
) -> None:
    from mhin_ppi.domain.impact import Direction

    _answered(coordinator, asked)
    coordinator.impacts.record(
        asked.id,
        kind="materials",
        stage="ethics",
        direction=Direction.POSITIVE,
        what_changed="The sheet is clearer.",
        team_view="Much clearer.",
    )
    exchange(coordinator, member)
    mine = QuestionsRobot(desks[1], qtbot, Place.STORY).open(asked.id)
    mine.press("Add your view").write("How you see it", "Only a little.").press("Save")

    assert mine.sees("Only a little.")
    assert mine.sees("Much clearer.")
    (impact,) = member.questions.story(asked.id).impacts
    assert (impact.asker_view, impact.team_view) == ("Only a little.", "Much clearer.")


def test_a_step_that_is_no_longer_open_is_refused_in_place(
    desks: tuple[Laptop, Laptop], coordinator: Services, asked: Question, qtbot: Any
) -> None:
    _answered(coordinator, asked)
    desk = QuestionsRobot(desks[0], qtbot, Place.STORY).open(asked.id)
    desk.press("Tell the person").write("What they are told", "You can.")
    # Their "yes" is typed in elsewhere before this is saved; the page has not heard of it.
    coordinator.questions.feed_back(asked.id, body="You can join from home.")
    coordinator.questions.take_step(asked.id, StepKind.NO_REPLY_NEEDED)
    desk.press("Save what they were told")

    assert desk.sees("This question is “Finished”")
    assert desk.sees("Nothing has been changed.")
    assert len(coordinator.questions.story(asked.id).feedback) == 1


def test_empty_pages_say_what_will_be_there(desks: tuple[Laptop, Laptop], qtbot: Any) -> None:
    mine = QuestionsRobot(desks[1], qtbot, Place.MY_QUESTIONS).open()
    assert mine.sees("Your questions will be here")
    mine.press("See the drafts")
    assert desks[1].went[-1][0] is Place.TO_READ
    desk = QuestionsRobot(desks[0], qtbot, Place.QUESTIONS).open()
    assert desk.sees("Questions will be here as soon as somebody asks one.")

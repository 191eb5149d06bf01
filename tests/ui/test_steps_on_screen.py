"""No step is reachable from the screen that the table does not allow, and every one it allows is.

For every state, every asker and both people at a laptop, the buttons of the real pages are held
against the table as ``tests/domain/test_fate.py`` has it from ``PRODUCT.md``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mhin_ppi.domain.questions import QuestionState as S
from mhin_ppi.domain.questions import StepKind as K
from mhin_ppi.domain.responses import Decision
from mhin_ppi.services.boards import Services
from mhin_ppi.ui.pages.my_questions_page import MyQuestionsPage
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.story_page import StoryPage
from mhin_ppi.ui.widgets.question_card import QuestionCard
from tests.domain.test_fate import ASKER, DECIDED, PRODUCT, RUTH, WAYS
from tests.robots.laptop import PASSWORD, Laptop, buttons_seen, exchange, make_boards, member_of
from tests.robots.page_robot import PageRobot

# What each button takes; "They said" is the same step, typed in for anybody else.
STEPS = {
    "Yes, that is what I meant": K.CONFIRM,
    "Not quite": K.NOT_QUITE,
    "They said: Yes, that is what I meant": K.CONFIRM,
    "They said: Not quite": K.NOT_QUITE,
    "Acknowledge": K.ACKNOWLEDGE,
    "Record the team's answer": K.ANSWER,
    "Record a newer answer": K.ANSWER,
    "Tell the person": K.FEED_BACK,
    "Record a change": K.CHANGE,
    "No reply is needed": K.NO_REPLY_NEEDED,
    "Open it again": K.REOPEN,
    "Find similar questions": K.MERGE,
    "Take it out of these": K.UNMERGE,
    "Take back my words": K.WITHDRAW,
}
# "Marked as not changed" is taken with the answer that refuses; merging and unmerging exclude each
# other by being in a theme or not, which the table does not know.
WITH_ANOTHER = {K.NOT_CHANGE, K.MERGE, K.UNMERGE}


def take(services: Services, question: Any, kind: K, behalf: Any) -> None:
    questions = services.questions
    if kind is K.ACKNOWLEDGE:
        questions.acknowledge([question])
    elif kind is K.ANSWER:
        questions.respond(question, decision=Decision.WILL_CHANGE, body="We will.")
    elif kind is K.CHANGE:
        questions.link_change(question, outside="A new way.")
    elif kind is K.FEED_BACK:
        questions.feed_back(question, body="Thank you.")
    elif kind is not K.NOT_CHANGE:
        questions.take_step(question, kind, said="So.", on_behalf_of=behalf)


def walked(ruth: Services, question: Any, state: S, behalf: Any) -> None:
    """Take a question the shortest way to a state."""
    if state is S.NOT_CHANGED:
        no = Decision.WILL_NOT_CHANGE
        ruth.questions.respond(question, decision=no, body="No.", reason="The law.")
        return
    for kind, by in WAYS[state]:
        take(ruth, question, kind, behalf if by == ASKER else None)


@pytest.fixture
def board(tmp_path: Path, look: None) -> Any:
    boards = make_boards(tmp_path)
    ruth, _ = boards.start(
        tmp_path / "ruth", board_name="Our board", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    amina = member_of(boards, ruth, tmp_path / "amina", name="Amina Khan")
    kim = ruth.people.add_person("Kim Unreal").value.id
    asked = {}
    for state in S:
        mine = amina.questions.raise_question(f"Amina asks {state}?").value.id
        exchange(ruth, amina)
        theirs = ruth.questions.raise_question(f"Kim asks {state}?", on_behalf_of=kim).value.id
        own = ruth.questions.raise_question(f"Ruth asks {state}?").value.id
        for who, question, behalf in (
            ("amina", mine, amina.desk.store.person),
            ("kim", theirs, kim),
            ("ruth", own, None),
        ):
            walked(ruth, question, state, behalf)
            asked[who, state] = question
    exchange(ruth, amina)
    yield ruth, amina, asked
    ruth.close()
    amina.close()


def offered(laptop: Laptop, qtbot: Any, question: Any) -> set[K]:
    """Return the steps that the pages of a laptop offer for a question."""
    words = set(PageRobot(laptop, qtbot, Place.STORY).open(question).offers())
    page = laptop.page(Place.MY_QUESTIONS)
    story = laptop.services.questions.story(question)
    if not story.is_mine:
        return {STEPS[each] for each in words if each in STEPS}
    body = story.question.body
    PageRobot(laptop, qtbot, Place.MY_QUESTIONS).open()
    assert isinstance(page, MyQuestionsPage)
    page.list.finish()
    for card in page.findChildren(QuestionCard):
        if body and card.words == body:
            words |= buttons_seen(card)
    return {STEPS[each] for each in words if each in STEPS}


def allowed(state: S, *, coordinator: bool, asker: bool, typed: bool) -> set[K]:
    found = set()
    for kind, (source, _, takers) in PRODUCT.items():
        by_asker = ASKER in takers and (asker or (typed and kind is not K.WITHDRAW))
        if state in source and (by_asker or (RUTH in takers and coordinator)):
            found.add(kind)
    return found


def test_the_screen_offers_what_the_table_allows_and_nothing_else(board: Any, qtbot: Any) -> None:
    ruth, amina, asked = board
    laptops = {"ruth": Laptop(ruth), "amina": Laptop(amina)}
    for laptop in laptops.values():
        for page in (StoryPage, MyQuestionsPage):
            laptop.put(page)
        laptop.show()
    for (who, state), question in asked.items():
        for person, laptop in laptops.items():
            mine, coordinator = who == person, person == "ruth"
            found = offered(laptop, qtbot, question)
            table = allowed(
                state, coordinator=coordinator, asker=mine, typed=coordinator and not mine
            )
            assert found - WITH_ANOTHER == table - WITH_ANOTHER, (who, state, person)
            assert (K.MERGE in found) == (K.MERGE in table), (who, state, person)
            assert K.UNMERGE not in found
            if K.NOT_CHANGE in table:
                assert state in DECIDED
                assert K.ANSWER in found, "a refusal is recorded as a newer answer"
    together = [asked["kim", S.RAISED], asked["amina", S.CLOSED], asked["ruth", S.ANSWERED]]
    ruth.themes.put_together(together, title="The same")
    exchange(ruth, amina)
    for question in together:
        assert {K.MERGE, K.UNMERGE} & offered(laptops["ruth"], qtbot, question) == {K.UNMERGE}
        assert not {K.MERGE, K.UNMERGE} & offered(laptops["amina"], qtbot, question)
    for laptop in laptops.values():
        laptop.tasks.close()
        assert laptop.bugs == []

"""What changed between two versions, read, walked through by keys, and linked to questions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from mhin_ppi.domain.annotations import AnnotationKind
from mhin_ppi.domain.drafts import DraftVersion
from mhin_ppi.domain.questions import StepKind
from mhin_ppi.domain.responses import Decision
from mhin_ppi.services.boards import Services
from mhin_ppi.ui.pages.compare_page import ComparePage
from mhin_ppi.ui.pages.page import Place
from tests.robots.laptop import PASSWORD, Laptop, make_boards, nameless
from tests.robots.page_robot import PageRobot

SAME = "\n\n".join(f"Paragraph number {n} about the study stays as it was." for n in range(12))
V1 = f"""# Payment

We pay £10 for each session by bank transfer.

# Risks

Some questions may upset you. Blood samples are taken twice a year.

{SAME}

The recordings are kept on a locked computer at the university.
"""
V2 = f"""# Risks

Some questions may upset you. You can always stop.

{SAME}

The recordings are kept on a locked computer at the hospital.

# Payment

We pay £10 for each session by bank transfer.
"""


@pytest.fixture
def services(tmp_path: Path) -> Services:
    opened, _ = make_boards(tmp_path).start(
        tmp_path / "b", board_name="Our board", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    return opened


@pytest.fixture
def laptop(services: Services, qtbot: Any, look: None) -> Iterator[Laptop]:
    made = Laptop(services)
    made.put(ComparePage)
    made.show()
    yield made
    made.close_board()


@pytest.fixture
def versions(services: Services) -> tuple[DraftVersion, DraftVersion]:
    project = services.people.add_project("A study", sites=["Hull"]).value
    first = services.reviewing.add_draft(
        V1.encode(), file_name="a.md", project=project.id, title="Information sheet"
    ).value
    ask(services, first, "Blood samples are taken twice", "Is blood needed?")
    ask(services, first, "computer at the university", "Who has the key?")
    ask(services, first, "£10 for each session", "Only £10?")
    second = services.reviewing.add_version(first.draft, V2.encode(), file_name="b.md").value
    return first, second


def ask(services: Services, version: DraftVersion, words: str, body: str) -> None:
    at = services.reviewing.text_of(version.id).text.index(words)
    services.annotations.annotate(
        version.id, kind=AnnotationKind.QUESTION, body=body, span=(at, at + len(words))
    )


def answer(services: Services, body: str) -> None:
    (story,) = [s for s in services.questions.register() if s.question.body == body]
    services.questions.respond(
        story.question.id, decision=Decision.WILL_CHANGE, body="We will change it."
    )


@pytest.fixture
def comparing(laptop: Laptop, versions: tuple[DraftVersion, DraftVersion], qtbot: Any) -> PageRobot:
    return PageRobot(laptop, qtbot, Place.COMPARE).open(versions[1].id)


def read(robot: PageRobot) -> str:
    page = robot.page
    assert isinstance(page, ComparePage)
    return page.text.words()


def test_added_taken_out_and_moved_are_said_in_words_and_long_stretches_fold(
    comparing: PageRobot,
) -> None:
    words = read(comparing)
    assert "added: You can always stop." in words
    assert "taken out: Blood samples are taken twice a year." in words
    assert "moved here: We pay £10 for each session by bank transfer." in words
    assert "moved away: We pay £10" in words
    assert "12 paragraphs the same" in words
    assert "Paragraph number 5" not in words
    assert comparing.sees("2 parts reworded, 1 moved.")


def test_a_folded_stretch_opens_where_it_stands(comparing: PageRobot, qtbot: Any) -> None:
    page = comparing.page
    assert isinstance(page, ComparePage)
    fold = next(p.link for p in page.text._shown if p.link.startswith("fold"))
    page.text.link_chosen.emit(fold)
    assert "Paragraph number 5" in read(comparing)
    assert "paragraphs the same" not in read(comparing)


def test_keys_walk_through_the_changes_and_say_each(comparing: PageRobot, qtbot: Any) -> None:
    page = comparing.page
    assert isinstance(page, ComparePage)
    assert page.compared is not None
    total = len(page.compared.comparison.changes)
    for _ in range(total):
        qtbot.keyClick(page.text, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert f"Change {total} of {total}" in comparing.laptop.said[-1]
    qtbot.keyClick(page.text, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert comparing.laptop.said[-1] == "No more changes this way."
    qtbot.keyClick(page.text, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert f"Change {total - 1} of {total}" in comparing.laptop.said[-1]
    assert page.text.textCursor().hasSelection()


def test_a_moved_passage_leads_to_its_other_place(comparing: PageRobot) -> None:
    page = comparing.page
    assert isinstance(page, ComparePage)
    link = next(p.link for p in page.text._shown if p.text.strip() == "See where it is now")
    page.text.link_chosen.emit(link)
    assert "Moved here" in comparing.laptop.said[-1]


def test_changed_passages_with_questions_are_offered_and_confirmed(
    comparing: PageRobot, services: Services
) -> None:
    assert comparing.sees("2 changed parts have questions.")
    assert comparing.sees("Is blood needed?")
    assert comparing.sees("Who has the key?")
    assert not comparing.sees("Only £10?"), "it only moved"
    assert "Yes, it led to this" not in comparing.offers(), "nothing is answered yet"

    answer(services, "Who has the key?")
    page = comparing.page
    assert isinstance(page, ComparePage)
    page.reload()
    comparing.laptop.settle(comparing.qtbot)
    comparing.press("Yes, it led to this")

    (story,) = [s for s in services.questions.register() if s.question.body == "Who has the key?"]
    (change,) = story.changes
    assert change.old is not None
    assert change.new is not None
    assert change.old.quote == "computer at the university"
    assert change.new.quote == "The recordings are kept on a locked computer at the hospital."
    assert "Yes, it led to this" not in comparing.offers()
    assert comparing.sees("Linked to a question already")
    assert page.margin.words() == "Questions (2)", "one that may have led to a change, one that did"


def test_a_passage_taken_out_is_confirmed_once(
    comparing: PageRobot,
    services: Services,
    versions: tuple[DraftVersion, DraftVersion],
) -> None:
    third = services.reviewing.add_version(
        versions[0].draft, V2.replace(" You can always stop.", "").encode(), file_name="c.md"
    ).value
    answer(services, "Is blood needed?")
    comparing.open((versions[0].id, third.id))
    assert comparing.sees("The words it was about were taken out.")
    comparing.press("Yes, it led to this")
    (story,) = [s for s in services.questions.register() if s.question.body == "Is blood needed?"]
    (change,) = story.changes
    assert change.outside == "The words it was asked about were taken out in version 3."
    assert not comparing.sees("Is blood needed?")


def test_a_finished_question_is_not_offered(comparing: PageRobot, services: Services) -> None:
    (story,) = [s for s in services.questions.register() if s.question.body == "Who has the key?"]
    services.questions.take_step(story.question.id, StepKind.WITHDRAW)
    page = comparing.page
    assert isinstance(page, ComparePage)
    page.reload()
    comparing.laptop.settle(comparing.qtbot)
    assert comparing.sees("1 changed part has questions.")


def test_not_this_one_is_not_offered_again_and_can_be_undone(
    comparing: PageRobot, versions: tuple[DraftVersion, DraftVersion]
) -> None:
    comparing.press("Not this one")
    assert comparing.sees("1 changed part has questions.")
    comparing.press("Undo")
    assert comparing.sees("2 changed parts have questions.")


def test_only_passages_with_questions(comparing: PageRobot) -> None:
    page = comparing.page
    assert isinstance(page, ComparePage)
    page.only.click()
    words = read(comparing)
    assert "taken out: Blood samples" in words
    assert "moved here" not in words
    assert "paragraphs without questions" in words


def test_another_document_is_said_plainly(
    laptop: Laptop, services: Services, versions: tuple[DraftVersion, DraftVersion], qtbot: Any
) -> None:
    third = services.reviewing.add_version(
        versions[0].draft, b"Stir the flour.\n\nBake until golden brown.\n", file_name="c.md"
    ).value
    robot = PageRobot(laptop, qtbot, Place.COMPARE).open((versions[0].id, third.id))
    assert robot.sees("quite different documents")
    assert robot.sees("versions 1 and 3")


def test_one_version_alone_cannot_be_compared(
    laptop: Laptop, services: Services, qtbot: Any
) -> None:
    project = services.people.add_project("Other", sites=[]).value
    only = services.reviewing.add_draft(
        V1.encode(), file_name="a.md", project=project.id, title="Sheet"
    ).value
    robot = PageRobot(laptop, qtbot, Place.COMPARE).open(only.id)
    assert robot.sees("There is only one version of this draft.")


def test_everything_has_a_name_and_is_reached_by_tab(comparing: PageRobot) -> None:
    assert nameless(comparing.page) == []


def test_what_is_folded_in_a_draft_is_not_read_in_a_comparison_unasked(
    laptop: Laptop,
    services: Services,
    versions: tuple[DraftVersion, DraftVersion],
    qtbot: Any,
) -> None:
    first, second = versions
    for words, body in (("Blood samples are taken twice", "blood"), ("on a locked comp", "keys")):
        at = services.reviewing.text_of(first.id).text.index(words)
        services.content_notes.add(first.id, span=(at, at + len(words)), body=body)
    comparing = PageRobot(laptop, qtbot, Place.COMPARE).open(second.id)
    page = comparing.page
    assert isinstance(page, ComparePage)
    words = read(comparing)
    for hidden in ("Blood", "on a locked", "You can always stop"):
        assert hidden not in words
    for said in ("This part touches on: blood. Read it", "This part touches on: keys. Read it"):
        assert said in words
    assert "Some questions may upset you." in words
    assert "Read it uter at the" in words
    assert page.compared is not None
    for number in range(len(page.compared.comparison.changes)):
        page.show_change(number)
        assert "Blood" not in comparing.laptop.said[-1]
        assert page.text.textCursor().hasSelection()
    assert comparing.sees("Now: words in a part that is folded.")
    assert nameless(page) == []

    links = [piece.link for piece in page.text._shown if "blood" in piece.text]
    page.text.link_chosen.emit(links[0])
    assert "taken out: Blood samples are taken twice a year." in read(comparing)
    assert "touches on: keys." in read(comparing)


def test_a_content_note_that_comes_later_folds_what_is_compared(
    comparing: PageRobot, services: Services, versions: tuple[DraftVersion, DraftVersion]
) -> None:
    at = services.reviewing.text_of(versions[1].id).text.index("You can always")
    services.content_notes.add(versions[1].id, span=(at, at + 20), body="stopping")
    assert "You can always" in read(comparing)
    comparing.open(versions[1].id)
    assert "You can always" not in read(comparing)
    assert "touches on: stopping." in read(comparing)

"""Looking back on the screen: two sides side by side, four scales that can be left out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QSlider

from mhin_ppi.domain.reflections import LEFT_OUT, SCALE_ENDS
from mhin_ppi.domain.spaces import ADMIN, BOARD, person_space
from mhin_ppi.errors import InputError, NotAllowedError
from mhin_ppi.services.boards import Services
from mhin_ppi.services.reflections import Kind
from mhin_ppi.ui.pages.meetings_page import MeetingsPage
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.reflections_page import ReflectionsPage, TwoSides
from tests.robots.laptop import (
    PASSWORD,
    Laptop,
    exchange,
    field,
    make_boards,
    member_of,
    nameless,
    texts,
)
from tests.robots.page_robot import PageRobot

WEAK, STRONG = SCALE_ENDS[0]


@pytest.fixture
def coordinator(tmp_path: Path) -> Iterator[Services]:
    opened, _ = make_boards(tmp_path).start(
        tmp_path / "ruth", board_name="Our board", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    project = opened.people.add_project("Parent-led CBT").value
    draft = opened.reviewing.add_draft(
        b"# A sheet\n\nYou will come.\n", file_name="a.md", project=project.id, title="A sheet"
    ).value
    now = opened.desk.now()
    opened.meetings.arrange("March meeting", starts_at=now - timedelta(days=2))
    opened.meetings.arrange("Next meeting", starts_at=now + timedelta(days=9))
    opened.reviewing.ask_to_read(draft.id, invited=[opened.desk.store.person])
    yield opened
    opened.close()


@pytest.fixture
def member(coordinator: Services, tmp_path: Path) -> Iterator[Services]:
    opened = member_of(make_boards(tmp_path), coordinator, tmp_path / "amina", name="Amina Khan")
    yield opened
    opened.close()


@pytest.fixture
def desks(coordinator: Services, member: Services, look: None) -> Iterator[list[PageRobot]]:
    laptops = [Laptop(coordinator), Laptop(member)]
    for laptop in laptops:
        for kind in (ReflectionsPage, MeetingsPage):
            laptop.put(kind)
        laptop.show()
    yield laptops  # type: ignore[misc]
    for laptop in laptops:
        laptop.tasks.close()
        assert laptop.bugs == []


def test_both_sides_of_a_meeting_stand_side_by_side(
    desks: list[Laptop], coordinator: Services, member: Services, qtbot: Any
) -> None:
    hers = PageRobot(desks[1], qtbot, Place.REFLECTIONS).open()
    assert hers.sees("What people say, looking back, will be here.")
    hers.press("Look back on something")
    offered = [hers.page.slot.all()[0].about.itemText(at) for at in range(2)]  # type: ignore[attr-defined]
    assert offered[0].startswith("March meeting (")
    assert offered[1] == "Parent-led CBT"
    assert not hers.sees("Whose side it is")
    hers.press("Save")
    assert hers.sees("Write a few words in one of the boxes, or place yourself on a scale.")
    hers.write("What went well", "I was asked first.")

    slider = next(s for s in hers.page.findChildren(QSlider) if WEAK in s.accessibleName())
    assert slider.accessibleName() == f"From “{WEAK}” to “{STRONG}”"
    assert slider.accessibleDescription() == "Left out"
    assert not slider.isVisible()
    field(hers.page, f"Place myself between “{WEAK}” and “{STRONG}”").click()
    slider.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_PageUp)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert slider.accessibleDescription() == f"Nearer to “{STRONG}” (61 of 100)"
    assert nameless(hers.page) == []
    hers.choose("The whole board").press("Save")
    assert hers.sees(f"From “{WEAK}” to “{STRONG}”: nearer to “{STRONG}” (61 of 100)")
    (back,) = member.reflections.all()
    assert back.members[0].reflection.scales == (61, LEFT_OUT, LEFT_OUT, LEFT_OUT)

    exchange(coordinator, member)
    ruths = PageRobot(desks[0], qtbot, Place.REFLECTIONS).open(back.occasion.id)
    ruths.choose("The research team")
    ruths.write("If it was somebody who is not on the board: who", "the trial manager")
    ruths.write("What did not", "We ran late.").press("Save")
    (sides,) = ruths.page.findChildren(TwoSides)
    left, right = sides.children()[1:3]
    assert "I was asked first." in texts(left)  # type: ignore[arg-type]
    assert any("Amina ·" in text for text in texts(left))  # type: ignore[arg-type]
    assert "We ran late." in texts(right)  # type: ignore[arg-type]
    assert any("the trial manager" in text for text in texts(right))  # type: ignore[arg-type]
    assert ruths.sees("Published questionnaires with a licence are not in this program.")

    # What a member is sent: the board's space and her own, never the coordinators' talk.
    spaces = [ADMIN, BOARD, person_space(member.desk.store.person)]
    member.desk.store.take_in(coordinator.desk.store.ship(spaces=spaces))
    hers.open()
    assert not hers.sees("We ran late.")  # shared with the coordinators only
    hers.press("Take it back")
    assert not hers.sees("I was asked first.")
    exchange(coordinator, member)
    assert [len(group.members) for group in coordinator.reflections.all()] == [0]


def test_a_review_can_be_looked_back_on_once_it_is_given_back(
    desks: list[Laptop], coordinator: Services, qtbot: Any
) -> None:
    kinds = [one.kind for one in coordinator.reflections.occasions()]
    assert kinds == [Kind.MEETING, Kind.PROJECT]
    (standing,) = coordinator.rounds.standings()
    coordinator.reviewing.give_back(standing.request.id)
    (review,) = [o for o in coordinator.reflections.occasions() if o.kind is Kind.REVIEW]
    assert review.title == "Reading “A sheet”, v1"
    meetings = PageRobot(desks[0], qtbot, Place.MEETINGS).open()
    meetings.press("Looking back")
    robot = PageRobot(desks[0], qtbot, Place.REFLECTIONS)
    assert desks[0].went[-1] == (Place.REFLECTIONS, None)
    robot.open(review.id)
    robot.choose("A member of the board").write("What to change next time", "Fewer pages.")
    robot.press("Save")
    (back,) = coordinator.reflections.all()
    assert back.occasion == review
    assert robot.sees("Fewer pages.")


def test_what_cannot_be_is_refused_and_changes_nothing(
    coordinator: Services, member: Services
) -> None:
    (meeting, project) = member.reflections.occasions()
    with pytest.raises(NotAllowedError):
        member.reflections.note(meeting, went_well="x", from_team=True)
    with pytest.raises(NotAllowedError):
        member.reflections.note(meeting, went_well="x", said_by="somebody")
    with pytest.raises(InputError):
        member.reflections.note(meeting, went_well="  ", scales=[LEFT_OUT] * 4)
    for wrong in ([101, 0, 0, 0], [50], [-2, 0, 0, 0]):
        with pytest.raises(InputError):
            member.reflections.note(project, scales=wrong)
    with pytest.raises(InputError, match="longer than"):
        member.reflections.note(project, went_well="x" * 20_001)
    assert member.reflections.all() == []
    made = member.reflections.note(project, went_well="Good.").value
    exchange(coordinator, member)
    with pytest.raises(NotAllowedError):
        coordinator.reflections.take_back(made.id)
    (seen,) = coordinator.reflections.all()
    assert (seen.members[0].who, seen.members[0].may_take_back) == ("Amina", False)

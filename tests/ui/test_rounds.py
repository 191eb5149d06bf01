"""Asking people to read, changing and closing it, as a coordinator does it on the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QDate

from mhin_ppi.domain.drafts import DraftVersion, ReviewRound
from mhin_ppi.services.boards import Services
from mhin_ppi.ui.pages.home_page import HomePage, waiting_words
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.round_words import request_words
from mhin_ppi.ui.pages.time_page import TimePage
from mhin_ppi.ui.pages.to_read_page import ToReadPage
from tests.robots.laptop import PASSWORD, Laptop, field, make_boards, nameless
from tests.robots.page_robot import PageRobot

PAYS, AMOUNT = "What a review pays", "Agreed amount, in pounds"
CONFIRM = "Before this amount is used"


@pytest.fixture
def services(tmp_path: Path) -> Services:
    opened, _ = make_boards(tmp_path).start(
        tmp_path / "b", board_name="Our board", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    opened.people.add_person("Amina Khan")
    return opened


@pytest.fixture
def version(services: Services) -> DraftVersion:
    project = services.people.add_project("Parent-led CBT").value
    return services.reviewing.add_draft(
        b"# Who\n\nChildren aged 5 to 12.", file_name="s.md", project=project.id, title="A sheet"
    ).value


@pytest.fixture
def laptop(services: Services, look: None) -> Iterator[Laptop]:
    made = Laptop(services)
    for page in (ToReadPage, HomePage, TimePage):
        made.put(page)
    made.show()
    yield made
    made.close_board()


@pytest.fixture
def page(laptop: Laptop, version: DraftVersion, qtbot: Any) -> PageRobot:
    return PageRobot(laptop, qtbot, Place.TO_READ).open()


def open_form(page: PageRobot) -> PageRobot:
    return page.press("Ask people to read: A sheet")


def newest(services: Services) -> ReviewRound:
    (standing,) = services.rounds.standings()
    return standing.request


def test_everyone_is_asked_with_one_tick_and_a_size_of_task_fills_the_amount(
    page: PageRobot, services: Services
) -> None:
    open_form(page)
    field(page.page, "Ask all").click()
    page.pick(PAYS, "£13.80 · Very short task, little or no preparation, about 30 minutes")
    assert field(page.page, AMOUNT).text() == "£13.80"
    page.press("Ask them")

    made = newest(services)
    assert (made.agreed_pence, made.band, len(made.invited)) == (1380, "half_hour", 2)
    assert page.sees("Version 1, 2 people: about 1 hour")
    assert page.sees("Not back yet: Amina, Ruth.")
    assert nameless(page.page) == []


def test_a_rate_nobody_checked_says_so_and_is_confirmed_before_it_is_used(
    page: PageRobot, services: Services
) -> None:
    open_form(page)
    field(page.page, "Ask all").click()
    doubtful = "£55.00 · Task needing some preparation, about 2 hours (not checked)"
    page.pick(PAYS, doubtful).press("Ask them")
    assert page.sees("Check the amount first, then tick this.")
    assert page.sees("This amount was worked out, not read in its source.")
    assert services.rounds.standings() == []
    field(page.page, CONFIRM).click()
    page.press("Ask them")
    assert newest(services).agreed_pence == 5500

    open_form(page)
    page.pick(PAYS, doubtful.removesuffix(" (not checked)"))
    assert not page.sees(CONFIRM)


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("", "is not an amount"),
        ("twenty", "is not an amount"),
        ("-5", "is not an amount"),
        ("0", "The amount is nothing."),
        ("1000.01", "at most £1,000"),
        ("999999999", "at most £1,000"),
        ("1e9", "is not an amount"),
    ],
)
def test_an_amount_that_cannot_be_is_refused_in_place_and_every_word_kept(
    page: PageRobot, services: Services, amount: str, said: str
) -> None:
    open_form(page)
    field(page.page, "Ask all").click()
    page.pick(PAYS, "An amount of our own")
    field(page.page, AMOUNT).setText(amount)
    page.write("What it touches on", "restraint").press("Ask them")
    assert page.sees(said)
    assert services.rounds.standings() == []
    assert field(page.page, AMOUNT).text() == amount
    assert field(page.page, "What it touches on").toPlainText() == "restraint"


def test_a_size_that_is_written_over_becomes_an_amount_of_their_own(page: PageRobot) -> None:
    open_form(page)
    page.pick(PAYS, "£13.80 · Very short task, little or no preparation, about 30 minutes")
    page.write(AMOUNT, "20")
    assert field(page.page, PAYS).currentText() == "An amount of our own"


def test_a_day_that_is_gone_and_nobody_asked_are_said_beside_the_fields(
    page: PageRobot, services: Services
) -> None:
    open_form(page)
    gone = services.desk.today() - timedelta(days=1)
    field(page.page, "By a certain day")
    form = page.page.slot.all()[0]
    form.due.day.setDate(QDate(gone.year, gone.month, gone.day))
    page.press("Ask them")
    assert page.sees("Choose at least one person.")
    assert page.sees("That day has passed. Choose today or later.")
    assert services.rounds.standings() == []


def test_a_request_is_changed_closed_and_opened_again(
    page: PageRobot, services: Services, version: DraftVersion, qtbot: Any
) -> None:
    amina, me = (person.id for person in services.people.everyone())
    made = services.reviewing.ask_to_read(
        version.id, invited=[amina], content_note="racism", agreed_pence=2000
    ).value
    services.reviewing.give_back(made.id, on_behalf_of=amina)
    page.open().press("Change what is asked")
    assert field(page.page, AMOUNT).text() == "£20.00"
    assert not field(page.page, "Amina Khan (done)").isEnabled()
    field(page.page, "Ruth Okafor").click()
    field(page.page, "About how long it takes").setValue(25)
    page.press("Save the changes")
    changed = newest(services)
    assert (changed.invited, changed.minutes, changed.agreed_pence) == ((amina, me), 25, 2000)
    assert page.sees("Not back yet: Ruth. Done: Amina.")

    page.press("Stop waiting for the others")
    assert page.sees("Done: Amina.")
    assert "Stop waiting for the others" not in page.offers()
    page.press("Undo")
    assert page.sees("Not back yet: Ruth. Done: Amina.")


def test_home_tells_it_in_a_sentence_and_the_coordinator_who_is_back(
    page: PageRobot, services: Services, version: DraftVersion, laptop: Laptop, qtbot: Any
) -> None:
    amina, me = (person.id for person in services.people.everyone())
    services.reviewing.ask_to_read(
        version.id,
        invited=[me, amina],
        due_on=services.desk.today(),
        minutes=40,
        content_note="restraint and self-harm",
        agreed_pence=2750,
    )
    sentence = (
        "A sheet, version 1: about 40 minutes, by today. "
        "It touches on restraint and self-harm. You will be paid £27.50."
    )
    (shown,) = services.reviewing.shelf()
    assert waiting_words(shown, today=services.desk.today()) == sentence
    home = PageRobot(laptop, qtbot, Place.HOME).open()
    assert home.sees(sentence)
    assert home.sees("Not back yet: Ruth, Amina.")
    assert page.open().sees(sentence.replace("A sheet, version 1", "You are asked to read this"))


def test_a_content_note_in_sentences_of_its_own_stands_as_it_is() -> None:
    made = ReviewRound(
        id=None,  # type: ignore[arg-type]
        version=None,  # type: ignore[arg-type]
        minutes=20,
        content_note="Black people's deaths in custody. Section 5\nis the heaviest."
        + " More." * 40,
    )
    words = request_words(made, today=date(2026, 3, 2), asked="A sheet, version 1")
    assert words.startswith(
        "A sheet, version 1: about 20 minutes. Before you read: Black people's deaths in custody. "
        "Section 5 is the heaviest."
    )
    assert words.endswith("….")
    assert len(words) < 190


def test_a_review_that_is_back_is_one_line_of_the_claim(
    page: PageRobot, services: Services, version: DraftVersion, laptop: Laptop, qtbot: Any
) -> None:
    services.payments.rates.add("An hour", pence=9900, minutes=60, valid_from=services.desk.today())
    made = services.reviewing.ask_to_read(
        version.id, invited=[services.desk.store.person], agreed_pence=4050
    ).value
    services.time.log(90, request=made.id)
    services.reviewing.give_back(made.id)
    time = PageRobot(laptop, qtbot, Place.TIME).open()
    assert time.sees("1 line can be claimed: £40.50.")
    assert time.sees("Minutes noted for a review with an agreed amount are paid by that amount.")
    assert not time.sees("the board has no rate yet")
    time.press("Make a claim")
    assert "Review of A sheet, version 1: agreed amount £40.50" in time.offers()
    time.press("Send claim")
    (claim,) = services.claims.mine()
    assert [(line.what, line.pence) for line in claim.lines] == [
        ("Review of A sheet, version 1", 4050)
    ]

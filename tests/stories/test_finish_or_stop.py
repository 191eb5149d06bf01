"""Finishing a review and stopping on the way are one and the same, whoever looks, wherever.

The same journey is made twice through the real pages, on two boards whose clock stands still and
whose ids are counted: once with *I am done with this*, once with *Stop here* after one paragraph.
Then everything that anybody but the reader could see is laid side by side.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt

from mhin_ppi import app
from mhin_ppi.crypto.wrapping import quick_kdf
from mhin_ppi.documents.reading import FileReader
from mhin_ppi.domain.spaces import ADMIN
from mhin_ppi.later_files import LaterFinance, LaterReceipts
from mhin_ppi.services.boards import Boards, Services
from mhin_ppi.storage.vault import LocalVault
from mhin_ppi.ui.pages.home_page import HomePage
from mhin_ppi.ui.pages.page import Page, Place
from mhin_ppi.ui.pages.people_page import PeoplePage
from mhin_ppi.ui.pages.questions_page import QuestionsPage
from mhin_ppi.ui.pages.reading_page import ReadingPage
from mhin_ppi.ui.pages.time_page import TimePage
from mhin_ppi.ui.pages.to_read_page import ToReadPage
from tests.robots.laptop import (
    PASSWORD,
    Laptop,
    buttons_seen,
    exchange,
    member_of,
    press,
    texts,
)
from tests.robots.laptop import (
    field as field_named,
)
from tests.robots.reading_robot import ReadingRobot

DRAFT = "# Seclusion\n\n" + "\n\n".join(f"Paragraph {n} of what is planned." for n in range(40))
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PAGES: tuple[type[Page], ...] = (
    *(HomePage, ToReadPage, ReadingPage, TimePage, QuestionsPage, PeoplePage),
)


class StillClock:
    """Tells one and the same time."""

    def now(self) -> datetime:
        return NOON


class CountedIds:
    """Ids in order, the same on every board."""

    def __init__(self) -> None:
        self._last = 0

    def new(self) -> UUID:
        self._last += 1
        return UUID(int=self._last, version=4)


@dataclass
class Seen:
    """What two boards are compared by."""

    screens: dict[str, list[str]] = field(default_factory=dict)
    claim: list[Any] = field(default_factory=list)
    shipped: list[Any] = field(default_factory=list)
    report: str = ""
    pdf: list[str] = field(default_factory=list)


def journey(folder: Path, qtbot: Any, *, ends_with: str, reads_on: bool) -> Seen:
    """Ask a member to read, let them end in one of the two ways and claim; return what is seen."""
    clock, ids = StillClock(), CountedIds()
    boards = Boards(
        vault=LocalVault(clock=clock, ids=ids, kdf=quick_kdf),
        clock=clock,
        ids=ids,
        reader=FileReader(),
        writer=app.LaterWriter(),
        renderer=app.LaterPages(),
        note_files=app.LaterNoteFiles(),
        meeting_files=app.LaterMeetingFiles(),
        qda=app.LaterQda(),
        sheets=app.LaterSheets(),
        receipts=LaterReceipts(),
        finance=LaterFinance(),
        catalogues=app.LaterCatalogues(),
        home=folder,
    )
    ruth, _ = boards.start(
        folder / "ruth", board_name="Ours", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    amber = member_of(boards, ruth, folder / "amber", name="Amber Fictional")
    project = ruth.people.add_project("A study").value
    version = ruth.reviewing.add_draft(
        DRAFT.encode(), file_name="p.md", project=project.id, title="Draft protocol"
    ).value
    ruth.reviewing.ask_to_read(
        version.id,
        invited=[amber.desk.store.person],
        minutes=40,
        content_note="seclusion",
        agreed_pence=2750,
        band="one_hour",
    )
    exchange(ruth, amber)
    laptop = _laptop(amber)
    reading = ReadingRobot(laptop, qtbot).open(version.id)
    reading.press("Read on")
    if reads_on:
        qtbot.keyClick(reading.page.reader, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    reading.press("I am done with this")
    field_named(reading.page.margin, "Minutes you gave").setValue(15)
    press(reading.page.margin, ends_with)
    laptop.settle(qtbot)
    laptop.go(Place.TIME)
    laptop.settle(qtbot)
    press(laptop.page(Place.TIME), "Make a claim")
    laptop.settle(qtbot)
    seen = Seen()
    seen.screens["claim form"] = _screen(laptop.page(Place.TIME))
    press(laptop.page(Place.TIME), "Send claim")
    laptop.settle(qtbot)
    exchange(ruth, amber)
    _look(seen, "member", laptop, version.id, qtbot)
    other = _laptop(ruth)
    _look(seen, "coordinator", other, version.id, qtbot)
    _record(seen, ruth, amber)
    for one in (laptop, other):
        one.close_board()
    return seen


def _laptop(services: Services) -> Laptop:
    made = Laptop(services)
    for page in PAGES:
        made.put(page)
    made.show()
    return made


def _screen(page: Any) -> list[str]:
    return [*texts(page), *sorted(buttons_seen(page))]


def _look(seen: Seen, who: str, laptop: Laptop, version: Any, qtbot: Any) -> None:
    """Go round every page; the reader opens past its content note, on the coordinator's side."""
    for kind in PAGES:
        laptop.go(kind.place, version if kind.place is Place.READING else None)
        laptop.settle(qtbot)
        seen.screens[f"{who}: {kind.place}"] = _screen(laptop.page(kind.place))


def _record(seen: Seen, ruth: Services, amber: Services) -> None:
    board = str(ruth.people.board().id)
    seen.claim = [
        [line.to_json() for line in claim.lines] + [claim.asked_pence, claim.state]
        for claim in ruth.claims.all()
    ]
    store = amber.desk.store
    seen.shipped = [
        (one.space, one.seq, one.hlc, _plain([op.to_json() for op in one.ops]))
        for one in store.entries()
        if one.space != ADMIN
    ]
    content = ruth.reporting.impact_report()
    seen.report = json.dumps(asdict(content), default=str).replace(board, "board")
    pages = PdfReader(BytesIO(ruth.reporting.draw(content))).pages
    seen.pdf = [page.extract_text().replace(board, "board") for page in pages]


def _plain(value: Any) -> Any:
    """Return plain values without what is random in every entry: salts, and what is laid over."""
    if isinstance(value, dict):
        return "words" if set(value) == {"ref"} else {key: _plain(v) for key, v in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value[: 4 if value[:1] == ["set"] else None]]
    return value


@pytest.mark.usefixtures("look")
def test_nobody_can_tell_finishing_from_stopping(tmp_path: Path, qtbot: Any) -> None:
    finished = journey(tmp_path / "one", qtbot, ends_with="I am done with this", reads_on=True)
    stopped = journey(tmp_path / "two", qtbot, ends_with="Stop here", reads_on=False)

    assert stopped.screens == finished.screens
    assert stopped.claim == finished.claim
    assert stopped.claim[0][0]["pence"] == 2750
    assert stopped.shipped == finished.shipped
    assert stopped.shipped, "something was shipped"
    assert stopped.report == finished.report
    assert stopped.pdf == finished.pdf
    assert any("Draft protocol" in page or "A study" in page for page in stopped.pdf)

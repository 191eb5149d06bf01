"""Two laptops of one invented board, on real encrypted stores, with a clock that can be set."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from mhin_ppi import app
from mhin_ppi.crypto.wrapping import quick_kdf
from mhin_ppi.documents.page_pictures import PdfPages
from mhin_ppi.documents.reading import FileReader
from mhin_ppi.domain.blocks import Block, BlockKind, DraftText
from mhin_ppi.domain.drafts import VersionId
from mhin_ppi.domain.people import PersonId
from mhin_ppi.domain.projects import ProjectId
from mhin_ppi.domain.spaces import ADMIN, BOARD, Space, person_space
from mhin_ppi.later_files import LaterFinance, LaterReceipts
from mhin_ppi.services.boards import Boards, Services
from mhin_ppi.services.sample_laptops import carry
from mhin_ppi.storage.system_ports import RandomIds
from mhin_ppi.storage.vault import LocalVault
from tests.robots.kept_boards import kept

PASSPHRASE = "a password for nobody"
FOUNDED = date(2025, 4, 1)
"""The board began a year before its tests do: money was spent before the day they tell."""
TEXT = (
    "Draft protocol",
    "Appointments are confirmed by text message the day before.",
    "Seclusion is used as a last resort. Café staff — 👍 — will be asked.",
    "A £20 voucher is given at the end of a completed interview.",
)


class SetClock:
    """Tells the time it was set to, and moves on a second each time it is asked."""

    def __init__(self) -> None:
        self.told = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

    def now(self) -> datetime:
        self.told += timedelta(seconds=1)
        return self.told

    def set(self, day: date | datetime) -> None:
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        self.told = day if isinstance(day, datetime) else noon


class PlainReader:
    """Lines of text become paragraphs: no child process for what is not about reading files."""

    def read(self, untrusted: bytes, *, file_name: str, **_: Any) -> DraftText:
        lines = untrusted.decode().splitlines()
        return DraftText(tuple(Block(BlockKind.PARAGRAPH, line) for line in lines if line))


class NoWriter:
    """Nothing here draws a report."""

    def impact_pdf(self, content: object, **_: Any) -> bytes:
        raise AssertionError("no report is drawn in these tests")


def make_boards(home: Path, *, real_reader: bool = False) -> Boards:
    clock, ids = SetClock(), RandomIds()
    return Boards(
        vault=LocalVault(clock=clock, ids=ids, kdf=quick_kdf),
        clock=clock,
        ids=ids,
        reader=FileReader() if real_reader else PlainReader(),
        writer=NoWriter(),
        renderer=PdfPages(),
        note_files=app.LaterNoteFiles(),
        meeting_files=app.LaterMeetingFiles(),
        qda=app.LaterQda(),
        sheets=app.LaterSheets(),
        receipts=LaterReceipts(),
        finance=LaterFinance(),
        catalogues=app.LaterCatalogues(),
        home=home,
    )


@dataclass
class Pair:
    """The coordinator Ruth and the member Amber, each at a laptop of their own.

    ``ruth`` and ``amber`` are what each can do; ``kim`` is a member without a laptop.
    """

    ruth: Services
    amber: Services
    amber_id: PersonId
    kim: PersonId
    project: ProjectId
    version: VersionId
    clock: SetClock
    boards: Boards

    @property
    def shared(self) -> tuple[Space, ...]:
        return (ADMIN, BOARD, person_space(self.amber_id))

    def to_amber(self) -> int:
        return carry(self.ruth.desk.store, self.amber.desk.store, spaces=self.shared)

    def to_ruth(self) -> int:
        return carry(self.amber.desk.store, self.ruth.desk.store, spaces=self.shared)

    def exchange(self) -> None:
        self.to_ruth()
        self.to_amber()

    def agree(self) -> bool:
        ruth, amber = self.ruth.desk.store, self.amber.desk.store
        return ruth.digest(*self.shared) == amber.digest(*self.shared)

    def span(self, words: str) -> tuple[int, int]:
        start = "\n\n".join(TEXT).index(words)
        return start, start + len(words)

    def close(self) -> None:
        self.ruth.close()
        self.amber.close()


def make_pair(boards: Boards, folder: Path) -> Pair:
    """Return two laptops of a board: made once by :func:`_make_pair`, and copied from then on."""
    clock = boards.clock
    assert isinstance(clock, SetClock)
    homes = (folder / "ruth", folder / "amber")

    def make(folders: Sequence[Path]) -> tuple[Pair, datetime]:
        made = _make_pair(boards, *folders)
        made.close()
        return made, clock.told

    kind = ("pair", type(boards.reader), clock.told)
    first, told = kept(kind, homes, make)
    clock.set(told)
    ruth, amber = (boards.open(home, passphrase=PASSPHRASE) for home in homes)
    return dataclasses.replace(first, ruth=ruth, amber=amber, clock=clock, boards=boards)


def _make_pair(boards: Boards, ruths: Path, ambers: Path) -> Pair:
    assert isinstance(boards.clock, SetClock)
    now = boards.clock.now()
    boards.clock.set(FOUNDED)
    ruth, _ = boards.start(
        ruths,
        board_name="Test board",
        person_name="Ruth Sampleworth",
        passphrase=PASSPHRASE,
    )
    boards.clock.set(now)
    amber = ruth.people.add_person("Amber Fictional").value
    kim = ruth.people.add_person("Kim Unreal").value
    project = ruth.people.add_project("A study", team="the team", sites=["Hull"]).value
    draft = ruth.reviewing.add_draft(
        "\n".join(TEXT).encode(), file_name="a.txt", project=project.id, title="Draft protocol"
    )
    store, _, certificate = boards.vault.join(
        ambers,
        label="Board 1",
        passphrase=PASSPHRASE,
        board=ruth.people.board().id,
        person=amber.id,
    )
    ruth.people.add_device(certificate)
    made = Pair(
        ruth=ruth,
        amber=boards.serve(store),
        amber_id=amber.id,
        kim=kim.id,
        project=project.id,
        version=draft.value.id,
        clock=boards.clock,
        boards=boards,
    )
    made.to_amber()
    return made

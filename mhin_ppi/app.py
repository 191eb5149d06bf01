"""The one place that builds adapters and hands them to services. No Qt."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from .domain.catalogues import parse_impact_taxonomy, parse_rates, parse_support_contacts
from .resource_files import resource
from .services.boards import Boards, Catalogues
from .services.ports import Clock, Progress
from .services.sample import SampleBoard


class SystemClock:
    """The laptop's own clock."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        return datetime.now(UTC)


class RandomIds:
    """Ids that no other laptop will make."""

    def new(self) -> UUID:
        """Return a random id."""
        return uuid4()


def home_folder() -> Path:
    """Return where boards are kept: local to this computer, not roaming between computers."""
    from platformdirs import user_data_path

    return user_data_path("mhin-ppi", appauthor=False, roaming=False) / "boards"


def boards(home: Path | None = None, *, clock: Clock | None = None) -> Boards:
    """Return the boards on this laptop, with every adapter in place.

    Args:
        home: Where boards are kept; the person's own application folder unless said otherwise.
        clock: Tells the time; the laptop's own clock unless said otherwise.
    """
    from .documents.reading import FileReader
    from .reports.maker import ReportMaker
    from .storage.vault import LocalVault

    clock, ids = clock or SystemClock(), RandomIds()
    return Boards(
        vault=LocalVault(clock=clock, ids=ids),
        clock=clock,
        ids=ids,
        reader=FileReader(),
        writer=ReportMaker(resource("fonts")),
        catalogues=catalogues(),
        home=home or home_folder(),
    )


def catalogues() -> Catalogues:
    """Return the fixed lists that ship with the program."""

    def text(*parts: str) -> str:
        return resource(*parts).read_text(encoding="utf-8")

    return Catalogues(
        taxonomy=parse_impact_taxonomy(text("catalogues", "impact_taxonomy.toml")),
        rates=parse_rates(text("catalogues", "payment_rates.toml")),
        contacts=parse_support_contacts(text("support_contacts.toml")),
    )


def sample_board(folder: Path, *, progress: Progress | None = None) -> SampleBoard:
    """Build the sample board in a folder, or find the one that is there.

    Args:
        folder: Where; gets ``coordinator`` and ``member`` inside.
        progress: Told how far it is.
    """
    from .services.sample import ScriptClock, build_sample

    clock = ScriptClock(SystemClock())
    every = boards(folder, clock=clock)
    return build_sample(every, folder, resource("sample_board"), clock=clock, progress=progress)

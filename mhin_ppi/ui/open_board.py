"""An open board as the window holds it, and how one is opened (in the store's lane)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import PPIError
from ..services.sample_board import SampleBoard

if TYPE_CHECKING:
    from ..services.boards import Boards, Services

SAMPLE_LABEL = "Sample board"


@dataclass(frozen=True)
class OpenBoard:
    """A board that is open in this window.

    Args:
        services: Everything a person can do on it.
        label: The neutral words it is known by before it is unlocked.
        coordinates: Whether the person at this laptop coordinates the board.
        idle_minutes: After how many minutes without a touch it locks.
        sample: Both sides of the sample board, when this is one of them.
        codes: Whether the person works with codes, as peer researchers do.
    """

    services: Services
    label: str
    coordinates: bool
    idle_minutes: int
    sample: SampleBoard | None = None
    codes: bool = False

    @property
    def folder(self) -> Path:
        """Where it is kept."""
        return self.services.folder

    @property
    def other_side(self) -> Path | None:
        """The other laptop of the sample board, when this is one of the two."""
        if self.sample is None:
            return None
        here = self.folder.resolve()
        both = (self.sample.member, self.sample.coordinator)
        return next(side for side in both if side.resolve() != here)


def opened(services: Services, *, label: str, sample: SampleBoard | None = None) -> OpenBoard:
    """Return what the window needs to know of a board that has just been opened.

    Raises:
        PPIError: It could not be read after all; it has been closed again.
    """
    from ..domain.people import Role  # not before a board is open: a fast start
    from ..services.coders import may_code
    from ..services.laptop import Laptop

    try:
        me = services.people.me()
        minutes = Laptop(services.desk).idle_minutes()
    except PPIError:
        services.close()
        raise
    return OpenBoard(services, label, me.has(Role.COORDINATOR), minutes, sample, may_code(me))


def open_with_password(
    boards: Boards, folder: Path, *, label: str, password: str, sample: SampleBoard | None = None
) -> OpenBoard | None:
    """Open a board with a password or, when none is typed, as one that stays unlocked here.

    Returns:
        ``None`` when no password is typed and the board does not stay unlocked on this computer.
    """
    if password:
        return opened(boards.open(folder, passphrase=password), label=label, sample=sample)
    services = boards.open_unlocked(folder)
    return None if services is None else opened(services, label=label, sample=sample)

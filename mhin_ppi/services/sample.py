"""The sample board: one invented board on two laptops, built from the texts that ship with us.

It is made the way a real board is: by the services, with every entry signed by the laptop it was
written on, and shipped to the other. Only the clock is pretended, so that a year can go by.
"""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path

from ..errors import InputError
from .boards import Boards
from .ports import Clock, Progress
from .sample_board import SAMPLE_PASSPHRASE, SampleBoard
from .sample_laptops import Laptops
from .sample_script import Script, read_script
from .sample_telling import moments_of

DAY_STARTS = time(9, 30)
HALF_BUILT = ".sample-being-built"
WHOLE = "whole"


class ScriptClock:
    """A clock that can be set, so that a year can be told in seconds. Then it tells real time.

    Args:
        real: Tells the time until the clock is set, and again once it is let go.
    """

    def __init__(self, real: Clock) -> None:
        self.real = real
        self._told: datetime | None = None

    def now(self) -> datetime:
        """Return the instant it was set to, or the present."""
        return self._told or self.real.now()

    def set(self, instant: datetime | None) -> None:
        """Set it to an instant; ``None`` lets it go."""
        self._told = instant


def build_sample(
    boards: Boards,
    folder: Path,
    script: Path,
    *,
    clock: ScriptClock,
    progress: Progress | None = None,
) -> SampleBoard:
    """Build the sample board in a folder, or find the one that is there.

    What was left half built by a laptop that was switched off is finished or made again. Nothing
    else in the folder is touched.

    Args:
        boards: Makes boards; its services and its vault must tell time by ``clock``.
        folder: Where; gets ``coordinator`` and ``member`` inside.
        script: The folder of texts that tell the story.
        clock: Set to each day of the story in turn, and to the present at the end.
        progress: Told how far it is.

    Raises:
        InputError: Something else is in the way, or the script does not hold together.
        StoreFullError: It could not be written.
    """
    made = SampleBoard(coordinator=folder / "coordinator", member=folder / "member")
    half = folder / HALF_BUILT
    if not (half / WHOLE).exists():
        there = [path for path in (made.coordinator, made.member) if path.exists()]
        if len(there) == 2:
            return made
        if there:
            raise InputError(
                f"“{there[0]}” is in the way of the sample board.",
                next_step="Choose an empty folder for the sample board.",
            )
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(parents=True)
        try:
            _build(boards, half, read_script(script, today=_today(clock)), clock, progress)
        finally:
            clock.set(None)
        (half / WHOLE).touch()
    for path in (made.member, made.coordinator):
        if not path.exists():
            (half / path.name).rename(path)
    shutil.rmtree(half, ignore_errors=True)
    return made


def _today(clock: Clock) -> date:
    return clock.now().astimezone().date()


def _build(
    boards: Boards, half: Path, script: Script, clock: ScriptClock, progress: Progress | None
) -> None:
    boards = dataclasses.replace(boards, clock=clock)
    clock.set(_instant(script.day(script.board["day"]), 0))
    services, _ = boards.start(
        half / "coordinator",
        board_name=script.board["name"],
        person_name=script.people[0]["name"],
        passphrase=SAMPLE_PASSPHRASE,
        label=f"{script.board['label']}, the coordinator's laptop",
    )
    laptops = Laptops(services, first=script.people[0]["key"])
    try:
        join = _joiner(boards, laptops, half / "member", script)
        moments = moments_of(script, laptops, join)
        told, minutes = date.min, 0
        for done, moment in enumerate(moments, start=1):
            day = script.day(moment.day)
            minutes = minutes + 2 if day == told else 2
            told = day
            clock.set(_instant(day, minutes))
            moment.act()
            if progress is not None:
                progress(done, len(moments))
        clock.set(None)
        laptops.agree()
    finally:
        laptops.close()


def _joiner(boards: Boards, laptops: Laptops, folder: Path, script: Script) -> Callable[[], None]:
    """Return what gives the member a laptop, as soon as she is on the board."""

    def join() -> None:
        key = script.member
        coordinator = laptops.coordinator
        store, _, certificate = boards.vault.join(
            folder,
            label=f"{script.board['label']}, a member's laptop",
            passphrase=SAMPLE_PASSPHRASE,
            board=coordinator.people.board().id,
            person=laptops.people[key],
        )
        laptops.second(key, boards.serve(store))
        coordinator.people.add_device(certificate)
        laptops.agree()

    return join


def _instant(day: date, minutes: int) -> datetime:
    local = datetime.combine(day, DAY_STARTS).astimezone()
    return datetime.fromtimestamp(local.timestamp() + 60 * minutes, UTC)

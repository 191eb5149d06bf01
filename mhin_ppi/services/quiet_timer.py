"""The quiet timer's count, on this laptop only, until its person has confirmed or waved it away.

Reading time is work: minutes are offered, never taken. What is confirmed becomes the same record
as minutes that were typed (``services/involvement.py``), so that nobody can tell them apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..domain.drafts import VersionId
from .desk import Desk

_SWITCH = "quiet_timer"
_SECONDS_PER_MINUTE = 60


@dataclass(frozen=True)
class QuietTimer:
    """Off until it is switched on; its counts never enter the log."""

    desk: Desk

    def is_on(self) -> bool:
        """Return whether this person has switched it on."""
        with self.desk.store.unit_of_work() as work:
            kept: Any = work.local(_SWITCH) or {}
        return bool(kept.get("on", False))

    def switch(self, *, on: bool) -> None:
        """Switch it on or off; off forgets every count that was not confirmed."""
        with self.desk.store.unit_of_work() as work:
            work.keep_local(_SWITCH, {"on": True} if on else None)
            for key in work.local_keys("timed:") if not on else ():
                work.keep_local(key, None)
            work.commit()

    def seconds(self, version: VersionId) -> int:
        """Return the seconds counted on a draft version and not yet confirmed."""
        with self.desk.store.unit_of_work() as work:
            kept: Any = work.local(f"timed:{version}") or {}
        return max(0, int(kept.get("seconds", 0)))

    def keep(self, version: VersionId, seconds: int) -> None:
        """Keep a count, so that a review can be read over several days."""
        with self.desk.store.unit_of_work() as work:
            work.keep_local(f"timed:{version}", {"seconds": seconds} if seconds else None)
            work.commit()


def minutes_in(seconds: int) -> int:
    """Return seconds as whole minutes, begun ones counted, for offering.

    >>> minutes_in(0), minutes_in(1), minutes_in(60), minutes_in(61)
    (0, 1, 1, 2)
    """
    return -(-seconds // _SECONDS_PER_MINUTE)

"""What one person has set for one board on this laptop: kept inside the encrypted store only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .desk import Desk

IDLE_CHOICES = (5, 15, 30, 60)
USUAL_IDLE_MINUTES = 15
_SETTINGS, _VISITS = "settings", "visits"


@dataclass(frozen=True)
class Laptop:
    """Settings and marks that never leave this laptop."""

    desk: Desk

    def idle_minutes(self) -> int:
        """Return after how many minutes without a touch the board locks itself."""
        with self.desk.store.unit_of_work() as work:
            kept: Any = work.local(_SETTINGS) or {}
        minutes = kept.get("idle_minutes", USUAL_IDLE_MINUTES)
        return minutes if minutes in IDLE_CHOICES else USUAL_IDLE_MINUTES

    def set_idle_minutes(self, minutes: int) -> None:
        """Choose after how many minutes the board locks itself (one of ``IDLE_CHOICES``)."""
        if minutes not in IDLE_CHOICES:
            raise ValueError(minutes)
        with self.desk.store.unit_of_work() as work:
            kept = dict(work.local(_SETTINGS) or {})
            work.keep_local(_SETTINGS, kept | {"idle_minutes": minutes})
            work.commit()

    def last_visit(self) -> datetime | None:
        """Note that the board is in use now, and return when it last was on an earlier day.

        All of today counts as one visit, so that news does not vanish when the board locks and is
        opened again.
        """
        now, today = self.desk.now(), self.desk.today().isoformat()
        with self.desk.store.unit_of_work() as work:
            kept: Any = work.local(_VISITS) or {}
            before = kept.get("before", "") if kept.get("day") == today else kept.get("last", "")
            work.keep_local(_VISITS, {"day": today, "last": now.isoformat(), "before": before})
            work.commit()
        return datetime.fromisoformat(before) if before else None

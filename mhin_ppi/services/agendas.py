"""Agendas: points with their minutes, in an order that can be changed, and breaks between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..domain.agenda import in_order
from ..domain.drafts import Draft, DraftVersion, VersionId
from ..domain.facts import entity_of
from ..domain.log import SetOp
from ..domain.meeting_parts import AgendaItem, MeetingPaper
from ..domain.meeting_rules import LONGEST_MINUTES, check_goes_ahead
from ..domain.meetings import AgendaItemId, Meeting, MeetingId, PaperId
from ..domain.spaces import space_of
from ..errors import InputError
from .desk import COORDINATING, Desk, alter, keep
from .outcome import Outcome
from .ports import UnitOfWork

SHORTEST_POINT_MINUTES = 5


@dataclass(frozen=True)
class Agendas:
    """The agendas of meetings."""

    desk: Desk

    def of(self, meeting: MeetingId) -> list[AgendaItem]:
        """Return the points of a meeting's agenda, in order."""
        with self.desk.store.unit_of_work() as work:
            return in_order(work.find(AgendaItem, meeting=meeting))

    def drafts_of(self, meeting: MeetingId) -> Mapping[VersionId, str]:
        """Return the versions that points of an agenda are about, each with its draft's title."""
        with self.desk.store.unit_of_work() as work:
            named = {one.version for one in work.find(AgendaItem, meeting=meeting) if one.version}
            versions = work.find(DraftVersion, id=tuple(named)) if named else []
            titles = {one.id: one.title for one in work.find(Draft)} if named else {}
        return {one.id: f"{titles[one.draft]}, version {one.number}" for one in versions}

    def add(
        self,
        meeting: MeetingId,
        title: str,
        *,
        minutes: int,
        is_break: bool = False,
        version: VersionId | None = None,
        lead: str = "",
    ) -> Outcome[AgendaItem]:
        """Add a point at the end.

        Args:
            meeting: Which meeting.
            title: What is talked about.
            minutes: How long, 1 to 1,440.
            is_break: Whether it is a break.
            version: The draft that is talked about; it is a paper of the meeting from then on.
            lead: Who leads it, in words.

        Raises:
            NotAllowedError: Only a coordinator writes an agenda, and none of a cancelled meeting.
            InputError: No title, or minutes that cannot be.
        """
        _check(title, minutes)
        with self.desk.store.unit_of_work() as work:
            before = self._open(work, meeting)
            self._keep_paper(work, meeting, version)
            made = AgendaItem(
                id=AgendaItemId(self.desk.new_id()),
                meeting=meeting,
                title=title.strip(),
                place=before[-1].place + 1 if before else 1,
                minutes=minutes,
                is_break=is_break,
                version=version,
                lead=lead.strip(),
            )
            keep(work, made)
            return Outcome(made, work.commit())

    def change(self, item: AgendaItemId, **fields: Any) -> Outcome[AgendaItem]:  # noqa: ANN401 - any field
        """Change a point.

        Args:
            item: Which point.
            fields: New values, by the names of :meth:`add`.

        Raises:
            NotAllowedError: As for :meth:`add`.
            InputError: As for :meth:`add`.
        """
        with self.desk.store.unit_of_work() as work:
            old = work.get(AgendaItem, item)
            self._open(work, old.meeting)
            tidy: dict[str, Any] = {
                name: value.strip() if isinstance(value, str) else value
                for name, value in fields.items()
            }
            _check(tidy.get("title", old.title), tidy.get("minutes", old.minutes))
            self._keep_paper(work, old.meeting, tidy.get("version"))
            return Outcome(alter(work, old, **tidy), work.commit())

    def move(self, item: AgendaItemId, *, by: int) -> Outcome[AgendaItem]:
        """Move a point earlier or later; at either end it stays where it is.

        Args:
            item: Which point.
            by: Minus one for earlier, one for later.

        Raises:
            NotAllowedError: As for :meth:`add`.
        """
        with self.desk.store.unit_of_work() as work:
            chosen = work.get(AgendaItem, item)
            items = self._open(work, chosen.meeting)
            at = next(n for n, each in enumerate(items) if each.id == item)
            items.insert(max(0, at + by), items.pop(at))
            # Places are numbered anew: two laptops may have given one place to two points.
            for place, each in enumerate(items, start=1):
                if each.place != place:
                    alter(work, each, place=place)
            return Outcome(work.get(AgendaItem, item), work.commit())

    def take_away(self, item: AgendaItemId) -> Outcome[None]:
        """Take a point away.

        Raises:
            NotAllowedError: As for :meth:`add`.
        """
        with self.desk.store.unit_of_work() as work:
            old = work.get(AgendaItem, item)
            self._open(work, old.meeting)
            work.record(space_of(old), [SetOp(entity_of(old), "gone", True)])
            return Outcome(None, work.commit())

    def from_lines(self, meeting: MeetingId) -> Outcome[int]:
        """Turn an agenda written as lines into points, the meeting's length shared out evenly.

        Returns:
            How many points were made.

        Raises:
            NotAllowedError: As for :meth:`add`.
        """
        with self.desk.store.unit_of_work() as work:
            place = len(self._open(work, meeting))
            held = work.get(Meeting, meeting)
            lines = [line.strip() for line in held.agenda.splitlines() if line.strip()]
            share = held.minutes // max(1, len(lines)) // 5 * 5
            for each, line in enumerate(lines, start=place + 1):
                made = AgendaItem(
                    id=AgendaItemId(self.desk.new_id()),
                    meeting=meeting,
                    title=line,
                    place=each,
                    minutes=max(SHORTEST_POINT_MINUTES, share),
                )
                keep(work, made)
            alter(work, held, agenda="")
            return Outcome(len(lines), work.commit())

    def _keep_paper(self, work: UnitOfWork, meeting: MeetingId, version: VersionId | None) -> None:
        if version is None or work.count(MeetingPaper, meeting=meeting, version=version):
            return
        work.get(DraftVersion, version)
        paper = PaperId(self.desk.new_id())
        keep(work, MeetingPaper(id=paper, meeting=meeting, version=version))

    def _open(self, work: UnitOfWork, meeting: MeetingId) -> list[AgendaItem]:
        self.desk.require(work, *COORDINATING, doing="write an agenda")
        check_goes_ahead(work.get(Meeting, meeting))
        return in_order(work.find(AgendaItem, meeting=meeting))


def _check(title: str, minutes: int) -> None:
    if not title.strip():
        raise InputError("The point has no words.", next_step="Write what is talked about.")
    if not 1 <= minutes <= LONGEST_MINUTES:
        raise InputError(
            "A point takes between 1 minute and 24 hours.", next_step="Put the minutes right."
        )

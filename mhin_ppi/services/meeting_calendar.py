"""Meetings for people's own calendars: what goes into the file, and what never does."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from ..domain.agenda import timed, title_of
from ..domain.british import money, time_given
from ..domain.meeting_parts import AgendaItem, MeetingPaper
from ..domain.meeting_rules import ends_at
from ..domain.meetings import Meeting, MeetingId
from ..domain.shared_meeting import SharedMeeting
from ..errors import InputError
from .desk import Desk
from .file_ports import MeetingFiles
from .meetings import is_ahead
from .ports import UnitOfWork

_LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class MeetingCalendar:
    """Makes files for calendars. No person is in them: not who comes, who leads, nor who asks."""

    desk: Desk
    files: MeetingFiles

    def one(self, meeting: MeetingId) -> bytes:
        """Return a meeting as an iCalendar file; a cancelled one takes itself away.

        Raises:
            InputError: It has no day yet.
        """
        with self.desk.store.unit_of_work() as work:
            shared = [_shared(work, work.get(Meeting, meeting))]
        return self.files.calendar(shared, made_at=self.desk.now())

    def coming(self) -> bytes:
        """Return every meeting to come, cancelled ones among them, as one iCalendar file.

        Raises:
            InputError: There is none.
        """
        now = self.desk.now()
        with self.desk.store.unit_of_work() as work:
            shared = [_shared(work, one) for one in work.find(Meeting) if is_ahead(one, now)]
        if not shared:
            raise InputError("No meeting is to come.", next_step="Look again when one is arranged.")
        shared.sort(key=lambda one: one.starts_at)
        return self.files.calendar(shared, made_at=now)


def _shared(work: UnitOfWork, meeting: Meeting) -> SharedMeeting:
    end = ends_at(meeting)
    if meeting.starts_at is None or end is None:
        raise InputError("This meeting has no day yet.", next_step="Choose its day first.")
    return SharedMeeting(
        id=meeting.id,
        title=meeting.title,
        starts_at=meeting.starts_at,
        ends_at=end,
        place=meeting.place,
        about="" if meeting.cancelled else "\n".join(_about(work, meeting)),
        sequence=meeting.sequence,
        cancelled=meeting.cancelled,
    )


def _about(work: UnitOfWork, meeting: Meeting) -> list[str]:
    points = timed(work.find(AgendaItem, meeting=meeting.id), starts_at=meeting.starts_at)
    lines = [
        f"{each.starts_at.astimezone(_LONDON):%H:%M} {title_of(each.item)}"
        for each in points
        if each.starts_at
    ] or [line.strip() for line in meeting.agenda.splitlines() if line.strip()]
    told = ["What we will talk about:", *lines] if lines else []
    if meeting.prepare_minutes:
        told.append(f"Getting ready takes about {time_given(meeting.prepare_minutes)}.")
    papers = len(work.find(MeetingPaper, meeting=meeting.id))
    if papers:
        told.append(
            "There is 1 paper to look at: open it on the board."
            if papers == 1
            else f"There are {papers} papers to look at: open them on the board."
        )
    pays = [money(meeting.pay_pence)] if meeting.pay_pence else []
    pays += [meeting.pays] if meeting.pays else []
    if pays:
        told.append(f"What is paid: {'. '.join(pays)}")
    if meeting.ways_of_working:
        told += ["How we work together:", meeting.ways_of_working]
    return told

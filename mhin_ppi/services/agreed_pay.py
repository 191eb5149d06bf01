"""What was agreed for a review or for coming to a meeting: one amount, paid once, whatever it took.

A review pays the same finished or stopped. Minutes noted for what has an agreed amount are paid by
that amount; minutes claimed before an amount was agreed count towards it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ..domain.arrears import offered_pence, raised
from ..domain.british import money
from ..domain.claim_lines import ClaimLine, LineKind
from ..domain.drafts import Draft, DraftVersion, ReviewReturn, ReviewRound, RoundId
from ..domain.involvement import Involvement
from ..domain.meeting_rules import CAME
from ..domain.meetings import Attendance, Meeting, MeetingId
from ..domain.people import PersonId
from ..errors import InputError
from .ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class Agreed:
    """An agreed amount that a person can claim.

    Args:
        line: The line for the whole of it.
        by_time_pence: What was claimed by the minute for it already.
    """

    line: ClaimLine
    by_time_pence: int

    @property
    def open_pence(self) -> int:
        """What is left of it when nothing but minutes was claimed; 0 or more."""
        return max(self.line.pence - self.by_time_pence, 0)


def agreed_rounds(work: UnitOfWork) -> frozenset[RoundId]:
    """Return the requests to read that pay an agreed amount rather than by time."""
    return frozenset(one.id for one in work.find(ReviewRound) if one.agreed_pence > 0)


def agreed_meetings(work: UnitOfWork) -> frozenset[MeetingId]:
    """Return the meetings for which coming pays an agreed amount rather than by time."""
    return frozenset(one.id for one in work.find(Meeting) if one.pay_pence > 0)


def paid_by_amount(time: Involvement, rounds: Iterable[object], meetings: Iterable[object]) -> bool:
    """Return whether minutes are paid by an agreed amount and not on their own."""
    return time.round in rounds or (time.meeting is not None and time.meeting in meetings)


def agreed_lines(
    work: UnitOfWork, person: PersonId, *, claimed: Iterable[ClaimLine]
) -> list[ClaimLine]:
    """Return one line for each agreed amount not claimed yet, and one for each that has risen.

    Nothing in a line tells a finished review from a stopped one, nor a long one from a short one.

    Args:
        work: The unit of work.
        person: Whose.
        claimed: The lines of their claims that count.
    """
    before = tuple(claimed)
    found = []
    for one in _agreed(work, person, before):
        key = one.line.pays_for
        rest = one.open_pence - _had(key, before)
        if rest > 0 and any(line.pays_for == key for line in before):
            found.append(raised(one.line, rest, agreed_pence=one.line.pence))
        elif rest > 0:
            found.append(replace(one.line, pence=rest))
    return found


def check_agreed_lines(
    work: UnitOfWork,
    lines: Sequence[ClaimLine],
    *,
    person: PersonId,
    claimed: Iterable[ClaimLine],
) -> None:
    """Refuse what is not there to be paid yet, more than was agreed, or its minutes on top.

    Args:
        work: The unit of work.
        lines: The lines that are being sent.
        person: Whose.
        claimed: The lines of their other claims that count.

    Raises:
        InputError: One of these; the sentence names the line.
    """
    before = tuple(claimed)
    known = {one.line.pays_for: one for one in _agreed(work, person, before)}
    rounds, meetings = agreed_rounds(work), agreed_meetings(work)
    for line in lines:
        of = _agreed_key(line)
        if of:
            _check_amount(line, known.get(of), before)
        for time in work.find(Involvement, id=line.involvement) if line.involvement else ():
            if paid_by_amount(time, rounds, meetings):
                raise InputError(
                    f"“{line.what}” belongs to something that pays an agreed amount.",
                    next_step="Take the line out. Extra time can be noted on its own.",
                )


def _agreed_key(line: ClaimLine) -> str:
    """Return the review or meeting whose amount a line asks for, or its rise; else ""."""
    if line.review or line.meeting:
        return line.pays_for
    return line.tops_up if line.rate.startswith("agreed-") else ""


def _check_amount(line: ClaimLine, one: Agreed | None, before: Iterable[ClaimLine]) -> None:
    if one is None:
        raise InputError(
            f"We do not have “{line.what}” yet, so it cannot be claimed today.",
            what_is_safe="The rest of your claim is kept.",
            next_step="Take the line out; it can go in a later claim.",
        )
    most = one.open_pence - _had(one.line.pays_for, before)
    if line.pence > most:
        raise InputError(
            f"“{line.what}” is more than the {money(most)} agreed.",
            what_is_safe="The rest of your claim is kept.",
            next_step=f"Put in {money(most)} or less.",
        )


def _had(key: str, before: Iterable[ClaimLine]) -> int:
    """Return what was offered already for something, with every rise of it."""
    return sum(offered_pence(line) for line in before if key in (line.pays_for, line.tops_up))


def _agreed(work: UnitOfWork, person: PersonId, before: Sequence[ClaimLine]) -> list[Agreed]:
    times = {str(one.id): one for one in work.find(Involvement, person=person)}
    by_time: dict[str, int] = {}
    for line in before:
        time = times.get(line.involvement)
        for key in (time.round, time.meeting) if time else ():
            if key is not None:
                by_time[str(key)] = by_time.get(str(key), 0) + line.pence
    lines = [*_reviews(work, person), *_meetings(work, person)]
    return [Agreed(line, by_time.get(line.pays_for, 0)) for line in lines]


def _reviews(work: UnitOfWork, person: PersonId) -> Iterable[ClaimLine]:
    first: dict[RoundId, ReviewReturn] = {}
    for back in work.find(ReviewReturn, person=person):
        first.setdefault(back.round, back)
    for request in work.find(ReviewRound, id=list(first)) if first else ():
        if request.agreed_pence <= 0:
            continue
        version = work.get(DraftVersion, request.version)
        draft, back = work.get(Draft, version.draft), first[request.id]
        given = back.done_at.astimezone().date() if back.done_at else request.opened_on
        yield ClaimLine(
            kind=LineKind.INVOLVEMENT,
            on=given or date.min,
            what=f"Review of {draft.title}, version {version.number}",
            pence=request.agreed_pence,
            review=str(request.id),
            project=str(draft.project),
        )


def _meetings(work: UnitOfWork, person: PersonId) -> Iterable[ClaimLine]:
    came = list({one.meeting for one in work.find(Attendance, person=person, came=CAME)})
    for meeting in work.find(Meeting, id=came) if came else ():
        if meeting.pay_pence <= 0 or meeting.starts_at is None or meeting.cancelled:
            continue
        yield ClaimLine(
            kind=LineKind.INVOLVEMENT,
            on=meeting.starts_at.astimezone().date(),
            what=f"Meeting: {meeting.title}",
            pence=meeting.pay_pence,
            meeting=str(meeting.id),
            project=str(meeting.project or ""),
        )

"""What a claim is checked for before it is sent: nothing twice, nothing that was not there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from ..domain.arrears import offered_pence
from ..domain.british import day, money
from ..domain.claim_lines import ClaimLine, LineKind
from ..domain.involvement import Activity, Involvement
from ..domain.meeting_rules import overlapping
from ..domain.meetings import Meeting
from ..domain.people import PersonId
from ..errors import InputError
from .agreed_pay import check_agreed_lines
from .claimable import claimable_lines
from .ports import UnitOfWork


def check_claim(
    work: UnitOfWork,
    lines: Sequence[ClaimLine],
    *,
    person: PersonId,
    others: Sequence[ClaimLine],
) -> tuple[ClaimLine, ...]:
    """Return the lines of a claim as they are to be sent, or refuse them.

    A line that asks for less than was offered remembers the offer: a later rise is counted from it.

    Args:
        work: The unit of work.
        lines: What is asked to be paid.
        person: Whose claim.
        others: The lines of their other claims that count.

    Raises:
        InputError: Something is claimed twice, is not there to be paid, or two meetings at the same
            time are claimed whole.
    """
    _refuse_twice(lines, others)
    check_agreed_lines(work, lines, person=person, claimed=others)
    _refuse_overlaps(work, lines, others)
    offers = {
        line.pays_for: offered_pence(line) for line in claimable_lines(work, person, claimed=others)
    }
    return tuple(_as_offered(line, offers.get(line.pays_for)) for line in lines)


def _as_offered(line: ClaimLine, offered: int | None) -> ClaimLine:
    if line.kind is LineKind.EXPENSE or not (line.involvement or line.tops_up or line.pays_for):
        return line
    if offered is None:
        if not (line.involvement or line.tops_up):
            return line
        raise InputError(
            f"“{line.what}” cannot be claimed now.",
            what_is_safe="The rest of your claim is kept.",
            next_step="Take the line out. If the time is not there, note it first.",
        )
    if line.pence > offered:
        raise InputError(
            f"“{line.what}” is paid {money(offered)} at the rate of that day.",
            what_is_safe="The rest of your claim is kept.",
            next_step=f"Put in {money(offered)} or less.",
        )
    return replace(line, full_pence=offered) if line.pence < offered else line


def _refuse_twice(lines: Iterable[ClaimLine], others: Iterable[ClaimLine]) -> None:
    taken = {line.pays_for for line in others}
    for line in lines:
        if line.pays_for and line.pays_for in taken:
            raise InputError(
                f"“{line.what}” is already in another claim, or twice in this one.",
                next_step="Take the line out, then send the rest.",
            )
        taken.add(line.pays_for)


def _refuse_overlaps(
    work: UnitOfWork, lines: Iterable[ClaimLine], others: Iterable[ClaimLine]
) -> None:
    fresh = _claimed_whole(work, lines)
    if not fresh:
        return
    found = overlapping([*fresh, *_claimed_whole(work, others)])
    if found is not None and any(one.id in {new.id for new in fresh} for one in found):
        first, second = found
        on = day(first.starts_at.astimezone().date()) if first.starts_at else ""
        raise InputError(
            f"“{first.title}” and “{second.title}” were at the same time, on {on}.",
            what_is_safe="The rest of your claim is kept.",
            next_step="Take one of them out, or put right how long you were at each.",
        )


def _claimed_whole(work: UnitOfWork, lines: Iterable[ClaimLine]) -> list[Meeting]:
    """Return the meetings that lines claim from beginning to end."""
    found = []
    for line in lines:
        if line.meeting:
            found += work.find(Meeting, id=UUID(line.meeting))
        for time in work.find(Involvement, id=line.involvement) if line.involvement else ():
            if time.meeting is not None and time.activity is Activity.MEETING:
                meetings = work.find(Meeting, id=time.meeting)
                found += [one for one in meetings if time.minutes >= one.minutes]
    return found

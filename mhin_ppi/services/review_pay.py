"""What a review that was given back pays: the agreed amount, once, finished or stopped."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ..domain.british import money
from ..domain.claim_lines import ClaimLine, LineKind
from ..domain.drafts import Draft, DraftVersion, ReviewReturn, ReviewRound, RoundId
from ..domain.involvement import Involvement
from ..domain.people import PersonId
from ..errors import InputError
from .ports import UnitOfWork


def agreed_rounds(work: UnitOfWork) -> frozenset[RoundId]:
    """Return the requests to read that pay an agreed amount rather than by time."""
    return frozenset(one.id for one in work.find(ReviewRound) if one.agreed_pence > 0)


def review_lines(
    work: UnitOfWork, person: PersonId, *, claimed: Iterable[ClaimLine]
) -> list[ClaimLine]:
    """Return one line for each review that a person gave back and has not claimed.

    Nothing in a line tells a finished review from a stopped one, nor a long one from a short one.

    Args:
        work: The unit of work.
        person: Whose reviews.
        claimed: The lines of their claims so far. Minutes of a review that were claimed before an
            amount was agreed for it count towards that amount.
    """
    lines = tuple(claimed)
    taken = {line.review for line in lines}
    paid = _paid_by_time(work, person, lines)
    first: dict[RoundId, ReviewReturn] = {}
    for back in work.find(ReviewReturn, person=person):
        first.setdefault(back.round, back)
    found = []
    for request in work.find(ReviewRound, id=list(first)) if first else ():
        pence = request.agreed_pence - paid.get(request.id, 0)
        if pence > 0 and str(request.id) not in taken:
            found.append(_line(work, request, first[request.id], pence))
    return found


def check_review_lines(work: UnitOfWork, lines: Iterable[ClaimLine], *, person: PersonId) -> None:
    """Refuse a review that was not given back, more than was agreed, or its minutes on top.

    Raises:
        InputError: One of these; the sentence names the line.
    """
    agreed = agreed_rounds(work)
    for line in lines:
        if line.review:
            back = work.find(ReviewReturn, round=line.review, person=person)
            request = next(iter(work.find(ReviewRound, id=line.review)), None) if back else None
            if request is None:
                raise InputError(
                    f"We do not have “{line.what}” back yet, so it cannot be claimed today.",
                    what_is_safe="The rest of your claim is kept.",
                    next_step="Take the line out; it can go in a later claim.",
                )
            if line.pence > request.agreed_pence:
                raise InputError(
                    f"“{line.what}” is more than the {money(request.agreed_pence)} agreed.",
                    what_is_safe="The rest of your claim is kept.",
                    next_step=f"Put in {money(request.agreed_pence)} or less.",
                )
        for time in work.find(Involvement, id=line.involvement) if line.involvement else ():
            if time.round in agreed:
                raise InputError(
                    f"“{line.what}” belongs to a review that pays an agreed amount.",
                    next_step="Take the line out. Extra time can be noted on its own.",
                )


def _paid_by_time(
    work: UnitOfWork, person: PersonId, lines: Iterable[ClaimLine]
) -> dict[RoundId, int]:
    rounds = {str(one.id): one.round for one in work.find(Involvement, person=person)}
    paid: dict[RoundId, int] = {}
    for line in lines:
        request = rounds.get(line.involvement)
        if request is not None:
            paid[request] = paid.get(request, 0) + line.pence
    return paid


def _line(work: UnitOfWork, request: ReviewRound, back: ReviewReturn, pence: int) -> ClaimLine:
    version = work.get(DraftVersion, request.version)
    draft = work.get(Draft, version.draft)
    given = back.done_at.astimezone().date() if back.done_at else request.opened_on
    return ClaimLine(
        kind=LineKind.INVOLVEMENT,
        on=given or date.min,
        what=f"Review of {draft.title}, version {version.number}",
        pence=pence,
        review=str(request.id),
        project=str(draft.project),
    )

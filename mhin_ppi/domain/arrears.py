"""What is still owed for what was claimed already, since a rate or an agreed amount rose.

The worked example is the rise of NIHR rates on 16 December 2025 (``payment_rates.toml``): what was
given that winter and claimed at the old rate is owed the difference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from .british import day
from .claim_lines import ClaimLine, LineKind
from .projects import ProjectId
from .rates import Rate, RateUnit, SchemeUse, pay_for


def rises(
    claimed: Iterable[ClaimLine], rates: Iterable[Rate], uses: Iterable[SchemeUse]
) -> list[ClaimLine]:
    """Return a line for each piece of time whose day is paid more now than when it was claimed.

    A person who asked for less than was offered gets the difference between the two offers. A
    second rise pays what it adds to the first. Nobody ever owes anything back by it.

    Args:
        claimed: The lines of one person's claims that count and ask for money.
        rates: Every rate, in the order recorded.
        uses: Every choice of a scheme, in the order recorded.
    """
    lines, every, chosen = tuple(claimed), tuple(rates), tuple(uses)
    by_hour = {str(rate.id) for rate in every if rate.unit is RateUnit.HOUR}
    added: dict[str, int] = defaultdict(int)
    for line in lines:
        if line.kind is LineKind.ARREARS:
            added[line.tops_up] += offered_pence(line)
    found = []
    for line in lines:
        if not (line.kind is LineKind.INVOLVEMENT and line.involvement and line.rate):
            continue
        now = pay_for(
            every,
            chosen,
            on=line.on,
            minutes=line.minutes,
            project=_project(line.project),
            lump=line.rate in by_hour,
        )
        if now is None:
            continue
        owed = now.pence - offered_pence(line) - added[line.pays_for]
        if owed > 0:
            since = day(now.rate.valid_from)
            what = f"{line.what}: the difference since the rate rose on {since}"
            found.append(_line(line, owed, what=what, tops_up=line.pays_for, rate=str(now.rate.id)))
    return found


def raised(line: ClaimLine, pence: int, *, agreed_pence: int) -> ClaimLine:
    """Return the line for an agreed amount that rose after it was claimed.

    Args:
        line: What was claimed.
        pence: The difference, more than 0.
        agreed_pence: What is agreed now; each amount is paid up to once.
    """
    what = f"{line.what}: the difference since the agreed amount rose"
    return _line(line, pence, what=what, tops_up=line.pays_for, rate=f"agreed-{agreed_pence}")


def offered_pence(line: ClaimLine) -> int:
    """Return what was offered for a line, also where the person asked for less."""
    return max(line.full_pence, line.pence)


def _line(of: ClaimLine, pence: int, *, what: str, tops_up: str, rate: str) -> ClaimLine:
    return ClaimLine(
        kind=LineKind.ARREARS,
        on=of.on,
        what=what,
        pence=pence,
        rate=rate,
        project=of.project,
        tops_up=tops_up,
    )


def _project(plain: str) -> ProjectId | None:
    return ProjectId(UUID(plain)) if plain else None

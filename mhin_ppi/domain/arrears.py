"""What is still owed for what was claimed already.

A rate or an agreed amount rose since, or the time that was claimed was put right.

The worked example is the rise of NIHR rates on 16 December 2025 (``payment_rates.toml``): what was
given that winter and claimed at the old rate is owed the difference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from .british import day
from .claim_lines import ClaimLine, LineKind
from .involvement import Involvement
from .projects import ProjectId
from .rates import Pay, Rate, RateUnit, SchemeUse, pay_for


@dataclass(frozen=True, slots=True)
class _Given:
    """Time that was claimed, as it counts now.

    Args:
        lines: The lines that claim it: one, or more where it was put right between two claims.
        on: The day.
        minutes: How long.
        project: The project, if any.
        lump: Whether it was paid by the hour, and so stays even where tasks have sizes.
        put_right: Id of the record that counts in the place of the one claimed, or "".
    """

    lines: tuple[ClaimLine, ...]
    on: date
    minutes: int
    project: ProjectId | None
    lump: bool
    put_right: str = ""


def rises(
    claimed: Iterable[ClaimLine],
    rates: Iterable[Rate],
    uses: Iterable[SchemeUse],
    *,
    counting: Mapping[str, Involvement] | None = None,
) -> list[ClaimLine]:
    """Return a line for each piece of time that is paid more now than when it was claimed.

    A person who asked for less than was offered gets the difference between the two offers. A
    second rise pays what it adds to the first. Nobody ever owes anything back by it.

    Args:
        claimed: The lines of one person's claims that count and ask for money.
        rates: Every rate, in the order recorded.
        uses: Every choice of a scheme, in the order recorded.
        counting: For the id of each record of time, the record that counts in its place.
    """
    lines, every, chosen = tuple(claimed), tuple(rates), tuple(uses)
    by_hour = frozenset(str(rate.id) for rate in every if rate.unit is RateUnit.HOUR)
    found = []
    for given in _given(lines, by_hour, counting or {}):
        now = pay_for(
            every,
            chosen,
            on=given.on,
            minutes=given.minutes,
            project=given.project,
            lump=given.lump,
        )
        had = {line.pays_for for line in given.lines}
        added = [line for line in lines if line.kind is LineKind.ARREARS and line.tops_up in had]
        owed = now.pence - sum(map(offered_pence, (*given.lines, *added))) if now else 0
        if now is not None and owed > 0:
            found.append(_risen(given, now, owed))
    return found


def _given(
    lines: Iterable[ClaimLine], by_hour: frozenset[str], counting: Mapping[str, Involvement]
) -> Iterable[_Given]:
    together: dict[str, list[ClaimLine]] = defaultdict(list)
    for line in lines:
        if line.kind is LineKind.INVOLVEMENT and line.involvement and line.rate:
            now = counting.get(line.involvement)
            together[str(now.id) if now else line.involvement].append(line)
    for key, same in together.items():
        lump = same[0].rate in by_hour
        found = next((one for one in same if one.involvement == key), None)
        if found is not None:
            project = _project(found.project)
            yield _Given(tuple(same), found.on, found.minutes, project, lump)
        elif (now := counting.get(key)) is not None:
            yield _Given(tuple(same), now.on, now.minutes, now.project, lump, put_right=key)


def _risen(given: _Given, now: Pay, pence: int) -> ClaimLine:
    line, rate = given.lines[0], str(now.rate.id)
    why = f"since the rate rose on {day(now.rate.valid_from)}"
    if given.put_right:
        # One rate may pay a rise and, later, what was put right: each is paid once.
        why, rate = "since the time was put right", f"{given.put_right}/{rate}"
    of = replace(line, on=given.on, project=str(given.project or ""))
    what = f"{line.what}: the difference {why}"
    return _line(of, pence, what=what, tops_up=line.pays_for, rate=rate)


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

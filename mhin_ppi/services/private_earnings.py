"""A person's own view of their earnings: kept on their laptop and nowhere else.

Off until it is switched on. Nothing of it enters the log, so that no file, report or other laptop
can ever hold it: not the limit, not what was typed in, not even that it is in use.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ..domain.claim_lines import MOST_PENCE, LineKind
from ..domain.earnings import (
    Earning,
    EarningsPeriod,
    Limit,
    PeriodKind,
    check_limit,
    earnings_of,
    next_with_room,
    period_of,
    totals,
)
from ..errors import InputError
from .claimable import claimable_lines
from .claims_reading import claimed_lines, claims_of
from .desk import Desk
from .ports import UnitOfWork

KEY = "private-earnings"
MOST_WORDS = 200
"""Characters of what an amount of one's own is for."""


@dataclass(frozen=True, slots=True)
class OwnAmount:
    """Money from elsewhere that a person counts towards their limit.

    Args:
        on: The day.
        pence: How much, more than 0.
        what: What for, in their own words.
    """

    on: date
    pence: int
    what: str = ""


@dataclass(frozen=True, slots=True)
class EarningsView:
    """What the page shows.

    Args:
        limit: The person's own.
        present: The period that today falls in.
        others: Other periods in which something falls, earliest first.
        on_its_way: What is sent and not paid yet.
        own: Amounts the person typed in, latest first.
        claimable_pence: What could be claimed now, expenses left out.
        room_from: The first day whose period has room for that; ``None`` where none has.
    """

    limit: Limit
    present: EarningsPeriod
    others: tuple[EarningsPeriod, ...]
    on_its_way: tuple[Earning, ...]
    own: tuple[OwnAmount, ...]
    claimable_pence: int
    room_from: date | None


@dataclass(frozen=True)
class PrivateEarnings:
    """The private view of earnings."""

    desk: Desk

    def limit(self) -> Limit | None:
        """Return the person's own limit; ``None`` while the view is off."""
        with self.desk.store.unit_of_work() as work:
            return _limit(_kept(work))

    def keep_limit(self, limit: Limit) -> None:
        """Switch the view on with a limit, or change it.

        Raises:
            InputError: A limit that cannot be.
        """
        check_limit(limit)
        plain = {"kind": limit.kind.value, "pence": limit.pence, "starts": limit.starts}
        with self.desk.store.unit_of_work() as work:
            work.keep_local(KEY, _kept(work) | {"limit": plain})
            work.commit()

    def switch_off(self) -> None:
        """Forget all of it."""
        with self.desk.store.unit_of_work() as work:
            work.keep_local(KEY, None)
            work.commit()

    def add_amount(self, pence: int, *, on: date, what: str = "") -> None:
        """Count money from elsewhere.

        Raises:
            InputError: An amount of nothing or beyond reason, or too many words.
        """
        if not 0 < pence <= MOST_PENCE:
            raise InputError(
                "An amount is between 1p and £100,000.",
                next_step="Put the amount right, then save again.",
            )
        if len(what) > MOST_WORDS:
            raise InputError(
                f"That is longer than {MOST_WORDS} characters.",
                next_step="Say it in fewer words.",
            )
        plain = {"on": on.isoformat(), "pence": pence, "what": what.strip()}
        with self.desk.store.unit_of_work() as work:
            kept = _kept(work)
            work.keep_local(KEY, kept | {"own": [*kept.get("own", ()), plain]})
            work.commit()

    def remove_amount(self, amount: OwnAmount) -> None:
        """No longer count an amount typed in; nothing happens where it is gone already."""
        with self.desk.store.unit_of_work() as work:
            kept = _kept(work)
            own = list(_own(kept))
            if amount in own:
                place = own.index(amount)
                plain = list(kept["own"])
                del plain[place]
                work.keep_local(KEY, kept | {"own": plain})
                work.commit()

    def view(self) -> EarningsView | None:
        """Return the person's earnings against their limit; ``None`` while the view is off."""
        today = self.desk.today()
        with self.desk.store.unit_of_work() as work:
            kept = _kept(work)
            limit = _limit(kept)
            if limit is None:
                return None
            counted = self._earnings(work, kept, today)
            could = self._claimable_pence(work)
        every = totals(counted, limit, today=today)
        first = period_of(limit, today)[0]
        return EarningsView(
            limit=limit,
            present=next(one for one in every if one.first == first),
            others=tuple(one for one in every if one.first != first),
            on_its_way=tuple(one for one in counted if not one.paid),
            own=tuple(sorted(_own(kept), key=lambda one: one.on, reverse=True)),
            claimable_pence=could,
            room_from=next_with_room(counted, limit, could, today=today) if could else None,
        )

    def with_more(self, pence: int, *, on: date | None = None) -> EarningsPeriod | None:
        """Return the period in which more money would fall, with that money in it.

        Args:
            pence: How much more, expenses left out.
            on: The day it could be paid; today otherwise.

        Returns:
            ``None`` while the view is off.
        """
        today = self.desk.today()
        with self.desk.store.unit_of_work() as work:
            kept = _kept(work)
            limit = _limit(kept)
            if limit is None:
                return None
            counted = self._earnings(work, kept, today)
        more = Earning(pence, "", max(on or today, today), paid=False)
        first = period_of(limit, more.on or today)[0]
        every = totals([*counted, more], limit, today=today)
        return next(one for one in every if one.first == first)

    def _earnings(self, work: UnitOfWork, kept: dict[str, Any], today: date) -> list[Earning]:
        me = self.desk.store.person
        mine = claims_of(work, me)
        own = [Earning(one.pence, one.what, one.on, paid=one.on <= today) for one in _own(kept)]
        return [*earnings_of(mine, today=today), *own]

    def _claimable_pence(self, work: UnitOfWork) -> int:
        me = self.desk.store.person
        lines = claimable_lines(work, me, claimed=claimed_lines(work, me))
        return sum(line.pence for line in lines if line.kind is not LineKind.EXPENSE)


def _kept(work: UnitOfWork) -> dict[str, Any]:
    return dict(work.local(KEY) or {})


def _limit(kept: dict[str, Any]) -> Limit | None:
    plain = kept.get("limit")
    if plain is None:
        return None
    return Limit(PeriodKind(plain["kind"]), int(plain["pence"]), int(plain["starts"]))


def _own(kept: dict[str, Any]) -> tuple[OwnAmount, ...]:
    return tuple(
        OwnAmount(date.fromisoformat(plain["on"]), int(plain["pence"]), str(plain["what"]))
        for plain in kept.get("own", ())
    )

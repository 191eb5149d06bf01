"""Claims: from time given to money paid, every step an entry in a ledger that only grows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..domain.claim_lines import ClaimLine, check_lines, line_from_json
from ..domain.claims import Claim, ClaimId, LedgerKind, check_ledger
from ..domain.drafts import RoundId
from ..domain.involvement import Involvement
from ..domain.pay_wish import PayBy, PayWish
from ..domain.people import PersonId
from ..errors import NotAllowedError
from .agreed_pay import agreed_rounds
from .claim_checks import check_claim
from .claim_steps import pence_of, refuse_paid_before, refuse_paying_twice, write_step
from .claimable import claimable_lines, times_without_rate
from .claims_reading import all_claims, claimed_lines, claims_of, one_claim
from .desk import APPROVING, COORDINATING, Desk
from .expenses import check_miles
from .outcome import Outcome
from .receipts import record_receipts

DRAFT_KEY, WAY_KEY = "claim-draft", "claim-paid-by"
_PROMISES = (LedgerKind.APPROVED, LedgerKind.BATCHED)
_TAKES_BACK = (LedgerKind.FAILED, LedgerKind.REVERSED)


@dataclass(frozen=True)
class Claims:
    """Claims and their ledger."""

    desk: Desk

    def all(self) -> list[Claim]:
        """Return every claim this laptop may see, newest first."""
        with self.desk.store.unit_of_work() as work:
            return all_claims(work)

    def mine(self) -> list[Claim]:
        """Return this person's own claims, newest first."""
        with self.desk.store.unit_of_work() as work:
            return claims_of(work, self.desk.store.person)

    def claim(self, claim: ClaimId) -> Claim:
        """Return one claim.

        Raises:
            NotFoundError: Nobody sent it.
        """
        with self.desk.store.unit_of_work() as work:
            return one_claim(work, claim)

    def claimable(self, person: PersonId | None = None) -> list[ClaimLine]:
        """Return the lines a person can claim, what is claimed already left out.

        A review that was given back pays what was agreed, in one line, finished or stopped; the
        minutes noted for it are paid by that. Other time is paid at the rate of its day; where no
        rate was in force it is left out: nothing is paid by guess.
        """
        with self.desk.store.unit_of_work() as work:
            whose = person or self.desk.store.person
            return claimable_lines(work, whose, claimed=claimed_lines(work, whose))

    def waiting_for_rate(self) -> list[Involvement]:
        """Return this person's own time that is not paid because no rate covers its day."""
        me = self.desk.store.person
        with self.desk.store.unit_of_work() as work:
            return times_without_rate(work, me, claimed=claimed_lines(work, me))

    def agreed(self) -> frozenset[RoundId]:
        """Return the requests to read that pay an agreed amount rather than by time."""
        with self.desk.store.unit_of_work() as work:
            return agreed_rounds(work)

    def keep_draft(self, lines: Iterable[ClaimLine]) -> None:
        """Keep a claim that is not sent yet; it stays on this laptop."""
        plain = [line.to_json() for line in lines]
        with self.desk.store.unit_of_work() as work:
            work.keep_local(DRAFT_KEY, {"lines": plain} if plain else None)
            work.commit()

    def draft(self) -> list[ClaimLine]:
        """Return the claim that is not sent yet, or nothing."""
        with self.desk.store.unit_of_work() as work:
            kept: Any = work.local(DRAFT_KEY) or {}
        return [line_from_json(plain) for plain in kept.get("lines", ())]

    def usual_way(self) -> PayBy:
        """Return how this person last asked to be paid; it is remembered on this laptop only."""
        with self.desk.store.unit_of_work() as work:
            kept: Any = work.local(WAY_KEY) or {}
        return PayBy(kept["by"]) if kept.get("by") in set(PayBy) else PayBy.BANK

    def submit(
        self,
        lines: Iterable[ClaimLine],
        *,
        claim: ClaimId | None = None,
        wish: PayWish | None = None,
        on_behalf_of: PersonId | None = None,
    ) -> Outcome[Claim]:
        """Send a claim, or send one again after a query.

        Args:
            lines: What is asked to be paid.
            claim: The queried claim; ``None`` for a new one.
            wish: When and how the person would like to be paid; no reason is asked.
            on_behalf_of: Whose claim it is, when typed in for them.

        Raises:
            InputError: No lines, an amount or a day that cannot be, or what is already claimed.
            NotAllowedError: The claim is past that.
        """
        asked = tuple(lines)
        with self.desk.store.unit_of_work() as work:
            person = self.desk.author(work, on_behalf_of)
            typed = person != self.desk.store.person
            founded = self.desk.board(work).founded_on
            check_lines(asked, today=self.desk.today(), founded_on=founded, from_paper=typed)
            check_miles(work, asked)
            known = one_claim(work, claim) if claim else None
            check_ledger(known, LedgerKind.SUBMITTED, by=self.desk.store.person, person=person)
            identity = known.id if known else ClaimId(self.desk.new_id())
            others = claimed_lines(work, person, but=identity)
            asked = check_claim(work, asked, person=person, others=others)
            data: dict[str, Any] = {
                "person": str(person),
                "lines": [line.to_json() for line in asked],
            }
            data |= wish.to_json() if wish else {}
            record_receipts(work, self.desk, asked, person=person)
            total = sum(line.pence for line in asked)
            write_step(work, identity, LedgerKind.SUBMITTED, total, person=person, data=data)
            if known is None and not typed:
                work.keep_local(DRAFT_KEY, None)
            if wish is not None and not typed:
                work.keep_local(WAY_KEY, {"by": wish.by.value})
            return Outcome(one_claim(work, identity), work.commit())

    def decide(
        self, claim: ClaimId, kind: LedgerKind, *, reason: str = "", reference: str = ""
    ) -> Outcome[Claim]:
        """Take the next step with a claim: query, approve, batch, pay, or take it back.

        Args:
            claim: Which claim.
            kind: The step.
            reason: Why; needed to query, reject, reverse, or when the bank returned it.
            reference: What finance calls it.

        Raises:
            NotAllowedError: The table does not allow it, or it is a claim of one's own.
            InputError: A reason is needed.
        """
        if kind is LedgerKind.ADJUSTED:
            raise NotAllowedError("How much is approved is said by its amount, not by a step.")
        with self.desk.store.unit_of_work() as work:
            known = one_claim(work, claim)
            me = self.desk.store.person
            check_ledger(known, kind, by=me, person=known.person, reason=reason)
            own = (LedgerKind.WITHDRAWN, LedgerKind.GIVEN)
            if kind not in own:
                self.desk.require(work, *APPROVING, doing="decide on claims")
            elif known.person != me:
                self.desk.require(work, *COORDINATING, doing="do this for somebody else")
            data: dict[str, Any] = {}
            if reason.strip():
                data["reason"] = reason.strip()
            if reference.strip():
                data["reference"] = reference.strip()
            if kind in _PROMISES:
                refuse_paying_twice(work, known, known.lines)
            elif kind is LedgerKind.PAID:
                refuse_paid_before(work, known)
            elif kind in _TAKES_BACK:
                data["paid_pence"] = known.paid_pence
            pence = pence_of(known, kind)
            write_step(work, claim, kind, pence, person=known.person, data=data)
            return Outcome(one_claim(work, claim), work.commit())

    def ask_for_day(self, claim: ClaimId, wish: PayWish) -> Outcome[Claim]:
        """Ask to be paid at another time, or another way, until it is with finance.

        Raises:
            NotAllowedError: It is with finance already, or somebody else's.
        """
        with self.desk.store.unit_of_work() as work:
            known = one_claim(work, claim)
            me = self.desk.store.person
            check_ledger(known, LedgerKind.TIMED, by=me, person=known.person)
            if known.person != me:
                self.desk.require(work, *COORDINATING, doing="do this for somebody else")
            kind, data = LedgerKind.TIMED, wish.to_json()
            write_step(work, claim, kind, known.asked_pence, person=known.person, data=data)
            return Outcome(one_claim(work, claim), work.commit())

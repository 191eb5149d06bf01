"""Deciding on claims: several at once, some lines of one, and the way to finance and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from ..domain.accounts import Batch, BatchId
from ..domain.british import money
from ..domain.claim_clashes import paid_for_twice
from ..domain.claim_lines import ClaimLine
from ..domain.claims import Claim, ClaimId, ClaimState, LedgerKind, check_ledger
from ..domain.people import Role
from ..errors import InputError, NotAllowedError, PPIError
from .claim_steps import (
    pence_of,
    refuse_paid_before,
    refuse_paying_twice,
    same_time,
    write_step,
)
from .claims_reading import all_claims, one_claim
from .desk import APPROVING, Desk, keep
from .outcome import Outcome
from .ports import UnitOfWork
from .risen_twice import risen_twice

PAYING = (Role.COORDINATOR, Role.PAYMENTS_OFFICER)
_DIVIDED = UUID("0d4b6f9e-7a3c-4a8e-9a51-6a0f3f6a2c11")


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of several claims.

    Args:
        done: Those for which the step was taken.
        refused: The others, each with the reason in words.
    """

    done: tuple[ClaimId, ...]
    refused: tuple[tuple[ClaimId, PPIError], ...]


@dataclass(frozen=True, slots=True)
class PaidNote:
    """That finance paid a claim.

    Args:
        claim: Which claim.
        on: The day finance paid it.
        reference: What finance calls the payment, or "".
        a_second_time: Finance says that it paid although the same was paid in another claim: money
            that moved is noted, and stands until it came back.
    """

    claim: ClaimId
    on: date
    reference: str = ""
    a_second_time: bool = False


@dataclass(frozen=True)
class Deciding:
    """Decisions on claims, for those who approve and pay."""

    desk: Desk

    def approve_many(self, claims: Iterable[ClaimId]) -> Outcome[Decided]:
        """Approve several claims; one that cannot be approved does not hold up the others.

        Raises:
            NotAllowedError: The person at the laptop approves no claims.
        """
        done: list[ClaimId] = []
        refused: list[tuple[ClaimId, PPIError]] = []
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *APPROVING, doing="decide on claims")
            for claim in claims:
                try:
                    self._approve(work, claim)
                except PPIError as problem:
                    refused.append((claim, problem))
                else:
                    done.append(claim)
            return Outcome(Decided(tuple(done), tuple(refused)), work.commit())

    def ask_about_lines(
        self, claim: ClaimId, lines: Sequence[int], *, reason: str
    ) -> Outcome[Claim]:
        """Ask about some lines of a claim and approve the others.

        The lines asked about go on as a claim of their own, with the question, so that the rest
        need not wait. Two laptops that do the same make the same claim.

        Args:
            claim: A claim that was sent.
            lines: Places of the lines to ask about, from 0; all of them asks about the claim.
            reason: The question.

        Returns:
            The claim that carries the question.

        Raises:
            NotAllowedError: The table does not allow it, or it is a claim of one's own.
            InputError: No lines, lines that are not there, or no question.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *APPROVING, doing="decide on claims")
            known = one_claim(work, claim)
            me = self.desk.store.person
            check_ledger(known, LedgerKind.QUERIED, by=me, person=known.person, reason=reason)
            asked, rest = _parted(known, lines)
            if not rest:
                data = {"reason": reason.strip()}
                pence = known.asked_pence
                write_step(work, claim, LedgerKind.QUERIED, pence, person=known.person, data=data)
                return Outcome(one_claim(work, claim), work.commit())
            refuse_paying_twice(work, known, rest)
            new = ClaimId(uuid5(_DIVIDED, f"{claim} {sorted(set(lines))}"))
            self._divide(work, known, new, asked=asked, rest=rest, reason=reason.strip())
            return Outcome(one_claim(work, new), work.commit())

    def approve_less(self, claim: ClaimId, pence: int, *, reason: str) -> Outcome[Claim]:
        """Correct what is approved, before it goes to finance.

        Args:
            claim: An approved claim.
            pence: What is to be approved in all, from 1p to what was asked.
            reason: Why; the person reads it.

        Raises:
            NotAllowedError: The table does not allow it, or it is a claim of one's own.
            InputError: An amount that cannot be, or no reason.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *APPROVING, doing="decide on claims")
            known = one_claim(work, claim)
            kind, me = LedgerKind.ADJUSTED, self.desk.store.person
            check_ledger(known, kind, by=me, person=known.person, reason=reason)
            if not 0 < pence <= known.asked_pence:
                asked = money(known.asked_pence)
                raise InputError(
                    f"What is approved must be between 1p and the {asked} asked.",
                    next_step="Put it right. To approve nothing, cancel it by a correction.",
                )
            change = pence - known.approved_pence
            if change:
                data = {"reason": reason.strip(), "to": pence}
                write_step(work, claim, kind, change, person=known.person, data=data)
            return Outcome(one_claim(work, claim), work.commit())

    def send_to_finance(self, claims: Iterable[ClaimId], *, note: str = "") -> Outcome[Batch]:
        """Put approved claims together for finance. All of them go, or none.

        Raises:
            NotAllowedError: One of them is not approved, or is with finance, or is one's own.
            InputError: There are none.
        """
        wanted = list(dict.fromkeys(claims))
        if not wanted:
            raise InputError("No claim is chosen.", next_step="Tick the claims that are to go.")
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *PAYING, doing="send claims to finance")
            batch = Batch(
                id=BatchId(self.desk.new_id()),
                number=max((one.number for one in work.find(Batch)), default=0) + 1,
                made_at=self.desk.now(),
                made_by=self.desk.store.person,
                note=note.strip(),
            )
            keep(work, batch)
            for claim in wanted:
                known = one_claim(work, claim)
                kind, me = LedgerKind.BATCHED, self.desk.store.person
                check_ledger(known, kind, by=me, person=known.person)
                refuse_paying_twice(work, known, known.lines)
                data = {"batch": str(batch.id)}
                pence = pence_of(known, kind)
                write_step(work, claim, kind, pence, person=known.person, data=data)
            return Outcome(batch, work.commit())

    def note_paid(self, notes: Iterable[PaidNote]) -> Outcome[tuple[Claim, ...]]:
        """Note what finance paid: all of them in one action, or none.

        Raises:
            NotAllowedError: One of them is not with finance, is one's own, or pays for what another
                claim paid for already and finance was not asked.
            InputError: A day that has not come, or nothing to note.
        """
        wanted = list(notes)
        if not wanted:
            raise InputError("There is nothing to note.", next_step="Choose what was paid.")
        today = self.desk.today()
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *PAYING, doing="note payments")
            for note in wanted:
                if note.on > today:
                    raise InputError(
                        "That day has not come yet.", next_step="Put in the day finance paid it."
                    )
                self._paid(work, note)
            made = tuple(one_claim(work, note.claim) for note in wanted)
            return Outcome(made, work.commit())

    def batches(self) -> list[tuple[Batch, list[Claim]]]:
        """Return what went to finance together, latest first, with the claims that are in it.

        Raises:
            NotAllowedError: Only those who pay see them.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *PAYING, doing="see what went to finance")
            inside: dict[str, list[Claim]] = {}
            for claim in all_claims(work):
                batch = batch_of(claim)
                if batch:
                    inside.setdefault(batch, []).append(claim)
            found = sorted(work.find(Batch), key=lambda one: str(one.made_at), reverse=True)
            return [(batch, inside.get(str(batch.id), [])) for batch in found]

    def paid_for_twice(self) -> list[tuple[str, ClaimId, ClaimId]]:
        """Return what stands approved in two claims of one person, and both claims.

        One rise by two rates, added on two laptops, is the same thing as well.

        Raises:
            NotAllowedError: Only those who pay see it.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *PAYING, doing="see what went to finance")
            claims, same = all_claims(work), same_time(work)
            return [*paid_for_twice(claims, same=same), *risen_twice(work, claims, same=same)]

    def _approve(self, work: UnitOfWork, claim: ClaimId) -> None:
        known = one_claim(work, claim)
        kind, me = LedgerKind.APPROVED, self.desk.store.person
        check_ledger(known, kind, by=me, person=known.person)
        refuse_paying_twice(work, known, known.lines)
        write_step(work, claim, kind, known.asked_pence, person=known.person, data={})

    def _paid(self, work: UnitOfWork, note: PaidNote) -> None:
        known = one_claim(work, note.claim)
        kind, me = LedgerKind.PAID, self.desk.store.person
        check_ledger(known, kind, by=me, person=known.person)
        if not note.a_second_time:
            refuse_paid_before(work, known)
        data: dict[str, Any] = {"on": note.on.isoformat()}
        if note.reference.strip():
            data["reference"] = note.reference.strip()
        write_step(work, note.claim, kind, known.owed_pence, person=known.person, data=data)

    def _divide(
        self,
        work: UnitOfWork,
        known: Claim,
        new: ClaimId,
        *,
        asked: list[ClaimLine],
        rest: list[ClaimLine],
        reason: str,
    ) -> None:
        person = known.person
        kept = {"lines": [line.to_json() for line in rest], "divided": str(new)}
        pence = sum(line.pence for line in rest)
        write_step(work, known.id, LedgerKind.APPROVED, pence, person=person, data=kept)
        sent = {
            "person": str(person),
            "lines": [line.to_json() for line in asked],
            "from": str(known.id),
        }
        data = sent | known.wish.to_json()
        pence = sum(line.pence for line in asked)
        write_step(work, new, LedgerKind.SUBMITTED, pence, person=person, data=data)
        why = {"reason": reason}
        write_step(work, new, LedgerKind.QUERIED, pence, person=person, data=why)


def batch_of(claim: Claim) -> str:
    """Return the id of the batch in which a claim went to finance last, or ""."""
    if claim.state not in (ClaimState.BATCHED, ClaimState.PAID):
        return ""
    for entry in reversed(claim.entries):
        if entry.kind is LedgerKind.BATCHED:
            return str(entry.data.get("batch", ""))
    return ""


def _parted(claim: Claim, lines: Sequence[int]) -> tuple[list[ClaimLine], list[ClaimLine]]:
    wanted = set(lines)
    if not wanted or not wanted <= set(range(len(claim.lines))):
        raise InputError(
            "No line is chosen, or one that is not in this claim.",
            next_step="Tick the lines that you would like to ask about.",
        )
    asked = [line for place, line in enumerate(claim.lines) if place in wanted]
    rest = [line for place, line in enumerate(claim.lines) if place not in wanted]
    if rest and not sum(line.pence for line in rest):
        raise NotAllowedError(
            "What would be left to approve is nothing.",
            next_step="Ask about the whole claim instead.",
        )
    return asked, rest

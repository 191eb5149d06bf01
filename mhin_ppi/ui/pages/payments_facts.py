"""What the page of payments shows, read in one go, and the words for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ...domain.accounts import Batch
from ...domain.british import day, money
from ...domain.claims import APPROVED_STATES, Claim, ClaimId, ClaimState
from ...domain.finance_rows import PAY_BY_WORDS
from ...domain.pay_wish import PayWhen
from ...domain.receipts import Receipt
from ...services.boards import Services
from ...services.claim_balances import Balances
from .payment_problems import Problem, claim_problems, in_two
from .time_facts import TimeFacts, days_since, read_facts
from .words_for import count_words

_ASKED = (ClaimState.SUBMITTED, ClaimState.QUERIED)
_PROMISED = (ClaimState.APPROVED, ClaimState.BATCHED)
_IN_VIEW = (ClaimState.SUBMITTED, ClaimState.APPROVED)
"""States of claims that stand whole on the page, with their receipts."""


@dataclass(frozen=True, slots=True)
class PaymentFacts:
    """Everything the page shows.

    Args:
        time: People, projects and every claim.
        batches: What went to finance together, latest first, and what of it is there or paid.
        balances: Sums of the ledger.
        receipts: Receipts of claims that wait for a decision, by their id as text.
        twice: What stands approved in two claims of one person, and both claims.
    """

    time: TimeFacts
    batches: list[tuple[Batch, list[Claim]]]
    balances: Balances
    receipts: Mapping[str, Receipt]
    twice: list[tuple[str, ClaimId, ClaimId]] = field(default_factory=list)

    def in_state(self, *states: ClaimState) -> list[Claim]:
        """Return the claims in some states, the longest wait first."""
        found = [one for one in self.time.claims if one.state in states]
        return sorted(found, key=lambda one: -days_since(one, today=self.time.today))

    def name(self, claim: Claim) -> str:
        """Return whose claim it is."""
        return self.time.name(claim.person)

    def paid_in_another(self, claim: Claim) -> Claim | None:
        """Return another claim in which something in this one was paid already."""
        known = {one.id: one for one in self.time.claims}
        others = [one for _, *both in self.twice if claim.id in both for one in both]
        paid = [known[one] for one in others if one != claim.id]
        return next((one for one in paid if one.state is ClaimState.PAID), None)

    def problems(self) -> list[Problem]:
        """Return what has to be looked at."""
        known = {one.id: one for one in self.time.claims}
        pairs = dict.fromkeys((first, second) for _, first, second in self.twice)
        found = [in_two(known[one], known[other], self.name(known[one])) for one, other in pairs]
        for claim in self.time.claims:
            found += claim_problems(claim, self.name(claim))
        return found


def read_payments(services: Services) -> PaymentFacts:
    """Read everything the page shows."""
    payments, facts = services.payments, read_facts(services)
    wanted = [
        receipt
        for claim in facts.claims
        if claim.state in _IN_VIEW
        for line in claim.lines
        for receipt in line.receipts
    ]
    return PaymentFacts(
        facts,
        payments.deciding.batches(),
        payments.balances.all(),
        {str(one.id): one for one in payments.receipts.of(wanted)},
        payments.deciding.paid_for_twice(),
    )


def balance_words(balances: Balances) -> str:
    """Return what is asked, promised and paid in all, in a sentence."""
    states = balances.by_state
    asked = sum(states[one].asked for one in _ASKED if one in states)
    promised = sum(states[one].approved - states[one].paid for one in _PROMISED if one in states)
    paid = sum(one.paid for one in states.values())
    return (
        f"{money(asked)} is asked for, {money(promised)} is approved and not paid yet, "
        f"{money(paid)} is paid."
    )


def claim_title(claim: Claim, facts: PaymentFacts) -> str:
    """Return a claim in one line ("Amina: £55.00, 12 days since the activity")."""
    days = count_words(days_since(claim, today=facts.time.today), "day")
    promised = claim.state in APPROVED_STATES
    pence = claim.approved_pence if promised else claim.asked_pence
    return f"{facts.name(claim)}: {money(pence)}, {days} since the activity"


def wish_words(claim: Claim, *, today: date) -> str:
    """Return when and how a person would like to be paid; "" for the usual."""
    wish, parts = claim.wish, []
    if wish.when is PayWhen.MONTHLY:
        parts.append("with others at the end of the month")
    elif wish.when is PayWhen.DATE and wish.on is not None:
        parts.append(f"on {day(wish.on)} or later" + ("" if wish.on > today else ", which is now"))
    by = PAY_BY_WORDS[wish.by].lower()
    if by != "bank transfer":
        parts.append(f"by {by}")
    return f"Would like to be paid {', '.join(parts)}." if parts else ""


def batch_title(batch: Batch, claims: list[Claim], *, weeks: str) -> str:
    """Return a batch in a sentence or two."""
    made = day(batch.made_at.astimezone().date()) if batch.made_at else ""
    whole = money(sum(one.approved_pence for one in claims))
    said = f"Batch {batch.number}, sent on {made}: {count_words(len(claims), 'claim')}, {whole}."
    if any(one.state is ClaimState.BATCHED for one in claims):
        return f"{said} Payment usually takes {weeks}."
    return f"{said} All paid."

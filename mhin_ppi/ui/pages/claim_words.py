"""What a claim says of itself to the person whose it is: its lines, its question, its wait."""

from __future__ import annotations

from ...domain.british import day, money
from ...domain.claim_lines import ClaimLine
from ...domain.claims import Claim, ClaimState, LedgerKind
from ...domain.expenses import miles_words
from ...domain.pay_wish import PayBy, PayWhen
from .time_facts import TimeFacts, days_since
from .words_for import count_words

_BY_WORDS = {
    PayBy.BANK: "by bank transfer",
    PayBy.VOUCHER: "as a voucher",
    PayBy.PREPAID_CARD: "on a prepaid card",
}


def line_words(line: ClaimLine) -> str:
    """Return a line with what it asks, what it came to, how far, and how many receipts."""
    parts = [f"{line.what}: {money(line.pence)}"]
    if line.full_pence:
        parts = [f"{line.what}: {money(line.pence)} of {money(line.full_pence)}"]
    if line.prepaid_pence:
        parts = [f"{line.what}: {money(line.prepaid_pence)}, paid already by the board"]
    if line.miles_tenths:
        parts.append(miles_words(line.miles_tenths))
    if line.receipts:
        parts.append(count_words(len(line.receipts), "receipt"))
    return " · ".join(parts)


def question_words(claim: Claim, facts: TimeFacts) -> str:
    """Return which lines somebody asks about and what, or "" when nobody asks."""
    if claim.state is not ClaimState.QUERIED:
        return ""
    asked = claim.entries[-1]
    if asked.kind is not LedgerKind.QUERIED:  # another day was asked for since
        return ""
    lines = ", ".join(f"“{line.what}”" for line in claim.lines)
    return f"{facts.name(asked.by)} asks about {lines}: “{asked.reason}”"


def waiting_words(claim: Claim, facts: TimeFacts) -> str:
    """Return how long it has been, what finance usually needs, and when it was asked for."""
    said = [f"{count_words(days_since(claim, today=facts.today), 'day')} since the activity."]
    if claim.state is ClaimState.BATCHED and facts.payment_weeks:
        said.append(f"Finance usually needs {facts.payment_weeks}.")
    whose = facts.name(claim.person)
    when, by = claim.wish.when, _BY_WORDS[claim.wish.by]
    if when is PayWhen.DATE and claim.wish.on is not None:
        said.append(f"{whose} asked for it on or after {day(claim.wish.on)}, {by}.")
    elif when is PayWhen.MONTHLY:
        said.append(f"{whose} asked for it at the end of the month, {by}.")
    return " ".join(said)

"""What a coordinator has to look at: what two laptops did before they exchanged, in plain words."""

from __future__ import annotations

from dataclasses import dataclass

from ...domain.british import money
from ...domain.claim_reference import reference_of
from ...domain.claims import Claim, ClaimState, LedgerKind
from .words_for import count_words


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to look at.

    Args:
        words: What it is and what to do, in a few sentences.
        cancel: Claims that can be cancelled to put it right.
    """

    words: str
    cancel: tuple[Claim, ...] = ()


def in_two(one: Claim, other: Claim, who: str) -> Problem:
    """Return that two claims of a person pay for the same thing."""
    both = f"{reference_of(one.id)} and {reference_of(other.id)}"
    if one.state is other.state is ClaimState.PAID:
        words = (
            f"{who} was paid for the same thing in {both}. Ask finance for the money of one of "
            "them. When it is back, cancel that one by a correction."
        )
    else:
        words = (
            f"{who} has the same thing approved in {both}. Cancel one of them by a correction; "
            "if it is with finance, tell them first."
        )
    return Problem(words, (one, other))


def claim_problems(claim: Claim, who: str) -> list[Problem]:
    """Return what has to be looked at in one claim, the money first."""
    whose = f"{who}'s claim {reference_of(claim.id)}"
    found = [*_of_money(claim, whose)]
    kinds = [entry.kind for entry in claim.flagged]
    if LedgerKind.BATCHED in kinds and claim.state in (ClaimState.BATCHED, ClaimState.PAID):
        kinds.remove(LedgerKind.BATCHED)
        words = f"{whose} went to finance from two laptops. Tell finance that it is one claim."
        found.append(Problem(words))
    unaware = [kind for kind in kinds if kind in (LedgerKind.FAILED, LedgerKind.REVERSED)]
    if unaware and claim.state is ClaimState.PAID:
        kinds = [kind for kind in kinds if kind not in unaware]
        words = (
            f"{whose} was cancelled, or noted as come back from the bank, on a laptop that had "
            "not heard of the payment. It stands as paid. If the money came back, note that again."
        )
        found.append(Problem(words, (claim,)))
    if kinds:
        words = (
            f"{count_words(len(kinds), 'step')} with {whose} did not count: the rules do not allow "
            "it, or somebody else was first."
        )
        found.append(Problem(words))
    return found


def _of_money(claim: Claim, whose: str) -> list[Problem]:
    paid, approved = money(claim.paid_pence), money(claim.approved_pence)
    if claim.paid_twice:
        words = (
            f"{whose} was noted as paid twice: {paid} for {approved}. Ask finance whether the "
            "money moved twice."
        )
        return [Problem(words)]
    if claim.state is ClaimState.PAID and claim.paid_apart:
        words = (
            f"Finance paid {paid} for {whose}, and on another laptop it was not to be paid, or "
            "not yet. The payment stands. If the money came back, cancel it by a correction."
        )
        return [Problem(words, (claim,))]
    if claim.state is ClaimState.PAID and claim.paid_pence != claim.approved_pence:
        words = f"Finance paid {paid} for {whose}, and {approved} is approved. Ask finance which."
        return [Problem(words)]
    went = [entry.pence for entry in claim.entries if entry.kind is LedgerKind.BATCHED]
    if claim.state is ClaimState.BATCHED and went[-1] != claim.approved_pence:
        words = (
            f"{whose} went to finance with {money(went[-1])}, and {approved} is approved. Tell "
            "finance before they pay."
        )
        return [Problem(words)]
    return []

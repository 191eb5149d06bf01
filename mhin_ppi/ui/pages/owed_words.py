"""What a person is still owed, in calm sentences."""

from __future__ import annotations

from datetime import date

from ...domain.feedback_debt import OWED_WORDS, Owed
from ...services.feedback_debt import Debt
from .words_for import count_words, day_words, local_day

_PROMISED = {
    Owed.ACKNOWLEDGEMENT: "You should hear that we have it by",
    Owed.ANSWER: "An answer is promised by",
    Owed.TELLING: "An answer is promised by",
}
_MISSED = {
    Owed.ACKNOWLEDGEMENT: "You should have heard that we have it by",
    Owed.ANSWER: "An answer was promised by",
    Owed.TELLING: "An answer was promised by",
}


def wait_words(debt: Debt, *, today: date) -> str:
    """Return what the person who waits reads: who has it, since when, and what was promised.

    Args:
        debt: What they are owed.
        today: The day it is.
    """
    holder = f"{debt.held_by[:1].upper()}{debt.held_by[1:]}"
    began = local_day(debt.story.fate.since) or debt.since
    since = day_words(began, today=today)
    if debt.owed is Owed.TELLING:
        said = f"The team has answered. {holder} has it now, to tell you."
    else:
        said = f"{holder} has it now, since {since}."
    promise = _MISSED if debt.days_over else _PROMISED
    said += f" {promise[debt.owed]} {day_words(debt.due_on, today=today)}."
    if debt.days_over:
        said += " You have not been forgotten."
    return f"{said}{reminded_words(debt, today=today)}"


def reminded_words(debt: Debt, *, today: date) -> str:
    """Return who was reminded last and when, as a sentence with a space before it, or ""."""
    if not debt.reminders:
        return ""
    last = debt.reminders[-1]
    to = f"{last.to[:1].upper()}{last.to[1:]}" or "Somebody"
    day = day_words(last.on, today=today)
    on = "" if day in ("today", "yesterday") else "on "
    return f" {to} was reminded {on}{day}."


def held_words(debt: Debt, *, today: date) -> str:
    """Return what a coordinator reads under a question on Home."""
    waits = OWED_WORDS[debt.owed].lower()
    days = count_words(debt.waited_days, "working day")
    said = f"{debt.owed_to} waits {waits if waits.startswith('to ') else f'for {waits}'}."
    said += f" {days} with {debt.held_by}" if debt.waited_days else " Since today"
    over = f", {debt.days_over} more than promised" if debt.days_over else ""
    return f"{said}{over}.{reminded_words(debt, today=today)}"

"""The shapes of what guidance lists: rates, kinds of impact, checklists, standards, contacts.

Each entry keeps where it comes from and whether it was checked there. ``verified`` is false for
what was recalled or worked out: screens and reports must say so. ``catalogues`` reads them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class RateBand:
    """What one size of task is paid.

    Args:
        code: Stable name of the size of task.
        label: What a person reads.
        minutes: About how long such a task takes; 0 where the source does not say.
        amount_pence: The payment.
        example: A task of this size, or "".
        basis: How an unpublished figure was worked out, or "".
        source: Where the figure, or the figure it was worked out from, was read.
        verified: Whether the figure was read in the source.
    """

    code: str
    label: str
    minutes: int
    amount_pence: int
    example: str
    basis: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class RateSet:
    """The bands in force between two days.

    Args:
        code: Stable name of the set.
        label: What a person reads.
        effective_from: First day; ``None`` where the source does not say.
        effective_to: Last day; ``None`` while the set is in force.
        bands: From the smallest task to the largest.
        note: What is known and not known of the set.
        source: Where the set was read.
        verified: Whether its first day was read in the source.
    """

    code: str
    label: str
    effective_from: date | None
    effective_to: date | None
    bands: tuple[RateBand, ...]
    note: str
    source: str
    verified: bool

    @property
    def first_day(self) -> date:
        """First day, as early as can be where the source does not say."""
        return self.effective_from or date.min

    @property
    def last_day(self) -> date:
        """Last day, as late as can be while the set is in force."""
        return self.effective_to or date.max


@dataclass(frozen=True, slots=True)
class PaymentChoice:
    """A way to be thanked; ``counts_as_income`` is ``None`` where the source does not say."""

    code: str
    label: str
    counts_as_income: bool | None
    note: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Mileage:
    """Pence a mile, up to 10,000 miles a year and (where it differs) beyond.

    ``vehicle`` is the code under which expenses know it (``Category.vehicle``).
    """

    name: str
    vehicle: str
    pence: int
    pence_beyond: int
    note: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Rates:
    """Payment for involvement, as guidance has it. The host organisation decides; this is the mark.

    Args:
        guidance: Title and version of the guidance.
        source: Its address.
        last_checked: The day it was last read.
        rate_sets: Newest first.
        choices: Ways to be thanked, "no payment" among them.
        expenses: Codes of the costs that are commonly covered.
        expenses_rule: The principle, in words.
        mileage: What a mile is paid.
    """

    guidance: str
    source: str
    last_checked: date
    rate_sets: tuple[RateSet, ...]
    choices: tuple[PaymentChoice, ...]
    expenses: tuple[str, ...]
    expenses_rule: str
    mileage: tuple[Mileage, ...]

    def in_force_on(self, day: date) -> RateSet | None:
        """Return the set for an activity of that day; ``None`` when no set covers it."""
        covering = (each for each in self.rate_sets if each.first_day <= day <= each.last_day)
        return next(covering, None)


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a coding list; ``origin`` says source, combined or proposal.

    Args:
        code: Stable name.
        label: What a person reads.
        note: A hint or examples, or "".
        group: For what changed: research, people, wider or none; otherwise "".
        origin: Whether the idea is published, merged from publications, or our own proposal.
        source: The publications.
        verified: Whether the entry was checked against them.
    """

    code: str
    label: str
    note: str
    group: str
    origin: str
    source: str
    verified: bool


def label_of(terms: Iterable[Term], code: str) -> str:
    """Return what a person reads for a code of one list; the code itself when it is new.

    Lists share codes ("design" is a kind and a stage), so the list is always named.
    """
    return next((term.label for term in terms if term.code == code), code)


@dataclass(frozen=True, slots=True)
class ImpactTaxonomy:
    """The lists with which the difference a question made is described."""

    stages: tuple[Term, ...]
    kinds: tuple[Term, ...]
    directions: tuple[Term, ...]
    reasons: tuple[Term, ...]
    evidence: tuple[Term, ...]
    feedback: tuple[Term, ...]
    roles: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Gripp2Item:
    """One item of a GRIPP2 checklist; ``asks`` is our paraphrase, ``fill_from`` kinds of record."""

    form: str
    number: str
    section: str
    topic: str
    asks: str
    prompt: str
    fill_from: tuple[str, ...]
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Gripp2:
    """The GRIPP2 reporting checklists: short form (involvement secondary) and long form (main)."""

    reference: str
    short_form: tuple[Gripp2Item, ...]
    long_form: tuple[Gripp2Item, ...]


@dataclass(frozen=True, slots=True)
class Standard:
    """One of the UK Standards for Public Involvement; the questions are our paraphrase."""

    code: str
    name: str
    statement: str
    questions: tuple[str, ...]
    evidence: tuple[str, ...]
    source: str
    verified: bool
    verified_questions: bool


@dataclass(frozen=True, slots=True)
class SupportContact:
    """Someone to turn to. ``call`` and ``text`` are digits to dial or send to, or ""."""

    name: str
    reach: str
    call: str
    text: str
    hours: str
    about: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class SupportContacts:
    """The contacts of one area, with the day they were last checked."""

    area: str
    last_checked: date
    note: str
    contacts: tuple[SupportContact, ...]

"""Budgets against what was claimed, spent and planned, by project, financial year and heading.

Money belongs to the financial year of the day of the activity, not of the payment: a review in
March that is paid in May is March's (accruals, as research budgets are reported).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ..errors import InputError
from .accounts import Cost
from .claim_lines import MOST_PENCE, ClaimLine, LineKind
from .claims import Claim, ClaimState
from .expenses import heading_of_category
from .projects import ProjectId
from .rates import Budget

PAYMENTS, EXPENSES = "Payments and rewards", "Expenses"
ACTIVITY, STAFFING, OTHER = "Involvement activity", "Involvement staffing", "Other"
HEADINGS = (PAYMENTS, EXPENSES, ACTIVITY, STAFFING, OTHER)
"""Headings of the cost guide by Cartwright, Kabir and Simons 2013 (``DOMAIN.md`` 4.4)."""

_PROMISED = frozenset(
    {ClaimState.SUBMITTED, ClaimState.QUERIED, ClaimState.APPROVED, ClaimState.BATCHED}
)
_SPENT_AHEAD = _PROMISED | {ClaimState.PAID, ClaimState.GIVEN}
MOST_WORDS = 500
YEARS = range(2000, 2101)


@dataclass(frozen=True, slots=True)
class Planned:
    """Money that a plan will cost: a request to read that is out, a meeting to come.

    Args:
        project: Which project; ``None`` for the whole board.
        on: The day.
        what: What it is, for the person who asks what a figure is made of.
        pence: How much.
    """

    project: ProjectId | None
    on: date
    what: str
    pence: int


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One heading of one project in one financial year.

    Args:
        project: Which project; ``None`` for what belongs to none.
        year: The year in which the financial year starts.
        heading: Of the cost guide.
        budget_pence: What was set aside.
        paid_pence: What has been paid or spent.
        committed_pence: What has been asked for or approved and is not paid yet.
        planned_pence: What plans will cost, and time given that nobody has claimed yet.
    """

    project: ProjectId | None
    year: int
    heading: str
    budget_pence: int = 0
    paid_pence: int = 0
    committed_pence: int = 0
    planned_pence: int = 0

    @property
    def left_pence(self) -> int:
        """What is left of the budget, paid and committed taken off; less than 0 where overspent."""
        return self.budget_pence - self.paid_pence - self.committed_pence

    @property
    def left_after_plans_pence(self) -> int:
        """What would be left once every plan has been paid for."""
        return self.left_pence - self.planned_pence


def year_of(on: date, *, starts_in: int) -> int:
    """Return the year in which the financial year of a day starts.

    Args:
        on: The day.
        starts_in: The month whose first day begins the financial year, 1 to 12.

    >>> year_of(date(2027, 3, 31), starts_in=4), year_of(date(2027, 4, 1), starts_in=4)
    (2026, 2027)
    """
    return on.year if on.month >= starts_in else on.year - 1


def year_words(year: int, *, starts_in: int) -> str:
    """Return a financial year as people write it.

    >>> year_words(2026, starts_in=4), year_words(2099, starts_in=8), year_words(2026, starts_in=1)
    ('2026/27', '2099/00', '2026')
    """
    return str(year) if starts_in == 1 else f"{year}/{(year + 1) % 100:02}"


def heading_of(line: ClaimLine) -> str:
    """Return under which heading a line of a claim belongs."""
    return heading_of_category(line.category) if line.kind is LineKind.EXPENSE else PAYMENTS


def shared_out(pence: int, parts: Sequence[int]) -> list[int]:
    """Return an amount shared out in proportion; the shares add up to it exactly.

    What is left by rounding down goes a penny at a time to the largest remainders, the first of
    equals first.

    Args:
        pence: The amount, 0 or more.
        parts: What the shares are in proportion to, each 0 or more.

    >>> shared_out(100, [1, 1, 1]), shared_out(5, [0, 0]), shared_out(0, [3])
    ([34, 33, 33], [5, 0], [0])
    """
    whole = sum(parts)
    if not whole:
        return [pence, *([0] * (len(parts) - 1))] if parts else []
    shares = [pence * part // whole for part in parts]
    by_rest = sorted(range(len(parts)), key=lambda at: -(pence * parts[at] % whole))
    for at in by_rest[: pence - sum(shares)]:
        shares[at] += 1
    return shares


def budget_lines(
    *,
    budgets: Iterable[Budget],
    claims: Iterable[Claim],
    costs: Iterable[Cost],
    planned: Iterable[Planned],
    starts_in: int,
) -> list[BudgetLine]:
    """Return every heading about which something is known, by project, year and heading.

    Args:
        budgets: What was set aside.
        claims: Every claim.
        costs: Money spent that is nobody's claim.
        planned: What plans will cost.
        starts_in: The month in which the financial year starts.
    """
    sums: dict[tuple[str, int, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))

    def add(project: object, year: int, heading: str, kind: str, pence: int) -> None:
        if pence:
            sums[str(project or ""), year, heading][kind] += pence

    for budget in budgets:
        add(budget.project, budget.year, budget.heading, "budget_pence", budget.pence)
    for claim in claims:
        for line, kind, pence in _of_claim(claim):
            year = year_of(line.on, starts_in=starts_in)
            add(line.project, year, heading_of(line), kind, pence)
    for cost in costs:
        year = year_of(cost.on, starts_in=starts_in)
        add(cost.project, year, cost.heading, "paid_pence", cost.pence)
    for plan in planned:
        year = year_of(plan.on, starts_in=starts_in)
        add(plan.project, year, PAYMENTS, "planned_pence", plan.pence)
    lines = [
        BudgetLine(
            project=ProjectId(UUID(project)) if project else None,
            year=year,
            heading=heading,
            budget_pence=kinds["budget_pence"],
            paid_pence=kinds["paid_pence"],
            committed_pence=kinds["committed_pence"],
            planned_pence=kinds["planned_pence"],
        )
        for (project, year, heading), kinds in sums.items()
    ]
    return sorted(lines, key=lambda line: (str(line.project), line.year, _place(line.heading)))


def _of_claim(claim: Claim) -> Iterable[tuple[ClaimLine, str, int]]:
    """Yield what each line of a claim puts where; money paid is shared over its lines."""
    for line in claim.lines:
        if line.prepaid_pence and claim.state in _SPENT_AHEAD:
            yield line, "paid_pence", line.prepaid_pence
    parts = [line.pence for line in claim.lines]
    paid = shared_out(max(claim.paid_pence, 0), parts)
    yield from ((line, "paid_pence", pence) for line, pence in zip(claim.lines, paid, strict=True))
    if claim.state in _PROMISED:
        whole = claim.approved_pence or claim.asked_pence
        open_pence = shared_out(max(whole - claim.paid_pence, 0), parts)
        for line, pence in zip(claim.lines, open_pence, strict=True):
            yield line, "committed_pence", pence


def _place(heading: str) -> tuple[int, str]:
    return (HEADINGS.index(heading) if heading in HEADINGS else len(HEADINGS), heading)


def check_budget(pence: int, *, year: int, heading: str) -> None:
    """Refuse a budget that cannot be.

    Raises:
        InputError: An amount below nothing or beyond reason, a year far away, or no heading.
    """
    if not 0 <= pence <= MOST_PENCE:
        raise InputError(
            "A budget is between nothing and £100,000.",
            next_step="Put the amount right, then save again.",
        )
    if year not in YEARS:
        raise InputError("That year is too far away.", next_step="Choose another year.")
    if not heading.strip():
        raise InputError("The budget has no heading.", next_step="Choose a heading.")


def check_cost(pence: int, *, on: date, what: str, today: date) -> None:
    """Refuse a cost that cannot be.

    Raises:
        InputError: An amount of nothing or beyond reason, a day to come, or no words.
    """
    if not 0 < pence <= MOST_PENCE:
        raise InputError(
            "A cost is between 1p and £100,000.",
            next_step="Put the amount right, then save again.",
        )
    if on > today:
        raise InputError(
            "That day has not come yet.", next_step="Note the cost when it has been spent."
        )
    if not what.strip() or len(what) > MOST_WORDS:
        raise InputError(
            "The cost has no words, or too many.",
            next_step="Say in a sentence what it was for.",
        )

"""Everything about hours, payments and expenses beside the claims themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .budgets import Budgets
from .claim_balances import ClaimBalances
from .claim_deciding import Deciding
from .claim_forms import ClaimForms
from .desk import Desk
from .expenses import Expenses
from .finance_office import FinanceOffice
from .periods import Periods
from .private_earnings import PrivateEarnings
from .rate_rises import Rises
from .rates import RateBook
from .receipts import Receipts
from .statements import Statements

if TYPE_CHECKING:
    from .payment_ports import FinanceFiles, PublishedRates, ReceiptFiles


@dataclass(frozen=True)
class Payments:
    """What can be done about money.

    Args:
        rates: What time and miles are paid.
        rises: What a change of rates would owe.
        balances: Sums of the ledger.
        expenses: What journeys come to.
        receipts: Photographs and PDFs that show what was spent.
        deciding: Decisions on claims, and the way to finance and back.
        office: What goes to finance, and what comes back.
        budgets: What was set aside for projects, and what became of it.
        periods: Closing the books.
        forms: Claim forms of organisations.
        statements: Papers about money.
        private: A person's own view of what they earn.
    """

    rates: RateBook
    rises: Rises
    balances: ClaimBalances
    expenses: Expenses
    receipts: Receipts
    deciding: Deciding
    office: FinanceOffice
    budgets: Budgets
    periods: Periods
    forms: ClaimForms
    statements: Statements
    private: PrivateEarnings


def payments_of(
    desk: Desk, *, receipts: ReceiptFiles, finance: FinanceFiles, catalogues: PublishedRates
) -> Payments:
    """Return what can be done about money on an open board.

    Args:
        desk: The open board.
        receipts: Looks into receipts.
        finance: Writes and reads what goes to finance and comes from there.
        catalogues: Payment rates as published.
    """
    return Payments(
        rates=RateBook(desk),
        rises=Rises(desk),
        balances=ClaimBalances(desk),
        expenses=Expenses(desk),
        receipts=Receipts(desk, receipts),
        deciding=Deciding(desk),
        office=FinanceOffice(desk, finance),
        budgets=Budgets(desk),
        periods=Periods(desk),
        forms=ClaimForms(desk, finance),
        statements=Statements(desk, finance),
        private=PrivateEarnings(desk),
    )

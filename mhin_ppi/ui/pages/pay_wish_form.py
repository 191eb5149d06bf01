"""When and how a person would like to be paid: asked without a reason, and never for details."""

from __future__ import annotations

from datetime import date

from ...domain.british import money
from ...domain.claims import Claim
from ...domain.pay_wish import PayBy, PayWhen, PayWish
from ...services.boards import Services
from ..tasks import Tasks
from .form import Choice, Form, PerhapsDay, Pick

WHEN = (
    ("As soon as possible", PayWhen.SOON),
    ("With other payments, at the end of the month", PayWhen.MONTHLY),
    ("On or after a day that I choose", PayWhen.DATE),
)
BY = (
    ("By bank transfer", PayBy.BANK),
    ("As a voucher", PayBy.VOUCHER),
    ("On a prepaid card", PayBy.PREPAID_CARD),
)
NO_DETAILS = "Finance has your details, or will ask you. We never ask for bank details here."


class WishFields:
    """The two questions, to be put into a form.

    Args:
        wish: What is chosen at first.
        today: The day it is.
    """

    def __init__(self, wish: PayWish, *, today: date) -> None:
        self._today = today
        self.when = Choice(WHEN, name="When you would like to be paid", chosen=wish.when)
        self.day = PerhapsDay("From this day on", day=wish.on or today, on=True)
        self.by = Pick(BY, chosen=wish.by)
        self.day.setVisible(wish.when is PayWhen.DATE)
        self.when.changed.connect(self._show_day)

    def _show_day(self) -> None:
        self.day.setVisible(self.when.value() is PayWhen.DATE)

    def ask_in(self, form: Form) -> None:
        """Put the questions above a form's buttons."""
        form.ask("When you would like to be paid", self.when, help_text="No reason is needed.")
        form.put(self.day)
        form.ask("How you would like to be paid", self.by, help_text=NO_DETAILS)

    def value(self) -> PayWish:
        """Return when and how."""
        when: PayWhen = self.when.value()
        on = (self.day.value() or self._today) if when is PayWhen.DATE else None
        return PayWish(when, on, self.by.value())


class PayWishForm(Form):
    """Another day, or another way, for a claim that is sent; until it is with finance.

    Args:
        services: The open board.
        tasks: Runs the saving.
        claim: Which claim.
        today: The day it is.
    """

    def __init__(self, services: Services, tasks: Tasks, claim: Claim, *, today: date) -> None:
        super().__init__(f"When to be paid: {money(claim.asked_pence)}", tasks=tasks)
        self._services, self._claim = services, claim
        self.wishes = WishFields(claim.wish, today=today)
        self.wishes.ask_in(self)

    def save(self) -> None:
        """Ask for it."""
        wish = self.wishes.value()
        self.run(lambda: self._services.claims.ask_for_day(self._claim.id, wish))

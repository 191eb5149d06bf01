"""Only for me: what I earn, against a limit of my own. On this laptop and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QLineEdit, QWidget

from ...domain.british import day, money, pence_from
from ...domain.earnings import EarningsPeriod, Limit, PeriodKind
from ...errors import InputError
from ..tasks import Tasks
from ..widgets.buttons import button
from ..widgets.cards import Card
from ..widgets.flow import FlowRow
from ..widgets.form_rows import FormRow
from ..widgets.labels import WrapLabel, heading, muted
from .contact_cards import contact_cards
from .form import Choice, Day, Form, Pick
from .list_page import ListPage
from .page import Place
from .private_words import (
    LIMIT_KINDS,
    MONTH_STARTS,
    WEEK_STARTS,
    near_words,
    period_name,
    period_words,
    room_words,
)
from .words_for import day_words

if TYPE_CHECKING:
    from ...services.boards import Services
    from ...services.private_earnings import EarningsView, OwnAmount, PrivateEarnings

ONLY_HERE = (
    "This is only on this laptop. Nobody else can see it: it is in no file that you send, in no "
    "report, and your coordinator is not told that you use it."
)
WHAT_IT_DOES = (
    "Some people must not earn more than a certain amount in a week or a month. Here you can set a "
    "limit of your own and see what falls in which week or month. It gives no advice."
)
SHOWN = 8
"""How many other weeks or months are shown, the latest."""


class PrivatePage(ListPage):
    """A person's own view of their earnings; off until they switch it on."""

    place: ClassVar[Place] = Place.PRIVATE
    shows: ClassVar[frozenset[str]] = frozenset({"claim", "involvement", "rate", "round", "return"})

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__(services, tasks, title="Only for me")
        self._view: EarningsView | None = None

    @property
    def _private(self) -> PrivateEarnings:
        return self.services.payments.private

    def reload(self) -> None:
        """Read again what is shown."""
        self.tasks.run(self._private.view, owner=self, on_done=self._show)

    def _show(self, view: EarningsView | None) -> None:
        self._view = view
        widgets = self._off() if view is None else self._on(view)
        advice = [
            heading("Where to get advice"),
            *contact_cards(self.services.catalogues.money_advice),
        ]
        back = FlowRow(button("Back to where I was", icon="arrow-left", on_press=self.back.emit))
        self.list.show_only(muted(ONLY_HERE), *widgets, *advice, back, stretch=True)

    def _off(self) -> list[QWidget]:
        card = Card()
        card.add(WrapLabel(WHAT_IT_DOES))
        card.add(FlowRow(button("Set a limit of my own", kind="primary", on_press=self.set_limit)))
        return [card]

    def _on(self, view: EarningsView) -> list[QWidget]:
        today = self.services.desk.today()
        found: list[QWidget] = [self._period(view.present, view, large=True)]
        if view.claimable_pence:
            words = room_words(view.claimable_pence, view.room_from, today=today)
            card = Card("What you could claim")
            card.add(WrapLabel(words))
            card.add(
                muted(
                    "When you make a claim you can ask to be paid on or after a day of your own. "
                    "Only the day is sent, never the reason."
                )
            )
            found.append(card)
        found += [*self._others(view), *self._way(view), *self._own(view)]
        found.append(
            FlowRow(
                button("Change my limit", icon="pencil", on_press=self.set_limit),
                button("Switch this off and forget it", kind="quiet", on_press=self.switch_off),
            )
        )
        return found

    def _period(self, total: EarningsPeriod, view: EarningsView, *, large: bool = False) -> Card:
        today = self.services.desk.today()
        card = Card(period_name(total, view.limit, today=today))
        card.add(WrapLabel(period_words(total), role="large" if large else ""))
        near = near_words(total)
        if near:
            card.add(WrapLabel(near, role="strong"))
        return card

    def _others(self, view: EarningsView) -> list[QWidget]:
        if not view.others:
            return []
        cards = [self._period(one, view) for one in reversed(view.others[-SHOWN:])]
        return [heading("Other times"), *cards]

    def _way(self, view: EarningsView) -> list[QWidget]:
        if not view.on_its_way:
            return []
        today = self.services.desk.today()
        card = Card("On its way")
        for one in view.on_its_way:
            when = f", from {day_words(one.on, today=today)} on" if one.on else ""
            card.add(WrapLabel(f"{money(one.pence)}: {one.what or 'typed in by you'}{when}"))
        card.add(muted("Nobody can say the exact day. Finance usually needs some weeks."))
        return [card]

    def _own(self, view: EarningsView) -> list[QWidget]:
        card = Card("Other money that you count")
        for one in view.own:
            words = f"{money(one.pence)}, {day(one.on)}{f': {one.what}' if one.what else ''}"
            card.add(WrapLabel(words))
            remove = button("Leave it out", kind="quiet", on_press=partial(self.remove, one))
            remove.setAccessibleName(f"Leave out {words}")
            card.add(FlowRow(remove))
        card.add(FlowRow(button("Add an amount", icon="plus", on_press=self.add_amount)))
        return [card]

    # What a person does

    def set_limit(self) -> None:
        """Show the form for the limit."""
        form = LimitForm(self._private, self.tasks, self._view.limit if self._view else None)
        self.show_form(form, said="Kept on this laptop.", then=self.reload)

    def add_amount(self) -> None:
        """Show the form for money from elsewhere."""
        form = AmountForm(self._private, self.tasks, today=self.services.desk.today())
        self.show_form(form, said="Kept on this laptop.", then=self.reload)

    def remove(self, amount: OwnAmount) -> None:
        """No longer count an amount; *Undo* counts it again."""
        private = self._private

        def again() -> None:
            self._do(lambda: private.add_amount(amount.pence, on=amount.on, what=amount.what))

        self._do(lambda: private.remove_amount(amount))
        self.show_notice("It is left out.", action="Undo", on_action=again)

    def switch_off(self) -> None:
        """Ask once, in the page, then forget everything."""
        self.show_notice(
            "Your limit and the amounts that you typed in will be forgotten. Your claims stay.",
            tone="attention",
            action="Forget them",
            on_action=lambda: self._do(self._private.switch_off),
        )

    def _do(self, work: Callable[[], None]) -> None:
        self.tasks.run(work, owner=self, on_done=lambda _: self.reload())


class LimitForm(Form):
    """A limit of the person's own choosing.

    Args:
        private: Keeps it.
        tasks: Runs the keeping.
        limit: What it is now; ``None`` at first.
    """

    def __init__(self, private: PrivateEarnings, tasks: Tasks, limit: Limit | None) -> None:
        super().__init__("A limit of my own", tasks=tasks, save_words="Keep it on this laptop")
        self._private = private
        kind = limit.kind if limit else PeriodKind.WEEK
        self.kind = Choice(LIMIT_KINDS, name="What the limit is for", chosen=kind)
        self.ask("What the limit is for", self.kind)
        self.amount = QLineEdit(money(limit.pence) if limit else "")
        self.amount_row = self.ask("How much, in pounds", self.amount)
        starts = limit.starts if limit else 0
        week = starts if kind is PeriodKind.WEEK else 0
        month = starts if kind is PeriodKind.ASSESSMENT else 1
        self.week = Pick(WEEK_STARTS, chosen=week)
        self.month = Pick(MONTH_STARTS, chosen=month)
        self.week_row = self.ask("Your week starts on", self.week)
        self.month_row = self.ask("Your month starts on", self.month)
        self.kind.changed.connect(self._which)
        self._which()

    def _which(self) -> None:
        self.week_row.setVisible(self.kind.value() is PeriodKind.WEEK)
        self.month_row.setVisible(self.kind.value() is PeriodKind.ASSESSMENT)

    def save(self) -> None:
        """Keep it on this laptop."""
        pence = _pence(self.amount, self.amount_row)
        if pence is None:
            return
        kind = self.kind.value()
        starts = {PeriodKind.WEEK: self.week.value(), PeriodKind.ASSESSMENT: self.month.value()}
        limit, private = Limit(kind, pence, starts.get(kind, 0)), self._private
        self.run(lambda: private.keep_limit(limit))


class AmountForm(Form):
    """Money from elsewhere that the person counts.

    Args:
        private: Keeps it.
        tasks: Runs the keeping.
        today: The day it is.
    """

    def __init__(self, private: PrivateEarnings, tasks: Tasks, *, today: date) -> None:
        super().__init__("Other money", tasks=tasks, save_words="Keep it on this laptop")
        self._private = private
        self.amount = QLineEdit()
        self.amount_row = self.ask("How much, in pounds", self.amount)
        self.on = Day(today)
        self.ask("Which day", self.on)
        self.what = QLineEdit()
        self.what.setMaxLength(200)
        self.ask("What it is, if you like", self.what)

    def save(self) -> None:
        """Keep it on this laptop."""
        pence = _pence(self.amount, self.amount_row)
        if pence is not None:
            private, on, what = self._private, self.on.value(), self.what.text()
            self.run(lambda: private.add_amount(pence, on=on, what=what))


def _pence(field: QLineEdit, row: FormRow) -> int | None:
    """Return an amount, or say beside the field what is amiss."""
    try:
        pence = pence_from(field.text())
    except InputError as problem:
        row.set_problem(f"{problem.what_happened} {problem.next_step}")
        return None
    row.set_problem("")
    return pence

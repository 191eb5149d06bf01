"""Payments, for those who decide on claims and send them to finance."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QCheckBox, QWidget

from ...domain.accounts import Batch, FinanceLayout, FormTemplate
from ...domain.claim_reference import reference_of
from ...domain.claims import Claim, ClaimId, ClaimState, LedgerKind
from ...domain.paid_list import Checked
from ...domain.paid_table import Table
from ...domain.receipts import Receipt
from ...errors import PPIError
from ...services.outcome import Outcome
from ..tasks import Tasks
from ..widgets.buttons import button
from ..widgets.cards import Card
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, heading, muted
from .claim_card import ReasonForm
from .claim_words import line_words
from .layout_form import LayoutForm
from .list_page import ListPage
from .own_form import FillFormForm, KeepFormForm
from .page import Place
from .paid_list_form import PaidListForm, choose_paid_list
from .payment_forms import AskLinesForm, FinanceFileForm, PaidForm
from .payments_facts import (
    PaymentFacts,
    balance_words,
    batch_title,
    claim_title,
    read_payments,
    wish_words,
)
from .receipt_field import ReceiptRow
from .statement_form import StatementForm
from .words_for import count_words

if TYPE_CHECKING:
    from ...services.boards import Services
    from ...services.claim_deciding import Decided

SHOWN_BATCHES = 6


class PaymentsPage(ListPage):
    """Claims to decide on, what goes to finance, and what comes back."""

    place: ClassVar[Place] = Place.PAYMENTS
    shows: ClassVar[frozenset[str]] = frozenset(
        {"claim", "person", "batch", "finance_layout", "receipt"}
    )

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__(services, tasks, title="Payments")
        self._facts: PaymentFacts | None = None
        self._ticks: dict[ClaimId, QCheckBox] = {}
        self.choose_list = choose_paid_list

    def reload(self) -> None:
        """Read again what is shown."""
        services = self.services
        self.tasks.run(lambda: read_payments(services), owner=self, on_done=self._show)

    def _show(self, facts: PaymentFacts) -> None:
        before = {} if self._facts is None else {c.id: c.state for c in self._facts.time.claims}
        kept = {claim for claim, tick in self._ticks.items() if tick.isChecked()}
        self._facts, self._ticks = facts, {}
        links = FlowRow(
            button("Open finance's list", icon="folder-open", on_press=self.open_list),
            button("Columns for finance", icon="list", on_press=self.edit_columns),
            button("Statements", icon="printer", on_press=self.make_statement),
            button("Our own form", icon="file-text", on_press=self.fill_own_form),
            button("Rates", icon="tag", on_press=lambda: self.go.emit(Place.RATES, None)),
            button("Budgets", icon="wallet", on_press=lambda: self.go.emit(Place.BUDGETS, None)),
        )
        widgets = [
            WrapLabel(balance_words(facts.balances), role="large"),
            links,
            *self._problems(facts),
            *self._to_decide(facts),
            *self._asked(facts),
            *self._to_send(facts),
            *self._with_finance(facts),
        ]
        for claim in facts.time.claims:
            if claim.id in kept & self._ticks.keys() and before.get(claim.id) is claim.state:
                self._ticks[claim.id].setChecked(True)
        self.list.show_only(*widgets, stretch=True)

    def _problems(self, facts: PaymentFacts) -> list[QWidget]:
        found = facts.problems()
        if not found:
            return []
        card = Card()
        for one in found:
            card.add(WrapLabel(one.words, role="attention"))
            if one.cancel:
                card.add(FlowRow(*[self._cancel(claim) for claim in one.cancel]))
        return [heading("Needs a look"), card]

    def _cancel(self, claim: Claim) -> QWidget:
        words = f"Cancel {reference_of(claim.id)} by a correction"
        return button(words, on_press=partial(self._reason, claim, LedgerKind.REVERSED))

    def _to_decide(self, facts: PaymentFacts) -> list[QWidget]:
        waiting = facts.in_state(ClaimState.SUBMITTED)
        found: list[QWidget] = [heading("To decide")]
        if not waiting:
            return [*found, muted("No claim waits for you.")]
        found += [self._card(one, facts, steps=self._deciding(one)) for one in waiting]
        approve = button("Approve the ticked", kind="primary", on_press=self.approve_ticked)
        return [*found, FlowRow(approve)]

    def _deciding(self, claim: Claim) -> list[QWidget]:
        named = self._named
        return [
            named("Ask about it", claim, partial(self.ask_about, claim)),
            named("Not approve", claim, partial(self._reason, claim, LedgerKind.REJECTED)),
        ]

    def _asked(self, facts: PaymentFacts) -> list[QWidget]:
        asked = facts.in_state(ClaimState.QUERIED)
        if not asked:
            return []
        card = Card()
        for one in asked:
            question = next((e.reason for e in reversed(one.entries) if e.reason), "")
            card.add(WrapLabel(f"{claim_title(one, facts)}. You asked: “{question}”"))
        return [heading("Waiting for an answer"), card]

    def _to_send(self, facts: PaymentFacts) -> list[QWidget]:
        ready = facts.in_state(ClaimState.APPROVED)
        found: list[QWidget] = [heading("Approved, not yet with finance")]
        if not ready:
            return [*found, muted("Nothing approved waits to go to finance.")]
        cancel = LedgerKind.REVERSED
        for one in ready:
            steps = [self._named("Cancel by a correction", one, partial(self._reason, one, cancel))]
            found.append(self._card(one, facts, steps=steps))
        send = button("Send the ticked to finance", kind="primary", on_press=self.send_ticked)
        return [*found, FlowRow(send)]

    def _with_finance(self, facts: PaymentFacts) -> list[QWidget]:
        found: list[QWidget] = [heading("With finance")]
        if not facts.batches:
            return [*found, muted("Nothing has gone to finance yet.")]
        weeks = self.services.people.board().payment_weeks
        for batch, claims in facts.batches[:SHOWN_BATCHES]:
            card = Card()
            card.add(WrapLabel(batch_title(batch, claims, weeks=weeks), role="strong"))
            for one in claims:
                card.add(WrapLabel(f"{reference_of(one.id)}, {claim_title(one, facts)}"))
                if one.state is ClaimState.BATCHED:
                    card.add(FlowRow(*self._back_from_finance(one)))
                else:
                    card.add(muted("Paid."))
                    card.add(FlowRow(*self._put_right(one)))
            words = "Write the file for finance"
            made = button(words, icon="save", on_press=partial(self.write_file, batch, claims))
            made.setAccessibleName(f"{words}: batch {batch.number}")
            card.add(FlowRow(made))
            found.append(card)
        return found

    def _back_from_finance(self, claim: Claim) -> list[QWidget]:
        paid = self._named("Paid", claim, partial(self.note_paid, claim))
        return [paid, *self._put_right(claim)]

    def _put_right(self, claim: Claim) -> list[QWidget]:
        failed = partial(self._reason, claim, LedgerKind.FAILED)
        cancel = partial(self._reason, claim, LedgerKind.REVERSED)
        return [
            self._named("Came back from the bank", claim, failed),
            self._named("Cancel by a correction", claim, cancel),
        ]

    def _card(self, claim: Claim, facts: PaymentFacts, *, steps: list[QWidget]) -> Card:
        card = Card()
        title = claim_title(claim, facts)
        tick = QCheckBox(title.replace("&", "&&"))
        tick.setAccessibleName(f"{title}, {reference_of(claim.id)}")
        self._ticks[claim.id] = tick
        card.add(tick)
        for line in claim.lines:
            card.add(muted(line_words(line)))
            for receipt in line.receipts:
                if receipt in facts.receipts:
                    card.add(self._receipt(facts.receipts[receipt]))
        wish = wish_words(claim, today=facts.time.today)
        if wish:
            card.add(WrapLabel(wish))
        card.add(FlowRow(*steps))
        return card

    def _receipt(self, receipt: Receipt) -> QWidget:
        return ReceiptRow(self.services, self.tasks, receipt, removable=False)

    def _named(self, words: str, claim: Claim, on_press: Callable[[], None]) -> QWidget:
        made = button(words, on_press=on_press)
        made.setAccessibleName(f"{words}: {reference_of(claim.id)}")
        return made

    # What a person does

    def approve_ticked(self) -> None:
        """Approve the claims that are ticked, and say which could not be."""
        claims = self._ticked(ClaimState.SUBMITTED)
        deciding = self.services.payments.deciding
        self._do(lambda: deciding.approve_many(claims), self._approved)

    def _approved(self, outcome: Outcome[Decided]) -> None:
        decided = outcome.value
        self.say(f"{count_words(len(decided.done), 'claim')} approved.")
        if decided.refused:
            said = " ".join(problem.in_full() for _, problem in decided.refused)
            self.show_notice(said, tone="attention")

    def send_ticked(self) -> None:
        """Put the approved claims that are ticked together for finance."""
        claims = self._ticked(ClaimState.APPROVED)
        deciding = self.services.payments.deciding
        self._do(lambda: deciding.send_to_finance(claims), self._sent)

    def _sent(self, outcome: Outcome[Batch]) -> None:
        self.show_notice(
            f"Batch {outcome.value.number} is made. Now write the file for finance, below."
        )

    def ask_about(self, claim: Claim) -> None:
        """Show the form that asks about lines."""
        form = AskLinesForm(self.services, self.tasks, claim)
        self.show_form(form, said="Asked. The rest is approved.")

    def note_paid(self, claim: Claim) -> None:
        """Show the form that notes one payment."""
        before = self._facts.paid_in_another(claim) if self._facts else None
        form = PaidForm(self.services, self.tasks, claim, before=before)
        self.show_form(form, said="Noted as paid.")

    def write_file(self, batch: Batch, claims: list[Claim]) -> None:
        """Show the form that writes a batch into a file."""
        office = self.services.payments.office

        def show(layouts: list[FinanceLayout]) -> None:
            form = FinanceFileForm(
                self.services,
                self.tasks,
                batch=batch,
                claims=[one.id for one in claims],
                layouts=layouts,
            )
            form.saved.connect(lambda said: self.show_notice(str(said), tone="good"))
            self.show_form(form)

        self.tasks.run(office.layouts, owner=self, on_done=show)

    def edit_columns(self) -> None:
        """Show the form for the columns, with those kept last."""
        office = self.services.payments.office

        def show(layouts: list[FinanceLayout]) -> None:
            last = layouts[-1] if layouts else None
            form = LayoutForm(self.services, self.tasks, last)
            self.show_form(form, said="The columns are kept.")

        self.tasks.run(office.layouts, owner=self, on_done=show)

    def make_statement(self) -> None:
        """Show the form that writes statements."""
        if self._facts is not None:
            people = [(one.name, one.id) for one in self._facts.time.people]
            month = self.services.people.board().year_month
            form = StatementForm(self.services, self.tasks, people=people, starts_in=month)
            form.saved.connect(lambda said: self.show_notice(str(said), tone="good"))
            self.show_form(form)

    def fill_own_form(self) -> None:
        """Show the form that fills in the organisation's own, or first the one that keeps it."""
        self.tasks.run(self.services.payments.forms.kept, owner=self, on_done=self._show_own_forms)

    def _show_own_forms(self, forms: list[FormTemplate]) -> None:
        facts = self._facts
        if not forms or facts is None:
            self._keep_own_form()
            return
        claims = [
            (f"{reference_of(one.id)}, {claim_title(one, facts)}", one.id)
            for one in facts.time.claims
        ]
        form = FillFormForm(self.services, self.tasks, forms=forms, claims=claims)
        form.offer(button("Keep another form", on_press=self._keep_own_form))
        form.saved.connect(lambda said: self.show_notice(str(said), tone="good"))
        self.show_form(form)

    def _keep_own_form(self) -> None:
        form = KeepFormForm(self.services, self.tasks)
        self.show_form(form, said="The form is kept. Press “Our own form” to fill it in.")

    def open_list(self) -> None:
        """Ask for finance's list, then show what each row is."""
        file = self.choose_list(self)
        if file is not None:
            self.take_list(file)

    def take_list(self, file: Path) -> None:
        """Show what each row of a file is."""
        office = self.services.payments.office
        self._do(lambda: office.open_list(file), self._show_list)

    def _show_list(self, table: Table) -> None:
        facts = self._facts

        def name(one: Checked) -> str:
            return facts.name(one.claim) if facts and one.claim else ""

        form = PaidListForm(self.services, self.tasks, table, name)
        self.show_form(form, said="Noted as paid. Everybody concerned can see it.")

    def _reason(self, claim: Claim, kind: LedgerKind) -> None:
        form = ReasonForm(self.services, self.tasks, claim, kind)
        self.show_form(form, said="Noted. The person will read it.")

    def _ticked(self, state: ClaimState) -> list[ClaimId]:
        facts = self._facts
        found = facts.in_state(state) if facts else []
        return [one.id for one in found if self._ticks[one.id].isChecked()]

    def _do(self, work: Callable[[], Any], on_done: Callable[[Any], None]) -> None:
        self.tasks.run(work, owner=self, on_done=on_done, on_problem=self._refused)

    def _refused(self, problem: PPIError) -> None:
        self.show_notice(problem.in_full(), tone="attention")

"""Time and payments: what I gave, what I can claim, what is on its way, in that order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ...domain.british import MONTHS, day, money, time_given
from ...domain.claim_reference import reference_of
from ...domain.claims import CLAIM_WORDS, Claim, LedgerKind
from ...domain.involvement import ACTIVITY_WORDS, Involvement
from ...domain.receipts import Receipt
from ...errors import PPIError
from ...services.boards import Services
from ...services.outcome import Outcome
from .. import messages
from ..models.table_model import Column as TableColumn
from ..models.table_model import TableModel
from ..tasks import Tasks
from ..theme import theme
from ..widgets.buttons import button
from ..widgets.cards import Card
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, heading, muted
from ..widgets.table_view import TableView
from .claim_card import ClaimCard, ReasonForm, needs_reason
from .claim_form import ClaimForm
from .form import Form
from .framed_page import Column
from .list_page import ListPage
from .page import Place
from .pay_wish_form import PayWishForm
from .receipt_field import ReceiptRow
from .statement_form import StatementForm, choose_statement_place
from .time_calendar import TimeCalendar
from .time_facts import TimeFacts, days_since, read_facts, time_words
from .time_forms import CorrectTimeForm, LogTimeForm
from .whole_file import write_whole
from .words_for import count_words, day_words, minutes_words

NEWEST = 5
SHOWN_MONTHS = 6
_TABLE_ROWS = 8


class TimePage(ListPage):
    """One's own time and claims; a coordinator sees everyone's claims and the rates below."""

    place: ClassVar[Place] = Place.TIME
    shows: ClassVar[frozenset[str]] = frozenset(
        {"involvement", "claim", "rate", "person", "project"}
    )

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__(services, tasks, title="Time and payments")
        self._facts: TimeFacts | None = None
        self._all_time = False
        self._calendar: TimeCalendar | None = None
        self._chosen: Claim | None = None
        self.choose_place = choose_statement_place
        self.claims_table = TableView("Everyone's claims")
        self.chosen_claim = Column()
        self.time_table = TableView("Everyone's time")
        self.claims_table.row_chosen.connect(self._show_chosen)
        self.log_button = self.frame.set_primary("Note time", icon="plus", on_press=self.log_time)

    def reload(self) -> None:
        """Read again what is shown."""
        services = self.services
        self.tasks.run(lambda: read_facts(services), owner=self, on_done=self._show)

    def form_open(self, form: Form | None) -> None:
        """Offer the main action while there is no form."""
        self.log_button.setVisible(form is None)

    def leave(self) -> None:
        """Keep a claim that is being made."""
        for form in self.slot.all():
            if isinstance(form, ClaimForm):
                form.keep()

    # What is shown

    def _show(self, facts: TimeFacts) -> None:
        self._facts = facts
        widgets = [*self._given(facts), *self._to_claim(facts), *self._on_its_way(facts)]
        if facts.coordinates:
            widgets += [*self._everyones(facts), *self._everyones_time(facts)]
            widgets += [self._more()]
        self.list.show_only(*widgets, stretch=True)

    def _given(self, facts: TimeFacts) -> list[QWidget]:
        found: list[QWidget] = [heading("What you gave")]
        if not facts.time:
            found.append(
                muted(
                    "The time you give will be here. Reading, meetings, getting ready, travel: "
                    "it all counts."
                )
            )
            return found
        total = sum(one.minutes for one in facts.time)
        found.append(WrapLabel(f"{minutes_words(total)} in all.", role="large"))
        found.append(muted(months_words(facts.time)))
        shown = facts.time if self._all_time else facts.time[:NEWEST]
        card = Card()
        for one in shown:
            card.add(self._time_row(one, facts))
        if len(facts.time) > len(shown):
            words = f"Show all {len(facts.time)}"
            card.add(FlowRow(button(words, kind="quiet", on_press=self._show_all)))
        found.append(card)
        words = "Hide the calendar" if self._calendar else "Show the calendar"
        found.append(FlowRow(button(words, icon="calendar", on_press=self._turn_calendar)))
        if self._calendar is not None:
            self._calendar.show_time(facts.time, partial(self._time_row, facts=facts))
            found.append(self._calendar)
        return found

    def _turn_calendar(self) -> None:
        """Show the calendar beside the list, or put it away."""
        if self._facts is not None:
            self._calendar = None if self._calendar else TimeCalendar(self._facts.today)
            self._show(self._facts)

    def _time_row(self, one: Involvement, facts: TimeFacts) -> QWidget:
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme().space(2))
        words = f"{time_words(one, facts)}, {day_words(one.on, today=facts.today)}"
        label = WrapLabel(words)
        label.setToolTip(day(one.on))
        across.addWidget(label, 1)
        change = button("Put right", kind="quiet", on_press=lambda: self._correct(one))
        change.setAccessibleName(f"Put right: {words}")
        across.addWidget(change)
        return row

    def _show_all(self) -> None:
        self._all_time = True
        if self._facts is not None:
            self._show(self._facts)

    def _to_claim(self, facts: TimeFacts) -> list[QWidget]:
        card = Card()
        pence = sum(line.pence for line in facts.claimable)
        if facts.draft:
            said = "You began a claim that you have not sent. It is only on this laptop."
        elif facts.claimable:
            what = count_words(len(facts.claimable), "line")
            said = f"{what} can be claimed: {money(pence)}."
        else:
            said = "There is no time to claim for just now. You can still claim expenses."
        card.add(WrapLabel(said))
        if facts.claimable:
            days = max((facts.today - line.on).days for line in facts.claimable)
            card.add(muted(f"{count_words(days, 'day')} since the earliest activity."))
        if facts.unpriced:
            what = count_words(facts.unpriced, "record")
            card.add(muted(f"For {what} of your time the board has no rate yet, so it waits."))
        if any(one.round in facts.agreed for one in facts.time):
            agreed = "Minutes noted for a review with an agreed amount are paid by that amount."
            card.add(muted(agreed))
        private = partial(self.go.emit, Place.PRIVATE, None)
        words = "Go on with the claim" if facts.draft else "Make a claim"
        card.add(
            FlowRow(
                button(words, icon="wallet", on_press=self.make_claim),
                button("Only for me", icon="eye-off", kind="quiet", on_press=private),
            )
        )
        return [heading("What you can claim"), card]

    def _on_its_way(self, facts: TimeFacts) -> list[QWidget]:
        found: list[QWidget] = [heading("What is on its way")]
        if not facts.mine:
            found.append(muted("Claims that you send will be here, with what happens to them."))
        found.extend(self._card(claim, deciding=False) for claim in facts.mine)
        if facts.mine:
            found.append(
                FlowRow(button("Save a statement", icon="printer", on_press=self.make_statement))
            )
        return found

    def _card(self, claim: Claim, *, deciding: bool) -> ClaimCard:
        assert self._facts is not None  # noqa: S101 - cards are made from facts
        card = ClaimCard(claim, self._facts, deciding=deciding)
        card.step_wanted.connect(self._step)
        card.again_wanted.connect(self._again)
        card.wish_wanted.connect(self._ask_when)
        card.form_wanted.connect(self._save_form)
        card.receipts_wanted.connect(self._look_at_receipts)
        return card

    def _look_at_receipts(self, card: ClaimCard) -> None:
        """Show the receipts of a claim; a copy of each can be saved."""
        receipts, wanted = self.services.payments.receipts, card.receipt_ids

        def show(found: list[Receipt]) -> None:
            rows = [ReceiptRow(self.services, self.tasks, one, removable=False) for one in found]
            card.show_receipts(rows)

        self.tasks.run(lambda: receipts.of(wanted), owner=card, on_done=show)

    def _everyones(self, facts: TimeFacts) -> list[QWidget]:
        if not facts.claims:
            return [heading("Everyone's claims"), muted("Nobody has sent a claim yet.")]
        columns: list[TableColumn[Claim]] = [
            TableColumn("Who", lambda claim: facts.name(claim.person)),
            TableColumn(
                "Amount",
                lambda claim: money(claim.asked_pence),
                sort_key=lambda claim: claim.asked_pence,
                figures=True,
            ),
            TableColumn("State", lambda claim: CLAIM_WORDS[claim.state]),
            TableColumn(
                "Days since the activity",
                lambda claim: str(days_since(claim, today=facts.today)),
                sort_key=lambda claim: days_since(claim, today=facts.today),
                figures=True,
            ),
        ]
        kept = self._chosen.id if self._chosen else None
        self.claims_table.show_rows(TableModel(columns, facts.claims), sort_by=2, descending=True)
        rows = min(len(facts.claims), _TABLE_ROWS) + 2
        self.claims_table.setMinimumHeight(theme().px(1.9 * rows))
        again = next((claim for claim in facts.claims if claim.id == kept), None)
        if again is not None:
            self.claims_table.choose(again)
        self._show_chosen(self.claims_table.chosen())
        return [heading("Everyone's claims"), self.claims_table, self.chosen_claim]

    def _everyones_time(self, facts: TimeFacts) -> list[QWidget]:
        if not facts.everyones:
            return [heading("Everyone's time"), muted("Nobody has noted time yet.")]
        names = {person.id: person.name for person in facts.people}
        titles = {project.id: project.title for project in facts.projects}
        columns: list[TableColumn[Involvement]] = [
            TableColumn("Who", lambda one: names.get(one.person, "")),
            TableColumn("What for", lambda one: ACTIVITY_WORDS[one.activity]),
            TableColumn(
                "Time",
                lambda one: time_given(one.minutes),
                sort_key=lambda one: one.minutes,
                figures=True,
            ),
            TableColumn("Day", lambda one: day(one.on), sort_key=lambda one: one.on.isoformat()),
            TableColumn("Project", lambda one: titles.get(one.project, "") if one.project else ""),
        ]
        self.time_table.show_rows(TableModel(columns, facts.everyones), sort_by=3, descending=True)
        rows = min(len(facts.everyones), _TABLE_ROWS) + 2
        self.time_table.setMinimumHeight(theme().px(1.9 * rows))
        return [heading("Everyone's time"), self.time_table]

    def _show_chosen(self, claim: object) -> None:
        if isinstance(claim, Claim):
            self._chosen = claim
            self.chosen_claim.show_only(self._card(claim, deciding=True))
        else:
            self.chosen_claim.show_only(muted("Choose a claim to see it and take the next step."))

    def _more(self) -> QWidget:
        return FlowRow(
            button("Payments", icon="send", on_press=lambda: self.go.emit(Place.PAYMENTS, None)),
            button("Rates", icon="tag", on_press=lambda: self.go.emit(Place.RATES, None)),
            button("Budgets", icon="wallet", on_press=lambda: self.go.emit(Place.BUDGETS, None)),
        )

    # What a person does

    def log_time(self) -> None:
        """Show the form that notes time."""
        if self._facts is not None:
            form = LogTimeForm(self.services, self.tasks, self._facts)
            self.show_form(form, said="Your time is noted.")

    def make_claim(self) -> None:
        """Show the claim that is not sent yet."""
        if self._facts is not None:
            form = ClaimForm(self.services, self.tasks, self._facts)
            self.show_form(form, said="The claim is sent.", then=self.reload)

    def make_statement(self) -> None:
        """Show the form that writes a statement of one's own payments."""
        month = self.services.people.board().year_month
        form = StatementForm(self.services, self.tasks, starts_in=month)
        form.saved.connect(lambda said: self.show_notice(str(said), tone="good"))
        self.show_form(form)

    def _save_form(self, claim: Claim) -> None:
        place = self.choose_place(self, f"Claim {reference_of(claim.id)}.pdf")
        if place is None:
            return
        statements = self.services.payments.statements

        def work() -> str:
            write_whole(place, statements.draw(statements.claim(claim.id)), what="The form")
            return f"Written to {place}."

        self.tasks.run(
            work,
            owner=self,
            on_done=lambda said: self.show_notice(said, tone="good"),
            on_problem=self._refused,
        )

    def _correct(self, wrong: Involvement) -> None:
        self.show_form(CorrectTimeForm(self.services, self.tasks, wrong), said="It is put right.")

    def _again(self, claim: Claim) -> None:
        if self._facts is not None:
            form = ClaimForm(self.services, self.tasks, self._facts, again=claim)
            self.show_form(form, said="The claim is sent again.")

    def _ask_when(self, claim: Claim) -> None:
        if self._facts is not None:
            form = PayWishForm(self.services, self.tasks, claim, today=self._facts.today)
            self.show_form(form, said="Noted. It is asked for in that way.", then=self.reload)

    def _step(self, claim: Claim, kind: LedgerKind) -> None:
        if needs_reason(kind):
            form = ReasonForm(self.services, self.tasks, claim, kind)
            self.show_form(form, said="Noted. The person will read it.")
            return
        self.tasks.run(
            lambda: self.services.claims.decide(claim.id, kind),
            owner=self,
            on_done=self._stepped,
            on_problem=self._refused,
        )

    def _stepped(self, outcome: Outcome[Claim]) -> None:
        messages.tell(self, f"This claim is now: {CLAIM_WORDS[outcome.value.state]}.")

    def _refused(self, problem: PPIError) -> None:
        self.show_notice(problem.in_full(), tone="attention")


def months_words(time: Sequence[Involvement]) -> str:
    """Return how much was given in each of the last months, the latest first."""
    sums: dict[tuple[int, int], int] = defaultdict(int)
    for one in time:
        sums[one.on.year, one.on.month] += one.minutes
    latest = sorted(sums, reverse=True)[:SHOWN_MONTHS]
    return ", ".join(
        f"{MONTHS[month - 1]} {year}: {time_given(sums[year, month])}" for year, month in latest
    )

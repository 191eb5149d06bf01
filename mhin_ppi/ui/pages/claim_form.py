"""Making a claim: lines ticked, expenses added, the total, and what goes to whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

from ...domain.british import money
from ...domain.claim_lines import ClaimLine, LineKind
from ...domain.claims import Claim
from ...domain.earnings import EarningsPeriod, Limit
from ...domain.pay_wish import PayWish
from ...domain.people import PersonId
from ...services.boards import Services
from ..tasks import Tasks
from ..widgets.buttons import button
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel
from .claim_line_row import ClaimLineRow
from .expense_row import ExpenseRow
from .form import Form, Pick
from .framed_page import Column
from .pay_wish_form import WishFields
from .private_words import with_words
from .receipt_field import ask_for_receipts
from .time_facts import TimeFacts, person_choices


class ClaimForm(Form):
    """A claim that has not been sent, or one that is sent again after a question.

    Args:
        services: The open board.
        tasks: Runs the reading and the sending.
        facts: What the page shows.
        again: The claim the coordinator asked about; ``None`` for a new one.
    """

    def __init__(
        self, services: Services, tasks: Tasks, facts: TimeFacts, *, again: Claim | None = None
    ) -> None:
        heading = "Change your claim and send it again" if again else "Make a claim"
        super().__init__(heading, tasks=tasks, save_words="Send claim")
        self._services, self._facts, self._again = services, facts, again
        self._lines: list[ClaimLineRow] = []
        self._expenses: list[ExpenseRow] = []
        self._made = 0
        self.whose = Pick(person_choices(facts))
        if facts.coordinates and again is None:
            self.ask("Whose claim", self.whose)
            self.whose.currentIndexChanged.connect(lambda _: self._read_lines())
        self.lines, self.expenses = Column(), Column()
        self.put(self.lines)
        self.put(self.expenses)
        from_receipts = button(
            "Add expenses from receipts", icon="paperclip", on_press=self.choose_receipts
        )
        from_receipts.setToolTip("Choose several at once: each becomes an expense.")
        self.put(
            FlowRow(button("Add an expense", icon="plus", on_press=self.add_expense), from_receipts)
        )
        self.total = WrapLabel(role="large")
        self.put(self.total)
        self.near = WrapLabel(role="muted")
        self.near.hide()
        self.put(self.near)
        self.wishes = WishFields(
            again.wish if again else PayWish(by=facts.usual_way), today=facts.today
        )
        self.wishes.ask_in(self)
        self.put(WrapLabel(self._who_sees(), role="muted"))
        kept = list(again.lines) if again else facts.draft
        self._show_lines(facts.claimable, kept=kept)
        for line in kept:
            if line.kind is LineKind.EXPENSE:
                self.add_expense(line)

    def _who_sees(self) -> str:
        who = self._facts.coordinator()
        return (
            f"{who[:1].upper()}{who[1:]} gets the lines ticked above, the expenses with their "
            "receipts, and when you would like to be paid. Nobody sees this until you send it."
        )

    def _read_lines(self) -> None:
        """Read what the chosen person could claim."""
        whose: PersonId | None = self.whose.value()
        self.tasks.run(
            lambda: self._services.claims.claimable(whose),
            owner=self,
            on_done=lambda lines: self._show_lines(lines, kept=[]),
            on_problem=self.say_problem,
        )

    def _show_lines(self, claimable: Sequence[ClaimLine], *, kept: Sequence[ClaimLine]) -> None:
        of_time = [line for line in kept if line.kind is not LineKind.EXPENSE]
        known = {line.pays_for for line in of_time}
        offered = [*of_time, *(line for line in claimable if line.pays_for not in known)]
        self._lines = [
            ClaimLineRow(line, self._facts, ticked=not of_time or line.pays_for in known)
            for line in offered
        ]
        for row in self._lines:
            row.changed.connect(self._changed)
        nothing = WrapLabel("There is no time to claim for just now.", role="muted")
        self.lines.show_only(*self._lines, *(() if self._lines else (nothing,)))
        self._count()

    def add_expense(self, line: ClaimLine | None = None) -> ExpenseRow:
        """Add room for money that was spent."""
        self._made += 1
        row = ExpenseRow(
            self._services,
            self.tasks,
            self._facts,
            number=self._made,
            line=line if isinstance(line, ClaimLine) else None,
        )
        row.changed.connect(self._changed)
        row.unwanted.connect(lambda: self._remove(row))
        self._expenses.append(row)
        self.expenses.show_only(*self._expenses)
        if line is None:
            row.what.setFocus()
        self._count()
        return row

    def choose_receipts(self) -> None:
        """Ask for receipts; each becomes an expense that only needs its words and its amount."""
        self.add_from(ask_for_receipts(self))

    def add_from(self, files: Sequence[Path]) -> None:
        """Add an expense for each receipt."""
        made = [self.add_expense() for _ in files]
        for row, file in zip(made, files, strict=True):
            row.receipts.add([file])
        if made:
            made[0].what.setFocus()

    def _remove(self, row: ExpenseRow) -> None:
        self._expenses.remove(row)
        self.expenses.show_only(*self._expenses)
        self._changed()

    def _changed(self) -> None:
        self._count()
        self.keep()

    def _count(self) -> None:
        ticked = sum(row.pence() for row in self._lines)
        self.total.setText(f"In all: {money(ticked + sum(r.pence() for r in self._expenses))}")
        self._tell_of_limit(ticked)

    def _tell_of_limit(self, pence: int) -> None:
        """Say quietly where a limit of one's own is near; expenses do not count towards it."""
        if self._again is not None or self.whose.value() is not None or not pence:
            self.near.hide()
            return
        private = self._services.payments.private
        self.tasks.run(
            lambda: (private.limit(), private.with_more(pence)), owner=self, on_done=self._near
        )

    def _near(self, found: tuple[Limit | None, EarningsPeriod | None]) -> None:
        limit, total = found
        words = with_words(total, limit, today=self._facts.today) if limit and total else ""
        self.near.setText(words)
        self.near.setVisible(bool(words))

    def keep(self) -> None:
        """Keep one's own new claim on this laptop while it is not sent, as far as it goes."""
        if self._again is not None or self.whose.value() is not None:
            return
        begun = [row.kept() for row in self._lines] + [row.unfinished() for row in self._expenses]
        lines = [line for line in begun if line is not None]
        self.tasks.run(lambda: self._services.claims.keep_draft(lines), owner=self)

    def save(self) -> None:
        """Send the claim."""
        ticked = [row for row in self._lines if row.is_ticked()]
        made = [row.line() for row in ticked] + [row.line() for row in self._expenses]
        if None in made:
            return
        whose: PersonId | None = self.whose.value()
        self.run(self._sending(cast("list[ClaimLine]", made), self.wishes.value(), whose))

    def _sending(
        self, lines: list[ClaimLine], wish: PayWish, whose: PersonId | None
    ) -> Callable[[], object]:
        claims, again = self._services.claims, self._again
        return lambda: claims.submit(
            lines, claim=again.id if again else None, wish=wish, on_behalf_of=whose
        )

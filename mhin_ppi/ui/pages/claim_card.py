"""One claim as a card: where it is, what happened to it, and the steps that are open."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from ...domain.british import money
from ...domain.claims import CLAIM_WORDS, LEDGER_RULES, Claim, ClaimState, LedgerKind, Payer
from ...services.boards import Services
from ..messages import Tone
from ..tasks import Tasks
from ..widgets.buttons import button, icon_button
from ..widgets.cards import Card, Pill
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, muted
from .claim_words import line_words, question_words, waiting_words
from .form import Form, WordsBox
from .framed_page import Column
from .time_facts import TimeFacts, history_words

AGAIN = "again"
_LOOKS: dict[ClaimState, tuple[Tone, str]] = {
    ClaimState.SUBMITTED: ("accent", "send"),
    ClaimState.QUERIED: ("attention", "circle-question-mark"),
    ClaimState.WITHDRAWN: ("quiet", "undo-2"),
    ClaimState.GIVEN: ("good", "hand-heart"),
    ClaimState.APPROVED: ("good", "check"),
    ClaimState.REJECTED: ("attention", "circle-x"),
    ClaimState.BATCHED: ("accent", "clock"),
    ClaimState.PAID: ("good", "circle-check"),
    ClaimState.REVERSED: ("quiet", "undo-2"),
}
_STEP_WORDS = {
    LedgerKind.APPROVED: "Approve",
    LedgerKind.QUERIED: "Ask about it",
    LedgerKind.REJECTED: "Not approve",
    LedgerKind.BATCHED: "Sent to finance",
    LedgerKind.PAID: "Paid",
    LedgerKind.FAILED: "Came back from the bank",
    LedgerKind.REVERSED: "Cancel by a correction",
    LedgerKind.WITHDRAWN: "Take it back",
    LedgerKind.GIVEN: "Give it as a gift",
}
_UNPAID = (*(ClaimState.SUBMITTED, ClaimState.QUERIED, ClaimState.APPROVED, ClaimState.BATCHED),)


class ClaimCard(Card):
    """One claim.

    Args:
        claim: Which.
        facts: What the page shows.
        deciding: Whether a coordinator's steps are offered, else its person's own.

    Signals:
        step_wanted: (Claim, LedgerKind) the next step with it.
        again_wanted: (Claim) change it and send it again.
        wish_wanted: (Claim) ask for another day or way of being paid.
        form_wanted: (Claim) a form to sign, as a file.
        receipts_wanted: (ClaimCard) see the receipts that were sent with it.
    """

    step_wanted = Signal(object, object)
    again_wanted = Signal(object)
    wish_wanted = Signal(object)
    form_wanted = Signal(object)
    receipts_wanted = Signal(object)

    def __init__(self, claim: Claim, facts: TimeFacts, *, deciding: bool) -> None:
        super().__init__()
        self._claim = claim
        whose = facts.name(claim.person)
        title = money(claim.asked_pence) if whose == "You" else f"{whose}: {_amount(claim)}"
        self.setAccessibleName(f"Claim, {title}, {CLAIM_WORDS[claim.state]}")
        head = QHBoxLayout()
        head.addWidget(WrapLabel(title, role="strong"), 1)
        tone, icon = _LOOKS[claim.state]
        pill = Pill(CLAIM_WORDS[claim.state], tone=tone, icon=icon)
        head.addWidget(pill, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(head)
        for line in claim.lines:
            self.add(muted(line_words(line)))
        question = "" if deciding else question_words(claim, facts)
        sentences = history_words(claim, facts)
        for sentence in sentences[:-1] if question else sentences:
            self.add(WrapLabel(sentence))
        if question:  # in place of the last sentence, which says the same less plainly
            self.add(WrapLabel(question, role="strong"))
        if claim.state in _UNPAID:
            self.add(muted(waiting_words(claim, facts)))
        self.receipts = Column()
        self.receipts.hide()
        self.add(self.receipts)
        widgets = [*self._see_receipts(), *(self._deciding() if deciding else self._own())]
        if widgets:
            self.add(FlowRow(*widgets))

    @property
    def receipt_ids(self) -> list[str]:
        """Ids of the receipts that were sent with the claim, in the order of its lines."""
        return [receipt for line in self._claim.lines for receipt in line.receipts]

    def show_receipts(self, rows: Sequence[QWidget]) -> None:
        """Show the receipts under the claim."""
        self.receipts.show_only(*(rows or [muted("The receipts are not on this laptop yet.")]))
        self.receipts.show()

    def _see_receipts(self) -> list[QWidget]:
        count = len(self.receipt_ids)
        if not count:
            return []
        words = "Look at the receipt" if count == 1 else f"Look at the {count} receipts"
        made = button(words, icon="file-text", on_press=lambda: self.receipts_wanted.emit(self))
        made.setAccessibleName(f"{words}: {self.accessibleName()}")
        return [made]

    def _deciding(self) -> list[QWidget]:
        return [
            self._step(kind)
            for kind, rule in LEDGER_RULES.items()
            if rule.payer is not Payer.CLAIMANT
            and self._claim.state in rule.comes_from
            and kind in _STEP_WORDS
        ]

    def _own(self) -> list[QWidget]:
        found: list[QWidget] = []
        state, wanted = self._claim.state, self.again_wanted
        again = {
            ClaimState.QUERIED: "Change it and send again",
            ClaimState.GIVEN: "Ask to be paid after all",
        }
        if state in again:
            press = partial(wanted.emit, self._claim)
            found.append(button(again[state], icon="pencil", on_press=press))
        if state in LEDGER_RULES[LedgerKind.TIMED].comes_from:
            when = button("When to be paid", icon="calendar", on_press=self._ask_when)
            when.setAccessibleName(f"When to be paid: {self.accessibleName()}")
            found.append(when)
        if state in LEDGER_RULES[LedgerKind.WITHDRAWN].comes_from:
            found.append(self._step(LedgerKind.WITHDRAWN))
        return [*found, self._more()]

    def _ask_when(self) -> None:
        self.wish_wanted.emit(self._claim)

    def _step(self, kind: LedgerKind) -> QWidget:
        made = button(_STEP_WORDS[kind], on_press=lambda: self.step_wanted.emit(self._claim, kind))
        made.setAccessibleName(f"{_STEP_WORDS[kind]}: {self.accessibleName()}")
        return made

    def _more(self) -> QToolButton:
        """What is possible but never suggested stands in a menu."""
        made = icon_button("More", icon="ellipsis")
        made.setAccessibleName(f"More: {self.accessibleName()}")
        menu = QMenu(made)
        menu.addAction("Save a form to sign", lambda: self.form_wanted.emit(self._claim))
        if self._claim.state in LEDGER_RULES[LedgerKind.GIVEN].comes_from:
            words = _STEP_WORDS[LedgerKind.GIVEN]
            menu.addAction(words, lambda: self.step_wanted.emit(self._claim, LedgerKind.GIVEN))
        made.setMenu(menu)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return made


def _amount(claim: Claim) -> str:
    return money(claim.asked_pence)


def needs_reason(kind: LedgerKind) -> bool:
    """Return whether a step must say why."""
    return LEDGER_RULES[kind].reason_needed


class ReasonForm(Form):
    """A step with a claim that must say why.

    Args:
        services: The open board.
        tasks: Runs the saving.
        claim: Which claim.
        kind: The step.
    """

    def __init__(self, services: Services, tasks: Tasks, claim: Claim, kind: LedgerKind) -> None:
        super().__init__(
            f"{_STEP_WORDS[kind]}: {money(claim.asked_pence)}",
            tasks=tasks,
            save_words=_STEP_WORDS[kind],
        )
        self._services, self._claim, self._kind = services, claim, kind
        self.reason = WordsBox(lines=2)
        words = "What you would like to know" if kind is LedgerKind.QUERIED else "Why"
        self.reason_row = self.ask(words, self.reason, help_text="The person will read it.")

    def save(self) -> None:
        """Take the step."""
        said = self.reason.words()
        self.reason_row.set_problem("" if said else "Write a sentence: the person will read it.")
        if said:
            claims, claim, kind = self._services.claims, self._claim.id, self._kind
            self.run(lambda: claims.decide(claim, kind, reason=said))

"""A line of a claim that is offered: ticked or not, asked for in full or for less."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from ...domain.british import money
from ...domain.claim_lines import ClaimLine
from ...domain.expenses import amount_from
from ...errors import InputError
from ..theme import theme
from ..widgets.buttons import button
from ..widgets.form_rows import FormRow
from ..widgets.labels import WrapLabel
from .time_facts import TimeFacts
from .words_for import day_words, minutes_words


class _Said(WrapLabel):
    """The words beside a tick: they wrap, and pressing them ticks too."""

    pressed = Signal()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.pressed.emit()


class ClaimLineRow(QWidget):
    """One line that can be claimed.

    Args:
        line: The line, as it is offered or was sent before.
        facts: What the page shows.
        ticked: Whether it is in the claim at first.

    Signals:
        changed: It is ticked or not, or another amount is asked.
    """

    changed = Signal()

    def __init__(self, line: ClaimLine, facts: TimeFacts, *, ticked: bool) -> None:
        super().__init__()
        whole = line.full_pence or line.pence
        self._line = replace(line, pence=whole, full_pence=0)
        words = _line_words(self._line, facts)
        self.tick = QCheckBox()
        self.tick.setAccessibleName(words)
        self.tick.setToolTip(_rate_words(line, facts))
        self.tick.setChecked(ticked)
        said = _Said(words)
        said.pressed.connect(self.tick.toggle)
        self.less = QLineEdit()
        self.less_row = FormRow(
            "How much of it you ask for, in pounds",
            self.less,
            help_text=f"Up to {money(whole)}. No reason is needed.",
        )
        self.less.setAccessibleName(f"How much you ask for, in pounds: {words}")
        self.less_row.hide()
        self.less_button = button("Ask for less", kind="quiet", on_press=self.show_less)
        self.less_button.setAccessibleName(f"Ask for less: {words}")
        self._lay_out(said)
        self.tick.toggled.connect(lambda _: self.changed.emit())
        self.less.textChanged.connect(lambda _: self.changed.emit())
        if line.full_pence:
            self.less.setText(money(line.pence))
            self.less_button.hide()
            self.less_row.show()

    def _lay_out(self, said: WrapLabel) -> None:
        made = theme()
        across = QHBoxLayout()
        across.setSpacing(made.space(2))
        for part, room in ((self.tick, 0), (said, 1), (self.less_button, 0)):
            across.addWidget(part, room)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(made.space(1))
        column.addLayout(across)
        column.addWidget(self.less_row)

    def show_less(self) -> None:
        """Show the field for asking for less."""
        self.less_row.show()
        self.less_button.hide()
        self.less.setFocus()

    def is_ticked(self) -> bool:
        """Return whether it is in the claim."""
        return self.tick.isChecked()

    def kept(self) -> ClaimLine | None:
        """Return the line as it would be sent now; all of it while the amount is no amount."""
        if not self.is_ticked():
            return None
        return self._asking(self._asked() or self._line.pence)

    def pence(self) -> int:
        """Return what is asked for so far."""
        line = self.kept()
        return line.pence if line else 0

    def line(self) -> ClaimLine | None:
        """Return the line to be sent, or say beside the field what is amiss: then ``None``."""
        problem = self._problem()
        self.less_row.set_problem(problem)
        return None if problem else self.kept()

    def _asking(self, pence: int) -> ClaimLine:
        full = self._line.pence
        return replace(self._line, pence=pence, full_pence=full if pence < full else 0)

    def _asked(self) -> int:
        try:
            return amount_from(self.less.text())
        except InputError:
            return 0

    def _problem(self) -> str:
        if not self.less.text().strip():
            return ""
        try:
            asked = amount_from(self.less.text())
        except InputError as problem:
            return f"{problem.what_happened} {problem.next_step}"
        most = self._line.pence
        return f"It pays {money(most)}: put in that or less." if asked > most else ""


def _line_words(line: ClaimLine, facts: TimeFacts) -> str:
    if line.review or line.meeting:
        return f"{line.what}: agreed amount {money(line.pence)}"
    when = day_words(line.on, today=facts.today)
    length = f", {minutes_words(line.minutes)}" if line.minutes else ""
    return f"{line.what}{length}, {when}: {money(line.pence)}"


def _rate_words(line: ClaimLine, facts: TimeFacts) -> str:
    rate = next((one for one in facts.rates if str(one.id) == line.rate), None)
    return f"At the rate of that day: {rate.name}" if rate else ""

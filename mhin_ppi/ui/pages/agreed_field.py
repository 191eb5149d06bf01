"""What a review pays: a size of task at the rate of its day, or an amount of the board's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QCheckBox, QLineEdit

from ...domain.british import money, pence_from
from ...domain.drafts import MOST_AGREED_PENCE, ReviewRound
from ...domain.projects import ProjectId
from ...errors import InputError
from ...services.boards import Services
from ...services.rounds import PayBand
from ..tasks import Tasks
from ..widgets.form_rows import FormRow
from ..widgets.labels import WrapLabel
from .form import Form, Pick
from .words_for import minutes_words

BY_TIME, OWN = "by_time", "own"


class AgreedField:
    """The two or three fields about money in the form that asks people to read.

    Args:
        services: The open board.
        tasks: Runs the reading of the rates.
        day: Tells which day's rates count.
        project: Which project; it may use rates of its own.
        old: The request that is changed, if one is.
    """

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        *,
        day: Callable[[], date],
        project: ProjectId,
        old: ReviewRound | None,
    ) -> None:
        self._services, self._tasks, self._day = services, tasks, day
        self._project = project
        self._bands: dict[str, PayBand] = {}
        self._wanted = (old.band or OWN) if old and old.agreed_pence else BY_TIME
        self._amount_filled = money(old.agreed_pence) if old and old.agreed_pence else ""
        self.size = Pick([("By the time they note, as usual", BY_TIME)])
        self.size_row = FormRow(
            "What a review pays",
            self.size,
            help_text="Whoever gives it back is paid this, finished or stopped.",
        )
        self.amount = QLineEdit(self._amount_filled)
        self.amount_row = FormRow("Agreed amount, in pounds", self.amount)
        self.source = WrapLabel(role="muted")
        self.confirm = QCheckBox("I have checked this amount and it may be used")
        self.confirm_row = FormRow("Before this amount is used", self.confirm)
        self.size.currentIndexChanged.connect(lambda _: self._on_chosen())
        self.amount.textEdited.connect(self._on_typed)
        self._show()

    def put_into(self, form: Form) -> None:
        """Stand in a form, and read the rates of its day."""
        self._owner = form
        for widget in (self.size_row, self.amount_row, self.source, self.confirm_row):
            form.put(widget)
        self.read_bands()

    def read_bands(self) -> None:
        """Read the rates of the day anew; a chosen size takes the amount of that day."""
        services, day, project = self._services, self._day(), self._project
        self._tasks.run(
            lambda: services.rounds.bands(services.catalogues.rates, on=day, project=project),
            owner=self._owner,
            on_done=self._show_bands,
        )

    def pence(self) -> int:
        """Return the agreed amount; 0 where time is paid as usual."""
        if self.size.value() == BY_TIME:
            return 0
        return pence_from(self.amount.text())

    def band(self) -> str:
        """Return the size of task the amount belongs to, or ""."""
        chosen = self.size.value()
        return str(chosen) if chosen in self._bands else ""

    def check(self) -> bool:
        """Return whether the amount will do; what is amiss is said beside it."""
        problem = ""
        if self.size.value() != BY_TIME:
            try:
                if self.pence() > MOST_AGREED_PENCE:
                    problem = "An agreed amount is at most £1,000. Put it right."
            except InputError as refused:
                problem = f"{refused.what_happened} {refused.next_step}"
        self.amount_row.set_problem(problem)
        unsure = self._unconfirmed() and not self.confirm.isChecked()
        self.confirm_row.set_problem("Check the amount first, then tick this." if unsure else "")
        return not problem and not unsure

    def _show_bands(self, bands: Sequence[PayBand]) -> None:
        kept = self.size.value() if self._bands else self._wanted
        self._bands = {band.code: band for band in bands}
        choices = [("By the time they note, as usual", BY_TIME)]
        choices += [(_band_words(band), band.code) for band in bands]
        self.size.blockSignals(True)  # noqa: FBT003 - Qt's own name
        self.size.offer([*choices, ("An amount of our own", OWN)], chosen=kept)
        self.size.blockSignals(False)  # noqa: FBT003 - Qt's own name
        self._fill()

    def _on_chosen(self) -> None:
        self.confirm.setChecked(False)
        self._fill()

    def _fill(self) -> None:
        """Put the chosen size's amount in, unless it is an amount that was agreed already."""
        band = self._bands.get(str(self.size.value()))
        first, self._wanted = self._wanted, ""
        if band is not None and not (first == band.code and self._amount_filled):
            self.amount.setText(money(band.pence))
        self._show()

    def _on_typed(self, words: str) -> None:
        """An amount that differs from the size's is the board's own."""
        band = self._bands.get(str(self.size.value()))
        if band is not None and words.strip() != money(band.pence):
            self.size.choose(OWN)

    def _unconfirmed(self) -> bool:
        band = self._bands.get(str(self.size.value()))
        return band is not None and not band.confirmed

    def _show(self) -> None:
        band = self._bands.get(str(self.size.value()))
        self.amount_row.setVisible(self.size.value() != BY_TIME)
        self.amount_row.set_problem("")
        self.confirm_row.set_problem("")
        self.confirm_row.setVisible(self._unconfirmed())
        doubtful = "This amount was worked out, not read in its source. "
        said = f"Source: {band.source}" if band and band.source else ""
        self.source.setText(f"{doubtful if self._unconfirmed() else ''}{said}")
        self.source.setVisible(bool(self.source.text()))


def _band_words(band: PayBand) -> str:
    size = f", about {minutes_words(band.minutes)}" if band.minutes else ""
    doubtful = "" if band.confirmed else " (not checked)"
    return f"{money(band.pence)} · {band.label}{size}{doubtful}"

"""The forms of the page of rates: a rate, a published set, and the scheme in use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from ...domain.british import pence_from
from ...domain.catalogue_entries import Mileage, Rates, RateSet
from ...domain.projects import Project
from ...domain.rates import BOARD_SCHEME, RateUnit
from ...errors import InputError
from ..tasks import Tasks
from ..widgets.labels import WrapLabel
from .form import Choice, Day, Form, Pick
from .rise_told import Reckon, RiseTold
from .time_forms import HoursField

if TYPE_CHECKING:
    from ...services.boards import Services

_UNITS = (
    ("A task of a size", RateUnit.TASK),
    ("An hour", RateUnit.HOUR),
    ("A mile", RateUnit.MILE),
)
_PUBLISHED_SCHEME = "NIHR"
VEHICLES = (("Car", "car"), ("Motorcycle", "motorcycle"), ("Bicycle", "bicycle"))


class RateForm(Form):
    """What a task, an hour or a mile pays, from a day on.

    Args:
        services: The open board.
        tasks: Runs the saving.
        schemes: Names of the schemes there are.
    """

    def __init__(self, services: Services, tasks: Tasks, *, schemes: Sequence[str]) -> None:
        super().__init__("Add a rate", tasks=tasks)
        self._services = services
        self.unit = Choice(_UNITS, name="What it pays for", chosen=RateUnit.TASK)
        self.ask("What it pays for", self.unit)
        self.name = QLineEdit()
        self.name_row = self.ask(
            "What it is called", self.name, help_text="For instance: a short task, about one hour."
        )
        self.amount = QLineEdit()
        self.amount_row = self.ask("How much, in pounds", self.amount)
        self.length = HoursField(60)
        self.length_row = self.length.ask_in(self, "For a task of up to")
        self.vehicle = Pick(VEHICLES)
        self.vehicle_row = self.ask("Which vehicle", self.vehicle)
        self.since = Day(services.desk.today())
        self.ask(
            "From which day",
            self.since,
            help_text="Days before it keep the rate they had. A day that has passed adds what is "
            "owed to those who have claimed.",
        )
        self.scheme = Pick([(one, one) for one in (schemes or [BOARD_SCHEME])])
        self.ask("Part of which scheme", self.scheme)
        self.new_scheme = QLineEdit()
        self.ask("Or a new scheme, called", self.new_scheme)
        self.source = QLineEdit()
        self.ask("Where the figure comes from", self.source)
        self.rise = RiseTold(tasks, self._reckoning)
        self.put(self.rise)
        self.unit.changed.connect(self._which)
        self._which()
        for changed in (
            self.unit.changed,
            self.amount.textChanged,
            self.length.hours.valueChanged,
            self.length.minutes.valueChanged,
            self.since.dateChanged,
            self.scheme.currentIndexChanged,
            self.new_scheme.textChanged,
        ):
            changed.connect(self.rise.look_again)

    def _which(self) -> None:
        self.length_row.setVisible(self.unit.value() is RateUnit.TASK)
        self.vehicle_row.setVisible(self.unit.value() is RateUnit.MILE)

    def _scheme(self) -> str:
        return self.new_scheme.text().strip() or str(self.scheme.value())

    def _reckoning(self) -> Reckon | None:
        """Return what reckons what the rate in the fields will owe; ``None`` while it is none."""
        try:
            pence = pence_from(self.amount.text())
        except InputError:
            return None
        rises, unit, minutes = self._services.payments.rises, self.unit.value(), self.length.value()
        since, scheme = self.since.value(), self._scheme()
        if unit is RateUnit.MILE or (unit is RateUnit.TASK and not minutes) or pence <= 0:
            return None
        return lambda: rises.if_added(
            pence=pence, minutes=minutes, valid_from=since, scheme=scheme, unit=unit, band=""
        )

    def save(self) -> None:
        """Add it."""
        name, unit = self.name.text().strip(), self.unit.value()
        minutes = self.length.value() if unit is RateUnit.TASK else 0
        sized = minutes or unit is not RateUnit.TASK
        self.name_row.set_problem("" if name else "Write what it is called.")
        self.length_row.set_problem("" if sized else "Put in how long such a task takes.")
        try:
            pence = pence_from(self.amount.text())
            self.amount_row.set_problem("")
        except InputError as problem:
            self.amount_row.set_problem(f"{problem.what_happened} {problem.next_step}")
            return
        if not (name and sized):
            return
        book, since = self._services.payments.rates, self.since.value()
        scheme = self._scheme()
        source, band = self.source.text().strip(), self.vehicle.value()
        self.run(
            lambda: book.add(
                name,
                pence=pence,
                minutes=minutes,
                valid_from=since,
                scheme=scheme,
                source=source,
                unit=unit,
                band=band if unit is RateUnit.MILE else "",
            )
        )


class TakeOverForm(Form):
    """A published set, or what is published for a mile, copied into the board's rates.

    Args:
        services: The open board.
        tasks: Runs the saving.
        published: What is published.
        scheme: The scheme in use, of which the rates of a mile become part.
    """

    def __init__(self, services: Services, tasks: Tasks, *, published: Rates, scheme: str) -> None:
        super().__init__("Take over published rates", tasks=tasks, save_words="Take them over")
        self._services, self._in_use = services, scheme
        self._checked = published.last_checked
        choices: list[tuple[str, object]] = [(one.label, one) for one in published.rate_sets]
        if published.mileage:
            choices.append((f"Miles by {_vehicles(published.mileage)}", published.mileage))
        self.which = Pick(choices)
        self.ask("Which rates", self.which)
        self.note = WrapLabel(role="muted")
        self.put(self.note)
        self.since = Day(services.desk.today())
        self.since_row = self.ask(
            "From which day", self.since, help_text="The source does not say, so you do."
        )
        self.scheme = QLineEdit(_PUBLISHED_SCHEME)
        self.scheme_row = self.ask("The scheme is called", self.scheme)
        self.which.currentIndexChanged.connect(lambda _: self._show())
        self._show()

    def _show(self) -> None:
        chosen: RateSet | tuple[Mileage, ...] = self.which.value()
        if isinstance(chosen, RateSet):
            self.note.setText(chosen.note)
            self.since_row.setVisible(chosen.effective_from is None)
            self.scheme.setText(_PUBLISHED_SCHEME)
        else:
            self.note.setText("\n".join(map(_mile_words, chosen)))
            self.since_row.show()
            self.scheme.setText(self._in_use)

    def save(self) -> None:
        """Take them over."""
        scheme, chosen = self.scheme.text().strip(), self.which.value()
        self.scheme_row.set_problem("" if scheme else "Write what it is called.")
        if not scheme:
            return
        book, since = self._services.payments.rates, self.since.value()
        take = book.take_over if isinstance(chosen, RateSet) else book.take_over_miles
        checked = self._checked
        self.run(lambda: take(chosen, valid_from=since, scheme=scheme, checked_on=checked))


def _vehicles(mileage: Sequence[Mileage]) -> str:
    *rest, last = [one.name for one in mileage]
    return f"{', '.join(rest)} and {last}" if rest else last


def _mile_words(one: Mileage) -> str:
    said = f"{one.name[:1].upper()}{one.name[1:]}: {one.pence}p a mile."
    if one.pence_beyond != one.pence:
        said += f" Beyond 10,000 miles in a year it is {one.pence_beyond}p: that is not taken over."
    return f"{said} {one.note}" if one.note else said


class SchemeForm(Form):
    """Which scheme pays, from a day on.

    Args:
        services: The open board.
        tasks: Runs the saving.
        schemes: Names of the schemes there are.
        projects: Every project.
    """

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        *,
        schemes: Sequence[str],
        projects: Sequence[Project],
    ) -> None:
        super().__init__("Choose a scheme", tasks=tasks, save_words="Choose it")
        self._services = services
        self.scheme = Pick([(one, one) for one in schemes])
        self.ask("Which scheme", self.scheme)
        where: list[tuple[str, object]] = [("The whole board", None)]
        self.project = Pick([*where, *((one.title, one.id) for one in projects)])
        self.ask("For what", self.project)
        self.since = Day(services.desk.today())
        self.ask("From which day", self.since, help_text="Days before it keep what they had.")
        self.rise = RiseTold(tasks, self._reckoning)
        self.put(self.rise)
        for changed in (
            self.scheme.currentIndexChanged,
            self.project.currentIndexChanged,
            self.since.dateChanged,
        ):
            changed.connect(self.rise.look_again)
        self.rise.look_again()

    def _reckoning(self) -> Reckon:
        rises, scheme = self._services.payments.rises, self.scheme.value()
        project, since = self.project.value(), self.since.value()
        return lambda: rises.if_used(scheme, valid_from=since, project=project)

    def save(self) -> None:
        """Choose it."""
        book, scheme = self._services.payments.rates, self.scheme.value()
        project, since = self.project.value(), self.since.value()
        self.run(lambda: book.use(scheme, valid_from=since, project=project))

"""Rates: what time and miles are paid, where each figure comes from, and which scheme is in use."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QWidget

from ...domain.british import day, money
from ...domain.catalogue_entries import Rates
from ...domain.people import Person
from ...domain.projects import Project
from ...domain.rates import BOARD_SCHEME, Rate, RateUnit, SchemeUse, may_be_used, scheme_for
from ...errors import PPIError
from ..tasks import Tasks
from ..widgets.buttons import button
from ..widgets.cards import Card
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, heading, muted
from .list_page import ListPage
from .page import Place
from .rate_forms import RateForm, SchemeForm, TakeOverForm
from .rise_told import owed_words
from .words_for import count_words, minutes_words

if TYPE_CHECKING:
    from ...services.boards import Services

ROUNDING = (
    "Tasks are paid by their size: the smallest size that covers the time. By the hour and by the "
    "mile, amounts go to the nearest penny, half a penny up. A new rate never changes an old day; "
    "with a back date it adds what is owed."
)


@dataclass(frozen=True, slots=True)
class RateFacts:
    """Everything the page shows.

    Args:
        rates: Every rate, in the order they came into force.
        uses: Every choice of a scheme.
        owed: What rises still owe to whom, in pence.
        owed_if_confirmed: What confirming every doubtful figure would owe on top.
        projects: Every project.
        published: What can be taken over.
        today: The day it is.
    """

    rates: list[Rate]
    uses: list[SchemeUse]
    owed: list[tuple[Person, int]]
    owed_if_confirmed: list[tuple[Person, int]]
    projects: list[Project]
    published: Rates
    today: date

    @property
    def schemes(self) -> list[str]:
        """Names of the schemes that have rates."""
        return list(dict.fromkeys(one.scheme for one in self.rates))

    @property
    def in_use(self) -> str:
        """The scheme that pays today on the whole board; where nobody chose, the first."""
        chosen = scheme_for(self.uses, on=self.today, project=None)
        return chosen or next(iter(self.schemes), BOARD_SCHEME)

    @property
    def doubtful(self) -> list[Rate]:
        """Rates that pay nobody until they are confirmed."""
        return [one for one in self.rates if not may_be_used(one)]


def read_rates(services: Services) -> RateFacts:
    """Return what the page shows."""
    book = services.payments.rates
    rates = book.all()
    doubtful = [one.id for one in rates if not may_be_used(one)]
    rises = services.payments.rises
    return RateFacts(
        rates=rates,
        uses=book.uses(),
        owed=book.owed_by_rises(),
        owed_if_confirmed=rises.if_confirmed(doubtful) if doubtful else [],
        projects=services.people.projects(),
        published=services.catalogues.rates,
        today=services.desk.today(),
    )


class RatesPage(ListPage):
    """The board's payment rates, for its coordinators."""

    place: ClassVar[Place] = Place.RATES
    shows: ClassVar[frozenset[str]] = frozenset(
        {"rate", "scheme_use", "project", "claim", "involvement"}
    )

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__(services, tasks, title="Rates")
        self._facts: RateFacts | None = None

    def reload(self) -> None:
        """Read again what is shown."""
        services = self.services
        self.tasks.run(lambda: read_rates(services), owner=self, on_done=self._show)

    def _show(self, facts: RateFacts) -> None:
        self._facts = facts
        buttons = FlowRow(
            button("Add a rate", icon="plus", on_press=self.add_rate),
            button("Take over published rates", icon="download", on_press=self.take_over),
            button("Choose a scheme", icon="check", on_press=self.choose_scheme),
        )
        widgets = [
            buttons,
            muted(ROUNDING),
            *self._doubtful(facts),
            *self._owed(facts),
            *self._schemes(facts),
            *self._in_use(facts),
        ]
        self.list.show_only(*widgets, stretch=True)

    def _doubtful(self, facts: RateFacts) -> list[QWidget]:
        if not facts.doubtful:
            return []
        card = Card()
        card.add(
            WrapLabel(
                "These figures were not found in their source. They pay nobody until you have "
                "looked at them and confirmed them.",
                role="attention",
            )
        )
        for rate in facts.doubtful:
            card.add(WrapLabel(rate_words(rate)))
            made = button("Confirm it", on_press=partial(self._confirm, [rate]))
            made.setAccessibleName(f"Confirm {rate_words(rate)}")
            card.add(FlowRow(made))
        for source in source_words(facts.doubtful):
            card.add(WrapLabel(source, role="muted", copyable=True))
        owed = owed_words(facts.owed_if_confirmed, begun="If you confirm all of them")
        if owed:
            card.add(WrapLabel(owed, role="attention"))
        words = f"Confirm all {len(facts.doubtful)}"
        card.add(FlowRow(button(words, on_press=partial(self._confirm, facts.doubtful))))
        return [heading("To be confirmed"), card]

    def _owed(self, facts: RateFacts) -> list[QWidget]:
        if not facts.owed:
            return []
        card = Card()
        card.add(
            WrapLabel(
                "A rate, or an agreed amount, rose after these people had claimed. They find the "
                "difference among what they can claim."
            )
        )
        for person, pence in facts.owed:
            card.add(WrapLabel(f"{person.name}: {money(pence)}"))
        card.add(muted(f"{money(sum(pence for _, pence in facts.owed))} in all."))
        return [heading("Owed since rates rose"), card]

    def _schemes(self, facts: RateFacts) -> list[QWidget]:
        if not facts.rates:
            card = Card()
            card.add(WrapLabel("There are no rates yet. Until there is one, no time is paid."))
            return [card]
        found: list[QWidget] = []
        for scheme in facts.schemes:
            card = Card()
            mine = [one for one in facts.rates if one.scheme == scheme and may_be_used(one)]
            for rate in mine:
                card.add(WrapLabel(rate_words(rate)))
            for words in source_words(mine):
                card.add(WrapLabel(words, role="muted", copyable=True))
            found += [heading(f"Scheme “{scheme}”"), card]
        return found

    def _in_use(self, facts: RateFacts) -> list[QWidget]:
        card = Card()
        titles = {one.id: one.title for one in facts.projects}
        if not facts.uses:
            card.add(muted("Nobody has chosen a scheme: every rate of the board counts."))
        for use in sorted(facts.uses, key=lambda one: one.valid_from, reverse=True):
            where = titles.get(use.project, "a project") if use.project else "the whole board"
            card.add(WrapLabel(f"“{use.scheme}” for {where}, from {day(use.valid_from)} on."))
        return [heading("Which scheme is in use"), card]

    # What a person does

    def add_rate(self) -> None:
        """Show the form that adds a rate."""
        if self._facts is not None:
            form = RateForm(self.services, self.tasks, schemes=self._facts.schemes)
            self.show_form(form, said="The rate is added.")

    def take_over(self) -> None:
        """Show the form that copies a published set."""
        if self._facts is not None:
            facts = self._facts
            form = TakeOverForm(
                self.services, self.tasks, published=facts.published, scheme=facts.in_use
            )
            self.show_form(form, said="The rates are taken over.")

    def choose_scheme(self) -> None:
        """Show the form that chooses a scheme."""
        facts = self._facts
        if facts is not None and facts.schemes:
            form = SchemeForm(
                self.services, self.tasks, schemes=facts.schemes, projects=facts.projects
            )
            self.show_form(form, said="The scheme is chosen.")
        else:
            self.show_notice("There is no scheme to choose yet. Add a rate first.")

    def _confirm(self, rates: list[Rate]) -> None:
        book, wanted = self.services.payments.rates, [one.id for one in rates]
        self._do(lambda: book.confirm(wanted))

    def _do(self, work: Callable[[], Any]) -> None:
        self.tasks.run(
            work,
            owner=self,
            on_done=lambda found: self.say(f"{count_words(found.value, 'rate')} confirmed."),
            on_problem=self._refused,
        )

    def _refused(self, problem: PPIError) -> None:
        self.show_notice(problem.in_full(), tone="attention")


def rate_words(rate: Rate) -> str:
    """Return a rate in a line ("£27.50 · An hour, up to 1 hour, from 16 December 2025.")."""
    if rate.unit is RateUnit.HOUR:
        size = "an hour"
    elif rate.unit is RateUnit.MILE:
        size = "a mile"
    else:
        size = f"up to {minutes_words(rate.minutes)}" if rate.minutes else "by agreement"
    since = f", from {day(rate.valid_from)}" if rate.valid_from > date.min else ""
    said = f"{money(rate.pence)} · {rate.name}, {size}{since}."
    if rate.source and not rate.verified:
        said += " Not checked against its source."
        if rate.confirmed_on:
            said += f" Confirmed on {day(rate.confirmed_on)}."
    return said


def source_words(rates: Iterable[Rate]) -> list[str]:
    """Return where figures come from, each source once, with the day it was last read."""
    found: dict[str, date | None] = {}
    for rate in rates:
        if rate.source:
            found[rate.source] = rate.checked_on or found.get(rate.source)
    return [
        f"Source: {source}{f', read on {day(on)}' if on else ''}" for source, on in found.items()
    ]

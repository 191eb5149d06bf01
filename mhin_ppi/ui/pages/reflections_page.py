"""Looking back: what members and the research team say about one activity, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from ...domain.british import day
from ...domain.people import Person
from ...domain.reflections import LEFT_OUT, SCALE_ENDS, ReflectionId
from ...services.boards import Services
from ...services.reflections import LookBack, Occasion, Said
from .. import messages
from ..tasks import Tasks
from ..theme import theme
from ..widgets.buttons import button
from ..widgets.cards import Card, EmptyState
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, heading, muted
from ..widgets.scale_field import ScaleMark
from .form import Form
from .list_page import ListPage
from .page import Place
from .reflection_form import ReflectionForm, occasion_words

SIDE_BY_SIDE_EM = 34
QUESTIONNAIRES = (
    "Published questionnaires with a licence are not in this program. PPEET (three questionnaires) "
    "is to be asked for at McMaster University: "
    "healthsci.mcmaster.ca/ppe/our-products/public-patient-engagement-evaluation-tool. "
    "The four scales are those of the Cube (Gibson, Welsman and Britten 2017, "
    "doi:10.1111/hex.12486), in our own words."
)


@dataclass(frozen=True, slots=True)
class _Facts:
    me: Person
    people: list[Person]
    occasions: list[Occasion]
    found: list[LookBack]


def _read(services: Services) -> _Facts:
    people, reflections = services.people, services.reflections
    return _Facts(people.me(), people.everyone(), reflections.occasions(), reflections.all())


class TwoSides(QWidget):
    """Two columns, each under its heading: beside each other where there is room.

    Args:
        sides: Heading and what stands under it, for each.
    """

    def __init__(self, sides: Sequence[tuple[str, Sequence[QWidget]]]) -> None:
        super().__init__()
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(theme().space(2))
        for words, widgets in sides:
            side = Card()
            side.setAccessibleName(words)
            side.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            side.add(WrapLabel(words, role="strong"))
            for widget in widgets or [muted("Nobody has said anything yet.")]:
                side.add(widget)
            side.column.addStretch(1)
            self._across.addWidget(side, 1)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= theme().px(SIDE_BY_SIDE_EM)
        directions = QBoxLayout.Direction
        self._across.setDirection(directions.LeftToRight if wide else directions.TopToBottom)


class ReflectionsPage(ListPage):
    """What was said, looking back; it may open at the id of an activity to look back on."""

    place: ClassVar[Place] = Place.REFLECTIONS
    shows: ClassVar[frozenset[str]] = frozenset(
        {"reflection", "meeting", "return", "project", "person"}
    )

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__(
            services,
            tasks,
            title="Looking back",
            context="What went well, what did not, and what to change. Each side in its own words.",
        )
        self._facts: _Facts | None = None
        self._wanted: str = ""
        self.look_button = self.frame.set_primary(
            "Look back on something", icon="plus", on_press=self.look_back
        )
        self.look_button.hide()

    def open_at(self, argument: object | None) -> None:
        """Show everything, and the form where an activity's id is given."""
        self._wanted = str(argument) if argument is not None else ""
        self.reload()

    def reload(self) -> None:
        """Read again what is shown."""
        self.tasks.run(lambda: _read(self.services), owner=self, on_done=self._show)

    def form_open(self, form: Form | None) -> None:
        """Offer the main action while there is no form."""
        facts = self._facts
        self.look_button.setVisible(form is None and facts is not None and bool(facts.occasions))

    def _show(self, facts: _Facts) -> None:
        self._facts = facts
        if not self.slot.all():
            self.form_open(None)
        widgets: list[QWidget] = [self._group(one) for one in facts.found]
        if not widgets:
            widgets.append(
                EmptyState(
                    "What people say, looking back, will be here.",
                    more="After a meeting, a review or a piece of a project: a few words are "
                    "enough, and nobody has to.",
                    icon="message-square",
                )
            )
        widgets.append(muted(QUESTIONNAIRES))
        self.list.show_only(*widgets, stretch=True)
        wanted = next((one for one in facts.occasions if one.id == self._wanted), None)
        self._wanted = ""
        if wanted is not None:
            self.look_back(wanted)

    def look_back(self, about: Occasion | None = None) -> None:
        """Show the form."""
        facts = self._facts
        if facts is None or not facts.occasions:
            return
        form = ReflectionForm(
            self.services,
            self.tasks,
            occasions=facts.occasions,
            chosen=about,
            me=facts.me,
            people=facts.people,
        )
        self.show_form(form, said="Saved.")

    def _group(self, one: LookBack) -> QWidget:
        card = Card()
        card.setAccessibleName(one.occasion.title)
        card.add(heading(occasion_words(one.occasion)))
        card.add(
            TwoSides(
                [
                    ("Members of the board", [self._said(said) for said in one.members]),
                    ("The research team", [self._said(said) for said in one.team]),
                ]
            )
        )
        return card

    def _said(self, said: Said) -> QWidget:
        one = said.reflection
        card = Card()
        card.setProperty("role", "inside")
        readers = "the whole board may read it" if one.shared else "for the coordinators"
        card.add(muted(f"{said.who} · {day(one.on)} · {readers}"))
        for words, text in (
            ("What went well", one.went_well),
            ("What did not", one.did_not),
            ("What to change", one.to_change),
        ):
            if text:
                card.add(WrapLabel(words, role="strong"))
                card.add(WrapLabel(text, copyable=True))
        for (low, high), place in zip(SCALE_ENDS, one.scales, strict=False):
            if place != LEFT_OUT:
                card.add(ScaleMark(low, high, place))
        if one.comments:
            card.add(WrapLabel(one.comments, copyable=True))
        if said.may_take_back:
            back = button("Take it back", icon="undo-2", on_press=lambda: self._take_back(one.id))
            card.add(FlowRow(back))
        return card

    def _take_back(self, reflection: ReflectionId) -> None:
        reflections = self.services.reflections
        self.tasks.run(
            lambda: reflections.take_back(reflection),
            owner=self,
            on_done=lambda _: messages.tell(
                self, "Taken back. The words are gone; files already sent cannot be recalled."
            ),
        )

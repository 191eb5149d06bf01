"""Pictures: how far questions came, what they led to, and what nobody has asked about yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from ...domain.charts import Bar, Picture
from ...domain.people import Person, Role
from ...domain.pictures import Hole
from ...domain.projects import Project
from ...errors import PPIError
from ...services.boards import Services
from ...services.pictures import PictureBook
from .. import messages
from ..tasks import Tasks
from ..theme import theme, theme_changes
from ..widgets.cards import EmptyState
from ..widgets.labels import heading, muted
from ..widgets.page_frame import scrolling
from .chart_card import ChartCard
from .framed_page import Column, FramedPage, loading
from .page import Place
from .pictures_map import AskForm, UnaskedMap, bring_into_view
from .report_choices import ReportChoices
from .these_questions import behind


@dataclass(frozen=True, slots=True)
class _Facts:
    me: Person
    people: list[Person]
    projects: list[Project]


def _read(services: Services) -> _Facts:
    people = services.people
    return _Facts(people.me(), people.everyone(), people.projects())


class PicturesPage(FramedPage):
    """Charts of the whole board; every number opens the questions it counts."""

    place: ClassVar[Place] = Place.PICTURES
    shows: ClassVar[frozenset[str]] = frozenset(
        {"question", "response", "change", "impact", "feedback", "project", "site"}
    )

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__(
            services,
            tasks,
            title="Pictures",
            context="Press a bar or a number to see the questions it counts.",
        )
        self._facts: _Facts | None = None
        self.choices: ReportChoices | None = None
        self.choice_column = Column(loading())
        self.charts, self.slot = Column(loading()), Column()
        self._draw = lambda picture, width, colours: services.pictures.draw(
            picture, width=width, colours=colours
        )
        self.map = UnaskedMap(draw=self._draw, tasks=tasks)
        self.map.opened.connect(lambda title, bar: self._open(title, bar))
        self.map.ask_wanted.connect(self.ask)
        self.map.hide()
        self._inside = Column(self.charts, self.map, self.slot)
        self.slot.hide()
        self.frame.set_content(self._inside)
        margin = scrolling(self.choice_column, name="What to count")
        self.frame.set_margin(margin, words="What to count", content_words="Pictures")
        self.frame.add_action(
            "Differences one by one",
            icon="list",
            on_press=lambda: self.go.emit(Place.IMPACT, None),
        )
        self._space()
        theme_changes().changed.connect(self._space)

    def open_at(self, argument: object | None) -> None:
        """Show the pictures as they are now."""
        self.reload()

    def reload(self) -> None:
        """Read who and what there is, once, and count."""
        if self.choices is None:
            services = self.services
            self.tasks.run(lambda: _read(services), owner=self, on_done=self._show_choices)
        else:
            self.count()

    def _show_choices(self, facts: _Facts) -> None:
        self._facts = facts
        if not facts.me.has(Role.COORDINATOR):
            self.charts.show_only(muted("A coordinator sees the pictures of the whole board."))
            return
        self.choices = ReportChoices(facts.projects, today=self.today, heading="What to count")
        self.choices.changed.connect(self.count)
        self.choice_column.show_only(self.choices, stretch=True)
        self.count()

    def count(self) -> None:
        """Count again what is chosen."""
        choices = self.choices
        if choices is None:
            return
        pictures = self.services.pictures
        projects, since, until = choices.projects(), choices.since(), choices.until()
        self.tasks.run(
            lambda: pictures.book(projects=projects, since=since, until=until),
            owner=self,
            on_done=self._show,
            on_problem=self._refused,
        )

    def _refused(self, problem: PPIError) -> None:
        self.show_notice(problem.in_full(), tone="attention")

    def _show(self, book: PictureBook) -> None:
        self.frame.close_notice()
        widgets: list[QWidget] = []
        if not book.count:
            widgets.append(
                EmptyState(
                    "Pictures will be here as soon as somebody has asked something.",
                    more="They count the questions of the projects and days chosen.",
                    icon="chart-column",
                )
            )
        else:
            pictures: tuple[Picture, ...] = (*book.charts, *book.grids)
            for picture in pictures:
                card = ChartCard(picture, draw=self._draw, tasks=self.tasks)
                card.opened.connect(lambda bar, title=picture.title: self._open(title, bar))
                widgets.append(card)
            if not book.grids:
                widgets.append(heading("Differences by stage and kind"))
                widgets.append(muted("Nobody has looked yet for a difference, good or bad."))
        self.charts.show_only(*widgets)
        self.map.show_maps(book.maps)
        self.map.show()

    def _open(self, title: str, bar: Bar) -> None:
        if bar.count:
            self.go.emit(Place.QUESTIONS, behind(bar, title=title))
        else:
            messages.tell(self, f"{bar.label}: there is none to open.")

    def ask(self, hole: Hole) -> None:
        """Show the form that asks about what nobody has asked about yet."""
        facts = self._facts
        if facts is None:
            return
        people = [p for p in facts.people if p.left_on is None and p.id != facts.me.id]
        form = AskForm(
            self.services, self.tasks, hole, projects=facts.projects, people=[facts.me, *people]
        )

        def saved(_: object) -> None:
            self.slot.clear()
            messages.tell(self, "Saved. The question is in the list of questions, too.")

        form.saved.connect(saved)
        form.cancelled.connect(self.slot.clear)
        self.slot.show_only(form)
        form.focus_first()
        bring_into_view(form)

    def _space(self) -> None:
        made = theme()
        for column in (self.charts, self._inside):
            layout = column.layout()
            if layout is not None:
                layout.setSpacing(made.space(3))

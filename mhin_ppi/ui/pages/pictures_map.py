"""What is not asked about yet: one frame at a time, and a plain prompt for each empty place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from ...domain.british import counted
from ...domain.charts import Bar
from ...domain.people import Person
from ...domain.pictures import Hole
from ...domain.projects import Project
from ...services.boards import Services
from ...services.pictures import FrameMap
from ..messages import announce
from ..tasks import Tasks
from ..widgets.buttons import button
from ..widgets.cards import Card
from ..widgets.chart_view import Draw
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, heading, muted
from .chart_card import ChartCard
from .form import Form, Pick, WordsBox
from .framed_page import Column

LONGEST_FRAME = 28
"""Letters of the longest name of a frame that the list has room for."""
NOTHING_CHOSEN = "Choose a place with a nought to see what could be asked there."


class AskForm(Form):
    """A question about something that nobody has asked about yet.

    Args:
        services: The open board.
        tasks: Runs the saving.
        hole: The empty place.
        projects: All of them.
        people: Everybody who may be the one who asks, the person at the laptop first.
    """

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        hole: Hole,
        *,
        projects: Sequence[Project],
        people: Sequence[Person],
    ) -> None:
        super().__init__("Ask about it", tasks=tasks)
        self._services, self._hole = services, hole
        self.words = WordsBox(lines=3)
        self.words_row = self.ask("The question", self.words, help_text=hole.asks)
        self.project = Pick([("No project", None), *((p.title, p) for p in projects)])
        self.ask("Which project", self.project)
        self.asker = Pick([(person.name, person.id) for person in people])
        self.ask("Whose question it is", self.asker)

    def save(self) -> None:
        """Keep the question, in its place of the map."""
        said, project, asker = self.words.words(), self.project.value(), self.asker.value()
        self.words_row.set_problem("" if said else "Write the question.")
        if said:
            pictures, hole = self._services.pictures, self._hole
            self.run(lambda: pictures.ask_about(hole, said, project=project, on_behalf_of=asker))


class UnaskedMap(Card):
    """The map of one frame, chosen from all.

    Args:
        draw: Draws the grid.
        tasks: Runs the drawing.

    Signals:
        opened: (title, ``Bar``) whose questions are wanted.
        ask_wanted: The empty place (``Hole``) about which somebody wants to ask.
    """

    opened = Signal(str, object)
    ask_wanted = Signal(object)

    def __init__(self, *, draw: Draw, tasks: Tasks) -> None:
        super().__init__("Not asked about yet")
        self._draw, self._tasks = draw, tasks
        self._maps: tuple[FrameMap, ...] = ()
        self.add(
            muted(
                "Questions laid over a frame that researchers use, by stage. A nought is not a "
                "fault: it is a place where somebody might want to ask."
            )
        )
        self.pick = Pick([])
        self.pick.setAccessibleName("Which frame")
        self.pick.setMinimumContentsLength(LONGEST_FRAME)
        self.pick.currentIndexChanged.connect(lambda _: self._show_frame())
        self.add(FlowRow(self.pick))
        self.grid, self.prompt = Column(), Column()
        self.add(self.grid)
        self.add(self.prompt)

    def show_maps(self, maps: tuple[FrameMap, ...]) -> None:
        """Show these in place of those before; the frame that was chosen stays."""
        kept = self.pick.value()
        self._maps = maps
        self.pick.blockSignals(True)
        self.pick.offer([(one.frame.label, one.frame.code) for one in maps], chosen=kept)
        self.pick.blockSignals(False)
        self._show_frame()

    def _chosen(self) -> FrameMap | None:
        return next((one for one in self._maps if one.frame.code == self.pick.value()), None)

    def _show_frame(self) -> None:
        one = self._chosen()
        if one is None:
            self.grid.clear()
            self.prompt.clear()
            return
        card = ChartCard(one.grid, draw=self._draw, tasks=self._tasks)
        card.setProperty("role", "inside")
        card.opened.connect(self._on_opened)
        about = muted(f"{one.frame.about} {one.frame.checked}")
        widgets: list[QWidget] = [about, card]
        if one.unplaced:
            words = f"See the {counted(len(one.unplaced), 'question')} without a place here"
            left = Bar("No place in this map", len(one.unplaced), one.unplaced)
            widgets.append(
                FlowRow(
                    button(
                        words,
                        icon="arrow-right",
                        on_press=lambda: self.opened.emit(one.grid.title, left),
                    )
                )
            )
        self.grid.show_only(*widgets)
        self.prompt.show_only(muted(NOTHING_CHOSEN))

    def _on_opened(self, bar: Bar) -> None:
        one = self._chosen()
        if one is None:
            return
        hole = one.holes.get(bar.label)
        if hole is None:
            self.opened.emit(one.grid.title, bar)
            return
        ask = button(
            "Ask about it", icon="message-square", on_press=lambda: self.ask_wanted.emit(hole)
        )
        self.prompt.show_only(
            heading(hole.words), WrapLabel(f"For example: {hole.asks}"), FlowRow(ask)
        )
        announce(self, f"{hole.words} For example: {hole.asks}")
        bring_into_view(self.prompt)


def bring_into_view(widget: QWidget) -> None:
    """Scroll to a widget that has just been put somewhere, once it has its room."""

    def scroll() -> None:
        above = widget.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)

    QTimer.singleShot(0, widget, scroll)

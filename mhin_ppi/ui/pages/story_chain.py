"""The chain of one question at the head of its story: a diagram, or the same as a list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ..theme import theme, theme_changes
from ..widgets.buttons import button, reword
from ..widgets.chain_diagram import ChainDiagram, Node
from ..widgets.flow import FlowRow
from ..widgets.labels import heading
from ..widgets.step_path import Step, StepPath, StepState
from .story_links import ChainLink, LinkKind, spoken

_ICONS = {
    LinkKind.WORDS: "book-open",
    LinkKind.QUESTION: "circle-question-mark",
    LinkKind.THEME: "list",
    LinkKind.ANSWER: "message-square",
    LinkKind.CHANGE: "pencil",
    LinkKind.IMPACT: "chart-column",
    LinkKind.FEEDBACK: "send",
    LinkKind.REPLY: "circle-check",
    LinkKind.REPORT: "file-text",
}
NAME = "From the first words to the report"


class ChainView(QWidget):
    """Shows the links of a chain; each can be chosen.

    Signals:
        chosen: A link that was chosen.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.links: tuple[ChainLink, ...] = ()
        self.diagram = ChainDiagram(NAME)
        self.list = StepPath(NAME)
        self.list.hide()
        for part in (self.diagram.node_chosen, self.list.step_chosen):
            part.connect(lambda at: self.chosen.emit(self.links[at]))
        self.switch = button("Show as a list", icon="list", kind="quiet", on_press=self._turn)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(FlowRow(heading(NAME), self.switch))
        self._column.addWidget(self.diagram)
        self._column.addWidget(self.list)
        self._space()
        theme_changes().changed.connect(self._space)

    def show_links(self, links: Sequence[ChainLink]) -> None:
        """Show these in place of any before."""
        self.links = tuple(links)
        self.diagram.show_nodes(_node(link) for link in self.links)
        self.list.show_steps(_steps(self.links))

    def _turn(self) -> None:
        to_list = self.list.isHidden()
        self.diagram.setVisible(not to_list)
        self.list.setVisible(to_list)
        reword(self.switch, "Show as a picture" if to_list else "Show as a list")

    def _space(self) -> None:
        self._column.setSpacing(theme().space(2))


def _node(link: ChainLink) -> Node:
    return Node(
        link.words,
        when=link.when,
        said=link.said,
        icon="circle-dot" if link.is_gap else _ICONS[link.kind],
        is_gap=link.is_gap,
        leads=link.leads,
        spoken=spoken(link),
    )


def _steps(links: Sequence[ChainLink]) -> list[Step]:
    """Return the links as steps of a list; a gap is said to be still to come."""
    return [
        Step(
            link.words,
            when=link.when,
            detail="\n".join(link.said),
            state=StepState.TO_COME if link.is_gap else StepState.DONE,
        )
        for link in links
    ]

"""A chart with everything that belongs to it: title, drawing, note, table and words."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea
from typing_extensions import override

from ...domain.british import counted
from ...domain.charts import Bar, GridData, Picture
from ..models.table_model import Column, TableModel
from ..tasks import Tasks
from ..theme import theme, theme_changes
from ..widgets.buttons import button, reword
from ..widgets.cards import Card
from ..widgets.chart_view import ChartView, Draw
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, muted
from ..widgets.table_view import TableView

_SHOW, _HIDE = "Show as a table and in words", "Hide the table and the words"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table beside a picture.

    Args:
        at: Its place, from 0.
        name: What is counted.
        bars: One for a chart, one for each column of a grid.
    """

    at: int
    name: str
    bars: tuple[Bar, ...]


class Sideways(QScrollArea):
    """Lets a chart that is wider than its card be moved sideways; never up and down.

    Args:
        chart: The chart.
    """

    def __init__(self, chart: ChartView) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(chart.picture.title)
        chart.setProperty("role", "inside")
        self.setWidget(chart)
        self._chart = chart
        chart.installEventFilter(self)
        self._fit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        bar = self.horizontalScrollBar()
        beside = bar.sizeHint().height() if self._chart.minimumWidth() > self.width() else 0
        self.setFixedHeight(self._chart.height() + beside)


class ChartCard(Card):
    """One picture in a card.

    Args:
        picture: What it shows.
        draw: Draws it; called beside the window.
        tasks: Runs the drawing.

    Signals:
        opened: The bar or cell (``Bar``) whose records are wanted.
    """

    opened = Signal(object)

    def __init__(self, picture: Picture, *, draw: Draw, tasks: Tasks) -> None:
        super().__init__(picture.title)
        self.picture = picture
        noun = counted(picture.total, picture.unit, picture.units)
        self.add(muted(f"{noun} in all."))
        self.chart = ChartView(picture, draw=draw, tasks=tasks)
        self.chart.opened.connect(self.opened)
        self.add(Sideways(self.chart))
        if picture.note:
            self.add(muted(picture.note))
        self.more = button(_SHOW, icon="list", kind="quiet", on_press=self.show_table)
        self.add(FlowRow(self.more))
        self.table: TableView | None = None
        self._words: WrapLabel | None = None
        self._shown = False
        self._name_button()
        theme_changes().changed.connect(self._on_theme)

    def lines(self) -> list[Line]:
        """Return the lines of the table."""
        picture = self.picture
        if isinstance(picture, GridData):
            named = zip(picture.rows, picture.cells, strict=True)
            return [Line(at, name, bars) for at, (name, bars) in enumerate(named)]
        return [Line(at, bar.label, (bar,)) for at, bar in enumerate(picture.bars)]

    def show_table(self) -> None:
        """Show the same numbers as a table and in words, or hide them again."""
        self._shown = not self._shown
        if self.table is None or self._words is None:
            self.table = self._make_table()
            self._words = WrapLabel(self.picture.in_words(), copyable=True)
            self.add(self.table)
            self.add(self._words)
        else:
            self.table.setVisible(self._shown)
            self._words.setVisible(self._shown)
        self._name_button()

    def _name_button(self) -> None:
        words = _HIDE if self._shown else _SHOW
        reword(self.more, words)
        self.more.setAccessibleName(f"{words}: {self.picture.title}")

    def _make_table(self) -> TableView:
        picture = self.picture
        heads = (
            picture.columns
            if isinstance(picture, GridData)
            else (picture.units[:1].upper() + picture.units[1:],)
        )
        columns: list[Column[Line]] = [
            Column("What is counted", lambda line: line.name, sort_key=lambda line: line.at)
        ]
        for at, head in enumerate(heads):
            columns.append(
                Column(
                    head,
                    lambda line, at=at: f"{line.bars[at].count:,}",  # type: ignore[misc]
                    sort_key=lambda line, at=at: line.bars[at].count,  # type: ignore[misc]
                    figures=True,
                )
            )
        table = TableView(f"{picture.title}, as a table")
        table.row_opened.connect(self._open_line)
        lines = self.lines()
        table.show_rows(TableModel(columns, lines))
        table.setFixedHeight(self._table_height())
        return table

    def _table_height(self) -> int:
        return theme().px(2 * len(self.lines()) + 3.4)

    def _on_theme(self) -> None:
        if self.table is not None:
            self.table.setFixedHeight(self._table_height())

    def _open_line(self, line: object) -> None:
        if isinstance(line, Line):
            ids = dict.fromkeys(one for bar in line.bars for one in bar.record_ids)
            count = sum(bar.count for bar in line.bars)
            self.opened.emit(Bar(line.name, count, tuple(ids)))

"""Charts as plain values: every number with the records it counts, before anything is drawn.

One value serves all who read it: the drawing, the table beside it and the sentences for those who
do not see it are made from the same bars, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

RecordIds = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart, one cell of a grid, and one number of the table beside it.

    Args:
        label: What is counted.
        count: How many; never negative.
        record_ids: The records counted.
    """

    label: str
    count: int
    record_ids: RecordIds = ()

    def __post_init__(self) -> None:
        if self.count < 0:
            raise ValueError("a bar cannot count less than nothing")


@dataclass(frozen=True, slots=True)
class ChartData:
    """One chart: drawn for the eye, said in words, and set as a table from the same values.

    Args:
        title: What the chart shows, as a sentence without a full stop.
        bars: In the order in which they are to be read.
        unit: What one of them is ("question"), and ``units`` several ("questions").
        in_all: How many there are in all where bars overlap; ``None`` where they add up.
        note: What the numbers do not show by themselves, in a sentence, or "".
    """

    title: str
    bars: tuple[Bar, ...]
    unit: str = "question"
    units: str = "questions"
    in_all: int | None = None
    note: str = ""

    @property
    def total(self) -> int:
        """All there are: all bars together, unless they overlap."""
        return sum(bar.count for bar in self.bars) if self.in_all is None else self.in_all

    def in_words(self) -> str:
        """Return the chart as sentences, for those who do not see it.

        >>> ChartData("By kind", (Bar("barrier", 1), Bar("concern", 2))).in_words()
        'Bar chart. By kind. 3 questions in all: barrier 1; concern 2.'
        """
        counted = "; ".join(f"{bar.label} {bar.count}" for bar in self.bars)
        noun = self.unit if self.total == 1 else self.units
        listed = f": {counted}" if counted else ""
        # A title that asks ends itself.
        title = self.title if self.title.endswith("?") else f"{self.title}."
        note = f" {self.note}" if self.note else ""
        return f"Bar chart. {title} {self.total} {noun} in all{listed}.{note}"


@dataclass(frozen=True, slots=True)
class GridData:
    """Counts laid out in rows and columns; what is empty matters as much as what is not.

    Args:
        title: What the grid shows, as a sentence without a full stop.
        rows: What each row is, from the top.
        columns: What each column is, from the left.
        cells: One tuple for each row, one bar for each column; a bar's label names both.
        unit: What one of them is ("question"), and ``units`` several ("questions").
        in_all: How many different ones the cells count together: one may stand in several.
        note: What the numbers do not show by themselves, in a sentence, or "".
    """

    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Bar, ...], ...]
    unit: str = "question"
    units: str = "questions"
    in_all: int = 0
    note: str = ""

    def __post_init__(self) -> None:
        if len(self.cells) != len(self.rows):
            raise ValueError("a grid needs a tuple of cells for each row")
        if any(len(row) != len(self.columns) for row in self.cells):
            raise ValueError("a grid needs a cell for each column of each row")

    @property
    def total(self) -> int:
        """All there are, each once."""
        return self.in_all

    def bars(self) -> Iterator[Bar]:
        """Yield every cell, row by row."""
        for row in self.cells:
            yield from row

    def in_words(self) -> str:
        """Return the grid as sentences, row by row; what is empty is said once for each row.

        >>> cells = ((Bar("Doing: rooms", 2), Bar("Doing: money", 0)),)
        >>> GridData("By stage", ("Doing",), ("rooms", "money"), cells, in_all=2).in_words()
        'Grid. By stage. 2 questions in all. Doing: rooms 2; all others 0.'
        """
        noun = self.unit if self.in_all == 1 else self.units
        lines = [f"Grid. {self.title}. {self.in_all} {noun} in all."]
        for row, cells in zip(self.rows, self.cells, strict=True):
            named = zip(self.columns, cells, strict=True)
            said = [f"{name} {bar.count}" for name, bar in named if bar.count]
            if len(said) < len(cells):
                said.append("all others 0" if said else "all 0")
            lines.append(f"{row}: {'; '.join(said)}.")
        return " ".join([*lines, self.note] if self.note else lines)


Picture = ChartData | GridData


@dataclass(frozen=True, slots=True)
class ChartColours:
    """Colours of a chart, so that the screen can use its own theme; each as ``#RRGGBB``.

    Args:
        bar: Of the bars.
        text: Of labels and values.
        line: Of the line at nought, and around cells.
        soft: Behind cells that count something.
    """

    bar: str
    text: str
    line: str
    soft: str


@dataclass(frozen=True, slots=True)
class Zone:
    """Where one bar or cell stands in a drawing, in points from its upper left corner.

    Args:
        left: Its left edge.
        top: Its upper edge.
        width: How wide it is.
        height: How high it is.
        bar: What stands there.
    """

    left: float
    top: float
    width: float
    height: float
    bar: Bar


@dataclass(frozen=True, slots=True)
class DrawnChart:
    """A chart for the screen.

    Args:
        svg: The drawing.
        width: In points.
        height: In points.
        zones: Where each number stands, in the order of the bars or cells.
    """

    svg: str
    width: float
    height: float
    zones: tuple[Zone, ...]


def tally(labelled: Iterable[tuple[str, RecordIds]]) -> tuple[Bar, ...]:
    """Return one bar for each label, in order of first appearance, with all records it counts.

    Args:
        labelled: A label and the records behind it, once for each thing counted.

    >>> [(bar.label, bar.count) for bar in tally([("b", ("1",)), ("a", ()), ("b", ("2",))])]
    [('b', 2), ('a', 1)]
    """
    counts: dict[str, int] = {}
    records: dict[str, list[str]] = {}
    for label, record_ids in labelled:
        counts[label] = counts.get(label, 0) + 1
        records.setdefault(label, []).extend(record_ids)
    return tuple(Bar(label, count, tuple(records[label])) for label, count in counts.items())

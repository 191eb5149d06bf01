"""Parts the story of a question is drawn with: a stage on the path, two things side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ..theme import theme, theme_changes
from ..widgets.cards import Card, Pill
from ..widgets.labels import WrapLabel
from ..widgets.long_words import words_of
from ..widgets.words_after import WordsAfter, words_after

RAIL_EM = 1.9
DOT_AT_EM = 1.15
SIDE_BY_SIDE_EM = 26


class Rail(QWidget):
    """The line down the left with a mark for one stage."""

    def __init__(self, icon: str, *, quiet: bool) -> None:
        super().__init__()
        self._icon, self._quiet = icon, quiet
        self.first = self.last = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._space()
        theme_changes().changed.connect(self._space)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        made = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = QPointF(self.width() / 2, made.px(DOT_AT_EM))
        painter.setPen(QPen(made.colour("edge"), max(2, made.px(0.09))))
        if not self.first:
            painter.drawLine(QPointF(centre.x(), 0), centre)
        if not self.last:
            painter.drawLine(centre, QPointF(centre.x(), self.height()))
        radius = made.em * 0.72
        painter.setPen(QPen(made.colour("edge" if self._quiet else "accent"), max(2, made.border)))
        painter.setBrush(made.colour("panel" if self._quiet else "soft"))
        painter.drawEllipse(centre, radius, radius)
        role = "muted" if self._quiet else "accent"
        picture = made.picture(self._icon, role, ems=0.85)
        side = made.em * 0.85
        corner = QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side)
        painter.drawPixmap(corner, picture, QRectF(picture.rect()))
        painter.end()

    def _space(self) -> None:
        self.setFixedWidth(theme().px(RAIL_EM))
        self.update()


class Stage(QWidget):
    """One stage of a story: what it is, when it was, and what belongs to it.

    Args:
        words: What it is.
        icon: Its mark on the line.
        when: The day and who, in words, or "".
        pill: A status beside its heading, or ``None``.
        quiet: Whether it no longer counts and is drawn more quietly.
        record: The id of the record it shows, by which a link of the chain finds it.
    """

    def __init__(
        self,
        words: str,
        *,
        icon: str,
        when: str = "",
        pill: Pill | None = None,
        quiet: bool = False,
        record: object = None,
    ) -> None:
        super().__init__()
        self.words, self.record = words, record
        self.rail = Rail(icon, quiet=quiet)
        self.card = Card()
        self.card.setAccessibleName(words)
        head = QHBoxLayout()
        head.addWidget(WrapLabel(words, role="muted" if quiet else "strong"), 1)
        if pill:
            head.addWidget(pill, 0, Qt.AlignmentFlag.AlignTop)
        self.card.column.addLayout(head)
        if when:
            self.card.add(WrapLabel(when, role="muted"))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.rail)
        self._beside = QVBoxLayout()
        self._beside.addWidget(self.card)
        self._row.addLayout(self._beside, 1)
        self.quiet = quiet
        self._space()
        theme_changes().changed.connect(self._space)

    def say(self, text: str, *, role: str = "") -> None:
        """Add words of a person, which can be copied."""
        if text:
            self.card.add(words_of(text, role=role or ("muted" if self.quiet else "")))

    def add(self, widget: QWidget) -> None:
        """Add a widget."""
        self.card.add(widget)

    def add_left(self, widget: QWidget) -> None:
        """Add a widget that takes only the room it needs."""
        self.card.column.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)

    def _space(self) -> None:
        made = theme()
        self._row.setSpacing(made.px(0.4))
        self._beside.setContentsMargins(0, 0, 0, made.space(2))


class SideBySide(QWidget):
    """Two or more pieces of text, each under its heading: beside each other where there is room.

    Args:
        parts: Heading, text, and what is said while there is no text, of each; perhaps also what
            the text touches on, which is then said before it can be read.
    """

    def __init__(self, parts: Sequence[tuple[str, str, str] | tuple[str, str, str, str]]) -> None:
        super().__init__()
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(theme().space(2))
        for words, text, nothing, *warning in parts:
            part = Card()
            part.setAccessibleName(words)
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            part.add(WrapLabel(words, role="muted"))
            if text:
                part.add(words_after("".join(warning), text))
            else:
                part.add(WrapLabel(nothing, role="muted"))
            part.column.addStretch(1)
            self._across.addWidget(part, 1)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= theme().px(SIDE_BY_SIDE_EM)
        directions = QBoxLayout.Direction
        self._across.setDirection(directions.LeftToRight if wide else directions.TopToBottom)


def words_opened(stages: Iterable[QWidget]) -> dict[tuple[object, ...], bool]:
    """Return which words with a warning are open on a path, and which of these have the focus."""
    return {key: one.is_read_now for key, one in _warned(stages) if one.is_open}


def open_words(stages: Iterable[QWidget], opened: Mapping[tuple[object, ...], bool]) -> None:
    """Open the words that were open before a path was drawn anew."""
    for key, one in _warned(stages):
        if key in opened:
            one.read(focus=opened[key])


def _warned(stages: Iterable[QWidget]) -> Iterator[tuple[tuple[object, ...], WordsAfter]]:
    """Yield the words behind a warning, each by its record, its heading, and what it says."""
    for stage in stages:
        if not isinstance(stage, Stage):
            continue
        for one in stage.findChildren(WordsAfter):
            around = one.parentWidget()
            head = around.accessibleName() if around else ""
            yield (stage.record, head, one.warning.text(), one.words), one


def show_stage(stage: Stage | None) -> None:
    """Bring a stage into view and put the focus on it, so that it is read out."""
    if stage is None:
        return
    above: QWidget | None = stage.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    stage.card.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    stage.card.setFocus(Qt.FocusReason.OtherFocusReason)
    if above is not None:
        above.ensureWidgetVisible(stage.card, 0, theme().px(2))

"""How codes look: a colour, and always a line or letters too, since colour alone tells nobody.

A code keeps the colour it was given on a light page; on other pages it is moved towards the text's
colour until it can be seen. Where several codes lie on the same words, a waved line says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QTextCharFormat

from mhin_ppi.ui.preferences import Look
from mhin_ppi.ui.theme import Theme, theme
from mhin_ppi.ui.tokens import contrast

CODE, SEVERAL = "code:", "code:several"
"""How the kinds of code marks begin; the rest tells line and colour."""
SEEN_CONTRAST = 3.0
READ_CONTRAST = 4.5
LETTERS = 2
_STEPS = 10
_Line = QTextCharFormat.UnderlineStyle
_LINES = (_Line.SingleUnderline, _Line.DashUnderline, _Line.DotLine, _Line.DashDotLine)


def mark_kind(colour: str, *, order: int) -> str:
    """Return the kind under which a code's passages are marked.

    Args:
        colour: "#RRGGBB", or "" for none.
        order: The code's place in the codebook, from 0; neighbours have different lines.
    """
    return f"{CODE}{order % len(_LINES)}:{colour}"


def code_drawn_as(kind: str, made: Theme) -> QTextCharFormat:
    """Return how a mark of a code is drawn."""
    drawn = QTextCharFormat()
    drawn.setBackground(made.colour("soft"))
    if kind == SEVERAL:
        drawn.setUnderlineColor(made.colour("text"))
        drawn.setUnderlineStyle(_Line.WaveUnderline)
        return drawn
    order, _, colour = kind.removeprefix(CODE).partition(":")
    drawn.setUnderlineColor(QColor(ink_on(colour, made.colours.soft, made)))
    drawn.setUnderlineStyle(_LINES[int(order)])
    return drawn


def ink_on(colour: str, surface: str, made: Theme, *, least: float = SEEN_CONTRAST) -> str:
    """Return a code's colour, moved towards the text's until it can be seen on a surface."""
    ink = colour if QColor(colour).isValid() and colour else made.colours.muted
    if made.look is Look.CONTRAST:
        return made.colours.text
    start, goal = QColor(ink), QColor(made.colours.text)
    for step in range(_STEPS + 1):
        part = step / _STEPS
        mixed = QColor(
            round(start.red() + (goal.red() - start.red()) * part),
            round(start.green() + (goal.green() - start.green()) * part),
            round(start.blue() + (goal.blue() - start.blue()) * part),
        ).name()
        if contrast(mixed, surface) >= least:
            return mixed
    return made.colours.text


def letters_of(name: str) -> str:
    """Return the letters that stand for a code where there is room for no more."""
    words = [word for word in name.split() if word[:1].isalnum()]
    first = "".join(word[0] for word in words[:LETTERS])
    return (first if len(words) > 1 else name[:LETTERS]).title() or "?"


def swatch(name: str, colour: str) -> QIcon:
    """Return a small tile with a code's letters in its colour."""
    made = theme()
    side = made.px(1.3)
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    tile = QColor(ink_on(colour, made.colours.panel, made, least=READ_CONTRAST))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tile)
    corner = side * 0.2
    painter.drawRoundedRect(QRectF(0, 0, side, side), corner, corner)
    painter.setPen(made.colour("panel"))
    font = made.font(0.72, bold=True)
    painter.setFont(font)
    painter.drawText(QRectF(0, 0, side, side), Qt.AlignmentFlag.AlignCenter, letters_of(name))
    painter.end()
    made_icon = QIcon(picture)
    # Qt would tint it in a marked row, and its letters could not be read.
    made_icon.addPixmap(picture, QIcon.Mode.Selected)
    return made_icon


def segments(
    marks: Iterable[tuple[int, int, str, str]],
) -> Iterator[tuple[int, int, str, str]]:
    """Yield stretches on which the same marks lie, so that each is drawn once.

    Args:
        marks: Start, end, kind and id of each; they may overlap.
    """
    given: Sequence[tuple[int, int, str, str]] = sorted(marks)
    edges = sorted({edge for start, end, _, _ in given for edge in (start, end)})
    active: list[tuple[int, int, str, str]] = []
    next_mark = 0
    for at, until in zip(edges, edges[1:], strict=False):
        while next_mark < len(given) and given[next_mark][0] <= at:
            active.append(given[next_mark])
            next_mark += 1
        active = [mark for mark in active if mark[1] > at]
        if active:
            kinds = {mark[2] for mark in active}
            kind = active[0][2] if len(kinds) == 1 else SEVERAL
            yield at, until, kind, active[0][3]

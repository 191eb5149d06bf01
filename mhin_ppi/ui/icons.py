"""Icons, drawn from outlines in any colour and crisp at any size.

The outlines are Lucide's (ISC licence, beside them). They are tinted by replacing
``currentColor``, so that one file serves every look.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from mhin_ppi.resource_files import resource

# Icons are drawn for a screen of twice the ordinary density; Qt scales them down where it is not.
DENSITY = 2


@lru_cache(maxsize=128)
def outline(name: str) -> str:
    """Return one icon's SVG text, with ``currentColor`` still in it."""
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def pixmap(name: str, *, colour: str, size: int) -> QPixmap:
    """Return an icon as a picture; the same one each time, so nobody may draw on it.

    Args:
        name: File name without its ending, for example ``"life-buoy"``.
        colour: ``#RRGGBB``.
        size: Width and height on screen, in pixels.
    """
    drawing = QSvgRenderer(QByteArray(outline(name).replace("currentColor", colour).encode()))
    picture = QPixmap(QSize(size, size) * DENSITY)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    drawing.render(painter, QRectF(0, 0, size * DENSITY, size * DENSITY))
    painter.end()
    picture.setDevicePixelRatio(DENSITY)
    return picture


def icon(
    name: str, *, colour: str, size: int, checked: str | None = None, disabled: str | None = None
) -> QIcon:
    """Return an icon for a button.

    Args:
        name: As for :func:`pixmap`.
        colour: Its ordinary colour.
        size: As for :func:`pixmap`.
        checked: Its colour while the button is checked; the ordinary one when not given.
        disabled: Its colour while the button cannot be used; the ordinary one when not given.
    """
    made = QIcon()
    for state, ink in ((QIcon.State.Off, colour), (QIcon.State.On, checked or colour)):
        made.addPixmap(pixmap(name, colour=ink, size=size), QIcon.Mode.Normal, state)
        faint = pixmap(name, colour=disabled or ink, size=size)
        made.addPixmap(faint, QIcon.Mode.Disabled, state)
    return made

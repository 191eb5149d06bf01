"""The typefaces that ship with the program, and the fonts made from them.

Registered once, before the first window. Where a typeface lacks a sign, Qt takes it from the
computer's own fonts.
"""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase

from mhin_ppi.resource_files import resource
from mhin_ppi.ui.preferences import Typeface

FILES = {
    Typeface.ATKINSON: (
        "AtkinsonHyperlegibleNext-Regular.ttf",
        "AtkinsonHyperlegibleNext-Bold.ttf",
    ),
    Typeface.DYSLEXIA: ("OpenDyslexic-Regular.otf", "OpenDyslexic-Bold.otf"),
}
FAMILIES = {Typeface.ATKINSON: "Atkinson Hyperlegible Next", Typeface.DYSLEXIA: "OpenDyslexic"}
# OpenDyslexic is drawn larger than others of the same nominal size.
_SIZE = {Typeface.DYSLEXIA: 0.92}


def register(typeface: Typeface) -> None:
    """Make a typeface known to Qt, if it ships with the program and is not known yet."""
    if typeface in FILES and FAMILIES[typeface] not in QFontDatabase.families():
        for name in FILES[typeface]:
            QFontDatabase.addApplicationFont(str(resource("fonts", name)))


def font(typeface: Typeface, points: float, *, bold: bool = False) -> QFont:
    """Return a font of a typeface.

    Args:
        typeface: Which letters.
        points: Size in points, before the evening-out between typefaces.
        bold: Whether the letters are bold.
    """
    register(typeface)
    if typeface in FAMILIES:
        made = QFont(FAMILIES[typeface])
    else:
        made = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    made.setPointSizeF(points * _SIZE.get(typeface, 1.0))
    made.setBold(bold)
    return made


def with_even_figures(plain: QFont) -> QFont:
    """Return the font with figures of one width, for money and times in columns."""
    made = QFont(plain)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made

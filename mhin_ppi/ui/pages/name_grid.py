"""Words on the left, each with its field on the right: for many people at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from ..theme import theme
from ..widgets.labels import WrapLabel

_WIDEST_EM = 52


def two_columns(rows: Sequence[tuple[str, QWidget]]) -> QWidget:
    """Return words on the left, each with its field on the right.

    Args:
        rows: Words and fields; a field is named by its words, and numbered where they are twice.
    """
    held = QWidget()
    grid = QGridLayout(held)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(theme().space(1))
    grid.setHorizontalSpacing(theme().space(3))
    seen: Counter[str] = Counter()
    for at, (words, field) in enumerate(rows):
        seen[words] += 1
        field.setAccessibleName(f"{words} {seen[words]}" if seen[words] > 1 else words)
        grid.addWidget(WrapLabel(words), at, 0)
        grid.addWidget(field, at, 1)
    held.setMaximumWidth(theme().px(_WIDEST_EM))
    grid.setColumnStretch(0, 3)
    grid.setColumnStretch(1, 2)
    return held

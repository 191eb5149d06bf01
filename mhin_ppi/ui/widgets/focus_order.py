"""The order in which Tab goes through widgets that were made late.

Qt puts a new widget at the end of the window's order, wherever it stands on the screen.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def focusable(around: QWidget) -> list[QWidget]:
    """Return what Tab comes to in a widget, itself included, in the order in which it does."""
    found: list[QWidget] = []
    at: QWidget | None = around
    while at is not None:
        inside = at is around or around.isAncestorOf(at)
        if inside and at.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(at)
        at = at.nextInFocusChain()
        if at is around:
            break
    return found


def chain_after(before: QWidget, widgets: Sequence[QWidget]) -> None:
    """Have Tab come to these one after the other, from where ``before`` stands in the order."""
    for one, other in zip([before, *widgets], widgets, strict=False):
        QWidget.setTabOrder(one, other)

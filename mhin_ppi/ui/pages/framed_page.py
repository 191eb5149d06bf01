"""A page in the usual frame, which shows its own notices."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ...services.boards import Services
from ..messages import Tone, announce
from ..tasks import Tasks
from ..widgets.labels import WrapLabel
from ..widgets.page_frame import PageFrame
from .page import Page


class FramedPage(Page):
    """A page with a title, one line of context, content and perhaps a margin.

    Args:
        services: The open board.
        tasks: Runs what takes time.
        title: The page's title.
        context: One quiet line about it, or "".
    """

    def __init__(self, services: Services, tasks: Tasks, *, title: str, context: str = "") -> None:
        super().__init__(services, tasks)
        self.frame = PageFrame(title, context=context)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.frame)

    @property
    def today(self) -> date:
        """The day it is where the laptop stands."""
        return self.services.desk.today()

    def show_notice(
        self,
        text: str,
        *,
        tone: Tone = "accent",
        action: str = "",
        on_action: Callable[[], None] | None = None,
    ) -> None:
        """Say something at the top of the page; ``messages`` finds it."""
        self.frame.show_notice(text, tone=tone, action=action, on_action=on_action)

    def say(self, words: str) -> None:
        """Say something short in the status line and to screen readers."""
        self.said.emit(words)
        announce(self, words)


def loading() -> WrapLabel:
    """Return what stands in a page's content until it has been read."""
    return WrapLabel("Opening…", role="muted")


class Column(QWidget):
    """Widgets one below the other, replaced all at once."""

    def __init__(self, *widgets: QWidget, gap: int = 0) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        if gap:
            self._column.setSpacing(gap)
        self.show_only(*widgets)

    def show_only(self, *widgets: QWidget, stretch: bool = False) -> None:
        """Show these and let go of what was there; ``stretch`` keeps them at the top."""
        self.clear()
        self.show()
        for widget in widgets:
            self._column.addWidget(widget)
            # Qt would show it only when it next handles events: too late to put the focus in it.
            widget.show()
        if stretch:
            self._column.addStretch(1)

    def clear(self) -> None:
        """Let go of everything, and take no room."""
        self.hide()
        while (kept := self._column.takeAt(0)) is not None:
            widget = kept.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def all(self) -> list[QWidget]:
        """Return what is shown, in order."""
        found = (self._column.itemAt(at) for at in range(self._column.count()))
        return [w for each in found if each is not None and (w := each.widget()) is not None]

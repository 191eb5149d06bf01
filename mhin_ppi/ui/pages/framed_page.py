"""A page in the usual frame, which shows its own notices."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ..messages import Tone, announce
from ..tasks import Tasks
from ..widgets.labels import WrapLabel
from ..widgets.page_frame import PageFrame
from .page import Page

if TYPE_CHECKING:
    from ...services.boards import Services

FIRST_AT_ONCE = 8
LATER_AT_A_TIME = 2


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
    """Widgets one below the other, replaced all at once; takes no room while it is empty.

    Args:
        widgets: What it holds at first.
    """

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._makers: list[Callable[[], QWidget]] = []
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(lambda: self._make(LATER_AT_A_TIME))
        self.show_only(*widgets)

    def show_only(self, *widgets: QWidget, stretch: bool = False) -> None:
        """Show these and let go of what was there; ``stretch`` keeps them at the top."""
        self.clear(keep=widgets)
        for widget in widgets:
            self._column.addWidget(widget)
        if stretch:
            self._column.addStretch(1)
        # All at once: shown one by one, each would have the whole page laid out again.
        if widgets and self.parentWidget() is None:
            # Not put anywhere yet: shown now, it would be a window of its own for a moment.
            self.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
        else:
            self.setVisible(bool(widgets))

    def show_gradually(self, makers: Sequence[Callable[[], QWidget]]) -> None:
        """Show what these make, the first few at once and the rest while nothing else is to do."""
        self._makers = list(makers)
        first = [make() for make in self._makers[:FIRST_AT_ONCE]]
        rest = self._makers[FIRST_AT_ONCE:]
        self.show_only(*first, stretch=True)
        self._makers = rest
        if rest:
            self._timer.start()

    def finish(self) -> None:
        """Make at once whatever is still to be made."""
        self._make(len(self._makers))

    def clear(self, *, keep: Collection[QWidget] = ()) -> None:
        """Let go of everything, but not of those that will be shown again."""
        self._makers = []
        self._timer.stop()
        self.hide()
        while (kept := self._column.takeAt(0)) is not None:
            widget = kept.widget()
            if widget is not None and widget not in keep:
                widget.hide()
                widget.deleteLater()

    def all(self) -> list[QWidget]:
        """Return what is shown, in order."""
        found = (self._column.itemAt(at) for at in range(self._column.count()))
        return [w for each in found if each is not None and (w := each.widget()) is not None]

    def _make(self, number: int) -> None:
        now, self._makers = self._makers[:number], self._makers[number:]
        for make in now:
            made = make()
            self._column.insertWidget(self._column.count() - 1, made)
            # Left to the layout, they are shown later, before what scrolls them has grown: all
            # that were there would be painted too low, with their words cut off.
            made.show()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        if not self._makers:
            self._timer.stop()

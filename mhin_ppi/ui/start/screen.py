"""What every screen before unlocking is: one calm column, the same frame, work that can be told."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ...errors import PPIError
from ..messages import Tone, announce
from ..tasks import Tasks
from ..text_size import STEP, change_text_size
from ..theme import theme, theme_changes
from ..widgets.buttons import button
from ..widgets.flow import FlowRow
from ..widgets.notice import ProgressRow
from ..widgets.page_frame import PageFrame

WIDEST_EM = 34


class Screen(QWidget):
    """A screen with a title and one column.

    Args:
        title: Its title.
        context: One quiet line under it, or "".
        tasks: Runs what takes time.

    Signals:
        support_wanted: Show who to turn to.
    """

    support_wanted = Signal()

    def __init__(self, title: str, *, context: str = "", tasks: Tasks) -> None:
        super().__init__()
        self.tasks = tasks
        self.frame = PageFrame(title, context=context)
        self.setAccessibleName(title)
        for words, icon, act in (
            ("Larger text", "a-large-small", lambda: change_text_size(STEP)),
            ("Help and support", "life-buoy", self.support_wanted.emit),
        ):
            self.frame.add_action(words, icon=icon, on_press=act)
        self.working = ProgressRow()
        self._inside = QWidget()
        self._narrowed = QWidget()
        self.column = QVBoxLayout(self._narrowed)
        self.column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout(self._inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._narrowed, 10, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        self.frame.set_content(self._inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.frame)
        self._size()
        theme_changes().changed.connect(self._size)

    def add(self, widget: QWidget) -> None:
        """Put a widget below the others."""
        self.column.addWidget(widget)

    def add_back(self, on_press: Callable[[], object], words: str = "Go back") -> None:
        """Put a quiet way back below the others."""
        self.add(FlowRow(button(words, icon="arrow-left", kind="quiet", on_press=on_press)))

    def show_notice(
        self,
        text: str,
        *,
        tone: Tone = "accent",
        action: str = "",
        on_action: Callable[[], None] | None = None,
    ) -> None:
        """Say something at the top of the screen; ``messages`` finds it."""
        self.frame.show_notice(text, tone=tone, action=action, on_action=on_action)

    def say_problem(self, problem: PPIError) -> None:
        """Say what happened, what is safe and what to do."""
        self.show_notice(problem.in_full(), tone="attention")
        announce(self, problem.in_full(), at_once=True)

    def take_focus(self) -> None:
        """Put the focus where a person will want it first."""

    def _size(self) -> None:
        made = theme()
        self._narrowed.setMaximumWidth(made.px(WIDEST_EM))
        self.column.setSpacing(made.space(3))

"""The sample board: built beside the window, then seen from one of its two sides."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from ...errors import Stopped
from ...services.sample_board import SAMPLE_PASSPHRASE, SampleBoard
from ..tasks import StopWanted as StopWanted
from ..tasks import Task, Tasks
from ..widgets.buttons import button
from ..widgets.cards import Card
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, muted
from .screen import Screen

if TYPE_CHECKING:
    from ...services.ports import Progress

SampleBuilder = Callable[..., SampleBoard]


class SamplePage(Screen):
    """Builds the sample board, then asks whose side to see.

    Args:
        build: Builds it: ``build(folder, progress=...)``.
        folder: Where it is kept.
        tasks: Runs what takes time.

    Signals:
        side_chosen: (SampleBoard, folder) whose laptop to open.
        back: The person does not want to after all.
    """

    side_chosen = Signal(object, object)
    back = Signal()

    def __init__(self, build: SampleBuilder, folder: Path, *, tasks: Tasks) -> None:
        super().__init__(
            "The sample board",
            context="Three real projects, and people who are all invented.",
            tasks=tasks,
        )
        self._build, self._folder = build, folder
        self._task: Task | None = None
        self._sample: SampleBoard | None = None
        self._open_side = ""
        self.working.stop_wanted.connect(self._stop)
        self._choice = Card("Whose laptop would you like to see?")
        self._choice.add(WrapLabel("You can change sides at any time, with the button at the top."))
        self.member_button = button(
            "As a board member", icon="hand-heart", kind="primary", on_press=self.choose_member
        )
        self.coordinator_button = button(
            "As the coordinator", icon="users", on_press=self.choose_coordinator
        )
        self._choice.add(FlowRow(self.member_button, self.coordinator_button))
        self._choice.add(
            muted(f"The sample board's password, should you lock it: {SAMPLE_PASSPHRASE}")
        )
        self._choice.hide()
        self.add(self.working)
        self.add(self._choice)
        self.add_back(self._go_back)
        self.column.addStretch(1)

    def take_focus(self) -> None:
        self.member_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def start(self, *, open_side: str = "") -> None:
        """Build the board, or find the one that is there.

        Args:
            open_side: "member" or "coordinator" to open it at once, "" to ask.
        """
        self._open_side = open_side
        self.working.start("Building the sample board. This takes a moment, the first time only.")
        build, folder = self._build, self._folder

        def work(progress: Progress, stop_wanted: StopWanted) -> SampleBoard:
            def told(done: int, total: int) -> None:
                if stop_wanted():
                    raise Stopped
                progress(done, total)

            return build(folder, progress=told)

        self._task = self.tasks.run_long(
            work,
            owner=self,
            on_done=self._built,
            on_problem=self.say_problem,
            on_progress=self.working.set_progress,
            on_end=self.working.finish,
            lane="store",
        )

    def choose_member(self) -> None:
        """Open it as a board member."""
        if self._sample is not None:
            self.side_chosen.emit(self._sample, self._sample.member)

    def choose_coordinator(self) -> None:
        """Open it as the coordinator."""
        if self._sample is not None:
            self.side_chosen.emit(self._sample, self._sample.coordinator)

    def _built(self, sample: SampleBoard) -> None:
        self._sample = sample
        if self._open_side == "member":
            self.choose_member()
        elif self._open_side == "coordinator":
            self.choose_coordinator()
        else:
            self._choice.show()
            self.take_focus()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.stop()

    def _go_back(self) -> None:
        self._stop()
        self.back.emit()

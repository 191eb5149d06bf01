"""The controls of reading aloud: on and off, sentence by sentence, how fast, with which voice."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from mhin_ppi.ui.theme import dress, theme, theme_changes
from mhin_ppi.ui.widgets.buttons import button, icon_button, reword
from mhin_ppi.ui.widgets.flow import FlowRow
from mhin_ppi.ui.widgets.labels import WrapLabel


class AloudBar(QWidget):
    """A row of controls below the text while it is read aloud.

    Args:
        parent: Qt's owner.

    Signals:
        pause_wanted: Pause, or go on after a pause.
        step_wanted: One sentence on (1) or back (-1).
        faster_wanted: One step faster (1) or slower (-1).
        voice_chosen: The name of a voice.
        stop_wanted: No more.
    """

    pause_wanted = Signal()
    step_wanted = Signal(int)
    faster_wanted = Signal(int)
    voice_chosen = Signal(str)
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pause = button(self.tr("Pause"), icon="square", kind="quiet")
        self.pause.clicked.connect(self.pause_wanted)
        back = icon_button(self.tr("The sentence before"), icon="chevron-left")
        back.clicked.connect(lambda: self.step_wanted.emit(-1))
        on = icon_button(self.tr("The next sentence"), icon="chevron-right")
        on.clicked.connect(lambda: self.step_wanted.emit(1))
        slower = button(self.tr("Slower"), kind="quiet")
        slower.clicked.connect(lambda: self.faster_wanted.emit(-1))
        faster = button(self.tr("Faster"), kind="quiet")
        faster.clicked.connect(lambda: self.faster_wanted.emit(1))
        self.voice = QComboBox()
        self.voice.setAccessibleName(self.tr("Voice"))
        self.voice.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.voice.setMinimumContentsLength(10)
        self.voice.textActivated.connect(self.voice_chosen)
        stop = button(self.tr("Stop"), icon="x", kind="quiet")
        stop.clicked.connect(self.stop_wanted)
        self._controls = FlowRow(self.pause, back, on, slower, faster, self.voice, stop)
        self._problem = WrapLabel()
        self._all = QVBoxLayout(self)
        self._all.addWidget(self._controls)
        self._all.addWidget(self._problem)
        self._space()
        self.hide()
        theme_changes().changed.connect(self._space)

    def show_problem(self, words: str) -> None:
        """Say why nothing can be read aloud, in place of the controls; "" brings them back."""
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        self._controls.setVisible(not words)
        self.show()

    def show_voices(self, names: Sequence[str], *, chosen: str) -> None:
        """Offer these voices."""
        self.voice.clear()
        self.voice.addItems(list(names))
        self.voice.setCurrentIndex(max(0, self.voice.findText(chosen)))
        self.voice.setVisible(len(names) > 1)

    def show_paused(self, *, paused: bool) -> None:
        """Name the first control by what it does now."""
        reword(self.pause, self.tr("Go on") if paused else self.tr("Pause"))
        dress(self.pause, "volume-2" if paused else "square")

    def _space(self) -> None:
        side = theme().space(1)
        self._all.setContentsMargins(0, 0, 0, 0)
        self._all.setSpacing(side)

"""Lines that tell how things stand: a notice on the page, and work under way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from mhin_ppi.ui.messages import Tone, announce
from mhin_ppi.ui.theme import set_role, theme, theme_changes
from mhin_ppi.ui.widgets.buttons import button, icon_button, reword
from mhin_ppi.ui.widgets.labels import WrapLabel

_ICONS = {"quiet": "info", "accent": "info", "good": "circle-check", "attention": "triangle-alert"}
_INK = {"quiet": "muted", "good": "good", "attention": "attention", "accent": "accent"}


class Notice(QFrame):
    """A plain message in place, with one action at most; hidden until ``show_notice``.

    Signals:
        closed: The person has closed it.
    """

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone: Tone = "accent"
        self._on_action: Callable[[], None] | None = None
        self._picture = QLabel()
        self._words = WrapLabel(copyable=True)
        self._action = button("", on_press=self._act)
        self._close = icon_button(self.tr("Close this message"), icon="x", on_press=self._shut)
        row = QHBoxLayout(self)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        row.addWidget(self._action, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        set_role(self, "notice")
        self.hide()
        theme_changes().changed.connect(self._draw)

    def words(self) -> str:
        """Return what it says."""
        return self._words.text()

    def show_notice(
        self,
        text: str,
        *,
        tone: Tone = "accent",
        action: str = "",
        on_action: Callable[[], None] | None = None,
    ) -> None:
        """Say something in place of what was said before."""
        self._tone, self._on_action = tone, on_action
        self._words.setText(text)
        self.setAccessibleName(text)
        reword(self._action, action, gap=False)
        self._action.setVisible(bool(action))
        self.setProperty("tone", tone)
        set_role(self, "notice")
        self._draw()
        self.show()

    def _act(self) -> None:
        self._shut()
        if self._on_action:
            self._on_action()

    def _shut(self) -> None:
        self.hide()
        self.closed.emit()

    def _draw(self) -> None:
        made = theme()
        self._picture.setPixmap(made.picture(_ICONS[self._tone], _INK[self._tone]))
        row = self.layout()
        if row is not None:
            row.setContentsMargins(made.px(0.6), made.px(0.4), made.px(0.4), made.px(0.4))
            row.setSpacing(made.space(2))
        self._picture.setContentsMargins(0, made.px(0.35), 0, 0)
        self._words.setContentsMargins(0, made.px(0.3), 0, made.px(0.3))


class ProgressRow(QWidget):
    """Work under way: what it is, how far it is, and a Stop button; hidden until ``start``.

    Signals:
        stop_wanted: The person has pressed Stop.
    """

    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = WrapLabel()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._stop = button(self.tr("Stop"), icon="x", on_press=self._press)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.addWidget(self._bar, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._stop)
        column.addWidget(self._label)
        column.addLayout(row)
        self.hide()

    def start(self, words: str) -> None:
        """Show what is under way; how far it is, is not known yet."""
        self._label.setText(words)
        self._bar.setAccessibleName(words)
        self._bar.setRange(0, 0)
        self._stop.setEnabled(True)
        self.show()
        announce(self, words)

    def set_progress(self, done: int, total: int) -> None:
        """Show how far it is."""
        self._bar.setRange(0, max(0, total))
        self._bar.setValue(done)
        self._bar.setAccessibleDescription(self.tr("{0} of {1}").format(done, total))

    def finish(self) -> None:
        """Hide it again."""
        self.hide()

    def _press(self) -> None:
        self._stop.setEnabled(False)
        self._label.setText(self.tr("Stopping…"))
        self.stop_wanted.emit()

"""The small bar beside marked words: Ask, Suggest, Not clear, More."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QWidget
from typing_extensions import override

from mhin_ppi.ui.theme import set_role, theme
from mhin_ppi.ui.widgets.buttons import button

Choice = tuple[str, str, str]


class KindBar(QFrame):
    """Offers what can be said about marked words, next to them and without taking the focus.

    It lies over ``over`` and is reached from it with Tab; Escape goes back.

    Args:
        over: The widget it lies over, such as the reader.
        first: Key, words and icon of each kind with a button of its own.
        more: The same for those behind *More*.

    Signals:
        kind_chosen: The key of the kind.
        dismissed: The person has closed it.
    """

    kind_chosen = Signal(str)
    dismissed = Signal()

    def __init__(
        self, over: QWidget, *, first: Sequence[Choice], more: Sequence[Choice] = ()
    ) -> None:
        super().__init__(over)
        self._over = over
        self._more = tuple(more)
        set_role(self, "bar")
        self.setAccessibleName(self.tr("Say something about the marked words"))
        self._row = QHBoxLayout(self)
        self._buttons: list[QPushButton] = []
        for key, words, icon in first:
            self._add(button(words, icon=icon, kind="quiet", on_press=self._choosing(key)))
        if self._more:
            self._menu_button = button(
                self.tr("More"), icon="ellipsis", kind="quiet", on_press=self._open_menu
            )
            self._add(self._menu_button)
        self._point = QPoint()
        over.installEventFilter(self)
        self.hide()

    def show_at(self, point: QPoint) -> None:
        """Show it just below a point of ``over``, moved so that all of it is in sight."""
        self._point = point
        made = theme()
        edge = made.px(0.15)
        self._row.setContentsMargins(edge, edge, edge, edge)
        self._row.setSpacing(edge)
        # Shown first: only then has the style sheet given the buttons their size.
        self.show()
        self.adjustSize()
        gap = made.space(1)
        room = self._over.rect()
        furthest = max(gap, room.width() - self.width() - gap)
        x = min(max(gap, point.x() - self.width() // 2), furthest)
        y = max(gap, point.y() + gap)
        if y + self.height() > room.height():
            above = point.y() - self.height() - made.px(2)
            y = above if above >= gap else max(gap, room.height() - self.height() - gap)
        self.move(x, y)
        self.raise_()

    def take_focus(self) -> None:
        """Put the focus on its first button, for the keyboard."""
        self._buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def menu(self) -> QMenu:
        """Return the kinds behind *More* as a menu."""
        made = QMenu(self)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for key, words, icon in self._more:
            action = made.addAction(theme().icon(icon), words)
            action.triggered.connect(self._choosing(key))
        return made

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize and self.isVisible():
            self.show_at(self._point)
        return False

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self._over.setFocus(Qt.FocusReason.OtherFocusReason)
            self.dismissed.emit()
            return
        super().keyPressEvent(event)

    def _add(self, made: QPushButton) -> None:
        self._buttons.append(made)
        self._row.addWidget(made)

    def _choosing(self, key: str) -> _Choosing:
        return _Choosing(self, key)

    def _open_menu(self) -> None:
        self.menu().popup(self._menu_button.mapToGlobal(QPoint(0, self._menu_button.height())))


class _Choosing:
    """Chooses one kind when called, with whatever Qt passes."""

    def __init__(self, bar: KindBar, key: str) -> None:
        self._bar, self._key = bar, key

    def __call__(self, *_: object) -> None:
        self._bar.hide()
        self._bar.kind_chosen.emit(self._key)

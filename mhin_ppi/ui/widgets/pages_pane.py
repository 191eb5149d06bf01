"""The page view with the few controls that it needs."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mhin_ppi.ui.theme import set_role, theme, theme_changes
from mhin_ppi.ui.widgets.buttons import button, icon_button
from mhin_ppi.ui.widgets.labels import WrapLabel
from mhin_ppi.ui.widgets.page_view import ZOOM_STEP, PageView


class PagesPane(QWidget):
    """Pages of a file, larger and smaller, and the way back to the text.

    Args:
        parent: Qt's owner.

    Signals:
        closed: The person wants the text alone again.
        shown_anyway: The person wants the pages though they hold what is folded in the text.
    """

    closed = Signal()
    shown_anyway = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = PageView()
        self.back = button(self.tr("Text only"), icon="arrow-left", kind="quiet")
        self.back.clicked.connect(self.closed)
        self._where = QLabel()
        set_role(self._where, "muted")
        smaller = icon_button(self.tr("Smaller pages"), icon="minus")
        smaller.clicked.connect(lambda: self.view.zoom_by(1 / ZOOM_STEP))
        larger = icon_button(self.tr("Larger pages"), icon="plus")
        larger.clicked.connect(lambda: self.view.zoom_by(ZOOM_STEP))
        self._bar = QHBoxLayout()
        self._bar.addWidget(self.back)
        self._bar.addStretch(1)
        for widget in (self._where, smaller, larger):
            self._bar.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._all = QVBoxLayout(self)
        self._all.setContentsMargins(0, 0, 0, 0)
        self._all.addLayout(self._bar)
        self._warning = WrapLabel(role="strong")
        self.show_button = button(self.tr("Show the pages"), icon="book-open")
        self.show_button.clicked.connect(self.shown_anyway)
        self._asking = QWidget()
        asking = QVBoxLayout(self._asking)
        asking.addWidget(self._warning)
        asking.addWidget(self.show_button, 0, Qt.AlignmentFlag.AlignLeft)
        asking.addStretch(1)
        self._asking.hide()
        self._all.addWidget(self._asking, 1)
        self._all.addWidget(self.view, 1)
        self.view.page_changed.connect(self._say_where)
        self.setFocusProxy(self.view)
        self._space()
        theme_changes().changed.connect(self._space)

    def ask_first(self, words: str) -> None:
        """Show what the pages touch on in their place; "" shows the pages themselves."""
        self._warning.setText(words)
        self._where.setText("")
        self._asking.setVisible(bool(words))
        self.view.setVisible(not words)

    def say(self, words: str) -> None:
        """Say something short beside the controls, such as *Opening…*."""
        self._where.setText(words)

    def _say_where(self) -> None:
        self._where.setText(self.view.accessibleName())

    def _space(self) -> None:
        self._bar.setSpacing(theme().space(1))
        self._all.setSpacing(theme().space(1))

"""Navigation: places as words with icons, at the side or, where room is short, behind *Menu*."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from mhin_ppi.ui import tokens
from mhin_ppi.ui.theme import dress, set_role, theme, theme_changes
from mhin_ppi.ui.widgets.buttons import button


class NavBar(QFrame):
    """Where a person can go; the window tells it whether room is short with ``set_narrow``.

    Args:
        name: What stands at its top: the board's or the program's neutral name.
        parent: Qt's owner.

    Signals:
        place_chosen: The key of the place a person wants to go to.
    """

    place_chosen = Signal(str)

    def __init__(self, name: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Where to go"))
        set_role(self, "navigation")
        self._places: dict[str, tuple[QToolButton, str]] = {}
        self._group = QButtonGroup(self)
        self._name = QLabel(name)
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self._name, "heading")
        self._menu_button: QPushButton = button(
            self.tr("Menu"), icon="menu", kind="quiet", on_press=self._open_menu
        )
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._extras = QWidget()
        self._extra_row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._extras)
        self._all = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._head = QHBoxLayout()
        self._head.addWidget(self._name, 1)
        self._all.addLayout(self._head)
        self._all.addWidget(self._menu_button)
        self._all.addWidget(self._list)
        self._all.addStretch(1)
        self._all.addWidget(self._extras)
        self._beside_name: QWidget | None = None
        self._narrow = False
        self._arrange()
        theme_changes().changed.connect(self._arrange)

    def add_place(self, key: str, words: str, *, icon: str) -> QToolButton:
        """Add a place at the end and return its button."""
        made = QToolButton()
        made.setText(" " + words.replace("&", "&&"))
        made.setAccessibleName(words)
        made.setCheckable(True)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.setProperty("role", "place")
        made.clicked.connect(lambda: self.place_chosen.emit(key))
        dress(made, icon, "muted", checked_role="accent")
        self._group.addButton(made)
        self._places[key] = (made, icon)
        self._column.addWidget(made)
        return made

    def add_extra(self, widget: QWidget) -> None:
        """Add something that is always in sight, such as *Help and support* or *Lock*."""
        self._extra_row.addWidget(widget)

    def set_beside_name(self, widget: QWidget) -> None:
        """Put something small beside the name; it is seen where the name is, not behind *Menu*."""
        self._beside_name = widget
        self._head.addWidget(widget)
        self._arrange()

    def clear_places(self) -> None:
        """Take all places away, for another person or role."""
        for made, _ in self._places.values():
            self._group.removeButton(made)
            made.hide()
            made.deleteLater()
        self._places = {}

    def set_name(self, name: str) -> None:
        """Change what stands at the top."""
        self._name.setText(name)

    def set_current(self, key: str) -> None:
        """Show which place is in view; one that is not listed leaves none marked."""
        self._group.setExclusive(False)
        for each, (made, _) in self._places.items():
            made.setChecked(each == key)
        self._group.setExclusive(True)

    def current(self) -> str:
        """Return the key of the place in view, or ""."""
        return next((key for key, (made, _) in self._places.items() if made.isChecked()), "")

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001 - a plain setter
        """Lie along the top behind *Menu* (narrow), or stand at the side."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._arrange()

    def menu(self) -> QMenu:
        """Return the places as a menu, for the narrow layout."""
        made = QMenu(self)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for key, (place, icon) in self._places.items():
            action = QAction(theme().icon(icon, checked_role="accent"), place.text().strip(), made)
            action.setCheckable(True)
            action.setChecked(place.isChecked())
            action.triggered.connect(lambda _=False, key=key: self.place_chosen.emit(key))
            made.addAction(action)
        return made

    def _open_menu(self) -> None:
        corner = QPoint(0, self._menu_button.height())
        self.menu().popup(self._menu_button.mapToGlobal(corner))

    def _arrange(self) -> None:
        made, narrow = theme(), self._narrow
        directions = QBoxLayout.Direction
        self._all.setDirection(directions.LeftToRight if narrow else directions.TopToBottom)
        self._extra_row.setDirection(directions.LeftToRight if narrow else directions.TopToBottom)
        self.setProperty("narrow", "true" if narrow else "")
        set_role(self, "navigation")
        self._menu_button.setVisible(narrow)
        self._list.setVisible(not narrow)
        self._name.setVisible(not narrow)
        if self._beside_name is not None:
            self._beside_name.setVisible(not narrow)
        edge = made.px(0.4)
        # What stands beside the name is taller than it, and has room of its own around it.
        above = 0.2 if narrow or self._beside_name is not None else 0.9
        self._all.setContentsMargins(edge, made.px(above), edge, edge)
        self._all.setSpacing(made.space(2))
        self._name.setContentsMargins(made.px(0.3), 0, 0, 0)
        for layout in (self._column, self._extra_row):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(made.space(1))
        self.setMinimumWidth(0 if narrow else made.px(tokens.NAVIGATION_EM))
        self.setMaximumWidth(16_777_215 if narrow else made.px(tokens.NAVIGATION_EM))
        across, along = QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed
        self.setSizePolicy(*((across, along) if narrow else (along, across)))

"""The frame every page stands in: title, context, actions, a notice, content, and a margin."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QTabBar,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from mhin_ppi.ui.messages import Tone
from mhin_ppi.ui.theme import set_role, theme, theme_changes
from mhin_ppi.ui.widgets.buttons import button, reword
from mhin_ppi.ui.widgets.flow import FlowRow
from mhin_ppi.ui.widgets.labels import WrapLabel
from mhin_ppi.ui.widgets.notice import Notice

MARGIN_EM = 20
TITLE_EM = 7
SHORT_BELOW_EM = 24
LEAST_EM = 9


def scrolling(inside: QWidget, *, name: str) -> QScrollArea:
    """Return a scroll area without an edge around a widget.

    Args:
        inside: What scrolls, up and down only.
        name: What screen readers call it.
    """
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    area.setAccessibleName(name)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inside.setProperty("role", "inside")
    layout = inside.layout()
    if layout is not None:
        layout.setContentsMargins(0, 0, theme().space(2), 0)
    area.setWidget(inside)
    return area


class PageFrame(QWidget):
    """A page: its head, its content, and a margin that becomes a tab when there is little room.

    Args:
        title: What the page is.
        context: One quiet line about it, or "".
        parent: Qt's owner.
    """

    def __init__(self, title: str, *, context: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._narrow: bool | None = None
        self._secondary: list[tuple[QPushButton, str]] = []
        self._primary: QPushButton | None = None
        self._margin: QWidget | None = None
        self._content: QWidget | None = None
        self._title = WrapLabel(title, role="title")
        self._context = WrapLabel(context, role="muted")
        self._actions = FlowRow()
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self._actions, 0, Qt.AlignmentFlag.AlignTop)
        self._notice = Notice()
        self._tabs = QTabBar()
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        # The chosen tab is bold and wider than Qt reckons; arrows to scroll two tabs help nobody.
        self._tabs.setUsesScrollButtons(False)
        self._tabs.setAccessibleName(self.tr("Parts of this page"))
        self._tabs.currentChanged.connect(lambda _: self._show_parts())
        self._body = QHBoxLayout()
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addWidget(self._context)
        self._column.addWidget(self._notice)
        self._column.addWidget(self._tabs, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addLayout(self._body, 1)
        self.set_title(title)
        self.set_context(context)
        self._arrange()
        theme_changes().changed.connect(self._on_theme_changed)

    @property
    def is_narrow(self) -> bool:
        """Whether the page has room for one column only."""
        return bool(self._narrow)

    def set_title(self, words: str) -> None:
        """Change the title."""
        self._title.setText(words)
        self.setAccessibleName(words)

    def set_context(self, words: str) -> None:
        """Change the quiet line under the title; "" takes it away."""
        self._context.setText(words)
        self.setAccessibleDescription(words)
        self._arrange()

    def set_primary(
        self, words: str, *, icon: str = "", on_press: Callable[[], object]
    ) -> QPushButton:
        """Give the page its one main action, at the top right; a second call replaces it."""
        if self._primary is not None:
            self._primary.hide()
            self._primary.deleteLater()
        self._primary = button(words, icon=icon, kind="primary", on_press=on_press)
        self._actions.add(self._primary)
        return self._primary

    def add_action(self, words: str, *, icon: str, on_press: Callable[[], object]) -> QPushButton:
        """Add a secondary action; in the narrow layout its icon stands alone."""
        made = button(words, icon=icon, on_press=on_press)
        self._secondary.append((made, words))
        self._actions.add(made)
        self._reword(made, words)
        return made

    def reword_action(self, action: QPushButton, words: str) -> None:
        """Give a secondary action other words."""
        self._secondary = [
            (made, words if made is action else before) for made, before in self._secondary
        ]
        self._reword(action, words)

    def set_content(self, content: QWidget, *, scroll: bool = True) -> None:
        """Put in the page's content, in place of any before; ``scroll`` if it is tall."""
        if self._content is not None:
            self._content.hide()
            self._body.removeWidget(self._content)
            self._content.deleteLater()
        self._content = scrolling(content, name=self._title.text()) if scroll else content
        self._body.insertWidget(0, self._content, 1)
        self._show_parts()

    def set_margin(self, margin: QWidget, *, words: str, content_words: str) -> None:
        """Put in the margin column.

        Args:
            margin: What it holds; it brings its own scrolling where it needs it.
            words: What its tab is called when there is room for one column only.
            content_words: What the content's tab is called then.
        """
        self._margin = margin
        self._tabs.addTab(content_words)
        self._tabs.addTab(words)
        self._body.addWidget(margin)
        self._arrange()

    def set_margin_words(self, words: str) -> None:
        """Reword the margin's tab, for instance to give a number."""
        if self._tabs.count() > 1:
            self._tabs.setTabText(1, words)

    def show_part(self, *, margin: bool) -> None:
        """In the narrow layout, bring content or margin to the front."""
        self._tabs.setCurrentIndex(1 if margin else 0)

    def show_notice(
        self,
        text: str,
        *,
        tone: Tone = "accent",
        action: str = "",
        on_action: Callable[[], None] | None = None,
    ) -> None:
        """Say something at the top of the page; ``messages`` calls this."""
        self._notice.show_notice(text, tone=tone, action=action, on_action=on_action)

    def close_notice(self) -> None:
        """Take the notice away."""
        self._notice.hide()

    @override
    def hasHeightForWidth(self) -> bool:
        # The content scrolls, so the page never asks the window for height.
        return False

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), theme().px(LEAST_EM))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize() != event.size():
            self._arrange()

    def _on_theme_changed(self) -> None:
        self._arrange()

    def _arrange(self) -> None:
        made = theme()
        self._narrow = made.is_narrow(self.window().width())
        # With large letters on a small screen the head gives its room to the content.
        short = self._narrow and self.height() < made.px(SHORT_BELOW_EM)
        role = "heading" if short else "title"
        if self._title.property("role") != role:
            set_role(self._title, role)
        self._context.setVisible(bool(self._context.text()) and not short)
        self._head.setSpacing(made.space(2))
        edge = made.space((1 if short else 2) if self._narrow else 3)
        self._column.setContentsMargins(edge, edge, edge, edge)
        self._column.setSpacing(made.space(1 if short else 2))
        self._body.setSpacing(made.space(2))
        for made_button, words in self._secondary:
            self._reword(made_button, words)
        # The title keeps room for a few words; with less, the actions go above it.
        free = self.width() - 2 * edge - self._actions.sizeHint().width()
        stacked = free < made.px(TITLE_EM)
        directions, policy = QBoxLayout.Direction, QSizePolicy.Policy
        self._head.setDirection(directions.BottomToTop if stacked else directions.LeftToRight)
        self._actions.setSizePolicy(_tall(policy.Preferred if stacked else policy.Fixed))
        self._show_parts()

    def _reword(self, made: QPushButton, words: str) -> None:
        reword(made, "" if self._narrow else words)
        made.setAccessibleName(words)
        made.setToolTip(words if self._narrow else "")
        role = "alone" if self._narrow else ""
        if (made.property("role") or "") != role:
            set_role(made, role)

    def _show_parts(self) -> None:
        made, narrow = theme(), bool(self._narrow)
        self._tabs.setVisible(narrow and self._margin is not None)
        margin_only = narrow and self._tabs.currentIndex() == 1
        if self._content is not None:
            self._content.setVisible(not (margin_only and self._margin is not None))
        if self._margin is not None:
            self._margin.setVisible(margin_only or not narrow)
            width = made.px(MARGIN_EM)
            self._margin.setMinimumWidth(0 if narrow else width)
            self._margin.setMaximumWidth(_UNBOUNDED if narrow else width)


_UNBOUNDED = 16_777_215


def _tall(across: QSizePolicy.Policy) -> QSizePolicy:
    policy = QSizePolicy(across, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    return policy

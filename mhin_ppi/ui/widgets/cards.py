"""Surfaces: the card, the pill that says a status, and what stands where nothing is yet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from mhin_ppi.ui.messages import Tone
from mhin_ppi.ui.theme import set_role, theme, theme_changes
from mhin_ppi.ui.widgets.buttons import button
from mhin_ppi.ui.widgets.labels import WrapLabel

_INK = {"quiet": "muted", "good": "good", "attention": "attention", "accent": "accent"}


class Card(QFrame):
    """A surface for one thing; put widgets in with ``add``.

    Args:
        heading: Its heading, or "".
        parent: Qt's owner.
    """

    def __init__(self, heading: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.column = QVBoxLayout(self)
        self._space()
        theme_changes().changed.connect(self._space)
        if heading:
            self.add(WrapLabel(heading, role="heading"))
            self.setAccessibleName(heading)

    def add(self, widget: QWidget) -> None:
        """Put a widget below the others."""
        self.column.addWidget(widget)

    def _space(self) -> None:
        made = theme()
        side, ends = made.px(0.8), made.px(0.65)
        self.column.setContentsMargins(side, ends, side, ends)
        self.column.setSpacing(made.px(0.4))


class Pill(QFrame):
    """A status in a word or two, with an icon: never told by colour alone.

    Args:
        words: The status.
        tone: "quiet", "good", "attention" or "accent".
        icon: Name of an icon, or "".
        parent: Qt's owner.
    """

    def __init__(
        self, words: str, *, tone: Tone = "accent", icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._picture, self._words = QLabel(), QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(self)
        row.addWidget(self._picture)
        row.addWidget(self._words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tone: Tone = tone
        self._icon = icon
        self.set_status(words, tone=tone, icon=icon)
        theme_changes().changed.connect(self._draw)

    def words(self) -> str:
        """Return the status as it is written."""
        return self._words.text()

    def set_status(self, words: str, *, tone: Tone = "accent", icon: str = "") -> None:
        """Say another status."""
        self._tone, self._icon = tone, icon
        self._words.setText(words)
        self.setAccessibleName(words)
        self.setProperty("tone", tone)
        set_role(self, "pill")
        set_role(self._words, "")
        self._draw()

    def _draw(self) -> None:
        made = theme()
        self._picture.setVisible(bool(self._icon))
        if self._icon:
            self._picture.setPixmap(made.picture(self._icon, _INK[self._tone], ems=0.9))
        row = self.layout()
        if row is not None:
            row.setContentsMargins(made.px(0.5), made.px(0.08), made.px(0.55), made.px(0.08))
            row.setSpacing(made.px(0.25))


class EmptyState(QWidget):
    """Says what will be here, and offers the one thing to do.

    Args:
        what: One short sentence on what will be here.
        more: A second sentence, or "".
        icon: Name of an icon.
        action: Words of the button, or "" for none.
        on_action: What the button does.
        parent: Qt's owner.
    """

    def __init__(
        self,
        what: str,
        *,
        more: str = "",
        icon: str = "info",
        action: str = "",
        on_action: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._picture = QLabel()
        self._column = QVBoxLayout(self)
        self._column.addStretch(1)
        self._column.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        for text, role in ((what, "large"), (more, "muted")):
            if text:
                label = WrapLabel(text, role=role)
                label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
                self._column.addWidget(label)
        if action:
            made = button(action, kind="primary", on_press=on_action)
            self._column.addWidget(made, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(2)
        self.setAccessibleName(what)
        self._draw()
        theme_changes().changed.connect(self._draw)

    def _draw(self) -> None:
        made = theme()
        self._picture.setPixmap(made.picture(self._icon, "muted", ems=2.2))
        self._column.setSpacing(made.space(2))
        self._column.setContentsMargins(*[made.space(4)] * 4)

"""Cards one below the other, of which only those near the view exist.

Thousands of cards would take seconds to make and slow every key press down. This column takes the
height of all of them, makes those that are in sight or nearly so, and lets go of the rest.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import accumulate

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from mhin_ppi.ui.theme import theme, theme_changes
from mhin_ppi.ui.widgets.focus_order import chain_after

AT_A_TIME = 2
"""How many cards are made before the window gets to do something else: one takes a while."""
NEAR_VIEWS = 0.5
"""How far beyond the view cards are made, in heights of the view."""
KEPT_VIEWS = 2.5
"""How far beyond it they are kept once made."""
FIRST_GUESS_EM = 8


class VirtualColumn(QWidget):
    """A column of cards in a scroll area.

    Args:
        area: The scroll area whose view it lies in, directly or with other widgets around it.
        make: Makes the card of a key.
    """

    def __init__(self, area: QScrollArea, make: Callable[[str], QWidget]) -> None:
        super().__init__()
        self._area, self._make = area, make
        self._keys: list[str] = []
        self._at: dict[str, int] = {}
        self._tops: list[int] = [0]
        self._heights: dict[str, int] = {}
        self._made: dict[str, QWidget] = {}
        self._order: list[QWidget] = []
        self._pinned = ""
        self._busy = False
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.fill)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        area.verticalScrollBar().valueChanged.connect(self.fill)
        area.viewport().installEventFilter(self)
        theme_changes().changed.connect(self._measure_again)

    @property
    def made(self) -> Mapping[str, QWidget]:
        """The cards that exist now, by key."""
        return self._made

    @property
    def keys(self) -> Sequence[str]:
        """Everything in the column, in order."""
        return self._keys

    def show_keys(self, keys: Sequence[str], *, changed: Collection[str] = ()) -> None:
        """Show these in place of what was there; what stays in view stays where it is.

        Args:
            keys: All of them, in order, each once. A card that is pinned stays, where it was.
            changed: Those whose cards have to be made anew.
        """
        anchor, focused = self._anchor(), self._focused()
        was_at = self._at.get(focused, 0)
        self._keys = self._with_pinned(keys)
        self._at = {key: at for at, key in enumerate(self._keys)}
        for key in [*changed, *(key for key in self._made if key not in self._at)]:
            self._let_go(key)
            self._heights.pop(key, None)
        self._reckon()
        self._hold(anchor)
        self.fill()
        if focused and self._focused() != focused:
            self._focus_again(focused, was_at)

    def _with_pinned(self, keys: Sequence[str]) -> list[str]:
        """Return keys with the pinned one, which is being written in: after what it came after."""
        made, pinned = list(keys), self._pinned
        if pinned and pinned in self._made and pinned not in made:
            above = self._keys[: self._at[pinned]]
            at = {key: at for at, key in enumerate(made)}
            made.insert(next((at[key] + 1 for key in reversed(above) if key in at), 0), pinned)
        return made

    def pin(self, key: str) -> None:
        """Keep one card however far the view moves, such as one that is written in; "" for none."""
        self._pinned = key

    def number_of(self, key: str) -> int:
        """Return how many cards stand above one."""
        return self._at[key]

    def top_of(self, key: str) -> int:
        """Return where a card begins, in pixels from the top of the column."""
        return self._tops[self._at[key]]

    def bring(self, key: str, *, to: int | None = None) -> QWidget | None:
        """Bring a card into view and return it; ``None`` when there is none of that key.

        Args:
            key: Which.
            to: How far below the top of the view it is to begin, in pixels; where not given, the
                view moves no further than it must.
        """
        if key not in self._at:
            return None
        self._make_one(key)
        bar, view = self._area.verticalScrollBar(), self._area.viewport().height()
        # Twice: what is made on the way is rarely as tall as was guessed.
        for _ in range(2):
            self._settle()
            top = self._offset() + self.top_of(key)
            height = self._height(key)
            if to is not None:
                bar.setValue(top - to)
            elif top < bar.value() or height > view:
                bar.setValue(top)
            elif top + height > bar.value() + view:
                bar.setValue(top + height - view)
            self.fill()
        return self._made.get(key)

    def measure(self, key: str) -> None:
        """Take note that a card has become taller or lower, and move the rest accordingly."""
        self._heights.pop(key, None)
        self._order = []
        self.fill()
        self._settle()

    def fill(self) -> None:
        """Make what is near the view, let go of what is far, and place everything."""
        if self._busy or not self._keys or self.width() < 2 or not self.isVisible():
            return
        self._busy = True
        try:
            anchor = self._anchor()
            if self._make_near():
                self._reckon()
                self._hold(anchor)
            self._drop_far()
            for key, card in self._made.items():
                card.setGeometry(0, self.top_of(key), self.width(), self._height(key))
                if card.isHidden():
                    card.show()
            self._order_focus()
        finally:
            self._busy = False

    # Inside

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._measure_again()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and not self._busy:
            for key, card in self._made.items():
                if card is watched:
                    self._heights.pop(key, None)
                    self._order = []
                    self._soon.start()
        elif event.type() == QEvent.Type.Resize and watched is self._area.viewport():
            self._soon.start()
        return False

    def _focused(self) -> str:
        """Return the key of the card that holds the focus, or ""."""
        widget = QApplication.focusWidget()
        holds = (k for k, card in self._made.items() if _holds(card, widget))
        return next(holds, "")

    def _focus_again(self, key: str, at: int) -> None:
        """Put the focus on the card made anew, or on the one that has come in its place."""
        if not self._keys:
            return
        card = self.bring(key if key in self._at else self._keys[min(at, len(self._keys) - 1)])
        if card is not None:
            card.setFocus(Qt.FocusReason.OtherFocusReason)

    def _measure_again(self) -> None:
        self._heights.clear()
        self._reckon()
        self._soon.start()

    def _gap(self) -> int:
        return theme().space(2)

    def _guess(self) -> int:
        if not self._heights:
            return theme().px(FIRST_GUESS_EM)
        return sum(self._heights.values()) // len(self._heights)

    def _height(self, key: str) -> int:
        return self._heights.get(key) or self._guess()

    def _reckon(self) -> None:
        """Work out where each card begins."""
        gap, guess = self._gap(), self._guess()
        known = self._heights.get
        tall = (known(key, guess) + gap for key in self._keys)
        self._tops = list(accumulate(tall, initial=0))
        height = max(0, self._tops[-1] - gap)
        if height != self.height() or height != self.minimumHeight():
            self.setFixedHeight(height)

    def _offset(self) -> int:
        inside = self._area.widget()
        return self.mapTo(inside, QPoint(0, 0)).y() if inside else 0

    def _view(self) -> tuple[int, int]:
        """Return the part of the column that is in view: its top and height in pixels."""
        top = self._area.verticalScrollBar().value() - self._offset()
        return top, self._area.viewport().height()

    def _anchor(self) -> tuple[str, int] | None:
        """Return the card at the top of the view, and how far down the view it begins."""
        top, _ = self._view()
        if not self._keys or top <= 0:
            return None
        at = min(bisect_right(self._tops, top) - 1, len(self._keys) - 1)
        return self._keys[at], self._tops[at] - top

    def _hold(self, anchor: tuple[str, int] | None) -> None:
        """Move the view so that the card at its top is where it was."""
        if anchor is None or anchor[0] not in self._at:
            return
        self._settle()
        wanted = self._offset() + self.top_of(anchor[0]) - anchor[1]
        bar = self._area.verticalScrollBar()
        if bar.value() != wanted:
            bar.setValue(wanted)

    def _settle(self) -> None:
        """Have the scroll area take the column's height now, not when Qt next finds time."""
        inside = self._area.widget()
        if inside is not None:
            layout = inside.layout()
            if layout is not None:
                # What was asked of it while it was hidden it has not done, and is not told again.
                layout.activate()
            for each in (self, inside, self._area.viewport()):
                QApplication.sendPostedEvents(each, QEvent.Type.LayoutRequest.value)

    def _near(self, views: float) -> range:
        top, height = self._view()
        first = max(0, bisect_right(self._tops, top - height * views) - 1)
        last = bisect_right(self._tops, top + height * (1 + views))
        return range(first, min(last, len(self._keys)))

    def _make_near(self) -> bool:
        """Make and measure what is missing; return whether a height is other than was reckoned."""
        in_view = self._near(0)
        missing = [
            self._keys[at]
            for at in (*in_view, *self._near(NEAR_VIEWS))
            if self._keys[at] not in self._made
        ]
        for key in dict.fromkeys(missing[:AT_A_TIME]):
            self._make_one(key)
        if len(missing) > AT_A_TIME:
            self._soon.start()
        other = False
        for key, card in self._made.items():
            if key not in self._heights:
                was = self._tops[self._at[key] + 1] - self._tops[self._at[key]] - self._gap()
                self._heights[key] = _height_at(card, self.width())
                other = other or was != self._heights[key]
        return other

    def _make_one(self, key: str) -> None:
        if key not in self._made:
            card = self._make(key)
            card.setParent(self)
            card.installEventFilter(self)
            self._made[key] = card

    def _drop_far(self) -> None:
        kept = {self._keys[at] for at in self._near(KEPT_VIEWS)} | {self._pinned}
        focused = QApplication.focusWidget()
        for key, card in list(self._made.items()):
            if key not in kept and not _holds(card, focused):
                self._let_go(key)

    def _let_go(self, key: str) -> None:
        card = self._made.pop(key, None)
        if card is not None:
            card.removeEventFilter(self)
            card.hide()
            card.deleteLater()

    def _order_focus(self) -> None:
        """Have Tab go through the cards from top to bottom, whenever they were made."""
        cards = [self._made[key] for key in sorted(self._made, key=self._at.__getitem__)]
        if cards != self._order:
            self._order = cards
            chain_after(self, [each for card in cards for each in _focusable(card)])


def _holds(card: QWidget, widget: QWidget | None) -> bool:
    return widget is not None and (card is widget or card.isAncestorOf(widget))


def _height_at(card: QWidget, width: int) -> int:
    """Return how tall a card is at a width."""
    for each in (card, *card.findChildren(QWidget)):
        # Until the style sheet has been to it, a field says it needs less room than it will.
        each.ensurePolished()
    card.resize(width, card.height())
    layout = card.layout()
    if layout is None:
        return card.sizeHint().height()
    layout.activate()
    if layout.hasHeightForWidth():
        return layout.heightForWidth(width)
    return layout.sizeHint().height()


def _focusable(card: QWidget) -> list[QWidget]:
    """Return what Tab comes to in a card. What a card holds is made in order, top to bottom."""
    # The list of a combo box is a child too, but stands in a window of its own.
    inside = [each for each in card.findChildren(QWidget) if each.window() is card.window()]
    return [each for each in (card, *inside) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]

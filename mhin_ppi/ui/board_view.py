"""One open board in the window: where to go, the page in view, and the line that says "Saved".

It knows pages only as places. When the board locks, all of this is taken apart; the trail is what
the window keeps.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ..services.boards import Boards
from ..services.outcome import Outcome
from .messages import NoticePlace, Tone, announce
from .open_board import OpenBoard
from .pages.page import Page, Place
from .pages.registry import (
    BELONGS_UNDER,
    COORDINATOR_PLACES,
    MEMBER_PLACES,
    PEER_RESEARCHER_PLACES,
    PLACE_WORDS,
    make_page,
)
from .tasks import Tasks
from .theme import set_role, theme, theme_changes
from .trail import Trail
from .widgets.buttons import button, icon_button, reword
from .widgets.labels import WrapLabel
from .widgets.nav_bar import NavBar
from .widgets.page_stack import PageStack

_SAID_FOR_MS = 20_000
SAMPLE_WORDS = "Sample board: everything here is invented."
SAMPLE_WORDS_NARROW = "Everything here is invented."


class BoardView(QWidget):
    """Everything a person sees while a board is open.

    Args:
        board: The open board.
        tasks: Runs what takes time.
        boards: The boards on this laptop.
        trail: Where the person was when the board last locked.

    Signals:
        lock_wanted: Lock the board now.
        hide_wanted: Hide the window's content now.
        other_side_wanted: Show the other laptop of the sample board.
        moved: The place in view has changed.
        idle_minutes_changed: The person has chosen another time until it locks.
        name_changed: The person has chosen another name for the window.
    """

    lock_wanted = Signal()
    hide_wanted = Signal()
    other_side_wanted = Signal()
    moved = Signal()
    idle_minutes_changed = Signal(int)
    name_changed = Signal(str)

    def __init__(
        self, board: OpenBoard, tasks: Tasks, *, boards: Boards, trail: Trail | None = None
    ) -> None:
        super().__init__()
        set_role(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.board = board
        self.trail = trail or Trail()
        self._tasks, self._boards = tasks, boards
        self._pages: dict[Place, Page] = {}
        self._stack = PageStack()
        self._status = WrapLabel(role="muted")
        self._status.setAccessibleName("What was done last")
        self._quieten = QTimer(self, singleShot=True, interval=_SAID_FOR_MS)
        self._quieten.timeout.connect(self._say_nothing)
        self._navigation = NavBar(board.label)
        self._extras = self._fill_navigation()
        self._sample_words = WrapLabel(SAMPLE_WORDS)
        self._sample_bar = self._make_sample_bar()
        self._right = QVBoxLayout()
        self._right.setContentsMargins(0, 0, 0, 0)
        self._right.setSpacing(0)
        self._right.addWidget(self._sample_bar)
        self._right.addWidget(self._stack, 1)
        self._right.addWidget(self._status)
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(0)
        self._beside.addWidget(self._navigation)
        self._beside.addLayout(self._right, 1)
        tasks.board_changed.connect(self._tell_page)
        theme_changes().changed.connect(self._arrange)
        self._arrange()

    # ---- places

    @property
    def page(self) -> Page | None:
        """The page in view."""
        return self._pages.get(self.trail.here[0])

    def go(self, place: Place, argument: object | None = None) -> None:
        """Show a place, and a certain record there."""
        self._leave_page()
        self.trail.go(place, argument)
        self.show_here()

    def back(self) -> None:
        """Show the place the person was at before."""
        if self.trail.can_go_back:
            self._leave_page()
            self.trail.back()
            self.show_here()

    def forward(self) -> None:
        """Show the place the person came back from."""
        if self.trail.can_go_forward:
            self._leave_page()
            self.trail.forward()
            self.show_here()

    def show_here(self) -> None:
        """Show the place the trail points at."""
        place, argument = self.trail.here
        page = self._pages.get(place) or self._add_page(place)
        self._stack.setCurrentWidget(page)
        self._show_alone(page)
        self._navigation.set_current(BELONGS_UNDER.get(place, place))
        page.open_at(argument)
        announce(self, page.accessibleName() or PLACE_WORDS.get(place, (str(place), ""))[0])
        self.moved.emit()

    def make_ready(self, place: Place) -> None:
        """Make a page and have it read what it shows, for somebody who may go there soon."""
        if place not in self._pages:
            self._add_page(place).open_at(None)

    def leave(self) -> None:
        """Have every page keep unfinished words and its place, before this is taken apart."""
        for page in self._pages.values():
            page.leave()

    def swap_focus(self) -> None:
        """Move the focus from the page to the list of places, or back."""
        focused = QApplication.focusWidget()
        inside = focused is not None and self._navigation.isAncestorOf(focused)
        target: QWidget | None = self.page if inside else self._navigation
        chain = target.nextInFocusChain() if target is not None else None
        while chain is not None and chain is not target:
            takes = chain.focusPolicy() & Qt.FocusPolicy.TabFocus and chain.isVisible()
            if takes and chain.isEnabled() and target is not None and target.isAncestorOf(chain):
                chain.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return
            chain = chain.nextInFocusChain()

    def say(self, words: str) -> None:
        """Say something short in the status line."""
        self._status.setText(words)
        self._status.setVisible(not self.is_alone)
        self._quieten.start()

    def show_notice(
        self,
        text: str,
        *,
        tone: Tone = "accent",
        action: str = "",
        on_action: Callable[[], None] | None = None,
    ) -> None:
        """Say something on the page in view; ``messages`` calls this."""
        page = self.page
        if isinstance(page, NoticePlace):
            page.show_notice(text, tone=tone, action=action, on_action=on_action)
        else:
            self.say(text)

    # ---- inside

    @property
    def is_alone(self) -> bool:
        """Whether the page in view is one that others may be looking at."""
        return self.page is not None and self.page.alone

    def _show_alone(self, page: Page) -> None:
        self._navigation.setVisible(not page.alone)
        self._sample_bar.setVisible(self.board.sample is not None and not page.alone)
        self._say_nothing()

    def _say_nothing(self) -> None:
        # Where room is short an empty line would take it; elsewhere the layout keeps still.
        self._status.setText("")
        self._status.setVisible(not (self.is_alone or theme().is_narrow(self.window().width())))

    def _leave_page(self) -> None:
        if self.page is not None:
            self.page.leave()

    def _add_page(self, place: Place) -> Page:
        page = make_page(place, self.board.services, self._tasks, boards=self._boards)
        page.go.connect(self.go)
        page.said.connect(self.say)
        page.back.connect(self._back_or_home)
        if place is Place.SETTINGS:
            self._obey(page)
        self._pages[place] = page
        self._stack.addWidget(page)
        return page

    def _obey(self, page: Page) -> None:
        from .pages.settings_page import SettingsPage

        if isinstance(page, SettingsPage):
            page.idle_minutes_changed.connect(self.idle_minutes_changed)
            page.name_changed.connect(self.name_changed)

    def _back_or_home(self) -> None:
        if self.trail.can_go_back:
            self.back()
        else:
            self.go(Place.HOME)

    def _tell_page(self, entries: Sequence[object]) -> None:
        # Pages out of view read afresh when they are shown; only the one in view needs to know.
        if self.page is not None:
            self.page.board_changed(Outcome(None, tuple(entries)))  # type: ignore[arg-type]

    def _fill_navigation(self) -> list[tuple[QPushButton, str]]:
        others = PEER_RESEARCHER_PLACES if self.board.codes else MEMBER_PLACES
        places = COORDINATOR_PLACES if self.board.coordinates else others
        for place in places:
            words, icon = PLACE_WORDS[place]
            self._navigation.add_place(place, words, icon=icon)
        self._navigation.place_chosen.connect(lambda key: self.go(Place(key)))
        search = icon_button("Search", icon="search", on_press=self._search)
        search.setToolTip("Search (Ctrl+K)")
        self._navigation.set_beside_name(search)
        extras = []
        for words, icon, keys, act in (
            ("Help and support", "life-buoy", "F1", lambda: self.go(Place.HELP)),
            ("Search", "search", "Ctrl+K", self._search),
            ("Take a break", "coffee", "F2", lambda: self.go(Place.BREAK)),
            ("Text and colours", "a-large-small", "F3", lambda: self.go(Place.LOOK)),
            ("Hide", "eye-off", "Ctrl+H", self.hide_wanted.emit),
            ("Lock", "lock", "Ctrl+L", self.lock_wanted.emit),
        ):
            made = button(words, icon=icon, kind="quiet", on_press=act)
            shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
            made.setToolTip(f"{words} ({shown})")
            self._navigation.add_extra(made)
            extras.append((made, words))
        return extras

    def _search(self) -> None:
        self.go(Place.SEARCH)

    def _make_sample_bar(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("role", "navigation")
        bar.setVisible(self.board.sample is not None)
        row = QHBoxLayout(bar)
        row.addWidget(self._sample_words, 1)
        words = (
            "See it as a board member" if self.board.coordinates else "See it as the coordinator"
        )
        self._other_side = button(words, icon="users", on_press=self.other_side_wanted.emit)
        row.addWidget(self._other_side)
        return bar

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        made = theme()
        narrow = made.is_narrow(self.window().width())
        direction = QBoxLayout.Direction
        self._beside.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        self._navigation.set_narrow(narrow)
        for made_button, words in self._extras:
            reword(made_button, "" if narrow else words)
            made_button.setAccessibleName(words)
        # Beside the list of places, Help stands there already, and Search at its top.
        for made_button, _ in self._extras[:2]:
            made_button.setVisible(narrow)
        edge = made.space(3 if not narrow else 2)
        self._status.setContentsMargins(edge, 0, edge, made.space(1))
        if not self._status.text():
            self._say_nothing()
        self._sample_words.setText(SAMPLE_WORDS_NARROW if narrow else SAMPLE_WORDS)
        row = self._sample_bar.layout()
        if row is not None:
            row.setContentsMargins(made.px(0.8), made.px(0.25), made.px(0.5), made.px(0.25))

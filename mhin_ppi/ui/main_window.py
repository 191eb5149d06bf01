"""The window: what is open in it, and the keys that work everywhere.

It holds one thing at a time: the screens before a board is open, an open board, or the cover that
hides either. It never names a board, a draft or a person in its title.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from typing_extensions import override

from .cover import Cover
from .idle import IdleWatch
from .messages import NoticePlace, Tone
from .pages.page import Place
from .start.flow import Makers, StartFlow
from .tasks import Tasks
from .text_size import STEP, change_text_size
from .theme import set_role, theme, theme_changes
from .trail import Trail
from .widgets.page_stack import PageStack

if TYPE_CHECKING:
    from ..services.boards import Boards
    from .board_view import BoardView
    from .open_board import OpenBoard

SMALLEST_WIDTH_EM, SMALLEST_HEIGHT_EM = 22, 12
FIRST_WIDTH_EM, FIRST_HEIGHT_EM = 72, 44


class MainWindow(QMainWindow):
    """The program's one window.

    Args:
        makers: Makes what the window works with.
        tasks: Runs what takes time; closed with the window.
        name: What the window calls itself.
    """

    def __init__(self, makers: Makers, tasks: Tasks, *, name: str) -> None:
        super().__init__()
        self.tasks = tasks
        self._makers = makers
        self._boards: Boards | None = None
        self._start: StartFlow | None = None
        self._view: BoardView | None = None
        self._behind_cover: QWidget | None = None
        self._closing = False
        self._kept: tuple[object, Trail] | None = None
        self._stack = PageStack()
        set_role(self._stack, "page")
        self.setCentralWidget(self._stack)
        self._cover = Cover()
        self._cover.lifted.connect(self.show_again)
        self._stack.addWidget(self._cover)
        blank = QWidget()
        self._stack.addWidget(blank)
        self._stack.setCurrentWidget(blank)
        self.idle = IdleWatch(self)
        self.idle.away.connect(self.lock)
        self._add_keys()
        self._size()
        theme_changes().changed.connect(self._size)
        self.set_name(name)

    # ---- what is open

    @property
    def view(self) -> BoardView | None:
        """The open board, if one is open."""
        return self._view

    @property
    def start_flow(self) -> StartFlow | None:
        """The screens before a board is open, if they are in view."""
        return self._start

    @property
    def is_hidden_behind_cover(self) -> bool:
        """Whether the content is hidden."""
        return self._stack.currentWidget() is self._cover

    def begin(self, *, sample: bool = False) -> None:
        """Show the first screen, as soon as the boards on this laptop are known.

        Args:
            sample: Go straight to the sample board, as a board member.
        """

        def ready(boards: Boards) -> None:
            self._boards = boards
            flow = self._show_start_flow()
            if sample:
                flow.show_sample(open_side="member")
            else:
                flow.show_start(try_unlocked=True)

        self.tasks.run(self._makers.boards, owner=self, on_done=ready)

    def lock(self) -> None:
        """Lock the open board: its words leave the window and its key the memory."""
        view = self._view
        if view is None:
            return
        board, trail = view.board, view.trail
        self._close_dialogs()
        self._let_go_of_board()
        flow = self._show_start_flow()
        flow.show_locked(board)
        self._kept = (board.folder, trail)

    def hide_content(self) -> None:
        """Hide whatever is in the window behind a plain cover, or show it again."""
        if self.is_hidden_behind_cover:
            self.show_again()
            return
        self._close_dialogs()
        self._behind_cover = self._stack.currentWidget()
        self._stack.setCurrentWidget(self._cover)
        self._cover.take_focus()
        # The cover has to be painted first: some systems show the last picture of a small window.
        self._cover.repaint()
        self.showMinimized()

    def show_again(self) -> None:
        """Show what was hidden."""
        if self._behind_cover is not None:
            self._stack.setCurrentWidget(self._behind_cover)
        self._behind_cover = None
        if self.isMinimized():
            self.showNormal()

    def set_name(self, name: str) -> None:
        """Call the window something else."""
        QApplication.setApplicationDisplayName(name)
        self.setWindowTitle(name)

    def show_notice(
        self,
        text: str,
        *,
        tone: Tone = "accent",
        action: str = "",
        on_action: Callable[[], None] | None = None,
    ) -> None:
        """Say something on whatever is in view; ``messages`` calls this."""
        place = self._view or self._start
        if isinstance(place, NoticePlace):
            place.show_notice(text, tone=tone, action=action, on_action=on_action)

    # ---- closing

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep everything, then go; what the store has begun is finished first."""
        if not self._closing:
            self._closing = True
            self.idle.stop()
            self._close_dialogs()
            if self._view is not None:
                self._let_go_of_board()
            if self._start is not None:
                self._start.give_up()
            self.tasks.close()
        super().closeEvent(event)

    # ---- inside

    def _show_start_flow(self) -> StartFlow:
        boards = self._boards
        if boards is None:
            raise RuntimeError("the boards are not known yet")
        self._drop(self._start)
        self._start = StartFlow(self._makers, boards, tasks=self.tasks)
        self._start.opened.connect(self._show_board)
        self._show(self._start)
        return self._start

    def _show_board(self, board: OpenBoard) -> None:
        if self._boards is None:
            return
        folder, trail = self._kept or (None, None)
        self._kept = None
        kept_trail = trail if folder == board.folder else None
        self._drop(self._start)
        self._start = None
        from .board_view import BoardView  # not before a board is open: a fast start

        view = BoardView(board, self.tasks, boards=self._boards, trail=kept_trail)
        view.lock_wanted.connect(self.lock)
        view.hide_wanted.connect(self.hide_content)
        view.other_side_wanted.connect(self._show_other_side)
        view.idle_minutes_changed.connect(self.idle.start)
        view.name_changed.connect(self.set_name)
        self._view = view
        self._show(view)
        view.show_here()
        self.idle.start(board.idle_minutes)

    def _show_other_side(self) -> None:
        view, boards = self._view, self._boards
        if view is None or boards is None or view.board.sample is None:
            return
        sample, folder = view.board.sample, view.board.other_side
        self._let_go_of_board()
        flow = self._show_start_flow()
        if folder is not None:
            flow.open_sample(sample, folder)

    def _let_go_of_board(self) -> None:
        """Keep unfinished words, take the page out of the window, close the board."""
        view = self._view
        if view is None:
            return
        self._view = None
        self.idle.stop()
        view.leave()
        self._drop(view)
        self.tasks.run(view.board.services.close, owner=self.tasks)

    def _show(self, widget: QWidget) -> None:
        self._stack.addWidget(widget)
        if self.is_hidden_behind_cover:
            self._behind_cover = widget
        else:
            self._stack.setCurrentWidget(widget)

    def _drop(self, widget: QWidget | None) -> None:
        if widget is None:
            return
        if self._behind_cover is widget:
            self._behind_cover = None
        self._stack.removeWidget(widget)
        widget.hide()
        widget.deleteLater()

    def _close_dialogs(self) -> None:
        """Close what stands in front of the window; it could show someone's words."""
        for widget in QApplication.topLevelWidgets():
            if widget is not self and widget.isVisible():
                widget.close()

    def _add_keys(self) -> None:
        for keys, act in (
            ("F1", lambda: self._go(Place.HELP)),
            ("F2", lambda: self._go(Place.BREAK)),
            ("Ctrl+B", lambda: self._go(Place.BREAK)),
            ("F3", lambda: self._go(Place.LOOK)),
            ("Ctrl+K", lambda: self._go(Place.SEARCH)),
            ("Ctrl+H", self.hide_content),
            ("Ctrl+L", self.lock),
            ("Alt+Left", self._back),
            ("Alt+Right", self._forward),
            ("F6", self._swap_focus),
            ("Ctrl++", lambda: change_text_size(STEP)),
            ("Ctrl+=", lambda: change_text_size(STEP)),
            ("Ctrl+-", lambda: change_text_size(-STEP)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            # After the event that pressed the key, since the page it came from may be let go of.
            shortcut.activated.connect(lambda act=act: QTimer.singleShot(0, self, act))

    def _go(self, place: Place) -> None:
        if self.is_hidden_behind_cover:
            return
        if self._view is not None:
            self._view.go(place)
        elif self._start is not None and place not in (Place.LOOK, Place.SEARCH):
            self._start.show_support()

    def _back(self) -> None:
        if self._view is not None and not self._view.is_alone:
            self._view.back()

    def _forward(self) -> None:
        if self._view is not None and not self._view.is_alone:
            self._view.forward()

    def _swap_focus(self) -> None:
        if self._view is not None:
            self._view.swap_focus()

    def _size(self) -> None:
        made, screen = theme(), self.screen().availableSize()
        self.setMinimumSize(
            min(made.px(SMALLEST_WIDTH_EM), screen.width()),
            min(made.px(SMALLEST_HEIGHT_EM), screen.height()),
        )
        if not self.isVisible():
            self.resize(
                min(made.px(FIRST_WIDTH_EM), screen.width()),
                min(made.px(FIRST_HEIGHT_EM), screen.height()),
            )

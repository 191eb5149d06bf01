"""A page of things one below the other, with room above them for the form that is open."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from .. import messages
from ..tasks import Tasks
from ..theme import theme, theme_changes
from .form import Form
from .framed_page import Column, FramedPage, loading

if TYPE_CHECKING:
    from ...services.boards import Services


class ListPage(FramedPage):
    """A page with a slot for one form, and a list below it.

    Args:
        services: The open board.
        tasks: Runs what takes time.
        title: The page's title.
        context: One quiet line about it, or "".
    """

    def __init__(self, services: Services, tasks: Tasks, *, title: str, context: str = "") -> None:
        super().__init__(services, tasks, title=title, context=context)
        self.slot, self.list = Column(), Column(loading())
        inside = QWidget()
        self._parts = QVBoxLayout(inside)
        self._parts.addWidget(self.slot)
        self._parts.addWidget(self.list, 1)
        self.frame.set_content(inside)
        self._space()
        theme_changes().changed.connect(self._space)

    def open_at(self, argument: object | None) -> None:
        """Show the page; what it holds is read anew."""
        self.reload()

    def show_form(
        self, form: Form, *, said: str = "", then: Callable[[], None] | None = None
    ) -> None:
        """Show a form above the list until it is saved or cancelled.

        Args:
            form: The form.
            said: What is said when it has been saved, or "".
            then: What to do when it is gone.
        """

        def close() -> None:
            self.slot.clear()
            self.form_open(None)
            if then is not None:
                then()

        def saved(_: object) -> None:
            close()
            if said:
                messages.tell(self, said)

        form.saved.connect(saved)
        form.cancelled.connect(close)
        self.frame.close_notice()
        self.slot.show_only(form)
        self.form_open(form)
        form.focus_first()

    def form_open(self, form: Form | None) -> None:
        """Hide the page's main action while a form, whose own button is the main one, is open."""

    def _space(self) -> None:
        made = theme()
        self._parts.setSpacing(made.space(2))
        self._parts.setContentsMargins(0, 0, made.px(0.3), made.space(2))
        layout = self.list.layout()
        if layout is not None:
            layout.setSpacing(made.space(2))

"""Take a break: few words, who to turn to, and the way back."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt

from ...services.boards import Services
from ..tasks import Tasks
from ..theme import theme, theme_changes
from ..widgets.buttons import button
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, heading
from .contact_cards import contact_cards
from .framed_page import Column, FramedPage
from .page import Place

WIDEST_EM = 34


class BreakPage(FramedPage):
    """A calm page, one key from everywhere."""

    place: ClassVar[Place] = Place.BREAK

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__(services, tasks, title="Take a break")
        self._back = button(
            "Go back to where I was", icon="arrow-left", kind="primary", on_press=self.back.emit
        )
        self._column = Column(
            WrapLabel(
                "Your words and your place have been kept. Nothing here has a time limit, and you "
                "do not have to say why.",
                role="large",
            ),
            WrapLabel(
                "Look up. Let your shoulders drop. Have some water, or a few minutes away from "
                "the screen. A review you stop early is paid like one you finish.",
                role="large",
            ),
            FlowRow(self._back),
            heading("If you would like to talk to someone"),
            *contact_cards(services.catalogues.contacts),
        )
        self.frame.set_content(self._column)
        self._space()
        theme_changes().changed.connect(self._space)

    def open_at(self, argument: object | None) -> None:
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        """Nothing here depends on the board."""

    def _space(self) -> None:
        self._column.setMaximumWidth(theme().px(WIDEST_EM))
        layout = self._column.layout()
        if layout is not None:
            layout.setSpacing(theme().space(3))

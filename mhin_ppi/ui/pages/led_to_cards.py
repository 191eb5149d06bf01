"""Questions that may have led to a change, beside the comparison of two versions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ...domain.questions import Question
from ...services.changed_passages import LinkedChange, MayHaveLed, by_change
from ..theme import theme, theme_changes
from ..widgets.buttons import button
from ..widgets.cards import Card
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, heading, muted
from ..widgets.page_frame import scrolling
from .compare_facts import Compared
from .compare_folds import KeptBack
from .compare_links import linked_card
from .framed_page import Column
from .words_for import count_words

_LONGEST = 160


class LedToMargin(QWidget):
    """The column beside a comparison.

    Signals:
        show_wanted: The number of a change to bring into view.
        confirmed: The question did lead to the change.
        perhaps: The question may have led to the change.
        dismissed: It did not.
        story_wanted: The id of a question whose story is wanted.
    """

    show_wanted = Signal(int)
    confirmed = Signal(object)
    perhaps = Signal(object)
    dismissed = Signal(object)
    story_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.slot, self.cards = Column(), Column()
        self._number = 0
        self._kept: KeptBack | None = None
        inside = QWidget()
        self._inside = QVBoxLayout(inside)
        self._inside.addWidget(self.slot)
        self._inside.addWidget(self.cards)
        self._inside.addStretch(1)
        self.area = scrolling(inside, name="Questions that may have led to a change")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.area)
        self._space()
        theme_changes().changed.connect(self._space)

    def clear(self) -> None:
        """Show nothing."""
        self.cards.clear()
        self.slot.clear()
        self._number = 0

    def words(self) -> str:
        """Return what the margin's tab is called."""
        return f"Questions ({self._number})"

    def show_offers(
        self,
        offers: Sequence[MayHaveLed],
        compared: Compared,
        kept: KeptBack,
        *,
        coordinates: bool,
        linked: Sequence[LinkedChange] = (),
    ) -> None:
        """Show each change with its questions, then the changes that are linked already."""
        self._number, self._kept = len(offers) + len(linked), kept
        grouped = by_change(offers)
        makers: list[Callable[[], QWidget]] = [partial(heading, "Did a question lead to this?")]
        if offers:
            passages = count_words(len(grouped), "changed part")
            have = "has" if len(grouped) == 1 else "have"
            makers.append(partial(muted, f"{passages} {have} questions."))
        else:
            makers.append(partial(muted, "There are no more changes to link to questions."))
        makers += [
            partial(self._card, change, group, compared, coordinates=coordinates)
            for change, group in grouped.items()
        ]
        if linked:
            makers.append(partial(heading, "Linked to a question already"))
            makers += [partial(self._linked, one, compared) for one in linked]
        self.cards.show_gradually(makers)

    def _linked(self, linked: LinkedChange, compared: Compared) -> QWidget:
        return linked_card(
            linked,
            compared.comparison,
            on_show=self.show_wanted.emit,
            on_story=self.story_wanted.emit,
        )

    def _card(
        self, change: int, group: Sequence[MayHaveLed], compared: Compared, *, coordinates: bool
    ) -> Card:
        mine = len(group) == 1 and group[0].story.is_mine
        whose = "Your question" if mine else count_words(len(group), "question")
        card = Card()
        card.add(WrapLabel(f"This part changed. {whose} may have led to it.", role="strong"))
        card.setAccessibleName(f"This part changed. {whose} may have led to it.")
        card.add(
            FlowRow(
                button(
                    "Show the part",
                    icon="search",
                    kind="quiet",
                    on_press=partial(self.show_wanted.emit, change),
                )
            )
        )
        for offer in group:
            self._add(card, offer, compared, coordinates=coordinates)
        return card

    def _add(self, card: Card, offer: MayHaveLed, compared: Compared, *, coordinates: bool) -> None:
        question = offer.story.question
        card.add(WrapLabel(question.body or "These words were taken back.", copyable=True))
        card.add(muted(offer.story.asked_by))
        new = compared.comparison.new_text
        now = _short(new[slice(*offer.new)]) if offer.new else ""
        if offer.new and self._kept is not None and self._kept.hides_now(offer.new):
            card.add(muted("Now: words in a part that is folded."))
        else:
            card.add(muted(f"Now: “{now}”" if now else "The words it was about were taken out."))
        row = FlowRow()
        if coordinates and offer.can_confirm:
            row.add(
                _action(
                    "Yes, it led to this", "check", partial(self.confirmed.emit, offer), question
                )
            )
            row.add(_action("Perhaps", "circle-dot", partial(self.perhaps.emit, offer), question))
        row.add(_action("Not this one", "x", partial(self.dismissed.emit, offer), question))
        row.add(
            _action(
                "See the question",
                "message-square",
                partial(self.story_wanted.emit, question.id),
                question,
            )
        )
        if coordinates and not offer.can_confirm:
            card.add(muted("Record the team's answer first. Then a change can be linked to it."))
        if not coordinates:
            card.add(muted("A coordinator can confirm it."))
        card.add(row)

    def _space(self) -> None:
        made = theme()
        self._inside.setContentsMargins(0, 0, made.px(0.3), 0)
        layout = self.cards.layout()
        if layout is not None:
            layout.setSpacing(made.space(2))


def _action(words: str, icon: str, act: Callable[[], object], question: Question) -> QPushButton:
    """Return a button whose accessible description holds the question it is about."""
    made = button(words, icon=icon, on_press=act)
    made.setAccessibleDescription(question.body)
    return made


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1] + "…"

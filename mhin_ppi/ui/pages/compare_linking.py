"""What the comparison does to link changes to questions, and to show the one that led here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from ...domain.questions import QuestionId
from ...domain.responses import LED_TO
from ...services.changed_passages import ChangedPassages, LinkedChange, MayHaveLed
from ...services.stories import Story
from .. import messages
from .compare_facts import Compared
from .compare_links import LinkForm, change_at
from .framed_page import FramedPage
from .led_to_cards import LedToMargin
from .page import Place

Here = Callable[[], tuple[Compared | None, int, bool]]


class Linking:
    """Joins a comparison's changes to questions.

    Args:
        page: The comparison.
        changed: Records the links.
        margin: The column beside it.
        here: Returns the two versions, the number of the change in view, or -1, and whether its
            words are folded away.
    """

    def __init__(
        self, page: FramedPage, *, changed: ChangedPassages, margin: LedToMargin, here: Here
    ) -> None:
        self._page, self._changed, self._margin, self._here = page, changed, margin, here

    def ask(self) -> None:
        """Ask which question the change in view came from."""
        page = self._page
        compared, number, hidden = self._here()
        if compared is None or number < 0:
            page.say("Go to a change first, with Next change.")
            return

        def show(stories: tuple[Story, ...]) -> None:
            form = LinkForm(
                self._changed,
                page.tasks,
                compared=compared,
                number=number,
                stories=stories,
                hidden=hidden,
            )
            form.saved.connect(lambda outcome: self._linked(outcome.value.question))
            form.cancelled.connect(self._margin.slot.clear)
            self._margin.slot.show_only(form)
            page.frame.show_part(margin=True)
            form.focus_first()

        draft = compared.both.draft
        page.tasks.run(lambda: self._changed.linkable(draft), owner=page, on_done=show)

    def confirm(self, offer: MayHaveLed, *, certainty: str = LED_TO) -> None:
        """Record that a question that was offered led to the change, or may have."""
        compared, _, _ = self._here()
        if compared is not None:
            new = compared.both.new.id
            self._page.tasks.run(
                lambda: self._changed.confirm(offer, new, certainty=certainty),
                owner=self._page,
                on_done=lambda _: self._linked(offer.story.question.id),
            )

    def _linked(self, question: QuestionId) -> None:
        page = self._page
        self._margin.slot.clear()
        messages.tell(
            page,
            "The change is linked to the question.",
            action="Record the difference it made",
            on_action=partial(page.go.emit, Place.STORY, question),
        )


def wanted_change(
    linked: Sequence[LinkedChange], compared: Compared, question: UUID | None
) -> int | None:
    """Return the number of the change that a question is linked to, or ``None``."""
    own = (one for one in linked if one.story.question.id == question)
    numbers = (change_at(compared.comparison, one) for one in own)
    return next((number for number in numbers if number is not None), None)

"""One question's line in the preview of a report, which leads back to the question."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from ...domain.british import day
from ...domain.report_content import QuestionLine
from ..widgets.buttons import button
from ..widgets.cards import Card
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, muted


def question_card(line: QuestionLine, *, on_story: Callable[[UUID], object]) -> Card:
    """Return a line as a card.

    Args:
        line: The line; its first record is the question.
        on_story: Told the question's id when its whole story is wanted.
    """
    card = Card()
    card.setAccessibleName(f"{line.reference}, {line.fate_words}")
    card.add(muted(line.reference))
    card.add(WrapLabel(line.body or "Taken back.", role="strong"))
    about = [line.credited_as, line.fate_words, line.project, day(line.asked_on)]
    card.add(muted(" · ".join(part for part in about if part)))
    if line.response_words:
        card.add(WrapLabel(f"{line.response_words}. {line.response_reason}"))
    if line.change_after:
        if line.change_touches_on:
            card.add(muted(line.change_touches_on))
        card.add(WrapLabel(f"Now: {line.change_after}"))
    if line.record_ids:
        back = button(
            "The whole story",
            icon="arrow-right",
            kind="quiet",
            on_press=lambda: on_story(UUID(line.record_ids[0])),
        )
        back.setAccessibleDescription(f"{line.reference}: {line.body}")
        card.add(FlowRow(back))
    return card

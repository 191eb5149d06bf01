"""A question's similar questions, as its story mentions them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from ...domain.questions import StepKind
from ..widgets.buttons import button
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel
from .story_facts import StoryFacts
from .words_for import count_words

TOGETHER = "See them together"
FIND = "Find similar questions"
TAKE_OUT = "Take it out of these"


def theme_link(
    facts: StoryFacts, *, on_see: Callable[[object], object], on_out: Callable[[], object]
) -> QWidget | None:
    """Return what a story says of similar questions; ``None`` where there is nothing to say.

    Args:
        facts: The story.
        on_see: Told the id of the theme or question to look at.
        on_out: Called when the question is to be taken out.
    """
    row = FlowRow()
    question = facts.story.question
    if facts.theme is None:
        if not (StepKind.MERGE in facts.steps and question.body):
            return None
        see = partial(on_see, question.id)
        row.add(button(FIND, icon="search", kind="quiet", on_press=see))
        return row
    theme, number = facts.theme
    others = count_words(number - 1, "other question") if number > 1 else "no other question yet"
    row.add(WrapLabel(f"Asks the same as {others}: “{theme.title}”", role="muted"))
    row.add(button(TOGETHER, icon="list", kind="quiet", on_press=partial(on_see, theme.id)))
    if StepKind.UNMERGE in facts.steps:
        row.add(button(TAKE_OUT, icon="undo-2", kind="quiet", on_press=on_out))
    return row

"""Cards of the page of similar questions: one question in company, one that may belong, a theme."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QPushButton

from ...domain.register import Theme
from ...services.similar_questions import Suggestion
from ...services.stories import Story
from ..widgets.buttons import button
from ..widgets.cards import Card, Pill
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, muted
from ..widgets.long_words import beginning, words_of
from .theme_facts import ThemeFacts
from .words_for import count_words, state_look, state_words, when_words

Act = Callable[[object], object]
_TAKEN_BACK = "These words were taken back."


def story_card(story: Story, facts: ThemeFacts, *, on_open: Act, on_out: Act | None) -> Card:
    """Return a question with its asker's words and credit.

    Args:
        story: The question.
        facts: What the page shows.
        on_open: Told the question's id when its story is wanted.
        on_out: Told the question's id when it is to be taken out; ``None`` where it cannot be.
    """
    card = _with_words(story, facts)
    row = FlowRow(
        _button("Open its story", "arrow-right", partial(on_open, story.question.id), story)
    )
    if on_out is not None:
        out = partial(on_out, story.question.id)
        row.add(_button("Take it out", "undo-2", out, story))
    card.add(row)
    return card


def suggestion_card(suggestion: Suggestion, facts: ThemeFacts, *, on_yes: Act, on_no: Act) -> Card:
    """Return a question that may belong to those in view, why, and what can be said to it."""
    story = suggestion.story
    card = _with_words(story, facts)
    for sentence in suggestion.why:
        card.add(muted(sentence))
    card.add(
        FlowRow(
            _button("Yes, it asks the same", "check", partial(on_yes, suggestion), story),
            _button("No, it is another", "x", partial(on_no, suggestion), story),
        )
    )
    return card


def theme_card(theme: Theme, number: int, *, on_open: Act) -> Card:
    """Return a theme with how many questions it holds."""
    card = Card()
    card.setAccessibleName(theme.title)
    card.add(WrapLabel(theme.title, role="strong"))
    card.add(muted(count_words(number, "question")))
    made = button("See them", icon="arrow-right", kind="quiet", on_press=partial(on_open, theme.id))
    made.setAccessibleDescription(theme.title)
    card.add(FlowRow(made))
    return card


def group_card(group: Sequence[Story], *, on_open: Act) -> Card:
    """Return questions that may ask the same, to be looked at more closely."""
    first, *others = group
    card = Card()
    card.setAccessibleName(beginning(first.question.body))
    for story in group:
        card.add(words_of(story.question.body))
        card.add(muted(story.asked_by))
    number = count_words(len(others) + 1, "question")
    look = partial(on_open, first.question.id)
    card.add(FlowRow(_button(f"Look at these {number}", "search", look, first)))
    return card


def _with_words(story: Story, facts: ThemeFacts) -> Card:
    question = story.question
    tone, icon = state_look(story.fate.state)
    card = Card()
    card.setAccessibleName(beginning(question.body) or _TAKEN_BACK)
    if question.body:
        card.add(words_of(question.body))
    else:
        card.add(muted(_TAKEN_BACK))
    asked = when_words(question.raised_at, today=facts.today)
    by = "You" if story.is_mine else story.asked_by
    line = FlowRow(Pill(state_words(story), tone=tone, icon=icon))
    line.add(muted(f"{by}, {asked}" if asked else by))
    card.add(line)
    return card


def _button(words: str, icon: str, act: Callable[[], object], story: Story) -> QPushButton:
    """Return a button whose accessible description holds the question it is about."""
    made = button(words, icon=icon, on_press=act)
    made.setAccessibleDescription(beginning(story.question.body) or _TAKEN_BACK)
    return made

"""Words for looking at a difference again later (does it last?): the same in every place."""

from __future__ import annotations

from datetime import date

from .words_for import day_words

LOOK_AGAIN = "Look at this again"
"""What a person does, and when they are to do it."""
IS_IT_STILL_SO = "Is it still so?"
TIME_TO_LOOK = f"It is time to look at this again. {IS_IT_STILL_SO}"


def look_on_words(day: date, *, today: date) -> str:
    """Return on which day a difference is to be looked at again.

    >>> look_on_words(date(2026, 12, 4), today=date(2026, 11, 22))
    'Look at this again on Friday 4 December.'
    >>> look_on_words(date(2026, 11, 23), today=date(2026, 11, 22))
    'Look at this again tomorrow.'
    """
    words = day_words(day, today=today)
    return f"{LOOK_AGAIN} {words if words in ('today', 'tomorrow') else f'on {words}'}."


def looked_on_words(day: date, *, today: date) -> str:
    """Return when somebody looked at a difference again.

    >>> looked_on_words(date(2026, 11, 20), today=date(2026, 11, 22))
    'Looked at again on Friday'
    """
    words = day_words(day, today=today)
    return f"Looked at again {words if words in ('today', 'yesterday') else f'on {words}'}"

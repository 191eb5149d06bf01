"""What Home says of what is not daily: what the team asks, and what is to be looked at again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from ...services.changed_passages import ChangesToLink
from ...services.home import MOST_WAITS, CoordinatorHome, MemberHome
from ..widgets.labels import heading, muted
from .again_words import IS_IT_STILL_SO, LOOK_AGAIN
from .page import Place
from .words_for import count_words, day_words

Line = Callable[..., QWidget]
Go = Callable[[Place, Any], Callable[[], None]]


def look_lines(found: CoordinatorHome, *, line: Line, go: Go, today: date) -> list[QWidget]:
    """Return a sentence with a button for each; nothing where there are none.

    Args:
        found: What the first page says.
        line: Makes a sentence with a button.
        go: Returns what goes to a place.
        today: The day it is.
    """
    if not (found.to_link or found.looks):
        return []
    parts: list[QWidget] = [heading("What a question may have changed")]
    for one in found.to_link[:MOST_WAITS]:
        place = go(Place.COMPARE, (one.old.id, one.new.id))
        parts.append(line(to_link_words(one), "Compare", place))
    for due in found.looks[:MOST_WAITS]:
        more = f"Since {day_words(due.due_on, today=today)}"
        words = f"It is time to look at “{due.impact.what_changed}” again. {IS_IT_STILL_SO}"
        parts.append(line(words, LOOK_AGAIN, go(Place.STORY, due.question.id), more=more))
    return parts


def team_lines(found: MemberHome, *, line: Line, go: Go) -> list[QWidget]:
    """Return what the team asks the board, with a button each; nothing where all is answered.

    Args:
        found: What the first page says.
        line: Makes a sentence with a button.
        go: Returns what goes to a place.
    """
    asked = found.asked_by_team
    if not asked:
        return []
    parts: list[QWidget] = [heading("The team asks you"), muted("Answer if you like.")]
    for one in asked[:MOST_WAITS]:
        words = f"“{shortened(one.question.body)}”"
        more = one.project.title if one.project else ""
        parts.append(line(words, "Answer", go(Place.QUESTIONS, None), more=more))
    return parts


def to_link_words(one: ChangesToLink) -> str:
    """Return what waits to be linked, as one would say it."""
    version = f"{one.draft.title}, version {one.new.number}"
    if one.count is None:
        return f"{version} has not been compared yet: a question may have led to a change."
    if one.count == 1:
        return (
            f"One question stands on words that are different now in {version}. "
            "Did it lead to the change?"
        )
    return (
        f"{count_words(one.count, 'question')} stand on words that are different now in {version}. "
        "Did they lead to the change?"
    )


def shortened(words: str, most: int = 110) -> str:
    """Return words cut at the end of a word when there are many.

    >>> shortened("Is ten millilitres two teaspoons?", most=20)
    'Is ten millilitres…'
    """
    flat = " ".join(words.split())
    return flat if len(flat) <= most else flat[:most].rsplit(" ", 1)[0] + "…"

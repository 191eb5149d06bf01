"""A request to read in words: the sentence a person hears, and who has given it back."""

from __future__ import annotations

from datetime import date

from ...domain.british import money
from ...domain.drafts import ReviewRound
from ...services.rounds import Standing
from .words_for import count_words, day_words, first_name, minutes_words

LONGEST_NOTE = 110


def length_and_day(request: ReviewRound, *, today: date) -> str:
    """Return how long it takes and by when ("about 40 minutes, by Friday 4 December")."""
    by = f", by {day_words(request.due_on, today=today)}" if request.due_on else ""
    return f"about {minutes_words(request.minutes)}{by}"


def request_words(request: ReviewRound, *, today: date, asked: str) -> str:
    """Return what is asked of a person, to be read or heard in one go.

    Args:
        request: The request.
        today: The day it is.
        asked: How the sentence begins ("Draft protocol, version 1").
    """
    parts = [f"{asked}: {length_and_day(request, today=today)}."]
    if request.content_note:
        parts.append(_touches_on(request.content_note))
    if request.agreed_pence:
        parts.append(f"You will be paid {money(request.agreed_pence)}.")
    return " ".join(parts)


def _touches_on(note: str) -> str:
    """Return a content note as a sentence; capital letters in it are left as they are.

    A note that begins with a small letter goes on from "It touches on"; others are whole sentences.
    """
    flat = " ".join(note.split()).rstrip(".")
    if len(flat) > LONGEST_NOTE:
        flat = flat[:LONGEST_NOTE].rsplit(" ", 1)[0] + "…"
    return f"It touches on {flat}." if flat[:1].islower() else f"Before you read: {flat}."


def people_words(standing: Standing) -> str:
    """Return who has given it back and who has not yet: nothing else is known of anybody."""
    done = [first_name(one.person) for one in standing.people if one.done]
    awaited = [first_name(one.person) for one in standing.people if not one.done]
    parts = []
    if awaited:
        parts.append(f"Not back yet: {', '.join(awaited)}.")
    if done:
        parts.append(f"Done: {', '.join(done)}.")
    return " ".join(parts) or "No one is being asked to read this now."


def standing_words(standing: Standing, *, today: date) -> str:
    """Return a request in one line for its coordinator ("Version 1: about 1 hour, by …")."""
    request = standing.request
    asked = count_words(len(standing.people), "person", many="people")
    paid = f", {money(request.agreed_pence)} each" if request.agreed_pence else ""
    when = length_and_day(request, today=today)
    return f"Version {standing.version.number}, {asked}: {when}{paid}."

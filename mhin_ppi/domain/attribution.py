"""How a participant is shown beside their words, and when that says too much.

A code, a description and a town together can narrow a small service to one person, and a code that
stays the same joins everything that person ever said. So: nothing is shown unless somebody chooses
it, nothing leaves without consent, codes are made afresh for every file and report, and a sentence
warns when what is shown together could tell who it was.

Source: ``domain/DOMAIN.md`` 9, "Pseudonymised quotes".
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from .codebook import Attribution, ParticipantQuote, QuoteId

FEWEST = 5
"""Below this many people, a description of them is not general any more."""

ATTRIBUTION_WORDS: Mapping[Attribution, str] = {
    Attribution.NO_LABEL: "Nothing about them",
    Attribution.ROLE: "A description only",
    Attribution.ROLE_AND_PLACE: "A description and a place",
    Attribution.CODE: "A code, with description and place",
    Attribution.BY_NAME: "By name, because they asked for it",
}
"""What each level is called on screen, least first."""

_SHOWN: Mapping[Attribution, tuple[str, ...]] = {
    Attribution.NO_LABEL: (),
    Attribution.ROLE: ("description",),
    Attribution.ROLE_AND_PLACE: ("description", "place"),
    Attribution.CODE: ("participant", "description", "place"),
    Attribution.BY_NAME: ("name",),
}


def may_be_shown(quote: ParticipantQuote) -> bool:
    """Return whether a quote may stand in a report or file: only with consent on record."""
    return quote.consented and bool(quote.body.strip())


def labels_shown(quote: ParticipantQuote) -> dict[str, str]:
    """Return what is shown of the person, by the name of the field; empty ones are left out."""
    told = {name: getattr(quote, name).strip() for name in _SHOWN[quote.attribution]}
    return {name: words for name, words in told.items() if words}


def shown_as(quote: ParticipantQuote, *, codes: Mapping[QuoteId, str] | None = None) -> str:
    """Return the words under which a quote stands in a report or a file.

    Args:
        quote: The quote.
        codes: What :func:`fresh_codes` made for this report; without it the study's own code is
            shown, which is for the researcher's screen only.

    Returns:
        "" where nothing is to be shown, or where the quote may not be shown at all.
    """
    if not may_be_shown(quote):
        return ""
    told = labels_shown(quote)
    if "participant" in told and codes is not None:
        told["participant"] = codes.get(quote.id, "")
    return ", ".join(words for words in told.values() if words)


def fresh_codes(quotes: Iterable[ParticipantQuote], *, salt: str) -> dict[QuoteId, str]:
    """Return codes made for one report: the same person the same code, and no other report's.

    Args:
        quotes: Those that stand in the report.
        salt: Something no other report has, such as a new id.

    Returns:
        "Participant 1" … by quote; quotes without a code of the study have none here either.
    """
    coded = [quote for quote in quotes if quote.participant.strip()]
    people = {_person(quote) for quote in coded}
    shuffled = sorted(people, key=lambda one: hashlib.sha256(f"{salt}|{one}".encode()).digest())
    numbers = {person: number for number, person in enumerate(shuffled, start=1)}
    return {quote.id: f"Participant {numbers[_person(quote)]}" for quote in coded}


def labels_that_identify(quote: ParticipantQuote, kept: Sequence[ParticipantQuote]) -> str:
    """Return a warning when what is shown of a quote could tell who said it, or "".

    Args:
        quote: The quote, as it is to be kept.
        kept: Every quote kept here; only those of the same study are compared.
    """
    told = labels_shown(quote)
    if not told:
        return ""
    if quote.attribution is Attribution.BY_NAME:
        return "The name is shown. Do this only where the person asked to be named."
    if set(told) == {"participant", "description", "place"}:
        return (
            "A code, a description and a place are shown together. In a small service that can "
            "tell who it was, and the code joins everything this person said. Show less."
        )
    about = {name: words.casefold() for name, words in told.items() if name != "participant"}
    alike = [
        other
        for other in (*(one for one in kept if one.id != quote.id), quote)
        if other.project == quote.project
        and all(getattr(other, name).strip().casefold() == words for name, words in about.items())
    ]
    people = len({_person(other) for other in alike})
    if about and people < FEWEST:
        said = " and ".join(f"“{told[name]}”" for name in about)
        return (
            f"Fewer than {FEWEST} people in the quotes kept here fit {said}. Someone could work "
            "out who said this. Show less, or describe them more broadly."
        )
    return ""


def _person(quote: ParticipantQuote) -> tuple[str, str]:
    """Return what tells one person from another; a quote without a code is somebody of its own."""
    code = quote.participant.strip().casefold()
    return str(quote.project), code or f"quote {quote.id}"

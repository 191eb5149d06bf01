"""Words taken back, everywhere: how the log says so, and who may say it of which words.

A taking back is an operation of its own. It names the references behind which the words stand,
never the words, so that it can be kept and passed on for good. Every laptop that lets it count
judges it alike, from nothing but what the log said before it (:func:`may_take_back`).

Source: ``SECURITY_DESIGN.md`` 6 (erasure).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from .log import LedOp, Op, SetOp, StepOp, entity_name
from .questions import StepKind, is_askers_step

FORGOTTEN = "forgotten"
"""What the log calls a taking back where nouns have their names; it is shown nowhere."""
_FIELD = "words"
_MOST_NAMED = 200
"""References in one operation; an entry holds about 900."""
_REFERENCE_LENGTH = 64

WHOSE: Mapping[str, str] = {
    "annotation": "author",
    "question": "asker",
    "support": "person",
    "reply": "person",
    "reflection": "person",
    "memo": "author",
    "quote": "kept_by",
    "invitation": "person",
    "content_note": "written_by",
}
"""Which field of a noun says whose words it holds, whoever typed them in."""

_COORDINATED = frozenset({"jotting", "content_note", "invitation"})
"""What coordinators look after: words without a name, and what a person needs on the day."""

QUOTING = (
    ("feedback", "body"),
    ("response", "body"),
    ("response", "reason"),
    ("change", "outside"),
)
"""Where others may have quoted the asker's words, as (noun, field)."""

_SAID_OF_A_QUESTION = frozenset({("impact", "asker_view"), *QUOTING})
"""Where the asker's words stand beside others', as (noun, field)."""


TAKEN_BACK = "words taken back"
"""What stands where somebody quoted words that were taken back."""


def without_words(text: str, words: str) -> str:
    """Return a text in which words are no longer quoted.

    >>> without_words("You asked: “Why me?” We will see.", "Why me?")
    'You asked: “words taken back” We will see.'
    """
    words = words.strip()
    if not words:
        return text
    text = text.replace(f"“{words}”", f"“{TAKEN_BACK}”")
    # One short word alone may be anybody's.
    return text.replace(words, TAKEN_BACK) if " " in words else text


class Past(Protocol):
    """What the log said in one space before a taking back."""

    def values(self, entity: str, field: str) -> frozenset[str]:
        """Return every value that anybody ever gave a field, as text."""

    def naming(self, noun: str, field: str, value: str) -> frozenset[str]:
        """Return the ids of the nouns of a kind of which a field was ever given this value."""

    def withdrawals(self, question: str) -> frozenset[tuple[str, str]]:
        """Return who withdrew a question, and on whose behalf ("" for their own)."""


def taking_back(references: Iterable[str]) -> tuple[SetOp, ...]:
    """Return the operations that say that the words behind references are taken back."""
    named = sorted(set(references))
    lots = (named[at : at + _MOST_NAMED] for at in range(0, len(named), _MOST_NAMED))
    return tuple(SetOp(entity_name(FORGOTTEN, lot[0]), _FIELD, lot) for lot in lots)


def taken_back(untrusted: Op) -> tuple[str, ...]:
    """Return the references that an operation says are taken back; mostly none."""
    if not (isinstance(untrusted, SetOp) and untrusted.entity.startswith(f"{FORGOTTEN}:")):
        return ()
    named = untrusted.value if isinstance(untrusted.value, list) else ()
    return tuple(one for one in named if isinstance(one, str) and len(one) == _REFERENCE_LENGTH)


def may_take_back(op: Op, *, signer: str, by: str, is_coordinator: bool, past: Past) -> bool:
    """Return whether a person may make everybody forget the words of an operation.

    Whoever wrote them may, and the person whose words it always was said they are. Coordinators may
    where no person is named, and for an asker on whose behalf they withdrew the question. With a
    question go the words that are told of it and quote it.

    Args:
        op: The operation that holds the words.
        signer: Id of the person whose laptop signed it.
        by: Id of the person who takes them back.
        is_coordinator: Whether that person coordinated the board then.
        past: What the log said before.
    """
    if signer == by:
        return True
    match op:
        case SetOp(entity=entity, field=field):
            noun, _, identity = entity.partition(":")
            if is_coordinator and noun in _COORDINATED:
                return True
            owners = past.values(entity, WHOSE[noun]) if noun in WHOSE else frozenset()
            if owners == {by}:
                return True
            asker = asker_for(_questions(noun, identity, field, past), by, is_coordinator, past)
            return asker != "" and (noun not in WHOSE or owners == {asker})
        case StepOp(question=question, kind=kind, detail=detail):
            asker = asker_for(frozenset({question}), by, is_coordinator, past)
            told = StepKind(kind), str(detail.get("for", ""))
            return asker != "" and is_askers_step(*told, by=signer, asker=asker)
        case LedOp():
            return False


def _questions(noun: str, identity: str, field: str, past: Past) -> frozenset[str]:
    """Return the questions with which the words of a field go when they are withdrawn."""
    if noun == "question":
        return frozenset({identity})
    if noun == "annotation":
        return past.naming("question", "annotation", identity)
    if (noun, field) in _SAID_OF_A_QUESTION:
        return past.values(entity_name(noun, identity), "question")
    return frozenset()


def asker_for(questions: frozenset[str], by: str, is_coordinator: bool, past: Past) -> str:  # noqa: FBT001
    """Return whose one question it is that a person withdrew, for themselves or as a coordinator.

    Args:
        questions: Ids; it has to be one, and one asker has to have been named for it ever.
        by: Id of the person.
        is_coordinator: Whether they coordinated the board.
        past: What the log said before.

    Returns:
        The asker's id, or "".
    """
    for question in questions if len(questions) == 1 else ():
        askers = past.values(entity_name("question", question), "asker")
        for asker in askers if len(askers) == 1 else ():
            withdrawn = past.withdrawals(question)
            if asker == by and any(who == by for who, _ in withdrawn):
                return asker
            if is_coordinator and (by, asker) in withdrawn:
                return asker
    return ""

"""Nouns to log operations, and back.

Each noun is declared once, as a dataclass. From that declaration come the operations that record
it, the columns that hold it (``storage/tables.py``), and the way it is read back. Values on the way
are plain JSON: ids and dates as text, enums by value, passages as objects.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Hashable, Mapping
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from typing import Any, Literal, TypeVar
from uuid import UUID

from .accounts import Batch, Cost, FinanceLayout, FormTemplate, PeriodClose
from .annotations import Annotation
from .codebook import Code, Coding, CodingConsent, Memo, ParticipantQuote
from .companions import Companion
from .content_notes import ContentNote
from .drafts import Draft, DraftVersion, ReviewReturn, ReviewRound
from .impact import Impact, SecondLook
from .involvement import Involvement
from .log import SetOp, entity_name
from .meeting_parts import Action, AgendaItem, Invitation, Jotting, MeetingPaper
from .meetings import Attendance, Meeting
from .passages import Passage
from .people import Board, Device, Person
from .placements import Placement
from .projects import Project, Site
from .questions import Question
from .rates import Budget, Rate, SchemeUse
from .receipts import Receipt
from .reflections import Reflection
from .register import Chaser, Reply, SavedView, Support, Theme
from .responses import Change, Feedback, Response
from .words import Word

Noun = TypeVar("Noun")
Column = Literal["text", "integer", "json"]

NOUNS: Mapping[str, type] = {
    "board": Board,
    "person": Person,
    "device": Device,
    "project": Project,
    "site": Site,
    "draft": Draft,
    "version": DraftVersion,
    "round": ReviewRound,
    "return": ReviewReturn,
    "annotation": Annotation,
    "question": Question,
    "response": Response,
    "change": Change,
    "impact": Impact,
    "feedback": Feedback,
    "meeting": Meeting,
    "attendance": Attendance,
    "involvement": Involvement,
    "rate": Rate,
    "budget": Budget,
    "word": Word,
    "content_note": ContentNote,
    "companion": Companion,
    "placement": Placement,
    "code": Code,
    "coding": Coding,
    "memo": Memo,
    "quote": ParticipantQuote,
    "coding_consent": CodingConsent,
    "support": Support,
    "theme": Theme,
    "reply": Reply,
    "chaser": Chaser,
    "saved_view": SavedView,
    "second_look": SecondLook,
    "invitation": Invitation,
    "agenda_item": AgendaItem,
    "paper": MeetingPaper,
    "jotting": Jotting,
    "action": Action,
    "reflection": Reflection,
    "scheme_use": SchemeUse,
    "receipt": Receipt,
    "batch": Batch,
    "cost": Cost,
    "period_close": PeriodClose,
    "finance_layout": FinanceLayout,
    "form_template": FormTemplate,
}
"""Every noun that ``set`` operations record, by the name the log gives it."""

_NAMES = {noun: name for name, noun in NOUNS.items()}


@dataclasses.dataclass(frozen=True, slots=True)
class Field:
    """One field of a noun, as log and tables see it.

    Args:
        name: As in the dataclass.
        column: What kind of column holds it.
        personal: Whether it travels as a salted reference.
        link: Whether it is looked things up by.
        default: The plain value it has when never set.
        encode: From the dataclass's value to a plain one.
        decode: From a plain value to the dataclass's.
    """

    name: str
    column: Column
    personal: bool
    link: bool
    default: Any
    encode: Callable[[Any], Any]
    decode: Callable[[Any], Any]


def name_of(noun: type) -> str:
    """Return the name the log gives a kind of noun."""
    return _NAMES[noun]


def entity_of(noun: Any) -> str:  # noqa: ANN401 - any noun
    """Return the name under which the log knows this noun."""
    return entity_name(_NAMES[type(noun)], noun.id)


def fields_of(noun: type[Any]) -> tuple[Field, ...]:
    """Return every field of a kind of noun but its ``id``, in the order declared."""
    return _fields(typing.cast(Hashable, noun))


@cache
def _fields(noun: Hashable) -> tuple[Field, ...]:
    kind = typing.cast(Any, noun)
    hints = typing.get_type_hints(kind)
    return tuple(
        _field(declared, hints[declared.name])
        for declared in dataclasses.fields(kind)
        if declared.name != "id"
    )


def id_decoder(noun: type[Any]) -> Callable[[str], Any]:
    """Return what turns a stored id into the noun's id type."""
    return _id_decoder(typing.cast(Hashable, noun))


@cache
def _id_decoder(noun: Hashable) -> Callable[[str], Any]:
    decode: Callable[[str], Any] = _codec(typing.get_type_hints(typing.cast(Any, noun))["id"])[2]
    return decode


def changes(old: Noun | None, new: Noun) -> tuple[SetOp, ...]:
    """Return the operations that turn one state of a noun into another.

    Args:
        old: As it was; ``None`` when it is new (fields with their ordinary value are left out).
        new: As it should be; the same id.

    Returns:
        One ``set`` per field that differs. ``over`` is left for the store to fill in: it knows
        which writes the person saw.
    """
    entity = entity_of(new)
    found = []
    for field in fields_of(type(new)):
        value = field.encode(getattr(new, field.name))
        before = field.default if old is None else field.encode(getattr(old, field.name))
        if value != before:
            found.append(SetOp(entity, field.name, value))
    return tuple(found) or (_bare(entity, new),) if old is None else tuple(found)


def _bare(entity: str, new: Any) -> SetOp:  # noqa: ANN401 - any noun
    """A noun whose every field is ordinary still has to exist: set its first field."""
    field = fields_of(type(new))[0]
    return SetOp(entity, field.name, field.encode(getattr(new, field.name)))


def noun_from(noun: type[Noun], identity: str, values: Mapping[str, Any]) -> Noun:
    """Return a noun from its plain values.

    Args:
        noun: Which kind.
        identity: Its id, as stored.
        values: Plain values by field name; a missing one takes its default.
    """
    make = typing.cast(Callable[..., Noun], noun)
    made = {
        field.name: field.decode(values.get(field.name, field.default)) for field in fields_of(noun)
    }
    return make(id=id_decoder(noun)(identity), **made)


def _field(declared: dataclasses.Field[Any], hint: Any) -> Field:  # noqa: ANN401 - a type
    column, encode, decode = _codec(hint)
    default = None if declared.default is dataclasses.MISSING else encode(declared.default)
    if default is None and column == "text" and hint is str:
        default = ""
    return Field(
        name=declared.name,
        column=column,
        personal=bool(declared.metadata.get("personal")),
        link=bool(declared.metadata.get("link")),
        default=default,
        encode=encode,
        decode=decode,
    )


_Codec = tuple[Column, Callable[[Any], Any], Callable[[Any], Any]]


def _same(value: Any) -> Any:  # noqa: ANN401 - passes anything on
    return value


def _codec(hint: Any) -> _Codec:  # noqa: ANN401 - a type
    base = getattr(hint, "__supertype__", hint)
    arguments = typing.get_args(base)
    if isinstance(base, types.UnionType) or typing.get_origin(base) is typing.Union:
        return _optional(next(one for one in arguments if one is not type(None)))
    if typing.get_origin(base) is tuple:
        return _tuple(arguments[0])
    if base in _SIMPLE:
        return _SIMPLE[base]
    if isinstance(base, type) and issubclass(base, Enum):
        return "text", lambda value: value.value, base
    if base is Passage:
        return "json", dataclasses.asdict, lambda plain: Passage(**plain)
    raise TypeError(f"No way to store a field of type {hint!r}")


def _optional(hint: Any) -> _Codec:  # noqa: ANN401 - a type
    column, encode, decode = _codec(hint)
    return (
        column,
        lambda value: None if value is None else encode(value),
        lambda plain: None if plain is None else decode(plain),
    )


def _tuple(hint: Any) -> _Codec:  # noqa: ANN401 - a type
    _, encode, decode = _codec(hint)
    return (
        "json",
        lambda value: [encode(one) for one in value],
        lambda plain: tuple(decode(one) for one in plain or ()),
    )


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="milliseconds")


_SIMPLE: Mapping[Any, _Codec] = {
    str: ("text", _same, lambda plain: plain if plain is not None else ""),
    int: ("integer", _same, _same),
    bool: ("integer", int, bool),
    UUID: ("text", str, UUID),
    date: ("text", date.isoformat, date.fromisoformat),
    datetime: ("text", _instant, datetime.fromisoformat),
}

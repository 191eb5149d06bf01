"""Whether an operation's values are of the shape that its noun, question or claim has.

A laptop of the board may still send nonsense: a state that does not exist, a number that is words.
Such an entry is kept but set aside, so that it cannot make every page that lists things fail.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import UUID

from ..domain import facts
from ..domain.claim_lines import line_from_json
from ..domain.claims import LedgerKind
from ..domain.log import PERSONAL_DETAIL, LedOp, Op, SetOp, StepOp
from ..domain.questions import StepKind
from ..errors import PPIError
from .personal import fields, is_reference

GONE = "gone"
_MOST = 2**63
_NO_SHAPE = (TypeError, ValueError, KeyError, AttributeError, IndexError, OverflowError, PPIError)


def is_well_formed(op: Op) -> bool:
    """Return whether an operation's values can be kept and read back.

    Nouns and fields of a newer version pass: they are kept, and shown by that version.
    """
    match op:
        case SetOp(entity=entity, field=field, value=value):
            noun, _, identity = entity.partition(":")
            declared = fields(noun).get(field)
            if noun in facts.NOUNS and not is_identity(noun, identity):
                return False
            if declared is None or field == GONE:
                return True
            return fits(declared, value) or (declared.personal and is_reference(value))
        case StepOp(question=question, kind=kind, detail=detail):
            return kind in _STEP_KINDS and is_uuid(question) and _is_detail(detail)
        case LedOp(claim=claim, kind=kind, pence=pence, data=data):
            whole = not isinstance(pence, bool) and abs(pence) < _MOST
            return kind in _LEDGER_KINDS and is_uuid(claim) and whole and _is_ledger_data(data)


_STEP_KINDS = frozenset(StepKind)
_LEDGER_KINDS = frozenset(LedgerKind)


def is_uuid(untrusted: object) -> bool:
    """Return whether a value is a UUID, written the usual way."""
    try:
        return isinstance(untrusted, str) and str(UUID(untrusted)) == untrusted
    except ValueError:
        return False


def is_identity(noun: str, identity: str) -> bool:
    """Return whether a text is an id of a kind of noun, written the usual way."""
    try:
        return bool(identity) and str(facts.id_decoder(facts.NOUNS[noun])(identity)) == identity
    except _NO_SHAPE:
        return False


def fits(field: facts.Field, value: Any) -> bool:  # noqa: ANN401 - untrusted
    """Return whether a plain value can be read back as the field's value."""
    if value is not None:
        if field.column == "text" and (not isinstance(value, str) or "\0" in value):
            return False
        if field.column == "integer" and not (isinstance(value, int) and abs(value) < _MOST):
            return False
        if field.column == "json" and not isinstance(value, list | Mapping):
            return False
    try:
        field.decode(value)
    except _NO_SHAPE:
        return False
    return True


@cache
def required(noun: str) -> frozenset[str]:
    """Return the fields without which a noun cannot be shown."""
    return frozenset(f.name for f in fields(noun).values() if not fits(f, f.default))


def _is_detail(detail: Mapping[str, Any]) -> bool:
    texts = all(
        isinstance(one, str) or (key in PERSONAL_DETAIL and (one is None or is_reference(one)))
        for key, one in detail.items()
    )
    return texts and is_uuid(detail.get("for") or _ANY_UUID)


def _is_ledger_data(data: Mapping[str, Any]) -> bool:
    return is_uuid(data.get("person", _ANY_UUID))


_ANY_UUID = str(UUID(int=0))


def resolved(key: str, value: Any) -> Any:  # noqa: ANN401 - plain JSON
    """Return personal words of a step or ledger entry, or a harmless blank of the same kind."""
    if key != "lines":
        return value if isinstance(value, str) else ""
    try:
        return [line_from_json(line).to_json() for line in value]
    except _NO_SHAPE:
        return []

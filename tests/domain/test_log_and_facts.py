"""The log's one way of writing, and nouns that come back from it as they went in."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
import unicodedata
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import cache
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhin_ppi.domain.facts import NOUNS, changes, entity_of, fields_of, noun_from
from mhin_ppi.domain.log import (
    BODY_BYTES_LIMIT,
    LedOp,
    SetOp,
    StepOp,
    canonical,
    entry_id,
    parse_entry,
)
from mhin_ppi.domain.passages import EmptyPassageError, Passage, passage_in
from mhin_ppi.domain.people import Credit, Person, PersonId, credited_as
from mhin_ppi.errors import EntryRefusedError

words = st.text(max_size=12).map(lambda text: unicodedata.normalize("NFC", text))
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)
ops = st.lists(
    st.builds(SetOp, words, words, plain, st.lists(words, max_size=2).map(tuple))
    | st.builds(StepOp, words, words, st.dictionaries(words, words, max_size=3))
    | st.builds(LedOp, words, words, st.integers(0, 10**7), st.dictionaries(words, plain)),
    max_size=4,
)


def body_of(found, **other):
    return {
        "v": 1,
        "board": "b" * 64,
        "space": "board",
        "action": str(UUID(int=5)),
        "dev": "d" * 64,
        "seq": 1,
        "hlc": "1764547200000-0000",
        "deps": ["a"],
        "admin": [],
        "ops": [op.to_json() for op in found],
    } | other


@given(ops)
def test_an_entry_comes_back_as_it_was_written(found):
    raw = canonical(body_of(found))
    entry = parse_entry(raw, b"s")
    assert entry.ops == tuple(found)
    assert (entry.id, entry.body, entry.signature) == (entry_id(raw), raw, b"s")
    assert entry.action == UUID(int=5)


@given(ops, st.data())
def test_bytes_that_were_changed_are_another_entry_or_none(found, chance):
    raw = canonical(body_of(found))
    at = chance.draw(st.integers(0, len(raw) - 1))
    other = chance.draw(st.integers(0, 255).filter(lambda byte: byte != raw[at]))
    altered = raw[:at] + bytes([other]) + raw[at + 1 :]
    assert entry_id(altered) != entry_id(raw)
    try:
        read = parse_entry(altered, b"")
    except EntryRefusedError:
        return
    assert read.body == altered
    assert canonical(json.loads(altered)) == altered


def deep(levels):
    value: object = "x"
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    "wrong",
    [
        {"ops": [["set", "a", "b", 0.5, []]]},
        {"ops": [["set", "a", "b", deep(20), []]]},
        {"ops": [["set", "a", "b", "x" * BODY_BYTES_LIMIT, []]]},
    ],
    ids=["float", "depth", "size"],
)
def test_what_is_not_plain_is_neither_written_nor_read(wrong):
    with pytest.raises(EntryRefusedError):
        canonical(body_of([], **wrong))
    raw = json.dumps(body_of([], **wrong), sort_keys=True, separators=(",", ":")).encode()
    with pytest.raises(EntryRefusedError):
        parse_entry(raw, b"")


@pytest.mark.parametrize(
    "wrong",
    [
        {"v": 2},
        {"seq": 0},
        {"seq": "1"},
        {"board": 7},
        {"hlc": None},
        {"action": "no uuid"},
        {"deps": "abc"},
        {"admin": [1]},
        {"ops": {}},
        {"ops": [["jump", "a"]]},
        {"ops": [["led", "a", "paid", "five", {}]]},
        {"ops": [["set", "a", "b"]]},
        {"more": 1},
    ],
    ids=str,
)
def test_an_entry_of_another_shape_is_refused(wrong):
    with pytest.raises(EntryRefusedError):
        parse_entry(canonical(body_of([], **wrong)), b"")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"null",
        b"[]",
        b"\xff\xfe",
        b"[" * 60_000,
        json.dumps(body_of([])).encode(),
        b'{"v":1,' + canonical(body_of([]))[1:],
        canonical(body_of([])) + b"\n",
        canonical(body_of([SetOp("a", "b", "\u00e9")])).replace("\u00e9".encode(), b"e\xcc\x81"),
        canonical(body_of([])).replace(b'"seq":1', b'"seq":NaN'),
        b"x" * (BODY_BYTES_LIMIT + 1),
    ],
    ids=lambda raw: repr(raw[:20]),
)
def test_anything_not_written_the_one_way_is_refused(raw):
    with pytest.raises(EntryRefusedError) as refused:
        parse_entry(raw, b"")
    assert refused.value.what_is_safe


# ------------------------------------------------------------------------------- nouns

instants = st.integers(0, 4 * 10**12).map(
    lambda milliseconds: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
)
passages = st.builds(
    lambda start, quote: Passage(start, start + len(quote), quote, "before", "after"),
    st.integers(0, 10**6),
    st.text(min_size=1).filter(str.strip),
)
SIMPLE = {
    str: st.text(max_size=20),
    int: st.integers(-(2**40), 2**40),
    bool: st.booleans(),
    UUID: st.uuids(),
    date: st.dates(),
    datetime: instants,
    Passage: passages,
}


def values(hint) -> st.SearchStrategy:
    base = getattr(hint, "__supertype__", hint)
    if base in SIMPLE:
        return SIMPLE[base]
    if isinstance(base, types.UnionType) or typing.get_origin(base) is typing.Union:
        inner = next(one for one in typing.get_args(base) if one is not type(None))
        return st.none() | values(inner)
    if typing.get_origin(base) is tuple:
        return st.lists(values(typing.get_args(base)[0]), max_size=3).map(tuple)
    assert issubclass(base, Enum)
    return st.sampled_from(list(base))


@cache  # a strategy made anew for every example costs more than what it draws
def made(noun) -> st.SearchStrategy:
    hints = typing.get_type_hints(noun)
    fields = {one.name: values(hints[one.name]) for one in dataclasses.fields(noun)}
    return st.builds(noun, **fields)


def told(plain_ops) -> dict[str, object]:
    """What a laptop elsewhere makes of the operations, once they have been through the log."""
    kept: dict[str, object] = json.loads(json.dumps({op.field: op.value for op in plain_ops}))
    return kept


@pytest.mark.parametrize("noun", NOUNS.values(), ids=NOUNS)
@given(st.data())
def test_a_noun_comes_back_as_it_was(noun, chance):
    one = chance.draw(made(noun))
    written = changes(None, one)
    assert {op.entity for op in written} == {entity_of(one)}
    assert noun_from(noun, str(one.id), told(written)) == one


@pytest.mark.parametrize("noun", NOUNS.values(), ids=NOUNS)
@given(st.data())
def test_only_what_differs_is_written(noun, chance):
    old = chance.draw(made(noun))
    new = dataclasses.replace(chance.draw(made(noun)), id=old.id)
    written = changes(old, new)
    differing = {f.name for f in fields_of(noun) if getattr(old, f.name) != getattr(new, f.name)}
    assert {op.field for op in written} == differing
    assert noun_from(noun, str(old.id), told(changes(None, old)) | told(written)) == new
    assert changes(old, old) == ()


# ----------------------------------------------------------------- passages and credit


@given(st.text(max_size=60), st.integers(-5, 70), st.integers(-5, 70))
def test_a_passage_is_the_marked_words_without_the_space_around(text, start, end):
    inside = text[max(0, start) : max(0, min(end, len(text)))]
    if not inside.strip():
        with pytest.raises(EmptyPassageError):
            passage_in(text, start, end)
        return
    found = passage_in(text, start, end)
    assert text[found.start : found.end] == found.quote == inside.strip()
    whole = f"{found.prefix}{found.quote}{found.suffix}"
    assert whole in text
    assert len(found.prefix) <= 128 >= len(found.suffix)


@given(words, words, st.sampled_from(Credit), st.none() | st.sampled_from(Credit))
def test_nobody_is_named_beyond_their_choice(first, last, usual, choice):
    name = f"Zed{first} Yox{last}"
    person = Person(PersonId(uuid4()), name=name, credit=usual, pseudonym="Kestrel")
    shown = credited_as(person, choice=choice, member_word="adviser")
    expected = {
        Credit.FULL_NAME: name,
        Credit.FIRST_NAME: name.split()[0],
        Credit.PSEUDONYM: "Kestrel",
        Credit.NOT_NAMED: "An adviser",
    }
    assert shown == expected[choice or usual]


def test_a_pseudonym_not_given_names_nobody():
    person = Person(PersonId(uuid4()), name="Amber Fictional", credit=Credit.PSEUDONYM)
    assert credited_as(person, member_word="board member") == "A board member"

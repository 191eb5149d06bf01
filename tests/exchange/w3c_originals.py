"""The W3C's own schemas, from a folder that is no part of this repository (see ``SOURCE.md``)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

_PART = r"(?:[A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})"
URI = re.compile(rf"[A-Za-z][A-Za-z0-9+.-]*:{_PART}+(?:#{_PART}*)?")
"""RFC 3986, but for a host in brackets. ``jsonschema`` alone passes any text as a ``uri``."""
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
"""RFC 3339."""

FORMATS = FormatChecker(formats=())


@FORMATS.checks("uri")
def is_uri(value: object) -> bool:
    return not isinstance(value, str) or URI.fullmatch(value) is not None


@FORMATS.checks("date-time", raises=ValueError)
def is_instant(value: object) -> bool:
    if isinstance(value, str):
        datetime.fromisoformat(value)
    return not isinstance(value, str) or INSTANT.fullmatch(value) is not None


@dataclass(frozen=True)
class Assertion:
    """One file of the test suite: what is to be true, and how much depends on it."""

    name: str
    kind: str
    """``must``, ``should`` or ``may``."""
    wants: bool
    checker: Draft4Validator

    def holds(self, told: object) -> bool:
        return self.checker.is_valid(told) is self.wants


def assertions(folder: Path, part: str, *, beside: bool) -> list[Assertion]:
    """Return the assertions of a part of the suite.

    Args:
        folder: Holds ``definitions`` and the parts.
        part: ``annotations`` or ``pages``.
        beside: Heed what stands beside a reference, as the W3C's own runner (ajv) did; draft 4 by
            the letter passes over it.

    Raises:
        Unresolvable: A definition that an assertion leads to is not in the folder.
    """
    read = _heeding if beside else _plain
    definitions = {file.name: read(file) for file in (folder / "definitions").glob("*.json")}
    registry = Registry().with_resources(
        (name, Resource.from_contents(schema, DRAFT4)) for name, schema in definitions.items()
    )
    found = []
    for file in sorted((folder / part).glob("*.json")):
        schema = read(file)
        _follow(schema, registry, file.name, set())
        wants = schema.get("expectedResult", "valid") == "valid"
        checker = Draft4Validator(schema, registry=registry, format_checker=FORMATS)
        found.append(Assertion(file.name, schema["assertionType"], wants, checker))
    return found


def _plain(file: Path) -> dict[str, Any]:
    return json.loads(file.read_text())


def _heeding(file: Path) -> dict[str, Any]:
    return json.loads(file.read_text(), object_hook=_beside)


def _beside(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema whose reference is one of ``allOf``, so that its neighbours count."""
    if not isinstance(schema.get("$ref"), str) or len(schema) == 1:
        return schema
    rest = {key: value for key, value in schema.items() if key != "$ref"}
    return {**rest, "allOf": [*rest.get("allOf", []), {"$ref": schema["$ref"]}]}


def _follow(schema: object, registry: Registry, base: str, seen: set[str]) -> None:
    """Go where a schema leads, so that a folder with a part missing is noticed at once."""
    for ref in _references(schema):
        name, _, pointer = ref.partition("#")
        whole = f"{name or base}#{pointer}"
        if whole not in seen:
            seen.add(whole)
            told = registry.resolver().lookup(whole).contents
            _follow(told, registry, name or base, seen)


def _references(schema: object) -> Iterator[str]:
    if isinstance(schema, dict):
        if isinstance(schema.get("$ref"), str):
            yield schema["$ref"]
        schema = list(schema.values())
    if isinstance(schema, list):
        for one in schema:
            yield from _references(one)

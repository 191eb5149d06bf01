"""What REFI-QDA's Project.xsd (18 March 2019) asks of the parts of a file that this program writes.

Written down from the schema in a table of our own: for each element its attributes (a pattern
each, ``!`` where it must be there) and its children in their order (``*`` any number, ``?`` at most
one, ``+`` at least one).
"""

from __future__ import annotations

import re
from typing import Any

_GUID = r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
_WHEN = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?"
_ANY, _NUMBER = r"(?s).*", r"[+-]?\d+"
_MADE = {"creatingUser": _GUID, "creationDateTime": _WHEN}
_TEXT_SOURCE: tuple[dict[str, str], str] = (
    {"guid!": _GUID, "name": _ANY, "plainTextPath": _ANY, "richTextPath": _ANY, **_MADE},
    "Description? PlainTextContent? PlainTextSelection* Coding* NoteRef*",
)
RULES: dict[str, tuple[dict[str, str], str]] = {
    "Project": (
        {"name!": _ANY, "origin": _ANY, "creatingUserGUID": _GUID, "creationDateTime": _WHEN},
        "Users? CodeBook? Variables? Cases? Sources? Notes? Links? Sets? Graphs? Description?",
    ),
    "Users": ({}, "User+"),
    "User": ({"guid!": _GUID, "name": _ANY, "id": _ANY}, ""),
    "CodeBook": ({}, "Codes"),
    "Codes": ({}, "Code+"),
    "Code": (
        {
            "guid!": _GUID,
            "name!": _ANY,
            "isCodable!": "true|false|0|1",
            "color": "#([A-Fa-f0-9]{6}|[A-Fa-f0-9]{3})",
        },
        "Description? NoteRef* Code*",
    ),
    "Description": ({}, ""),
    "NoteRef": ({"targetGUID!": _GUID}, ""),
    "CodeRef": ({"targetGUID!": _GUID}, ""),
    "Sources": ({}, "TextSource+"),
    "TextSource": _TEXT_SOURCE,
    "Note": _TEXT_SOURCE,
    "Notes": ({}, "Note+"),
    "PlainTextContent": ({}, ""),
    "PlainTextSelection": (
        {
            "guid!": _GUID,
            "name": _ANY,
            "startPosition!": _NUMBER,
            "endPosition!": _NUMBER,
            **_MADE,
        },
        "Description? Coding* NoteRef*",
    ),
    "Coding": ({"guid!": _GUID, **_MADE}, "CodeRef NoteRef*"),
}


def broken_rules(root: Any) -> list[str]:
    """Return what in a project breaks the schema's rules, or the ones between elements."""
    amiss = []
    for element in root.iter():
        space, _, name = element.tag.rpartition("}")
        if space != "{urn:QDA-XML:project:1.0" or name not in RULES:
            amiss.append(f"{element.tag} is not known")
            continue
        attributes, children = RULES[name]
        amiss += _attributes(element, name, attributes)
        named = " ".join(child.tag.rpartition("}")[2] for child in element)
        if not re.fullmatch(_pattern(children), named + " " if named else ""):
            amiss.append(f"{name} has {named}")
    guids = [element.get("guid") for element in root.iter() if element.get("guid")]
    known = set(guids)
    if len(guids) != len(known):
        amiss.append("an identity is used twice")
    for element in root.iter():
        for attribute in ("targetGUID", "creatingUser"):
            if attribute in element.attrib and element.get(attribute) not in known:
                amiss.append(f"{attribute} names nothing")
    return amiss


def _attributes(element: Any, name: str, allowed: dict[str, str]) -> list[str]:
    patterns = {each.rstrip("!"): pattern for each, pattern in allowed.items()}
    amiss = [
        f"{name} has {each}={value!r}"
        for each, value in element.attrib.items()
        if each not in patterns or not re.fullmatch(patterns[each], value)
    ]
    needed = [each.rstrip("!") for each in allowed if each.endswith("!")]
    return amiss + [f"{name} lacks {each}" for each in needed if each not in element.attrib]


def _pattern(children: str) -> str:
    parts = (re.fullmatch(r"(\w+)([*?+]?)", one) for one in children.split())
    return "".join(f"(?:{part[1]} ){part[2]}" for part in parts if part)

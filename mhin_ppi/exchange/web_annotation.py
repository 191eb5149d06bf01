"""Notes as W3C Web Annotations (JSON-LD), out and in.

Written: an ``AnnotationPage`` whose items have a textual body, the position and the quote of their
passage, and the version they are about as ``urn:sha256:…``. Offsets count Unicode code points of
the draft's text. Read: pages, collections, lists and single annotations of other programs too;
selectors of a private kind (Hypothesis' RangeSelector and PageSelector) are passed over.

Source: W3C Web Annotation Data Model (Recommendation of 23 February 2017), 3.2, 4.2 and 5.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..domain.shared_notes import SharedNote
from ..errors import UnreadableError

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
LARGEST_BYTES = 64 * 1024 * 1024
MOST_NOTES = 20_000
_STATE = "classifying"


def write_notes(notes: Sequence[SharedNote], *, source: str) -> bytes:
    """Return notes as one JSON-LD file.

    Args:
        notes: In the order in which they are to be read.
        source: SHA-256 (hex) of the version's text.
    """
    urn = f"urn:sha256:{source}"
    page = {
        "@context": CONTEXT,
        "id": f"{urn}#notes",
        "type": "AnnotationPage",
        "items": [_item(note, urn) for note in notes],
    }
    return json.dumps(page, ensure_ascii=False, indent=1).encode()


def _item(note: SharedNote, urn: str) -> dict[str, Any]:
    bodies: list[dict[str, Any]] = [
        {"type": "TextualBody", "value": note.body, "format": "text/plain"}
    ]
    bodies += [{"type": "TextualBody", "value": tag, "purpose": "tagging"} for tag in note.tags]
    if note.state:
        bodies.append({"type": "TextualBody", "value": note.state, "purpose": _STATE})
    item: dict[str, Any] = {
        "id": note.id,
        "type": "Annotation",
        "motivation": note.motivation,
        "body": bodies,
        "target": note.reply_to or _target(note, urn),
    }
    if note.created:
        item["created"] = note.created
    if note.author:
        item["creator"] = {"type": "Person", "name": note.author}
    return item


def _target(note: SharedNote, urn: str) -> dict[str, Any]:
    selectors: list[dict[str, Any]] = []
    if note.quote:
        selectors.append(
            {
                "type": "TextQuoteSelector",
                "exact": note.quote,
                "prefix": note.prefix,
                "suffix": note.suffix,
            }
        )
    if note.span is not None:
        start, end = note.span
        selectors.append({"type": "TextPositionSelector", "start": start, "end": end})
    return {"source": urn, "selector": selectors} if selectors else {"source": urn}


def read_notes(untrusted: bytes, *, file_name: str) -> list[SharedNote]:
    """Return the notes of a JSON-LD file.

    Args:
        untrusted: The file's bytes.
        file_name: What it is called, for the message.

    Raises:
        UnreadableError: It is not JSON, holds no annotations, or is beyond reason.
    """
    if len(untrusted) > LARGEST_BYTES:
        raise _unreadable(file_name, "is larger than 64 MB")
    try:
        body = json.loads(untrusted)
        found = [_note(one) for one in _annotations(body)]
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as cause:
        raise _unreadable(file_name, "is not a file of notes that this program knows") from cause
    if not found:
        raise _unreadable(file_name, "holds no notes")
    if len(found) > MOST_NOTES:
        raise _unreadable(file_name, f"holds more than {MOST_NOTES:,} notes")
    return found


def _annotations(body: Any) -> Iterable[Mapping[str, Any]]:  # noqa: ANN401 - untrusted JSON
    if isinstance(body, list):
        return body
    if "items" in body:
        return _listed(body["items"])
    if "first" in body:
        return _listed(body["first"]["items"])
    return _listed(body["rows"]) if "rows" in body else [body]


def _note(plain: Mapping[str, Any]) -> SharedNote:
    bodies = [one for one in _listed(plain.get("body", plain.get("bodyValue", ""))) if one]
    said = [_value(one) for one in bodies if _purpose(one) not in ("tagging", _STATE)]
    said += [str(plain["text"])] if plain.get("text") else []
    target = next(iter(_listed(plain.get("target", ""))), "")
    selectors = _listed(target.get("selector", [])) if isinstance(target, Mapping) else []
    quote = _of_type(selectors, "TextQuoteSelector")
    place = _of_type(selectors, "TextPositionSelector")
    motivation = str(next(iter(_listed(plain.get("motivation", "commenting"))), "commenting"))
    return SharedNote(
        id=str(plain.get("id", "")),
        body="\n\n".join(said),
        quote=str(quote.get("exact", "")),
        prefix=str(quote.get("prefix", "")),
        suffix=str(quote.get("suffix", "")),
        span=(int(place["start"]), int(place["end"])) if place else None,
        author=_author(plain),
        created=str(plain.get("created", "")),
        motivation=motivation,
        reply_to=str(target) if isinstance(target, str) and motivation == "replying" else "",
        tags=tuple(_value(one) for one in bodies if _purpose(one) == "tagging"),
        state=next((_value(one) for one in bodies if _purpose(one) == _STATE), ""),
    )


def _listed(one: Any) -> list[Any]:  # noqa: ANN401 - JSON-LD writes one thing bare
    return one if isinstance(one, list) else [one]


def _value(body: Any) -> str:  # noqa: ANN401 - untrusted JSON
    return str(body.get("value", "")) if isinstance(body, Mapping) else str(body)


def _purpose(body: Any) -> str:  # noqa: ANN401 - untrusted JSON
    return str(body.get("purpose", "")) if isinstance(body, Mapping) else ""


def _of_type(selectors: Iterable[Any], kind: str) -> Mapping[str, Any]:
    found = (s for s in selectors if isinstance(s, Mapping) and s.get("type") == kind)
    return next(found, {})


def _author(plain: Mapping[str, Any]) -> str:
    creator = next(iter(_listed(plain.get("creator", plain.get("user", "")))), "")
    named = creator.get("name", "") if isinstance(creator, Mapping) else creator
    return str(named)


def _unreadable(file_name: str, why: str) -> UnreadableError:
    return UnreadableError(
        f"“{file_name}” {why}.",
        next_step="Ask for it again as a W3C Web Annotation file (JSON-LD).",
    )

"""Notes as W3C Web Annotations (JSON-LD), out and in.

Written: an ``AnnotationPage`` whose items have a textual body, the position and the quote of their
passage, the PDF page where it is known, and the version they are about as ``urn:sha256:…``. Offsets
count Unicode code points of the draft's text. That a thread is finished with is a second body,
*resolved*, whose purpose is *assessing*. Read: pages, collections, lists and single annotations of
other programs too (``web_annotation_parts.py``).

Source: W3C Web Annotation Data Model (Recommendation of 23 February 2017), 3.2, 4.2 and 5.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from ..domain.shared_notes import SharedNote
from ..errors import UnreadableError
from . import web_annotation_parts as parts

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
LARGEST_BYTES = 64 * 1024 * 1024
MOST_NOTES = 20_000
_PDF_FRAGMENTS = "http://tools.ietf.org/rfc/rfc3778"
_PART = r"(?:[\w.~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})"
_ADDRESS = re.compile(rf"[A-Za-z][A-Za-z0-9+.-]*:{_PART}+(?:#{_PART}*)?", re.ASCII)
"""An address as RFC 3986 has it, but for hosts in brackets, which are written as names."""


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
        "items": [_item(note, urn, at) for at, note in enumerate(notes)],
    }
    # Half a character, which JavaScript programs can leave behind, must not stop the rest.
    return json.dumps(page, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _address(name: str, *, at: int) -> str:
    """Return a note's id as the address every annotation must have (3.1)."""
    if not name:
        return f"{parts.NAMELESS}{at}"
    own = (parts.OWN_NAME, parts.NAMELESS)
    if _ADDRESS.fullmatch(name) and not name.startswith(own):
        return name
    return parts.OWN_NAME + quote(name, safe="", errors="replace")


def _instant(told: str) -> str:
    """Return an instant in UTC with a "Z", as the model asks (3.3.1); "" for what is none."""
    try:
        instant = datetime.fromisoformat(told)
        if instant.tzinfo is None:
            instant = instant.replace(tzinfo=UTC)
        return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")
    except (ValueError, OverflowError):
        return ""


def _item(note: SharedNote, urn: str, at: int) -> dict[str, Any]:
    bodies: list[dict[str, Any]] = [
        {"type": "TextualBody", "value": note.body, "format": "text/plain"}
    ]
    bodies += [{"type": "TextualBody", "value": tag, "purpose": "tagging"} for tag in note.tags]
    if note.state:
        bodies.append({"type": "TextualBody", "value": note.state, "purpose": parts.STATE_PURPOSE})
    if note.resolved:
        bodies.append(
            {"type": "TextualBody", "value": parts.RESOLVED, "purpose": parts.RESOLVED_PURPOSE}
        )
    known = note.motivation in parts.MOTIVATIONS
    item: dict[str, Any] = {
        "id": _address(note.id, at=at),
        "type": "Annotation",
        "motivation": note.motivation if known else "commenting",
        "body": bodies,
        "target": _address(note.reply_to, at=at) if note.reply_to else _target(note, urn),
    }
    if created := _instant(note.created):
        item["created"] = created
    if note.author:
        item["creator"] = {"type": "Person", "name": note.author}
    return item


def _target(note: SharedNote, urn: str) -> dict[str, Any] | str:
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
    if note.page is not None:
        fragment = {"conformsTo": _PDF_FRAGMENTS, "value": f"page={note.page}"}
        selectors.append({"type": "FragmentSelector", **fragment})
    if not selectors:
        return urn  # a resource that selects nothing would be no *specific* resource (4)
    return {"type": "SpecificResource", "source": urn, "selector": selectors}


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
        body = json.loads(untrusted, object_hook=parts.by_the_model)
        annotations = list(_annotations(body))
        found = [parts.note_of(one) for one in annotations]
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as cause:
        raise _unreadable(file_name, "is not a file of notes that this program knows") from cause
    if not found:
        raise _unreadable(file_name, "holds no notes")
    if len(found) > MOST_NOTES:
        raise _unreadable(file_name, f"holds more than {MOST_NOTES:,} notes")
    if not any(map(parts.is_about_text, annotations, found)):
        raise _unreadable(file_name, "holds notes without words, on things that are no text")
    return found


def _annotations(body: Any) -> Iterable[Mapping[str, Any]]:  # noqa: ANN401 - untrusted JSON
    if isinstance(body, list):
        return body
    if "items" in body:
        return parts.listed(body["items"])
    if "first" in body:
        return parts.listed(body["first"]["items"])
    if "rows" in body:
        return parts.listed(body["rows"])
    # Any JSON is an object; an annotation is about something (3.1).
    return [body] if "target" in body or "uri" in body else []


def _unreadable(file_name: str, why: str) -> UnreadableError:
    return UnreadableError(
        f"“{file_name}” {why}.",
        next_step="Ask for it again as a W3C Web Annotation file (JSON-LD).",
    )

"""The comments of a PDF as plain values, whatever program wrote them and however damaged.

Only the objects are looked at here; which words a comment stands on is found in
``pdf_notes_in.py``. Source: ISO 32000-1, 12.5.6 (markup annotations).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from mhin_ppi.documents import limits
from mhin_ppi.documents.pdf_marks import NO_PLACE_KEY
from mhin_ppi.documents.refusals import Refusal, Why
from mhin_ppi.domain.page_words import PageBox

ON_WORDS = frozenset({"/Highlight", "/Underline", "/StrikeOut", "/Squiggly"})
AROUND_WORDS = frozenset({"/Square", "/Circle", "/Polygon"})
AT_A_POINT = frozenset({"/Text", "/FreeText", "/Caret"})
_DRAWN = frozenset({"/Ink", "/Line", "/PolyLine", "/Stamp", "/FileAttachment"})
_COMMENTS = ON_WORDS | AROUND_WORDS | AT_A_POINT | _DRAWN
_MOST_QUADS = 500
_FURTHEST = 20_000.0  # points: no page is larger (ISO 32000-1, annex C)


@dataclass(slots=True)
class Mark:
    """One comment as the file has it.

    Args:
        page: From 1.
        kind: Its subtype, such as ``"/Highlight"``.
        words: What it says.
        author: Who wrote it.
        name: Its ``/NM``, or "".
        subject: Its ``/Subj``.
        made: When it was made or last changed, as the file writes it.
        boxes: What it covers; empty where the file says nothing sensible.
        number: Its object number, or 0.
        answers: The object number of what it answers, or 0.
        answers_name: Its name, where the file says the name instead.
        is_part: Whether it only belongs to what it answers (``/RT /Group``).
        state: What it says of the comment it answers ("Completed"), or "".
        no_place: Whether we wrote it as standing on no words.
    """

    page: int
    kind: str
    words: str = ""
    author: str = ""
    name: str = ""
    subject: str = ""
    made: str = ""
    boxes: list[PageBox] = field(default_factory=list)
    number: int = 0
    answers: int = 0
    answers_name: str = ""
    is_part: bool = False
    state: str = ""
    no_place: bool = False


def marks_in(pdf: Any) -> list[Mark]:  # noqa: ANN401 - pikepdf has no types here
    """Return a PDF's comments in the order of its pages.

    Raises:
        Refusal: There are too many.
    """
    found: list[Mark] = []
    for mark in _walk(pdf):
        if len(found) == limits.NOTES:
            raise Refusal(Why.MANY_NOTES)
        found.append(mark)
    return found


def _walk(pdf: Any) -> Iterator[Mark]:  # noqa: ANN401
    import pikepdf

    seen: set[int] = set()
    for number, page in enumerate(pdf.pages, start=1):
        annotations = page.obj.get("/Annots")
        if not isinstance(annotations, pikepdf.Array):
            continue
        for one in annotations:
            if not isinstance(one, pikepdf.Dictionary) or _name(one, "/Subtype") not in _COMMENTS:
                continue
            own = one.objgen[0]
            if own and own in seen:
                continue  # one annotation on two pages' lists
            seen.add(own)
            yield _mark(one, number)


def _mark(one: Any, page: int) -> Mark:  # noqa: ANN401
    import pikepdf

    answered = one.get("/IRT")
    parent = answered.objgen[0] if isinstance(answered, pikepdf.Dictionary) else 0
    return Mark(
        page=page,
        kind=_name(one, "/Subtype"),
        words=_text(one, "/Contents"),
        author=_text(one, "/T"),
        name=_text(one, "/NM"),
        subject=_text(one, "/Subj"),
        made=_text(one, "/CreationDate") or _text(one, "/M"),
        boxes=_boxes(one, page),
        number=one.objgen[0],
        answers=parent,
        answers_name=str(answered) if isinstance(answered, pikepdf.String) else "",
        is_part=_name(one, "/RT") == "/Group",
        state=_text(one, "/State") if "/StateModel" in one or "/State" in one else "",
        no_place=NO_PLACE_KEY in one,
    )


def _name(one: Any, key: str) -> str:  # noqa: ANN401
    import pikepdf

    value = one.get(key)
    return str(value) if isinstance(value, pikepdf.Name) else ""


def _text(one: Any, key: str) -> str:  # noqa: ANN401
    import pikepdf

    value = one.get(key)
    if not isinstance(value, pikepdf.String):
        return ""
    words = str(value)[: limits.NOTE_CHARACTERS].replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in words if c.isprintable() or c in "\n\t").strip()


def _boxes(one: Any, page: int) -> list[PageBox]:  # noqa: ANN401
    """Return what an annotation covers: its quads where they make sense, or else its rectangle."""
    numbers = _numbers(one.get("/QuadPoints"), most=8 * _MOST_QUADS)
    # Programs differ in the order of the corners, so only the edges are used.
    quads = [numbers[at : at + 8] for at in range(0, len(numbers) - 7, 8)]
    boxes = [box for quad in quads if (box := _around(quad, page))]
    rectangle = _numbers(one.get("/Rect"), most=4)
    if boxes or len(rectangle) != 4:
        return boxes
    whole = _around([*rectangle, *rectangle], page)
    return [whole] if whole else []


def _around(corners: list[float], page: int) -> PageBox | None:
    across, up = corners[::2], corners[1::2]
    if not all(math.isfinite(one) and abs(one) < _FURTHEST for one in corners):
        return None
    return PageBox(page, min(across), min(up), max(across), max(up))


def _numbers(value: Any, *, most: int) -> list[float]:  # noqa: ANN401
    import pikepdf

    if not isinstance(value, pikepdf.Array) or len(value) > most:
        return []
    plain = list(value)
    if not all(isinstance(one, int | float | Decimal) for one in plain):
        return []
    return [float(one) for one in plain]

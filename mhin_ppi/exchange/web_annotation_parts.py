"""The parts of a W3C Web Annotation as other programs write them: bodies, targets, selectors.

JSON-LD writes one thing bare and several as a list, a resource as its address or as an object; a
*Choice* offers several bodies for one, a *Composite*, *List* or *Independents* several at once.
Programs older than the Recommendation have other names for some keys; those are read as well.
Source: W3C Web Annotation Data Model (23 February 2017), 3.2, 3.3 and 4.2; its drafts of 2015.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote

from ..domain.shared_notes import SharedNote

OWN_NAME = "urn:x-mhin-ppi:note:"
NAMELESS = "urn:x-mhin-ppi:nameless:"
STATE_PURPOSE = "classifying"
RESOLVED_PURPOSE, RESOLVED = "assessing", "resolved"
MOTIVATIONS = frozenset(
    "assessing bookmarking classifying commenting describing editing highlighting identifying "
    "linking moderating questioning replying tagging".split()
)
"""Those of the model (3.3.5)."""

_SETS = frozenset({"Composite", "List", "Independents"})
_OTHER_NAMES = {
    "@id": "id",
    "@type": "type",
    "@value": "value",
    "@graph": "items",
    "chars": "value",
    "cnt:chars": "value",
    "bodyText": "bodyValue",
    "role": "purpose",
    "members": "items",
}
"""JSON-LD's own names for the model's, then those of Open Annotation and of the drafts."""
_PREFIXES = ("oa:", "http://www.w3.org/ns/oa#", "as:")
_DEEPEST = 8
_PAGE = re.compile(r"(?:^|[#&])page=(\d{1,6})(?:$|&)")
_NOT_SHOWN = {"script", "style"}
_BLOCKS = {"p", "br", "div", "li", "h1", "h2", "h3", "tr"}

Plain = Any
"""Untrusted JSON."""


def listed(one: Plain) -> list[Plain]:
    """Return a list of what may stand bare."""
    if one is None:
        return []
    return one if isinstance(one, list) else [one]


def by_the_model(one: dict[str, Plain]) -> dict[str, Plain]:
    """Return a JSON object with the model's names for keys and types that have others too.

    >>> by_the_model({"@id": "urn:a", "@type": "oa:Annotation"})
    {'id': 'urn:a', 'type': 'Annotation'}
    """
    named: dict[str, Plain] = {}
    for key, value in one.items():
        name = _OTHER_NAMES.get(key, key)
        if name == key or name not in one:
            named[name] = value
    kinds = named.get("type")
    if isinstance(kinds, str | list):
        told = [_term(kind) if isinstance(kind, str) else kind for kind in listed(kinds)]
        named["type"] = told if isinstance(kinds, list) else told[0]
    return named


def note_of(plain: Mapping[str, Plain]) -> SharedNote:
    """Return an annotation as a note.

    Raises:
        AttributeError, TypeError or ValueError: It is no annotation.
    """
    bodies = [
        body
        for one in listed(plain.get("body", plain.get("bodyValue")))
        for body in _flat(one, depth=0)
    ]
    motivation = _term(next(iter(listed(plain.get("motivation"))), "")) or "commenting"
    parent = _parent(plain, motivation)
    selectors = [] if parent else list(_selectors(plain.get("target")))
    quote = _of_type(selectors, "TextQuoteSelector")
    said = [_value(one) for one in bodies if not _is_label(one)]
    tags = [_value(one) for one in bodies if _purpose(one) == "tagging"]
    tags += [str(tag) for tag in listed(plain.get("tags"))]
    return SharedNote(
        id=note_name(_first_text(plain.get("id"))),
        body="\n\n".join([*filter(None, said), *filter(None, [_text(plain.get("text"))])]),
        quote=_text(quote.get("exact")),
        prefix=_text(quote.get("prefix")),
        suffix=_text(quote.get("suffix")),
        span=_span(selectors),
        author=_author(plain),
        created=_first_text(plain.get("created")),
        motivation="replying" if parent else motivation,
        reply_to=parent,
        tags=tuple(tags),
        state=next((_value(one) for one in bodies if _purpose(one) == STATE_PURPOSE), ""),
        resolved=any(_is_resolved(one) for one in bodies),
        page=_page(selectors),
    )


def is_about_text(plain: Mapping[str, Plain], note: SharedNote) -> bool:
    """Say whether an annotation has words, or stands on some; a mark on a picture has neither."""
    bodies = listed(plain.get("body"))
    written = any(isinstance(body, Mapping) and _words(body) is not None for body in bodies)
    return written or bool(note.body or note.quote or note.tags or note.span)


def note_name(address: str) -> str:
    """Return a note's own id from the address it was given in the file."""
    if address.startswith(NAMELESS):
        return ""
    own = address.startswith(OWN_NAME)
    return unquote(address.removeprefix(OWN_NAME)) if own else address


def _flat(body: Plain, *, depth: int) -> Iterator[Plain]:
    """Yield the bodies of a set, and the first that says something of a choice."""
    kinds = {str(one) for one in listed(body.get("type"))} if isinstance(body, Mapping) else set()
    if depth > _DEEPEST or not (kinds & _SETS or "Choice" in kinds):
        yield body
        return
    items = [one for item in listed(body.get("items")) for one in _flat(item, depth=depth + 1)]
    if "Choice" in kinds:
        spoken = [one for one in items if isinstance(one, Mapping) and _words(one) is not None]
        items = (spoken or items)[:1]
    yield from items


def _words(body: Mapping[str, Plain]) -> Plain:
    """Return what stands in a body itself; *text* was its name before it was *value*."""
    return body.get("value", body.get("text"))


def _value(body: Plain) -> str:
    """Return what a body says: its words, or the address of what it names."""
    if not isinstance(body, Mapping):
        return _text(body)
    if _words(body) is None:
        named = body.get("source", body.get("id"))
        return _value(named) if isinstance(named, Mapping) else _first_text(named)
    words = _first_text(_words(body))
    return _without_tags(words) if _first_text(body.get("format")) == "text/html" else words


def _purpose(body: Plain) -> str:
    return _term(_first_text(body.get("purpose"))) if isinstance(body, Mapping) else ""


def _is_resolved(body: Plain) -> bool:
    return _purpose(body) == RESOLVED_PURPOSE and _value(body) == RESOLVED


def _is_label(body: Plain) -> bool:
    return _purpose(body) in ("tagging", STATE_PURPOSE) or _is_resolved(body)


def _parent(plain: Mapping[str, Plain], motivation: str) -> str:
    """Return what a reply answers; Hypothesis lists all above it, the nearest last."""
    references = listed(plain.get("references"))
    if references:
        return note_name(_text(references[-1]))
    if motivation != "replying":
        return ""
    target = next(iter(listed(plain.get("target"))), "")
    if not isinstance(target, Mapping):
        return note_name(_text(target))
    if target.get("selector"):
        return ""
    return note_name(_first_text(target.get("id", target.get("source"))))


def _selectors(target: Plain) -> Iterator[Mapping[str, Plain]]:
    """Yield the selectors of the first target that has any."""
    targets = [one for item in listed(target) for one in _flat(item, depth=0)]
    for one in targets:
        if isinstance(one, Mapping) and one.get("selector"):
            for selector in listed(one["selector"]):
                yield from _refined(selector)
            return
    for one in targets:  # "draft.pdf#page=3" says in the address what a selector could say
        address = one if isinstance(one, str) else ""
        if isinstance(one, Mapping):
            address = _first_text(one.get("id", one.get("source")))
        if "#" in address:
            yield {"type": "FragmentSelector", "value": address.partition("#")[2]}
            return


def _refined(selector: Plain) -> Iterator[Mapping[str, Plain]]:
    """Yield a selector and what refines it, but for positions: those count within the part."""
    depth = 0
    while isinstance(selector, Mapping) and depth <= _DEEPEST:
        if depth == 0 or "TextPositionSelector" not in listed(selector.get("type")):
            yield selector
        selector, depth = selector.get("refinedBy"), depth + 1


def _of_type(selectors: Iterable[Mapping[str, Plain]], kind: str) -> Mapping[str, Plain]:
    return next((one for one in selectors if kind in listed(one.get("type"))), {})


def _span(selectors: Iterable[Mapping[str, Plain]]) -> tuple[int, int] | None:
    """Return the range of text selectors give; one that makes no sense is as good as none."""
    place = _of_type(selectors, "TextPositionSelector")
    start, end = place.get("start"), place.get("end")
    if not place:
        # The model's range ends before what the second selector selects (4.2.9); that of
        # Hypothesis has paths into a web page instead, and a position selector beside it.
        chosen = _of_type(selectors, "RangeSelector")
        first, last = chosen.get("startSelector"), chosen.get("endSelector")
        if isinstance(first, Mapping) and isinstance(last, Mapping):
            start, end = first.get("start"), last.get("start")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start <= end:
        return None
    return start, end


def _page(selectors: Iterable[Mapping[str, Plain]]) -> int | None:
    """Return the page (from 1) by a fragment (RFC 3778, 8118) or by Hypothesis' page selector."""
    index = _of_type(selectors, "PageSelector").get("index")
    if isinstance(index, int) and index >= 0:
        return index + 1
    found = _PAGE.search(_text(_of_type(selectors, "FragmentSelector").get("value")))
    return max(1, int(found[1])) if found else None


def _author(plain: Mapping[str, Plain]) -> str:
    told = plain.get("user_info")
    if isinstance(told, Mapping) and told.get("display_name"):
        return _text(told["display_name"])
    creator = next(iter(listed(plain.get("creator", plain.get("user")))), "")
    if not isinstance(creator, Mapping):
        return _text(creator)
    names = (_first_text(creator.get(key)) for key in ("name", "nickname", "account", "id"))
    return next(filter(None, names), "")


def _term(name: Plain) -> str:
    """Return a motivation or purpose without the prefix of its vocabulary."""
    told = _text(name)
    for prefix in _PREFIXES:
        told = told.removeprefix(prefix)
    return told


def _first_text(value: Plain) -> str:
    return _text(next(iter(listed(value)), ""))


def _text(value: Plain) -> str:
    return value if isinstance(value, str) else ""


class _Words(HTMLParser):
    """Gathers what a person would read of HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Note where a line breaks or nothing is shown."""
        self._hidden += tag in _NOT_SHOWN
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Note where things are shown again."""
        self._hidden = max(0, self._hidden - (tag in _NOT_SHOWN))

    def handle_data(self, data: str) -> None:
        """Keep words that are shown."""
        if not self._hidden:
            self.parts.append(data)


def _without_tags(html: str) -> str:
    """Return the words of HTML.

    >>> _without_tags("<p>Why <b>two</b> visits &amp; not one?</p>")
    'Why two visits & not one?'
    """
    reader = _Words()
    reader.feed(html)
    reader.close()
    return "".join(reader.parts).strip()

"""The card in a Word file that says which of its comments are which of our notes.

It is a custom XML part, which Word and LibreOffice both carry along unseen. It holds ids, never a
comment's words. LibreOffice 7.4 drops Word's own numbers of comments and what answers what, so the
card also keeps a comment's author, date and a digest of its words, by which it is known again.
Source: ECMA-376 part 1, 15.2.5 and 15.2.6 (custom XML parts).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from mhin_ppi.documents.docx_comments import Comment
from mhin_ppi.documents.docx_names import R
from mhin_ppi.documents.docx_package import RELATIONS_KIND, Package
from mhin_ppi.documents.docx_parts import OpenDocx, part_root

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAME = "urn:mhin-ppi:notes-in-a-word-file:1"
_NOTES, _NOTE = f"{{{_NAME}}}notes", f"{{{_NAME}}}note"
_PROPERTIES_KIND = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<ds:datastoreItem '
    'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" '
    'ds:itemID="{{{item}}}"><ds:schemaRefs><ds:schemaRef ds:uri="{name}"/></ds:schemaRefs>'
    "</ds:datastoreItem>"
)
_ITEM = "7A1B6E0C-5D1F-4C1E-9B37-2F0E6C9D4A11"  # any fixed number will do
_RELATED = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships '
    'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    'Id="rId1" Type="{office}/customXmlProps" Target="{target}"/></Relationships>'
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What the card says of one of our notes.

    Args:
        id: The note's id on our board.
        paragraph: Number of its comment's last paragraph.
        author: As written in the file.
        created: As the note said it.
        date: As written in the file.
        words: Digest of the comment's words.
        reply_to: Id of the note it answers, or "".
        whole: "quoted" when it is on the whole draft because its words were not found, and its
            first line is their quote; otherwise "".
    """

    id: str
    paragraph: str
    author: str
    created: str
    date: str
    words: str
    reply_to: str = ""
    whole: str = ""


def digest_of(body: str) -> str:
    """Return a digest of a comment's words; spaces and line breaks make no difference to it."""
    return hashlib.sha256(" ".join(body.split()).encode()).hexdigest()[:32]


def entries_of(opened: OpenDocx) -> list[Entry]:
    """Return what the file's card says, or nothing where it has none."""
    root = _card(opened)[1]
    fields = Entry.__dataclass_fields__
    return [
        Entry(**{name: one.get(name, "") for name in fields})
        for one in ([] if root is None else root.iterchildren(_NOTE))
    ]


def _card(opened: OpenDocx) -> tuple[str, _Element | None]:
    for kind, name in opened.related.values():
        if kind == "customXml" and name in opened.archive.names:
            root = part_root(opened.archive, name)
            if root is not None and root.tag == _NOTES:
                return name, root
    return "", None


def keep_entries(opened: OpenDocx, package: Package, entries: Iterable[Entry]) -> None:
    """Write the card, new or with entries added."""
    from lxml import etree

    name, root = _card(opened)
    if root is None:
        root = etree.Element(_NOTES, nsmap={None: _NAME})  # type: ignore[dict-item]
    for entry in entries:
        said = {key: words for key, words in asdict(entry).items() if words}
        etree.SubElement(root, _NOTE, said)
    written = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    if name:
        package.changed[name] = written
    else:
        _new_card(package, written)


def _new_card(package: Package, written: bytes) -> None:
    name = package.free_name("customXml/item1.xml")
    properties = package.free_name("customXml/itemProps1.xml")
    package.changed[name] = written
    package.changed[properties] = _PROPERTIES.format(item=_ITEM, name=_NAME).encode()
    package.changed[f"customXml/_rels/{name.rpartition('/')[2]}.rels"] = _RELATED.format(
        office=R[1:-1], target=properties.rpartition("/")[2]
    ).encode()
    package.add_ending("rels", RELATIONS_KIND)
    package.add_ending("xml", "application/xml")
    package.add_type(properties, _PROPERTIES_KIND)
    package.relate(f"{R[1:-1]}/customXml", package.beside(name))


_Key = tuple[str, ...]
_COMMENT_KEYS: tuple[Callable[[Comment], _Key], ...] = (
    lambda c: (c.paragraph, c.author) if c.paragraph else (),
    lambda c: (c.author, c.date, digest_of(c.body)),
    lambda c: (c.author, c.date),
)
_ENTRY_KEYS: tuple[Callable[[Entry], _Key], ...] = (
    lambda e: (e.paragraph, e.author),
    lambda e: (e.author, e.date, e.words),
    lambda e: (e.author, e.date),
)


def recognised(comments: Sequence[Comment], entries: Sequence[Entry]) -> dict[str, Entry]:
    """Return which comments are ours, by the comment's number.

    A comment is known by the number of its paragraph and its author; where the numbers are gone, by
    author, date and words; and where the words were changed too, by author and date, if only one
    comment and one note are left with these.
    """
    found: dict[str, Entry] = {}
    left = list(entries)
    for level, (of_comment, of_entry) in enumerate(zip(_COMMENT_KEYS, _ENTRY_KEYS, strict=True)):
        waiting: dict[_Key, list[Entry]] = {}
        for entry in left:
            waiting.setdefault(of_entry(entry), []).append(entry)
        unknown: dict[_Key, list[Comment]] = {}
        for comment in comments:
            if comment.number not in found:
                unknown.setdefault(of_comment(comment), []).append(comment)
        for key, some in unknown.items():
            ours = waiting.get(key, [])
            if level < len(_COMMENT_KEYS) - 1 or len(some) == len(ours) == 1:
                found |= {c.number: e for c, e in zip(some, ours, strict=False)}
        known = {id(entry) for entry in found.values()}
        left = [entry for entry in left if id(entry) not in known]
    return found

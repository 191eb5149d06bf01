"""Writes new comments into the five parts that Word keeps about them.

Source: ECMA-376 part 1, 17.13.4.2 and 17.13.4.6; [MS-DOCX] 2.5.4 for the four later parts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mhin_ppi.documents.docx_comment_words import (
    CommentStyles,
    comment_element,
    date_in_file,
    number_for,
    xml_text,
)
from mhin_ppi.documents.docx_names import CEX, CID, MC, W14, W15, W, number
from mhin_ppi.documents.docx_package import (
    COMMENTS,
    EXTENDED,
    EXTENSIBLE,
    IDS,
    PEOPLE,
    Package,
    PartKind,
)
from mhin_ppi.domain.shared_notes import SharedNote

if TYPE_CHECKING:
    from lxml.etree import _Element

_IGNORABLE = MC + "Ignorable"
_LOCAL_PERSON = "None"  # [MS-DOCX] 2.5.3.5: known by name only, not by an account


@dataclass(frozen=True, slots=True)
class NewComment:
    """A note that has become a comment.

    Args:
        number: Its ``w:id``.
        paragraph: Number of its last paragraph.
        date: As written in the file.
    """

    number: int
    paragraph: str
    date: str


class CommentParts:
    """The parts about comments of one file, with comments added.

    Args:
        package: What is changed in the file.
        body: The ``w:body``, whose paragraphs have numbers too.
        styles: What the file calls the styles of comments.
    """

    def __init__(self, package: Package, body: _Element, styles: CommentStyles) -> None:
        self._package, self._styles = package, styles
        self._comments = _with_names(package, COMMENTS)
        self._extended, self._ids, self._extensible, self._people = (
            _with_names(package, kind) for kind in (EXTENDED, IDS, EXTENSIBLE, PEOPLE)
        )
        self._paragraphs = _attributes((*body.iter(), *self._comments.iter()), W14 + "paraId")
        self._durable = _attributes(self._ids, CID + "durableId")
        self._authors = {one.get(W15 + "author", "") for one in self._people}
        ids = (one.get(W + "id") for one in self._comments)
        self._next = max((number(one, otherwise=-1) for one in ids), default=-1) + 1

    def paragraph_of(self, comment: str) -> str:
        """Return the number of the last paragraph of a comment in the file, given if it has none.

        Args:
            comment: Its ``w:id``.
        """
        named = (one for one in self._comments if one.get(W + "id") == comment)
        last = [paragraph for one in named for paragraph in one.iter(W + "p")][-1:]
        for paragraph in last:
            known = paragraph.get(W14 + "paraId", "").upper()
            if not known:
                known = number_for(f"paragraph of {comment}", self._paragraphs)
                paragraph.set(W14 + "paraId", known)
            if known not in _attributes(self._extended, W15 + "paraId"):
                self._extend(known, "", resolved=False)
            return known
        return ""

    def add(self, note: SharedNote, body: str, *, parent: str, resolved: bool) -> NewComment:
        """Write one comment.

        Args:
            note: The note.
            body: Its words, a line for each paragraph.
            parent: Number of the last paragraph of the comment it answers, or "".
            resolved: Whether it is marked as done.
        """
        count = body.count("\n") + 1
        paragraphs = [number_for(f"{note.id}#{at}", self._paragraphs) for at in range(count)]
        comment = comment_element(note, self._next, body, paragraphs, self._styles)
        self._comments.append(comment)
        new = NewComment(self._next, paragraphs[-1], date_in_file(note.created))
        self._next += 1
        self._extend(new.paragraph, parent, resolved=resolved)
        durable = number_for(f"{note.id}#durable", self._durable)
        _child(self._ids, CID, "commentId", paraId=new.paragraph, durableId=durable)
        if _has_zone(note.created):
            _child(self._extensible, CEX, "commentExtensible", durableId=durable, dateUtc=new.date)
        self._know(comment.get(W + "author", ""))
        return new

    def finish(self) -> None:
        """Hand every part that holds something to the package."""
        for kind, root in (
            (COMMENTS, self._comments),
            (EXTENDED, self._extended),
            (IDS, self._ids),
            (EXTENSIBLE, self._extensible),
            (PEOPLE, self._people),
        ):
            if len(root):
                self._package.keep(kind, root)

    def _extend(self, paragraph: str, parent: str, *, resolved: bool) -> None:
        said = {"paraIdParent": parent} if parent else {}
        done = "1" if resolved else "0"
        _child(self._extended, W15, "commentEx", paraId=paragraph, **said, done=done)

    def _know(self, author: str) -> None:
        if author and author not in self._authors:
            self._authors.add(author)
            person = _child(self._people, W15, "person", author=author)
            _child(person, W15, "presenceInfo", providerId=_LOCAL_PERSON, userId=author)


def _has_zone(created: str) -> bool:
    from datetime import datetime

    return bool(date_in_file(created)) and datetime.fromisoformat(created).tzinfo is not None


def _attributes(elements: Iterable[_Element], name: str) -> set[str]:
    return {said.upper() for one in elements if (said := one.get(name))}


def _child(parent: _Element, namespace: str, name: str, **values: str) -> _Element:
    from lxml import etree

    child = etree.SubElement(parent, namespace + name)
    for key, said in values.items():
        child.set(namespace + key, xml_text(said))
    return child


def _with_names(package: Package, kind: PartKind) -> _Element:
    """Return a part's root, new or old, in which our names have prefixes old programs ignore."""
    from lxml import etree

    old = package.root_of(kind)
    names = {**kind.names, "mc": MC[1:-1]}
    if old is not None:
        known = set(old.nsmap.values())
        names = {prefix: name for prefix, name in names.items() if name not in known}
        names = {f"{p}n" if p in old.nsmap else p: n for p, n in names.items()}
        names |= old.nsmap  # type: ignore[arg-type] # one may have no prefix
    root = etree.Element(kind.root, nsmap=names)
    if old is not None:
        for name, said in old.attrib.items():
            root.set(name, said)
        root.extend(list(old))
    ignored = root.get(_IGNORABLE, "").split()
    new = [
        prefix
        for prefix, name in root.nsmap.items()
        if prefix and name in kind.names.values() and name != W[1:-1] and prefix not in ignored
    ]
    if new:
        root.set(_IGNORABLE, " ".join((*ignored, *new)))
    return root

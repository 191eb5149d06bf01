"""Adds parts to a Word file, or changes them: their names, their kinds and what refers to them.

Source: ECMA-376 part 2 (packages); [MS-DOCX] 2.5 for the parts that Word has added since.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mhin_ppi.documents.docx_names import CEX, CID, W14, W15, R, W, as_written
from mhin_ppi.documents.docx_parts import OpenDocx, part_root
from mhin_ppi.documents.packages import CONTENT_TYPES
from mhin_ppi.documents.refusals import Refusal, Why

if TYPE_CHECKING:
    from lxml.etree import _Element

_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_OFFICE = R[1:-1]
_WORD_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MICROSOFT = "http://schemas.microsoft.com/office"
RELATIONS_KIND = "application/vnd.openxmlformats-package.relationships+xml"


@dataclass(frozen=True, slots=True)
class PartKind:
    """A kind of part beside the main one.

    Args:
        kind: The last word of the relation's type, and the part's usual name.
        relation: The relation's type.
        root: Tag of its root.
        names: Prefixes of the root.
    """

    kind: str
    relation: str
    root: str
    names: dict[str, str]

    @property
    def content_type(self) -> str:
        """What the package says it is."""
        return f"{_WORD_KIND}.{self.kind}+xml"


COMMENTS = PartKind(
    "comments", f"{_OFFICE}/comments", W + "comments", {"w": W[1:-1], "w14": W14[1:-1]}
)
EXTENDED = PartKind(
    "commentsExtended",
    f"{_MICROSOFT}/2011/relationships/commentsExtended",
    W15 + "commentsEx",
    {"w15": W15[1:-1]},
)
IDS = PartKind(
    "commentsIds",
    f"{_MICROSOFT}/2016/09/relationships/commentsIds",
    CID + "commentsIds",
    {"w16cid": CID[1:-1]},
)
EXTENSIBLE = PartKind(
    "commentsExtensible",
    f"{_MICROSOFT}/2018/08/relationships/commentsExtensible",
    CEX + "commentsExtensible",
    {"w16cex": CEX[1:-1]},
)
PEOPLE = PartKind(
    "people", f"{_MICROSOFT}/2011/relationships/people", W15 + "people", {"w15": W15[1:-1]}
)


class Package:
    """What is changed in a Word file.

    Args:
        opened: The file; its body is changed in place by others.
    """

    def __init__(self, opened: OpenDocx) -> None:
        self._opened = opened
        self._archive = opened.archive
        self._main = opened.archive.read(opened.name)
        self._folder, _, last = opened.name.rpartition("/")
        self._relations_name = f"{self._folder}/_rels/{last}.rels".lstrip("/")
        self._relations = self._root_or_new(self._relations_name, _RELATIONS + "Relationships")
        types = part_root(self._archive, CONTENT_TYPES)
        if types is None:
            raise Refusal(Why.DAMAGED)
        self._types = types
        self.changed: dict[str, bytes] = {}

    def _root_or_new(self, name: str, tag: str) -> _Element:
        from lxml import etree

        root = part_root(self._archive, name)
        return etree.Element(tag) if root is None else root

    def name_of(self, part: PartKind) -> str:
        """Return the name of the part of this kind, or "" where there is none."""
        named = (name for kind, name in self._opened.related.values() if kind == part.kind)
        return next((name for name in named if name in self._archive.names), "")

    def root_of(self, part: PartKind) -> _Element | None:
        """Return the root of the part of this kind, parsed anew, or ``None``."""
        name = self.name_of(part)
        return part_root(self._archive, name) if name else None

    def keep(self, part: PartKind, root: _Element) -> None:
        """Write a part of this kind, new or in the place of the old one."""
        name = self.name_of(part)
        if not name:
            name = self.free_name(f"{self._folder}/{part.kind}.xml".lstrip("/"))
            self.add_type(name, part.content_type)
            self.relate(part.relation, self.beside(name))
        self.changed[name] = self._bytes(root)

    def free_name(self, wanted: str) -> str:
        """Return the name, with a number in it where it is taken."""
        stem, dot, ending = wanted.rpartition(".")
        name, number = wanted, 1
        taken = {one.lower() for one in (*self._archive.names, *self.changed)}
        while name.lower() in taken:
            name, number = f"{stem}{number}{dot}{ending}", number + 1
        return name

    def beside(self, name: str) -> str:
        """Return a part's name as the main part refers to it."""
        return posixpath.relpath(f"/{name}", f"/{self._folder}")

    def add_type(self, name: str, kind: str) -> None:
        """Say in the package what a new part is."""
        from lxml import etree

        new = etree.SubElement(self._types, _TYPES + "Override")
        new.set("PartName", f"/{name}")
        new.set("ContentType", kind)

    def add_ending(self, ending: str, kind: str) -> None:
        """Say in the package what parts with this ending are, unless it is said."""
        from lxml import etree

        known = (one.get("Extension", "").lower() for one in self._types)
        if ending not in known:
            new = etree.Element(_TYPES + "Default")
            new.set("Extension", ending)
            new.set("ContentType", kind)
            self._types.insert(0, new)

    def relate(self, kind: str, target: str) -> None:
        """Let the main part refer to another part.

        Args:
            kind: The relation's whole type.
            target: The part's name, beside the main part.
        """
        from lxml import etree

        known = {one.get("Id", "") for one in self._relations}
        numbers = [int(found[1]) for one in known if (found := re.fullmatch(r"rId(\d{1,9})", one))]
        new = etree.SubElement(self._relations, _RELATIONS + "Relationship")
        new.set("Id", f"rId{max(numbers, default=0) + 1}")
        new.set("Type", kind)
        new.set("Target", target)

    def finished(self) -> dict[str, bytes]:
        """Return every changed part by name, the main part and the lists of parts among them."""
        self.changed[CONTENT_TYPES] = self._bytes(self._types)
        self.changed[self._relations_name] = self._bytes(self._relations)
        root = self._opened.body.getroottree().getroot()
        self.changed[self._opened.name] = self._bytes(root)
        return self.changed

    def _bytes(self, root: _Element) -> bytes:
        from lxml import etree

        written = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return as_written(self._main, written)

"""The parts that the main text of a Word or PowerPoint file needs: relations, pictures, title."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mhin_ppi.documents import limits
from mhin_ppi.documents.docx_names import WP, A, R, V, W, same_names
from mhin_ppi.documents.pictures import picture_kind
from mhin_ppi.documents.refusals import Refusal, Why
from mhin_ppi.documents.words import left_out, one_line
from mhin_ppi.documents.xml_guard import parse_xml
from mhin_ppi.documents.zip_guard import Archive, part_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def part_root(archive: Archive, name: str) -> _Element | None:
    """Return the root of an XML part, or ``None`` where there is no such part."""
    untrusted = archive.read(name)
    return parse_xml(same_names(untrusted)) if untrusted else None


def relations(archive: Archive, name: str) -> dict[str, tuple[str, str]]:
    """Return what a part refers to inside the file: id to (last word of the type, part name)."""
    folder, _, last = name.rpartition("/")
    root = part_root(archive, f"{folder}/_rels/{last}.rels".lstrip("/"))
    found: dict[str, tuple[str, str]] = {}
    for relation in [] if root is None else root:
        if relation.get("TargetMode") != "External":
            kind = relation.get("Type", "").rsplit("/", 1)[-1]
            target = part_name(relation.get("Target", ""), beside=name)
            found[relation.get("Id", "")] = (kind, target)
    return found


def main_part(archive: Archive, *, usual: str = "word/document.xml") -> str:
    """Return the name of the part that holds the text, or the list of slides.

    Args:
        archive: The file.
        usual: Where it lies in most files.

    Raises:
        Refusal: There is none.
    """
    related = relations(archive, "")
    name = next((target for kind, target in related.values() if kind == "officeDocument"), "")
    name = name if name in archive.names else usual
    if name not in archive.names:
        raise Refusal(Why.DAMAGED)
    return name


def document_title(archive: Archive) -> str:
    """Return what the file calls itself, or ""."""
    root = part_root(archive, "docProps/core.xml")
    return "" if root is None else one_line(root.findtext(_TITLE) or "")


@dataclass(frozen=True, slots=True)
class OpenDocx:
    """A Word file whose main part has been parsed.

    Args:
        archive: The whole file.
        name: Of the main part.
        body: Its ``w:body``.
        related: What the main part refers to: id to (kind, part name).
    """

    archive: Archive
    name: str
    body: _Element
    related: dict[str, tuple[str, str]]


def open_docx(archive: Archive) -> OpenDocx:
    """Return a Word file with its main part parsed.

    Raises:
        Refusal: A part is missing or damaged, or is a trick.
    """
    name = main_part(archive)
    root = part_root(archive, name)
    body = None if root is None else root.find(W + "body")
    if body is None:
        raise Refusal(Why.DAMAGED)
    return OpenDocx(archive, name, body, relations(archive, name))


class Pictures:
    """Takes the pictures that can be kept as they are, and counts the others.

    Args:
        archive: The file.
        related: What the main part refers to.
    """

    def __init__(self, archive: Archive, related: dict[str, tuple[str, str]]) -> None:
        self._archive = archive
        self._related = related
        self._left = limits.PICTURES_BYTES
        self.kept: dict[str, bytes] = {}
        self.left_out = 0

    def take(self, drawing: _Element) -> list[tuple[str, str]]:
        """Return (SHA-256, alternative text) for each picture of a drawing that can be kept."""
        found: list[tuple[str, str]] = []
        ids = [blip.get(R + "embed", "") for blip in drawing.iter(A + "blip")]
        ids += [image.get(R + "id", "") for image in drawing.iter(V + "imagedata")]
        for one in ids:
            if digest := self.keep(self._related.get(one, ("", ""))[1]):
                found.append((digest, _description(drawing)))
            else:
                self.left_out += 1
        if not ids and next(drawing.iter(W + "txbxContent"), None) is None:
            self.left_out += 1  # a chart, a shape or an embedded file
        return found

    def keep(self, name: str) -> str:
        """Return the SHA-256 of a part's picture, now kept; "" where it cannot be."""
        size = self._archive.size(name)
        if not 0 < size <= min(limits.PICTURE_BYTES, self._left):
            return ""
        untrusted = self._archive.read(name, limit=limits.PICTURE_BYTES)
        if not picture_kind(untrusted):
            return ""
        digest = hashlib.sha256(untrusted).hexdigest()
        if digest not in self.kept:
            self._left -= len(untrusted)
            self.kept[digest] = untrusted
        return digest

    def notes(self) -> list[str]:
        """Return a sentence about pictures that are not shown."""
        return [left_out(self.left_out)] if self.left_out else []


def _description(drawing: _Element) -> str:
    for properties in drawing.iter(WP + "docPr"):
        if words := properties.get("descr") or properties.get("title"):
            return one_line(words)
    return next((one_line(s.get("alt", "")) for s in drawing.iter(V + "shape")), "")

"""The structure of a report: what is a heading, a paragraph, a cell, in which order to read.

reportlab writes no tags. While it draws, each element's words are wrapped in a marked content
sequence with a number of its own on that page (:meth:`TagTree.mark`); afterwards
:func:`write_tags` puts the tree that ties those numbers to elements into the file, with the
links. What the file says of itself is in ``file_facts``.

Source: ISO 32000-1, 14.7 and 14.8 (logical structure, tagged PDF); ISO 14289-1 (PDF/UA-1).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from .file_facts import FileFacts, describe

if TYPE_CHECKING:
    from pikepdf import Object, Pdf


@dataclass(eq=False, slots=True)
class Element:
    """One element of the structure: a heading, a paragraph, a table, a cell.

    Args:
        kind: A standard structure type ("H1", "P", "TD").
        alt: What a picture shows, in words.
        scope: For a table's headings: "Column" or "Row".
        box: For a picture: left, bottom, right, top in points on its page; set when painted.
    """

    kind: str
    alt: str = ""
    scope: str = ""
    box: tuple[float, float, float, float] | None = None
    parent: Element | None = None
    children: list[Element | Mark | Link] = field(default_factory=list)

    def add(self, kind: str, *, alt: str = "", scope: str = "") -> Element:
        """Return a new last child of that kind."""
        child = Element(kind, alt=alt, scope=scope, parent=self)
        self.children.append(child)
        return child


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked content sequence.

    Args:
        page: From 0.
        number: The MCID, from 0 on each page.
    """

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Link:
    """A place that leads to another page of the same file.

    Args:
        page: Where it is, from 0.
        box: Left, bottom, right, top in points.
        to_page: Where it leads, from 0.
        to_top: How far up that page, in points.
        words: What it says when it is read aloud.
    """

    page: int
    box: tuple[float, float, float, float]
    to_page: int
    to_top: float
    words: str


class TagTree:
    """The elements of one report, and which element each marked content sequence belongs to."""

    def __init__(self) -> None:
        self.document = Element("Document")
        self.on_page: list[list[Element]] = []

    def mark(self, page: int, element: Element) -> int:
        """Return the number for a new sequence of this element on that page (from 0)."""
        while len(self.on_page) <= page:
            self.on_page.append([])
        number = len(self.on_page[page])
        self.on_page[page].append(element)
        element.children.append(Mark(page, number))
        return number

    def link(self, link: Link, element: Element) -> None:
        """Say that this element leads somewhere."""
        element.children.append(link)


def write_tags(untagged: bytes, tree: TagTree, facts: FileFacts) -> bytes:
    """Return the file with its structure tree, links, language and metadata.

    Args:
        untagged: As reportlab wrote it, with marked content on its pages.
        tree: The elements, with the marks made while drawing.
        facts: Title, author, subject and date.

    Returns:
        The same bytes for the same arguments.
    """
    import pikepdf

    with pikepdf.open(BytesIO(untagged)) as pdf:
        _Writer(pdf, tree).write()
        describe(pdf, facts)
        _drop_unembedded_fonts(pdf)
        tagged = BytesIO()
        pdf.save(
            tagged,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return tagged.getvalue()


class _Writer:
    """Turns elements into PDF objects; one use."""

    def __init__(self, pdf: Pdf, tree: TagTree) -> None:
        import pikepdf

        self.pdf, self.tree = pdf, tree
        self.make, self.name = pikepdf.Dictionary, pikepdf.Name
        self.array, self.string = pikepdf.Array, pikepdf.String
        self.pages = [page.obj for page in pdf.pages]
        self.objects: dict[int, Object] = {}
        self.links: list[tuple[Object, Object]] = []

    def write(self) -> None:
        """Write the tree, the way back from pages to elements, and the links."""
        root = self.pdf.make_indirect(self.make(Type=self.name.StructTreeRoot))
        root.K = self.array([self._element(self.tree.document, root)])
        numbers = self.array()
        for index, page in enumerate(self.pages):
            page.StructParents = index
            page.Tabs = self.name.S
            marked = self.tree.on_page[index] if index < len(self.tree.on_page) else []
            owners = self.array([self.objects[id(element)] for element in marked])
            numbers.append(index)
            numbers.append(self.pdf.make_indirect(owners))
        for key, (annotation, element) in enumerate(self.links, start=len(self.pages)):
            annotation.StructParent = key
            numbers.append(key)
            numbers.append(element)
        root.ParentTree = self.pdf.make_indirect(self.make(Nums=numbers))
        root.ParentTreeNextKey = len(self.pages) + len(self.links)
        self.pdf.Root.StructTreeRoot = root
        self.pdf.Root.MarkInfo = self.make(Marked=True)

    def _element(self, element: Element, parent: Object) -> Object:
        made = self.pdf.make_indirect(
            self.make(Type=self.name.StructElem, S=self.name("/" + element.kind), P=parent)
        )
        self.objects[id(element)] = made
        if element.alt:
            made.Alt = self.string(element.alt)
        self._attributes(element, made)
        made.K = self.array([self._child(child, made) for child in element.children])
        return made

    def _attributes(self, element: Element, made: Object) -> None:
        if element.scope:
            made.A = self.make(O=self.name.Table, Scope=self.name("/" + element.scope))
        elif element.box:
            made.A = self.make(
                O=self.name.Layout, Placement=self.name.Block, BBox=self.array(_rounded(element))
            )
        elif element.kind == "L":
            made.A = self.make(O=self.name.List, ListNumbering=self.name("/None"))

    def _child(self, child: Element | Mark | Link, owner: Object) -> Object:
        if isinstance(child, Element):
            return self._element(child, owner)
        page = self.pages[child.page]
        if isinstance(child, Mark):
            return self.make(Type=self.name.MCR, Pg=page, MCID=child.number)
        annotation = self._annotation(child)
        self.links.append((annotation, owner))
        return self.make(Type=self.name.OBJR, Pg=page, Obj=annotation)

    def _annotation(self, link: Link) -> Object:
        target = self.array(
            [self.pages[link.to_page], self.name.XYZ, None, round(link.to_top, 2), None]
        )
        made = self.make(
            Type=self.name.Annot,
            Subtype=self.name.Link,
            Rect=self.array([round(edge, 2) for edge in link.box]),
            Border=self.array([0, 0, 0]),
            F=4,  # printed: ISO 14289-1, 7.18.1 forbids hidden annotations
            Dest=target,
            Contents=self.string(link.words),
        )
        annotation = self.pdf.make_indirect(made)
        page = self.pages[link.page]
        if "/Annots" not in page:
            page.Annots = self.array()
        page.Annots.append(annotation)
        return annotation


def _rounded(element: Element) -> list[float]:
    return [round(edge, 2) for edge in element.box or ()]


def _drop_unembedded_fonts(pdf: Pdf) -> None:
    """Take out Helvetica, which reportlab lists in every file though nothing here uses it."""
    for page in pdf.pages:
        fonts = page.obj.Resources.Font
        for name in fonts.keys():  # noqa: SIM118 - a list of its own, so that removing is safe
            if "/FontDescriptor" not in fonts[name]:
                del fonts[name]

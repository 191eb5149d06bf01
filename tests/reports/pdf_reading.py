"""Reads a tagged PDF the way a screen reader does, with pikepdf alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pikepdf

FONTS = Path(__file__).parents[2] / "resources" / "fonts"


@dataclass
class Node:
    """One element: its kind, own words (replacement text instead where given), and children."""

    kind: str
    alt: str = ""
    scope: str = ""
    words: str = ""
    children: list[Node] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()

    def text(self) -> str:
        return self.words + "".join(child.text() for child in self.children)


@dataclass
class ReadPdf:
    """A file as read: its tree, and what lies outside of every tag."""

    document: Node
    untagged: list[str]
    artifacts: list[list[str]]
    pages: int

    def all(self, kind: str) -> list[Node]:
        return [node for node in self.document.walk() if node.kind == kind]


def read_pdf(body: bytes) -> ReadPdf:
    with pikepdf.open(BytesIO(body)) as pdf:
        marked: dict[tuple[int, int], str] = {}
        untagged, artifacts = [], []
        numbers = {page.objgen: index for index, page in enumerate(pdf.pages)}
        for index, page in enumerate(pdf.pages):
            on_page, outside, furniture = _page_words(page)
            marked |= {(index, mcid): words for mcid, words in on_page.items()}
            untagged += outside
            artifacts.append(furniture)
        root = pdf.Root.StructTreeRoot.K[0]
        return ReadPdf(_node(root, marked, numbers), untagged, artifacts, len(pdf.pages))


def _node(element, marked, numbers) -> Node:
    attributes = element.get("/A", {})
    node = Node(
        kind=str(element.S)[1:],
        alt=str(element.get("/Alt", "")),
        scope=str(attributes.get("/Scope", "/"))[1:],
    )
    for kid in element.K:
        sort = str(kid.get("/Type", ""))
        if sort == "/MCR":
            node.words += marked.pop((numbers[kid.Pg.objgen], int(kid.MCID)))
        elif sort == "/OBJR":
            node.links.append(str(kid.Obj.Contents))
        else:
            assert kid.P.objgen == element.objgen
            node.children.append(_node(kid, marked, numbers))
    return node


def _page_words(page):
    """Return words by MCID, words in no sequence at all, and words of artifacts."""
    maps = {name: _to_unicode(font) for name, font in page.obj.Resources.get("/Font", {}).items()}
    by_mcid: dict[int, str] = {}
    outside, furniture = [], []
    stack: list[tuple[str, object]] = []
    font = ""
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "Tf":
            font = str(operands[0])
        elif name in {"BDC", "BMC"}:
            stack.append(_sequence(operands, by_mcid))
        elif name == "EMC":
            kind, actual = stack.pop()
            if kind == "actual" and ("artifact", None) in stack:
                furniture.append(str(actual))
            elif kind == "actual":
                by_mcid[_mcid(stack)] += str(actual)
        elif name == "Tj":
            words = "".join(maps[font].get(code, "\ufffd") for code in bytes(operands[0]))
            _file_away(words, stack, by_mcid, outside, furniture)
    assert not stack
    return by_mcid, outside, furniture


def _file_away(words, stack, by_mcid, outside, furniture) -> None:
    kinds = [kind for kind, _ in stack]
    if "actual" in kinds:
        return
    if "artifact" in kinds:
        furniture.append(words)
    elif "mcid" in kinds:
        by_mcid[_mcid(stack)] += words
    else:
        outside.append(words)


def _sequence(operands, by_mcid):
    if str(operands[0]) == "/Artifact":
        return ("artifact", None)
    if "/ActualText" in operands[1]:
        return ("actual", str(operands[1].ActualText))
    number = int(operands[1].MCID)
    assert number not in by_mcid
    by_mcid[number] = ""
    return ("mcid", number)


def _mcid(stack) -> int:
    return next(number for kind, number in reversed(stack) if kind == "mcid")


def _to_unicode(font) -> dict[int, str]:
    cmap = font.ToUnicode.read_bytes().decode()
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, to in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            found[int(code, 16)] = bytes.fromhex(to).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, _, listed in re.findall(r"<(\w+)>\s*<(\w+)>\s*\[(.*?)\]", block, re.DOTALL):
            for step, to in enumerate(re.findall(r"<(\w+)>", listed)):
                found[int(first, 16) + step] = bytes.fromhex(to).decode("utf-16-be")
    return found


def squeezed(text: str) -> str:
    """Return text with every stretch of white space as one space."""
    return " ".join(text.split())

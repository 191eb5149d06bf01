"""In the child: names in a Word form, found and filled in, whatever runs Word cut them into.

Only parts that hold a name are written again; every other part keeps its bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING

from mhin_ppi.documents.docx_names import W14, W15, W, as_written
from mhin_ppi.documents.docx_parts import part_root
from mhin_ppi.documents.packages import open_word
from mhin_ppi.documents.refusals import Refusal, Why
from mhin_ppi.documents.zip_copy import rewritten
from mhin_ppi.domain.claim_form_fields import FIELDS, LINE, PLACEHOLDER

if TYPE_CHECKING:
    from lxml.etree import _Element

    from mhin_ppi.documents.zip_guard import Archive

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
Values = Mapping[str, str]


def names_in_docx(untrusted: bytes, *, file_name: str) -> list[str]:
    """Return every name in the body, the headers and the footers, in the order of the file."""
    archive = open_word(untrusted, file_name=file_name)
    return [name for _, root in _parts(archive) for name in _names(root)]


def filled_docx(
    untrusted: bytes, *, file_name: str, once: Values, lines: Sequence[Values]
) -> bytes:
    """Return the form filled in; names that are not given stay as they are.

    Args:
        untrusted: The form.
        file_name: What it is called.
        once: What goes in once, by name.
        lines: What goes into the rows that are repeated, by name.
    """
    from lxml import etree

    archive = open_word(untrusted, file_name=file_name)
    changed = {}
    for name, root in _parts(archive):
        if not _names(root):
            continue
        for row in list(root.iter(W + "tr")):
            _repeat(row, once, lines)
        _fill(root, once)
        _fill_controls(root, once)
        written = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        changed[name] = as_written(archive.read(name), written)
    return b"".join(rewritten(untrusted, archive.parts, changed)) if changed else untrusted


def _parts(archive: Archive) -> Iterator[tuple[str, _Element]]:
    for name in sorted(archive.names):
        folder, _, last = name.rpartition("/")
        if folder == "word" and last.startswith(("document", "header", "footer")):
            root = part_root(archive, name)
            if root is None:
                raise Refusal(Why.DAMAGED)
            yield name, root


def _names(root: _Element) -> list[str]:
    found: list[tuple[str, _Element]] = []
    for paragraph in root.iter(W + "p"):
        words = "".join(text.text or "" for text in paragraph.iter(W + "t"))
        found += [(match[1], paragraph) for match in PLACEHOLDER.finditer(words)]
    found += _controls(root)
    return [name + _out_of_place(name, at) for name, at in found]


def _out_of_place(name: str, at: _Element) -> str:
    """Return what makes a line's name an unknown one: outside a table nothing is repeated."""
    rows = any(True for _ in at.iterancestors(W + "tr")) or at.find(f".//{W}tr") is not None
    return " (not in a row of a table)" if name.startswith(LINE) and not rows else ""


def _controls(root: _Element) -> Iterator[tuple[str, _Element]]:
    """Yield the content controls with a tag or title, and what they are called.

    Programs write tags of their own: a title that is one of our names goes before such a tag.
    """
    for control in root.iter(W + "sdt"):
        named = [control.find(f"{W}sdtPr/{W}{kind}") for kind in ("tag", "alias")]
        names = [str(one.get(W + "val", "")).strip() for one in named if one is not None]
        name = next((one for one in names if one in FIELDS), next(filter(None, names), ""))
        if name:
            yield name, control


def _fill_controls(root: _Element, values: Values) -> None:
    for name, control in list(_controls(root)):
        if name not in values:
            continue
        texts = list(control.iter(W + "t")) or _new_text(control)
        for place, text in enumerate(texts):
            _set(text, "" if place else values[name])
        _let_go(control)


def _new_text(control: _Element) -> list[_Element]:
    """Return a place for words in a control that holds none; none where it cannot have one."""
    from lxml import etree

    content = control.find(W + "sdtContent")
    paragraphs = [] if content is None else list(content.iter(W + "p"))
    # Around a run there is no paragraph inside; an empty cell or block has one.
    home = paragraphs[0] if paragraphs else content
    if home is None or (not paragraphs and control.getparent().tag != W + "p"):  # type: ignore[union-attr]
        return []
    return [etree.SubElement(etree.SubElement(home, W + "r"), W + "t")]


def _let_go(control: _Element) -> None:
    """Take off what would make Word show something else than what was filled in.

    Words shown as a hint go at the first key; words tied to another part are read from there.
    """
    known = control.find(W + "sdtPr")
    for tie in (W + "showingPlcHdr", W + "dataBinding", W15 + "dataBinding"):
        for one in list(known.iter(tie)) if known is not None else ():
            one.getparent().remove(one)  # type: ignore[union-attr]
    for style in list(control.iter(W + "rStyle")):
        if style.get(W + "val") == "PlaceholderText":
            style.getparent().remove(style)  # type: ignore[union-attr]


def _repeat(row: _Element, once: Values, lines: Sequence[Values]) -> None:
    """Put a copy of a row for each line in its place, if it holds the name of a line."""
    words = "".join(text.text or "" for text in row.iter(W + "t"))
    names = [match[1] for match in PLACEHOLDER.finditer(words)]
    names += [name for name, _ in _controls(row)]
    parent = row.getparent()
    inner = any(True for _ in row.iterdescendants(W + "tbl"))
    if parent is None or inner or not any(name.startswith(LINE) for name in names):
        return
    at = parent.index(row)
    for number, values in enumerate(lines):
        copy = deepcopy(row)
        _fill(copy, {**once, **values})
        _fill_controls(copy, {**once, **values})
        _own_numbers(copy, number)
        parent.insert(at + number, copy)
    parent.remove(row)


def _own_numbers(copy: _Element, number: int) -> None:
    """Take the numbers of controls and paragraphs off all copies but the first: Word gives new."""
    if not number:
        return
    for control in list(copy.iter(W + "sdtPr")):
        for known in control.findall(W + "id"):
            control.remove(known)
    for element in copy.iter():
        for name in (W14 + "paraId", W14 + "textId"):
            if name in element.attrib:
                del element.attrib[name]


def _fill(root: _Element, values: Values) -> None:
    paragraphs = [root] if root.tag == W + "p" else list(root.iter(W + "p"))
    for paragraph in paragraphs:
        texts = list(paragraph.iter(W + "t"))
        whole = "".join(text.text or "" for text in texts)
        for match in reversed(list(PLACEHOLDER.finditer(whole))):
            if match[1] in values:
                _replace(texts, match.start(), match.end(), values[match[1]])


def _replace(texts: Sequence[_Element], start: int, end: int, words: str) -> None:
    """Put words in the place of characters that may lie in several runs; the first takes them."""
    at = 0
    for text in texts:
        own = text.text or ""
        left, right = max(start - at, 0), min(end - at, len(own))
        if left < right:
            first = at + left == start
            _set(text, own[:left] + (words if first else "") + own[right:])
        at += len(own)


def _set(text: _Element, words: str) -> None:
    text.text = words
    text.set(_SPACE, "preserve")

"""In the child: names in a Word form, found and filled in, whatever runs Word cut them into.

Only parts that hold a name are written again; every other part keeps its bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING

from mhin_ppi.documents.docx_names import W, as_written
from mhin_ppi.documents.docx_parts import part_root
from mhin_ppi.documents.packages import open_word
from mhin_ppi.documents.refusals import Refusal, Why
from mhin_ppi.documents.zip_copy import rewritten
from mhin_ppi.domain.claim_form_fields import LINE, PLACEHOLDER

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
    found = []
    for paragraph in root.iter(W + "p"):
        words = "".join(text.text or "" for text in paragraph.iter(W + "t"))
        found += [match[1] for match in PLACEHOLDER.finditer(words)]
    return [*found, *(name for name, _ in _controls(root))]


def _controls(root: _Element) -> Iterator[tuple[str, _Element]]:
    """Yield the content controls with a tag or title, and what they are called."""
    for control in root.iter(W + "sdt"):
        for kind in ("tag", "alias"):
            named = control.find(f"{W}sdtPr/{W}{kind}")
            if named is not None and named.get(W + "val"):
                yield str(named.get(W + "val")).strip(), control
                break


def _fill_controls(root: _Element, once: Values) -> None:
    for name, control in _controls(root):
        texts = list(control.iter(W + "t"))
        if name in once and texts:
            _set(texts[0], once[name])
            for other in texts[1:]:
                _set(other, "")


def _repeat(row: _Element, once: Values, lines: Sequence[Values]) -> None:
    """Put a copy of a row for each line in its place, if it holds the name of a line."""
    words = "".join(text.text or "" for text in row.iter(W + "t"))
    names = [match[1] for match in PLACEHOLDER.finditer(words)]
    parent = row.getparent()
    inner = any(True for _ in row.iterdescendants(W + "tbl"))
    if parent is None or inner or not any(name.startswith(LINE) for name in names):
        return
    at = parent.index(row)
    for number, values in enumerate(lines):
        copy = deepcopy(row)
        _fill(copy, {**once, **values})
        parent.insert(at + number, copy)
    parent.remove(row)


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

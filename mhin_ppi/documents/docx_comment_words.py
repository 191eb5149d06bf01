"""A note as the XML of a Word comment: its paragraphs, its author, its date, its numbers."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mhin_ppi.documents.docx_names import W14, W, value
from mhin_ppi.documents.words import one_line
from mhin_ppi.domain.shared_notes import SharedNote

if TYPE_CHECKING:
    from lxml.etree import _Element

# What XML 1.0 cannot hold (section 2.2); a line break is made into a paragraph before.
_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_ENDS = re.compile("\r\n?|\x0b|\x0c|\u2028|\u2029|\x85")
_PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"
_HIGHEST = 0x7FFFFFFF  # [MS-DOCX] 2.6.2.3: below 0x80000000, and not 0


@dataclass(frozen=True, slots=True)
class CommentStyles:
    """What the file calls the styles of comments, or "" where it has none.

    Args:
        mark: Style of the mark that stands for a comment.
        words: Style of a comment's paragraphs.
    """

    mark: str = ""
    words: str = ""


def comment_styles(styles: _Element | None) -> CommentStyles:
    """Return what a file calls the styles of comments; the names differ by language."""
    named = {
        (value(style, "name") or "").lower(): style.get(W + "styleId", "")
        for style in ([] if styles is None else styles.iterchildren(W + "style"))
    }
    return CommentStyles(named.get("annotation reference", ""), named.get("annotation text", ""))


def xml_text(text: str) -> str:
    r"""Return text without what XML cannot hold, its line ends all alike.

    >>> xml_text("a\r\nb\x00")
    'a\nb'
    """
    return _NOT_XML.sub("", _LINE_ENDS.sub("\n", text))


def initials(author: str) -> str:
    """Return the first letters of up to three words of a name.

    >>> initials("Board member 7")
    'BM7'
    """
    return "".join(word[0] for word in author.split()[:3]).upper()


def author_in_file(author: str) -> str:
    """Return a name as a comment holds it: one line, without what XML cannot hold."""
    return one_line(xml_text(author))


def date_in_file(created: str) -> str:
    """Return an instant as Word writes it (to the second), or "" for what is none.

    >>> date_in_file("2026-11-27T10:00:00.5+01:00"), date_in_file("yesterday")
    ('2026-11-27T09:00:00Z', '')
    """
    try:
        instant = datetime.fromisoformat(created)
        if instant.tzinfo is not None:
            instant = instant.astimezone(UTC)
    except (ValueError, OverflowError):
        return ""
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def number_for(seed: str, taken: set[str]) -> str:
    """Return eight upper-case hex digits for a seed, and take them; always the same for the same.

    Args:
        seed: What the number is for.
        taken: Numbers that are in use; the new one is added.
    """
    number = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:4], "big") & _HIGHEST
    while not number or f"{number:08X}" in taken:
        number = (number + 1) & _HIGHEST
    taken.add(f"{number:08X}")
    return f"{number:08X}"


def comment_element(
    note: SharedNote, number: int, body: str, paragraphs: list[str], styles: CommentStyles
) -> _Element:
    """Return the ``w:comment`` of a note.

    Args:
        note: The note.
        number: Its ``w:id``.
        body: Its words, a line for each paragraph.
        paragraphs: A number (``w14:paraId``) for each of them.
        styles: What the file calls the styles of comments.
    """
    author = author_in_file(note.author)
    comment = _element("comment")
    comment.set(W + "id", str(number))
    comment.set(W + "author", author)
    if date := date_in_file(note.created):
        comment.set(W + "date", date)
    comment.set(W + "initials", initials(author))
    for line, paragraph_number in zip(body.split("\n"), paragraphs, strict=True):
        paragraph = _paragraph(line, styles, first=not len(comment))
        paragraph.set(W14 + "paraId", paragraph_number)
        comment.append(paragraph)
    return comment


def mark_run(number: int, styles: CommentStyles) -> _Element:
    """Return the run that stands for a comment in the text."""
    run = _element("r")
    run.append(_mark_looks(styles))
    reference = _element("commentReference")
    reference.set(W + "id", str(number))
    run.append(reference)
    return run


def range_mark(name: str, number: int) -> _Element:
    """Return a ``w:commentRangeStart`` or ``w:commentRangeEnd``."""
    mark = _element(name)
    mark.set(W + "id", str(number))
    return mark


def _element(name: str, **values: str) -> _Element:
    from lxml import etree

    element = etree.Element(W + name, nsmap={"w": W[1:-1]})
    for key, said in values.items():
        element.set(W + key, said)
    return element


def _mark_looks(styles: CommentStyles) -> _Element:
    looks = _element("rPr")
    if styles.mark:
        looks.append(_element("rStyle", val=styles.mark))
    else:  # as small as the style would make it, so that no line grows
        looks.append(_element("sz", val="16"))
        looks.append(_element("szCs", val="16"))
    return looks


def _paragraph(line: str, styles: CommentStyles, *, first: bool) -> _Element:
    paragraph, properties = _element("p"), _element("pPr")
    backwards = _runs_backwards(line)
    if styles.words:
        properties.append(_element("pStyle", val=styles.words))
    if backwards:
        properties.append(_element("bidi"))
    if len(properties):
        paragraph.append(properties)
    if first:
        run = _element("r")
        run.append(_mark_looks(styles))
        run.append(_element("annotationRef"))
        paragraph.append(run)
    run = _element("r")
    if backwards:
        looks = _element("rPr")
        looks.append(_element("rtl"))
        run.append(looks)
    for at, words in enumerate(line.split("\t")):
        if at:
            run.append(_element("tab"))
        if words:
            text = _element("t")
            text.text = words
            text.set(_PRESERVE, "preserve")
            run.append(text)
    if len(run) > backwards:
        paragraph.append(run)
    return paragraph


def _runs_backwards(line: str) -> bool:
    """Say whether a line is written from right to left, by its first letter that has a direction.

    Source: Unicode Standard Annex 9, rules P2 and P3.
    """
    directions = (unicodedata.bidirectional(letter) for letter in line)
    return next((d in ("R", "AL") for d in directions if d in ("L", "R", "AL")), False)

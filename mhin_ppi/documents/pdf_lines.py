"""Groups the lines of a PDF into paragraphs, headings, list items, table rows and footnotes.

For files without tags, or with tags that cannot be trusted. The method was measured against files
whose text is known (``tests/documents/test_pdf_lines.py``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from mhin_ppi.documents.pdf_groups import Group, finished
from mhin_ppi.documents.pdf_measure import Usual, measure
from mhin_ppi.documents.pdf_page import Line
from mhin_ppi.documents.pdf_words import Vocabulary, contents_line
from mhin_ppi.domain.blocks import BlockKind

_BULLET = re.compile("(?P<marker>[•▪◦‣●○■□–—*·§\uf0b7\uf0a7\uf0d8➢✓-]|o(?= [A-Z]))[ \t]+(?=\\S)")
_NUMBER = re.compile(
    r"(?P<marker>\(?(?:\d{1,2}|[a-z]|[ivx]{2,5})[.)]|\(\d{1,2}\)|\[\d{1,3}\])[ \t]+(?=\S)"
)
_NOTE = re.compile(r"(?P<marker>\d{1,3}|[*†‡§])[ \t]*(?=[^\W\d_]|[“\"'(])")
_ENDS = re.compile(r"[.!?:;…][\"'”’)\]]*$")

_TWO_LETTERS = re.compile(r"[^\W\d_].*[^\W\d_]", re.DOTALL)

_LARGER = 1.12  # times the body: a heading (STACK.md, 4)
_SMALLER = 0.93  # times the body: may be a footnote
_GAP = 1.22  # times the usual pitch: a new paragraph
_HEADING_PITCH = 1.5  # times its own size: the next line of the same heading
_INDENT = 0.7  # em
_FITS = 1.2  # times its likely width: room enough for a word
_LONGEST_HEADING = 250
_LONGEST_BOLD_HEADING = 140


@dataclass(slots=True)
class _Column:
    """A run of lines down one column of one page."""

    lines: list[Line] = field(default_factory=list)
    left: float = 0.0
    right: float = 0.0

    def measure(self) -> None:
        starts = sorted(line.x0 for line in self.lines)
        ends = sorted(line.x1 for line in self.lines)
        self.left = starts[len(starts) // 10]
        self.right = ends[-1 - len(ends) // 20]


def group_lines(pages: list[list[Line]], words: Vocabulary) -> list[Group]:
    """Return the groups of a document, its running heads already taken away.

    Args:
        pages: Lines page by page, in the order in which they were drawn.
        words: The document's own words.
    """
    usual = measure(pages)
    groups: list[Group] = []
    notes: list[Group] = []
    for lines in pages:
        body, small = _split_notes(lines, usual)
        for column in _columns(body, usual):
            _take_column(groups, column, usual)
        notes.extend(_notes(small))
    _join_over_breaks(groups, usual)
    for group in groups + notes:
        _settle(group, usual, words)
    groups = finished([group for group in groups if group.text])
    return groups + [note for note in notes if note.text]


def _split_notes(lines: list[Line], usual: Usual) -> tuple[list[Line], list[Line]]:
    """Part a page's text from the footnotes below it."""
    at = len(lines)
    while at and lines[at - 1].size < _SMALLER * usual.size:
        at -= 1
    while at < len(lines) and not _NOTE.match(lines[at].text):
        at += 1
    # Small print that fills the page is text, not a footnote.
    if not at or len(lines) - at > len(lines) * 0.7:
        return lines, []
    return lines[:at], lines[at:]


def _notes(lines: list[Line]) -> list[Group]:
    notes: list[Group] = []
    for line in lines:
        found = _NOTE.match(line.text)
        if found or not notes:
            marker = found["marker"] if found else ""
            notes.append(Group([line], BlockKind.FOOTNOTE, marker))
        else:
            notes[-1].lines.append(line)
    return notes


def _columns(lines: list[Line], usual: Usual) -> list[_Column]:
    columns: list[_Column] = []
    for line in lines:
        above = columns[-1].lines[-1] if columns else None
        if above is None or line.y > above.y + 1.5 * usual.size:
            columns.append(_Column())
        columns[-1].lines.append(line)
    for column in columns:
        column.measure()
        column.lines = _without_lone_rows(column.lines)
    return columns


def _without_lone_rows(lines: list[Line]) -> list[Line]:
    """Make ordinary lines of rows of cells with no other row beside them."""
    rows = [False, *(len(line.cells) > 1 for line in lines), False]
    return [
        line
        if len(line.cells) < 2 or rows[at] or rows[at + 2]
        else replace(line, text=line.text.replace("\t", " "), cells=line.cells[:1])
        for at, line in enumerate(lines)
    ]


def _take_column(groups: list[Group], column: _Column, usual: Usual) -> None:
    current: Group | None = None
    for line in column.lines:
        if current is None or _starts_new(current, line, column, usual):
            found = _marker(line, current, usual)
            kind = BlockKind.LIST_ITEM if found else BlockKind.PARAGRAPH
            current = Group([line], kind, found["marker"] if found else "")
            groups.append(current)
        else:
            current.lines.append(line)


def _marker(line: Line, current: Group | None, usual: Usual) -> re.Match[str] | None:
    if found := _BULLET.match(line.text):
        return found
    if line.size > _LARGER * usual.size or (line.bold and not usual.bold):
        return None  # a numbered heading
    found = _NUMBER.match(line.text)
    if not found or current is None or current.kind is BlockKind.LIST_ITEM:
        return found
    # "see section / 3. The next" is a number at the start of a line, not a list.
    return found if _ENDS.search(current.lines[-1].text) or _apart(current, line, usual) else None


def _apart(current: Group, line: Line, usual: Usual) -> bool:
    drop = current.lines[-1].y - line.y
    return drop > _GAP * usual.pitch * usual.size or current.lines[-1].size != line.size


def _starts_new(current: Group, line: Line, column: _Column, usual: Usual) -> bool:
    above = current.lines[-1]
    drop = above.y - line.y
    if abs(drop) < 0.4 * usual.size and line.x0 >= above.x0:
        return False  # the same line, drawn in pieces
    if abs(above.size - line.size) > 0.08 * usual.size or above.bold != line.bold:
        return not _same_sentence(above, line, drop, usual)
    if above.size > _LARGER * usual.size:
        return drop > _HEADING_PITCH * above.size
    if drop > _GAP * usual.pitch * max(usual.size, line.size) or len(line.cells) > 1:
        return True
    if len(above.cells) > 1 or contents_line(above.text) or contents_line(line.text):
        return True
    return _marker(line, current, usual) is not None or _set_apart(current, line, column)


def _same_sentence(above: Line, line: Line, drop: float, usual: Usual) -> bool:
    """Say whether a change of weight or a small change of size falls within one paragraph."""
    if abs(above.size - line.size) > 0.08 * usual.size:
        return False
    flows_on = not _ENDS.search(above.text) and line.text[:1].islower()
    return flows_on and drop <= _GAP * usual.pitch * usual.size


def _set_apart(current: Group, line: Line, column: _Column) -> bool:
    """Say whether where a line starts, or where the one above ends, makes it a new paragraph."""
    above, em = current.lines[-1], line.size
    if above.hyphen:
        return False
    short = _had_room(above, line, column)
    if current.kind is BlockKind.LIST_ITEM:
        if len(current.lines) > 1:
            return line.x0 < current.lines[1].x0 - 0.5 * em
        return line.x0 < above.x0 - 0.3 * em or (short and line.x0 <= above.x0 + 2)
    if line.x0 - above.x0 > _INDENT * em and len(current.lines) > 1:
        return True
    if line.x0 - column.left > _INDENT * em and above.x0 - column.left < 0.3 * em:
        return bool(_ENDS.search(above.text))
    return short and bool(_ENDS.search(above.text)) and not line.text[:1].islower()


def _had_room(above: Line, line: Line, column: _Column) -> bool:
    """Say whether the next word would have fitted, so that the line was ended on purpose."""
    letter = (above.x1 - above.x0) / max(1, len(above.text))
    word = len(line.text.split(maxsplit=1)[0]) + 1
    return column.right - above.x1 > _FITS * word * letter


def _join_over_breaks(groups: list[Group], usual: Usual) -> None:
    """Join paragraphs that a column or page end has cut in two."""
    at = 1
    while at < len(groups):
        if _goes_on(groups[at - 1], groups[at], usual):
            groups[at - 1].lines.extend(groups.pop(at).lines)
        else:
            at += 1


def _goes_on(before: Group, after: Group, usual: Usual) -> bool:
    last, first = before.lines[-1], after.lines[0]
    new_place = last.page != first.page or first.y > last.y
    if not new_place or after.kind is not BlockKind.PARAGRAPH or last.bold != first.bold:
        return False
    if abs(last.size - first.size) > 0.08 * usual.size or first.size > _LARGER * usual.size:
        return False
    if len(last.cells) > 1 or len(first.cells) > 1 or contents_line(last.text):
        return False
    return last.hyphen or not _ENDS.search(last.text) or first.text[:1].islower()


def _settle(group: Group, usual: Usual, words: Vocabulary) -> None:
    """Join the words of a group and decide whether it is a heading."""
    group.text = join_lines(group.lines, words)
    if group.marker:
        group.text = group.text[len(group.marker) :].lstrip()
        if group.kind is BlockKind.LIST_ITEM and not group.marker[-1:].isalnum():
            bullet = _BULLET.match(group.lines[0].text)
            group.marker = "•" if bullet and group.marker not in "–—" else group.marker
        return
    line = group.lines[0]
    if len(line.cells) > 1 or (listed := contents_line(group.text)) is not None:
        group.text = group.text if len(line.cells) > 1 else str(listed)
        return
    if not _TWO_LETTERS.search(group.text):
        return
    large = all(one.size > _LARGER * usual.size for one in group.lines)
    bold = not usual.bold and all(one.bold for one in group.lines)
    if (large and len(group.text) <= _LONGEST_HEADING) or (
        bold and len(group.text) <= _LONGEST_BOLD_HEADING and group.text[-1] not in ".,;"
    ):
        group.kind = BlockKind.HEADING


def join_lines(lines: list[Line], words: Vocabulary) -> str:
    """Return the lines' words as one text, with hyphens at line ends mended."""
    text = lines[0].text
    for above, line in zip(lines, lines[1:], strict=False):
        if above.hyphen:
            text = words.join(text, line.text)
        elif text.endswith("-") and line.text[:1].islower() and text[-2:-1].isalpha():
            text = words.join(text[:-1], line.text)
        else:
            text = f"{text} {line.text}"
    return text

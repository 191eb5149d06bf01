"""Markdown files: headings, lists, tables, notes and the words of everything else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from mhin_ppi.documents.frames import Progress, Reading
from mhin_ppi.documents.plain import decode
from mhin_ppi.documents.words import clean, one_line
from mhin_ppi.domain.blocks import BETWEEN_CELLS, BETWEEN_ROWS, Block, BlockKind

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(r"\A---[ \t]*\n(?P<lines>.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_TITLE = re.compile(r"^title:[ \t]*[\"']?(.+?)[\"']?[ \t]*$", re.MULTILINE)
_NOTE = re.compile(r"^\[\^([^\]\s]+)\]:[ \t]*(.*(?:\n(?:[ ]{2,}|\t)\S.*)*)\n?", re.MULTILINE)
_NOTE_REFERENCE = re.compile(r"\[\^([^\]\s]+)\]")
_TAG = re.compile(r"<!--.*?-->|<[^>\n]{1,500}>", re.DOTALL)
_DEEPEST = 9


def read_markdown(untrusted: bytes, *, report: Progress) -> Reading:
    """Return what a Markdown file holds; pictures it points to are not fetched.

    Raises:
        Refusal: It is not text.
    """
    from markdown_it import MarkdownIt

    text = decode(untrusted).replace("\r\n", "\n").replace("\r", "\n")
    reading = Reading()
    if front := _FRONT.match(text):
        found = _FRONT_TITLE.search(front["lines"])
        reading.title = one_line(found[1]) if found else ""
        text = text[front.end() :]
    notes = _NOTE.findall(text)
    # Written plainly, a reference is not taken for a link.
    text = _NOTE_REFERENCE.sub(r"\\[\1\\]", _NOTE.sub("", text))
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
    walk = _Walk(reading)
    for done, token in enumerate(tokens, start=1):
        walk.take(token)
        if done % 500 == 0:
            report(done, len(tokens))
    for marker, words in notes:
        reading.blocks.append(Block(BlockKind.FOOTNOTE, one_line(words), marker=marker))
    reading.blocks = [block for block in reading.blocks if block.text]
    if walk.pictures:
        reading.notes.append("Pictures that the file points to are not shown here.")
    report(len(tokens) or 1, len(tokens) or 1)
    return reading


class _Walk:
    """Turns the flat list of tokens into blocks."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._lists: list[int | None] = []  # the next number of each open list; None for bullets
        self._item: str | None = None  # the marker of an item whose first words are still to come
        self._heading = 0
        self._rows: list[list[str]] | None = None
        self._header_rows = 0
        self.pictures = 0

    def take(self, token: Token) -> None:
        """Take the next token."""
        step = getattr(self, f"_{token.type}", None)
        if step is not None:
            step(token)

    def _bullet_list_open(self, token: Token) -> None:
        self._lists.append(None)

    def _ordered_list_open(self, token: Token) -> None:
        self._lists.append(int(token.attrGet("start") or 1))

    def _bullet_list_close(self, token: Token) -> None:
        self._lists.pop()

    _ordered_list_close = _bullet_list_close

    def _list_item_open(self, token: Token) -> None:
        count = self._lists[-1]
        self._item = "•" if count is None else f"{count}{token.markup or '.'}"
        if count is not None:
            self._lists[-1] = count + 1

    def _list_item_close(self, token: Token) -> None:
        self._item = None

    def _heading_open(self, token: Token) -> None:
        self._heading = int(token.tag[1])

    def _heading_close(self, token: Token) -> None:
        self._heading = 0

    def _table_open(self, token: Token) -> None:
        self._rows, self._header_rows = [], 0

    def _thead_close(self, token: Token) -> None:
        self._header_rows = len(self._rows or [])

    def _tr_open(self, token: Token) -> None:
        if self._rows is not None:
            self._rows.append([])

    def _table_close(self, token: Token) -> None:
        text = BETWEEN_ROWS.join(BETWEEN_CELLS.join(row) for row in self._rows or [])
        self._rows = None
        self._reading.blocks.append(Block(BlockKind.TABLE, text, header_rows=self._header_rows))

    def _inline(self, token: Token) -> None:
        words = self._words(token.children or [])
        if self._rows is not None:
            self._rows[-1].append(one_line(words))
        else:
            self._words_found(words, token)

    def _fence(self, token: Token) -> None:
        self._words_found(token.content, token)

    _code_block = _fence

    def _html_block(self, token: Token) -> None:
        self._words_found(_TAG.sub("", token.content), token)

    def _words_found(self, words: str, token: Token) -> None:
        source = f"l{token.map[0] + 1}" if token.map else ""
        kind, level, marker = BlockKind.PARAGRAPH, 0, ""
        if self._heading:
            kind, level = BlockKind.HEADING, self._heading
        elif self._item is not None:
            kind, level, marker = BlockKind.LIST_ITEM, min(_DEEPEST, len(self._lists)), self._item
            self._item = None
        self._reading.blocks.append(
            Block(kind, clean(words), level=level, marker=marker, source=source)
        )

    def _words(self, tokens: Sequence[Token]) -> str:
        parts: list[str] = []
        for token in tokens:
            if token.type == "image":
                self.pictures += 1
                parts.append(self._words(token.children or []))
            elif token.type == "softbreak":
                parts.append(" ")
            elif token.type == "hardbreak":
                parts.append("\n")
            elif token.type in ("text", "code_inline"):
                parts.append(token.content)
        return "".join(parts)

"""An answer sheet as a Word file: one small table to a question, with a list to choose from."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from ..domain.answer_sheet import (
    ANSWER,
    ASKED,
    CHOOSE,
    CODE,
    DECIDED_BY,
    DECIDED_ON,
    DECISION,
    DECISIONS,
    FROM,
    HOW_TO,
    PASSAGE,
    REASON,
    AnswerSheet,
    SheetRow,
)
from ..domain.british import day

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell
    from lxml.etree import _Element

_LEFT_CM, _RIGHT_CM = 4.0, 13.0
_ROOM_CM = 1.6
_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (section 2.2)."""


def write_docx(sheet: AnswerSheet) -> bytes:
    """Return an answer sheet as a Word file.

    Args:
        sheet: What goes.
    """
    import docx
    from docx.shared import Cm

    made = docx.Document()
    for section in made.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
    made.core_properties.title = _xml(f"Questions about {sheet.title}")
    made.core_properties.author = _xml(sheet.board)
    made.core_properties.comments = ""
    made.core_properties.language = "en-GB"
    made.add_heading(_xml(f"Questions about {sheet.title}"), 1)
    made.add_paragraph(_xml(f"{sheet.board} · {day(sheet.made_on)}"))
    for words in HOW_TO:
        made.add_paragraph(words)
    for row in sheet.rows:
        _add_question(made, row)
    whole = io.BytesIO()
    made.save(whole)
    return whole.getvalue()


def _add_question(made: Document, row: SheetRow) -> None:
    from docx.shared import Cm

    made.add_heading(f"Question {row.number}", 2)
    given = [(CODE, row.code), (ASKED, row.asked), (PASSAGE, row.passage), (FROM, row.asked_by)]
    fill = (DECISION, ANSWER, REASON, DECIDED_BY, DECIDED_ON)
    lines = [*(one for one in given if one[1]), *((label, "") for label in fill)]
    table = made.add_table(len(lines), 2, style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, (_LEFT_CM, _RIGHT_CM), strict=True):
        column.width = Cm(width)
    for at, (label, words) in enumerate(lines):
        left, right = table.rows[at].cells
        left.width, right.width = Cm(_LEFT_CM), Cm(_RIGHT_CM)
        left.paragraphs[0].add_run(label).bold = True
        right.text = _xml(words)
        if label == DECISION:
            _add_list(right)
        if label in (ANSWER, REASON):
            table.rows[at].height = Cm(_ROOM_CM)
        # A question stays on one page with its answer, where there is room.
        left.paragraphs[0].paragraph_format.keep_with_next = at < len(lines) - 1
    made.add_paragraph()


def _add_list(cell: _Cell) -> None:
    """Put a list to choose from into a cell (ECMA-376, 17.5.2.15)."""
    from docx.oxml import OxmlElement

    control, properties = OxmlElement("w:sdt"), OxmlElement("w:sdtPr")
    properties.append(_with("w:alias", val=DECISION))
    properties.append(_with("w:tag", val="decision"))
    choices = OxmlElement("w:dropDownList")
    choices.append(_with("w:listItem", displayText=CHOOSE, value=""))
    for words in DECISIONS:
        choices.append(_with("w:listItem", displayText=words, value=words))
    properties.append(choices)
    content, run = OxmlElement("w:sdtContent"), OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = CHOOSE
    run.append(text)
    content.append(run)
    control.append(properties)
    control.append(content)
    cell.paragraphs[0]._p.append(control)  # noqa: SLF001 - python-docx has no content controls


def _with(tag: str, **values: str) -> _Element:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for name, value in values.items():
        made.set(qn(f"w:{name}"), value)
    return made


def _xml(words: str) -> str:
    return _NOT_XML.sub("", words)

"""The same text saved by LibreOffice in three forms says the same in each (needs `soffice`)."""

from __future__ import annotations

import io
import shutil
import subprocess

import pytest

from mhin_ppi.documents.reading import read_file
from mhin_ppi.domain.blocks import BlockKind, DraftText
from tests.documents.document_makers import invented_paragraph

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here"),
]
TAGGED = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
PLAIN = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"false"}}'


def a_word_file() -> bytes:
    import random

    import docx

    chance = random.Random(7)
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "SAMPLE protocol"
    made.sections[0].footer.paragraphs[0].text = "Version 1.0"
    for part in range(8):
        made.add_heading(f"Part {part}", 1)
        for _ in range(4):
            made.add_paragraph(invented_paragraph(chance))
        made.add_paragraph(invented_paragraph(chance), style="List Bullet")
        made.add_paragraph(invented_paragraph(chance), style="List Number")
        for row in made.add_table(3, 2, style="Table Grid").rows:
            for cell in row.cells:
                cell.text = "One cell"
    whole = io.BytesIO()
    made.save(whole)
    return whole.getvalue()


def words(draft: DraftText, *kinds: BlockKind) -> list[str]:
    return [block.text for block in draft.blocks if block.kind in kinds]


@pytest.mark.parametrize(
    ("form", "ending", "same"), [("odt", "odt", 1.0), (TAGGED, "pdf", 0.97), (PLAIN, "pdf", 0.9)]
)
def test_word_and_its_copies_say_the_same(tmp_path, form, ending, same):
    path = tmp_path / "draft.docx"
    path.write_bytes(a_word_file())
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless",
         "--convert-to", form, "--outdir", str(tmp_path), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    original, copy = read_file(path), read_file(tmp_path / f"draft.{ending}")
    assert words(copy, BlockKind.HEADING) == words(original, BlockKind.HEADING)
    kinds = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
    wanted, found = words(original, *kinds), words(copy, *kinds)
    assert sum(text in found for text in wanted) >= same * len(wanted)
    assert not any("SAMPLE protocol" in text for text in found)
    if ending == "odt":
        assert [b.marker for b in copy.blocks] == [b.marker for b in original.blocks]

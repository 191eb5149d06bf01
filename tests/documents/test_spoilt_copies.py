"""Real files with bytes changed, cut out or put in: text, or a plain sentence, and never a hang."""

from __future__ import annotations

import contextlib
import functools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mhin_ppi.documents.reading import FileReader
from mhin_ppi.errors import DocumentError
from tests.documents.document_makers import docx, odt, p, typeset, w_part
from tests.documents.slide_makers import box, pptx
from tests.documents.test_pdf_tagged import a_document


@functools.cache
def whole(kind: str) -> bytes:
    if kind == "docx":
        numbering = w_part("numbering", '<w:num w:numId="1"/>')
        return docx(p("Hello " * 50) + p("Board"), parts={"word/numbering.xml": numbering})
    if kind == "odt":
        return odt("<text:p>Hello</text:p>" * 20)
    if kind == "pptx":
        return pptx(box("Hello", place="title") + box("Board " * 20), "<p:sp/>")
    return typeset(1)[0] if kind == "pdf" else a_document().whole()


@pytest.mark.parametrize("kind", ["docx", "odt", "pptx", "pdf", "tagged"])
@given(chance=st.randoms(use_true_random=False), changes=st.integers(1, 12))
@settings(max_examples=12)
def test_a_spoilt_copy_is_read_or_refused(kind, chance, changes):
    spoilt = bytearray(whole(kind))
    for _ in range(changes):
        at = chance.randrange(len(spoilt))
        how = chance.randrange(3)
        if how == 0:
            spoilt[at] = chance.randrange(256)
        elif how == 1:
            del spoilt[at : at + chance.randrange(40)]
        else:
            spoilt[at:at] = chance.randbytes(8)
    with contextlib.suppress(DocumentError):
        found = FileReader(silent_seconds=10).read(bytes(spoilt), file_name=f"a.{kind}")
        assert found.text

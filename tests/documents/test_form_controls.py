"""Content controls of a Word form are known by their tag or, beside a foreign tag, their title."""

from __future__ import annotations

import io

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from mhin_ppi.documents.form_docx import filled_docx, names_in_docx


def control(named):
    """Return a control that holds the words "Click here"."""
    return parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtPr>{named}</w:sdtPr>"
        "<w:sdtContent><w:r><w:t>Click here</w:t></w:r></w:sdtContent></w:sdt>"
    )


def test_a_title_of_ours_goes_before_a_tag_that_a_program_wrote():
    document = docx.Document()
    for named in (
        '<w:tag w:val="person"/>',
        '<w:alias w:val="total"/><w:tag w:val="goog_rdk_0"/>',
        '<w:alias w:val="Their title"/><w:tag w:val="theirs"/>',
    ):
        document.add_paragraph()._p.append(control(named))
    file = io.BytesIO()
    document.save(file)
    form = file.getvalue()
    assert names_in_docx(form, file_name="form.docx") == ["person", "total", "theirs"]

    once = {"person": "Amber Fictional", "total": "£26.80"}
    whole = filled_docx(form, file_name="form.docx", once=once, lines=[])
    body = docx.Document(io.BytesIO(whole)).element.body
    words = ["".join(t.text or "" for t in one.iter(qn("w:t"))) for one in body.iter(qn("w:sdt"))]
    assert words == ["Amber Fictional", "£26.80", "Click here"]

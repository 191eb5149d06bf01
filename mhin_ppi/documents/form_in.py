"""In the child: an organisation's own claim form, looked into or filled in."""

from __future__ import annotations

from mhin_ppi.documents.form_docx import filled_docx, names_in_docx
from mhin_ppi.documents.form_xlsx import filled_xlsx, names_in_xlsx
from mhin_ppi.documents.frames import Progress, Request
from mhin_ppi.documents.packages import is_sheet

DOCX, XLSX = "docx", "xlsx"


def form_fields(request: Request, report: Progress) -> tuple[object, bytes]:
    """Answer the job "form_fields": what sort of file it is, and every name in it.

    Raises:
        Refusal: It is neither Word nor Excel, or is damaged, locked or carries macros.
    """
    report(0, 1)
    name = request.file_name
    if is_sheet(request.untrusted, file_name=name):
        return {"kind": XLSX, "names": names_in_xlsx(request.untrusted, file_name=name)}, b""
    return {"kind": DOCX, "names": names_in_docx(request.untrusted, file_name=name)}, b""


def form_fill(request: Request, report: Progress) -> tuple[object, bytes]:
    """Answer the job "form_fill": the form, filled in with the arguments "once" and "lines".

    Raises:
        Refusal: As for :func:`form_fields`.
    """
    report(0, 1)
    arguments = request.arguments
    given = {
        "file_name": request.file_name,
        "once": arguments["once"],
        "lines": arguments["lines"],
    }
    if is_sheet(request.untrusted, file_name=request.file_name):
        return {}, filled_xlsx(request.untrusted, **given)
    return {}, filled_docx(request.untrusted, **given)

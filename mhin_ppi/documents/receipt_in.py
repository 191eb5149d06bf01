"""The job of the child that turns what a person chose into a receipt that may be kept."""

from __future__ import annotations

from mhin_ppi.documents import frames
from mhin_ppi.documents.kinds import is_program
from mhin_ppi.documents.pictures import measured
from mhin_ppi.documents.refusals import Refusal, Why

_PDF = b"%PDF-"
_PDF_HEAD_WITHIN = 1024
# ISO 14496-12, 4.3: the second four bytes say "ftyp", then which sort of file; these are HEIF.
_HEIF = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif")
JPEG, PDF = "image/jpeg", "application/pdf"


def receipt(request: frames.Request, report: frames.Progress) -> tuple[object, bytes]:
    """Return what a receipt is and its cleaned file.

    Raises:
        Refusal: It is neither a photograph nor a PDF, or beyond a limit.
    """
    untrusted = request.untrusted
    report(0, 1)
    if not untrusted:
        raise Refusal(Why.EMPTY)
    if untrusted[4:8] == b"ftyp" and untrusted[8:12] in _HEIF:
        raise Refusal(Why.HEIC)
    if is_program(untrusted):
        raise Refusal(Why.PROGRAM)
    if measured(untrusted)[0]:
        from mhin_ppi.documents.receipt_photo import redrawn

        return {"media": JPEG}, redrawn(untrusted)
    if _PDF in untrusted[:_PDF_HEAD_WITHIN]:
        from mhin_ppi.documents.receipt_pdf import only_pages

        return {"media": PDF}, only_pages(untrusted)
    raise Refusal(Why.NOT_RECEIPT)

"""A receipt that came as a PDF: its pages are kept, everything that could act or tell is not.

Scripts, links, attached files and what the file says about who made it are left behind: the pages
are put into a new file, so that what the old one kept beside them does not come along.
"""

from __future__ import annotations

import io
from typing import Any

from mhin_ppi.documents import limits
from mhin_ppi.documents.pdf_changing import open_for_reading
from mhin_ppi.documents.refusals import Refusal, Why

_PAGE_KEPT = frozenset(
    {"/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/Contents", "/Rotate", "/UserUnit"}
)
"""What draws a page (ISO 32000-1, table 30): no actions, annotations, thumbnails or metadata."""

_TELLS = ("/Metadata", "/PieceInfo", "/LastModified", "/OC", "/OPI", "/AF", "/Alternates", "/Ref")
"""What pictures and forms may carry beside what they draw."""

_ACTIONS = ("/JavaScript", "/Launch", "/URI", "/SubmitForm", "/ImportData", "/Rendition")
_DOES = ("/JS", "/F", "/URI", "/S", "/Win")
"""What an action does (ISO 32000-1, 12.6.4), should one hide among what the pages draw with."""

_MOST_OBJECTS = 50_000


def only_pages(untrusted: bytes) -> bytes:
    """Return a PDF with the same pages and nothing beside them.

    Raises:
        Refusal: It is locked or damaged, or has more pages than a receipt has.
    """
    import pikepdf

    old = open_for_reading(untrusted)
    if old.is_encrypted:
        raise Refusal(Why.PASSWORD)
    if not len(old.pages):
        raise Refusal(Why.DAMAGED)
    if len(old.pages) > limits.RECEIPT_PAGES:
        raise Refusal(Why.RECEIPT_PAGES)
    try:
        new = pikepdf.new()
        for page in old.pages:
            _bare(page)
            new.pages.append(page)
        _quieten(new)
        out = io.BytesIO()
        new.save(out, deterministic_id=True, compress_streams=True)
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError) as cause:
        raise Refusal(Why.DAMAGED) from cause
    return out.getvalue()


def _bare(page: Any) -> None:  # noqa: ANN401 - pikepdf has no types here
    """Take from a page what does not draw it; what it inherits was already written into it."""
    for key in [key for key in page.obj.keys() if key not in _PAGE_KEPT]:  # noqa: SIM118
        del page.obj[key]


def _quieten(pdf: Any) -> None:  # noqa: ANN401
    """Take what acts, and what tells of its making, from everything the pages draw with."""
    import pikepdf

    waiting = list(pdf.objects)
    seen = 0
    while waiting:
        thing = waiting.pop()
        seen += 1
        if seen > _MOST_OBJECTS:
            raise Refusal(Why.MEMORY)
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            acts = thing.get("/S") in _ACTIONS
            for key in (*_TELLS, *(_DOES if acts else ())):
                if key in thing:
                    del thing[key]
            inside = [value for _, value in thing.items()]
        elif isinstance(thing, pikepdf.Array):
            inside = list(thing)
        else:
            continue
        # What is indirect is in the list of objects already.
        waiting += [
            one
            for one in inside
            if isinstance(one, pikepdf.Dictionary | pikepdf.Array) and not one.is_indirect
        ]

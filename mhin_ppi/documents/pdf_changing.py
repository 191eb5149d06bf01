"""Opens a person's PDF for writing into it, where that may be done, and saves it again.

Only what is added differs: streams are kept as they were, byte for byte.
"""

from __future__ import annotations

import io
from typing import Any

from mhin_ppi.documents.refusals import Refusal, Why

_DEEPEST = 20


def open_for_changing(untrusted: bytes) -> Any:  # noqa: ANN401 - pikepdf has no types here
    """Return a PDF that may be changed.

    Raises:
        Refusal: It is damaged, locked, protected or signed.
    """
    pdf = open_for_reading(untrusted)
    if pdf.is_encrypted:
        raise Refusal(Why.PROTECTED)
    if _is_signed(pdf):
        raise Refusal(Why.SIGNED)
    return pdf


def open_for_reading(untrusted: bytes) -> Any:  # noqa: ANN401
    """Return a PDF whose objects can be looked at.

    Raises:
        Refusal: It is damaged or locked.
    """
    import pikepdf

    try:
        pdf = pikepdf.open(io.BytesIO(untrusted))
        len(pdf.pages)
    except pikepdf.PasswordError as cause:
        raise Refusal(Why.PASSWORD) from cause
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError) as cause:
        raise Refusal(Why.DAMAGED) from cause
    return pdf


def _is_signed(pdf: Any) -> bool:  # noqa: ANN401
    """Say whether a PDF holds a signature (ISO 32000-1, 12.7.4.5 and 12.8.4)."""
    import pikepdf

    form = pdf.Root.get("/AcroForm")
    fields = form.get("/Fields") if isinstance(form, pikepdf.Dictionary) else None
    permissions = pdf.Root.get("/Perms")
    granted = isinstance(permissions, pikepdf.Dictionary) and len(permissions) > 0
    return granted or _signed_field(fields)


def _signed_field(fields: Any, *, kind: Any = None, depth: int = 0) -> bool:  # noqa: ANN401
    """Say whether a signature field has been signed; a field takes its kind from its parent."""
    import pikepdf

    if not isinstance(fields, pikepdf.Array) or depth > _DEEPEST:
        return False
    for field in fields:
        if isinstance(field, pikepdf.Dictionary):
            own = field.get("/FT", kind)
            if (own == "/Sig" and "/V" in field) or _signed_field(
                field.get("/Kids"), kind=own, depth=depth + 1
            ):
                return True
    return False


def saved(pdf: Any) -> bytes:  # noqa: ANN401
    """Return a PDF as bytes; the same PDF gives the same bytes."""
    import pikepdf

    whole = io.BytesIO()
    pdf.save(
        whole,
        deterministic_id=True,
        fix_metadata_version=False,
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        object_stream_mode=pikepdf.ObjectStreamMode.preserve,
    )
    return whole.getvalue()

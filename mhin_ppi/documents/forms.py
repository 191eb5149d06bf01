"""An organisation's own claim form, looked into and filled in by the child."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mhin_ppi.documents.jobs import MISSHAPEN, ask_child
from mhin_ppi.documents.refusals import Why, as_error
from mhin_ppi.documents.words import one_line
from mhin_ppi.domain.accounts import FormKind
from mhin_ppi.domain.claim_form_fields import FormFields, fields_among
from mhin_ppi.domain.harmless import harmless


def form_fields(untrusted: bytes, *, file_name: str) -> tuple[FormKind, FormFields]:
    """Return what sort of file a form is, and the names in it.

    Args:
        untrusted: The whole file.
        file_name: For the sentences a person may see.

    Raises:
        UnreadableError: The file is damaged or locked.
        UnsupportedError: It is neither Word nor Excel, carries macros, or holds pictures that would
            be lost.
    """
    answer = ask_child("form_fields", untrusted, file_name=file_name, arguments={})
    try:
        plain = answer.untrusted
        return FormKind(plain["kind"]), fields_among(str(name) for name in plain["names"])
    except MISSHAPEN as cause:
        raise as_error(Why.CRASHED, file_name=file_name) from cause


def fill_form(
    untrusted: bytes,
    *,
    file_name: str,
    once: Mapping[str, str],
    lines: Sequence[Mapping[str, str]],
) -> bytes:
    """Return a form filled in.

    Args:
        untrusted: The whole file.
        file_name: For the sentences a person may see.
        once: What goes in once, by name.
        lines: What goes into the rows that are repeated, by name.

    Raises:
        UnreadableError: The file is damaged or locked.
        UnsupportedError: As for :func:`form_fields`.
    """
    # What people typed may hold characters that neither Word nor Excel files can.
    arguments = {"once": _plain(once), "lines": [_plain(line) for line in lines]}
    answer = ask_child("form_fill", untrusted, file_name=file_name, arguments=arguments)
    if not answer.untrusted_file:
        raise as_error(Why.CRASHED, file_name=file_name)
    return answer.untrusted_file


def _plain(values: Mapping[str, str]) -> dict[str, str]:
    return {name: one_line(harmless(words)) for name, words in values.items()}

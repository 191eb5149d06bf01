"""What shows that a difference was made: an attached file, an address, the words that changed.

A file is kept as it is, encrypted with the rest of the board. It is never read or opened by this
program: a person may save it out again. An address is shown, and opened only when a person asks.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath
from urllib.parse import urlsplit

from ..domain.impact import Impact, ImpactId
from ..errors import InputError, NotFoundError
from .changes import KEPT
from .desk import Desk

LARGEST_BYTES = 10 * 1024 * 1024
LONGEST_NAME = 120
LONGEST_LINK = 2_000


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file that shows a difference.

    Args:
        name: What it is called, without folders.
        content: Its bytes, as they came.
    """

    name: str
    content: bytes


def check_file(file: EvidenceFile) -> EvidenceFile:
    """Return a file that may be kept, its name made safe to save under later.

    Raises:
        InputError: It is empty, or larger than 10 MB.
    """
    name = _plain_name(file.name)
    if not file.content:
        raise InputError(f"“{name}” is empty.", what_is_safe=KEPT, next_step="Choose another file.")
    if len(file.content) > LARGEST_BYTES:
        raise InputError(
            f"“{name}” is larger than 10 MB.",
            what_is_safe=KEPT,
            next_step="Choose a smaller file, or write where it can be found.",
        )
    return EvidenceFile(name, file.content)


def check_link(link: str) -> str:
    """Return an address that a person may open later; "" for none.

    Raises:
        InputError: It is not an ordinary web address (http or https).
    """
    link = link.strip()
    if not link:
        return ""
    try:
        parts = urlsplit(link)
        ordinary = parts.scheme in ("http", "https") and bool(parts.hostname)
        hides = parts.username is not None or parts.password is not None
    except ValueError:
        ordinary = hides = False
    odd = any(not each.isprintable() or each.isspace() for each in link)
    if not ordinary or hides or odd or len(link) > LONGEST_LINK:
        raise InputError(
            "This is not a web address that can be opened.",
            what_is_safe=KEPT,
            next_step="Copy it from the browser: it begins with https:// or http://.",
        )
    return link


def evidence_file(desk: Desk, impact: ImpactId) -> EvidenceFile:
    """Return the file that shows a difference, to be saved out.

    Raises:
        NotFoundError: There is none, or it has not come to this laptop yet.
    """
    with desk.store.unit_of_work() as work:
        found = work.get(Impact, impact)
        if found.evidence_file is None:
            raise NotFoundError("No file is attached to this difference.")
        return EvidenceFile(found.evidence_file_name, work.blob(found.evidence_file))


def _plain_name(name: str) -> str:
    last = PurePosixPath(PureWindowsPath(name).name).name
    kept = "".join(c for c in last if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*')
    return kept.strip(" .")[-LONGEST_NAME:] or "file"

"""Finds a draft's words on the pages of its PDF, by way of the child process.

``page_words_of`` is asked once for a version and its file; the map it returns
(``domain/page_words.py``) then answers both ways, in a millisecond and without the file: the
rectangles of a passage, and the character of the text at a point of a page.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from mhin_ppi.documents import limits
from mhin_ppi.documents.jobs import MISSHAPEN, ask_child
from mhin_ppi.documents.refusals import Why, as_error
from mhin_ppi.documents.watching import Progress, StopWanted
from mhin_ppi.domain.blocks import DraftText
from mhin_ppi.domain.page_words import PageBox, PageWord, PageWords


def page_words_of(
    untrusted: bytes,
    draft: DraftText,
    *,
    file_name: str,
    progress: Progress | None = None,
    stop_wanted: StopWanted | None = None,
) -> PageWords:
    """Return where every word of a draft stands in its PDF.

    A file that is not the draft's own gives a map with few words: look at ``share_found``.

    Args:
        untrusted: The PDF's bytes.
        draft: The text that was read from it, by this release or an older one.
        file_name: For the sentences a person may see.
        progress: Called with pages done and all pages.
        stop_wanted: Asked often; when it says yes, the work is given up.

    Raises:
        UnreadableError: It is damaged or locked.
        UnsupportedError: It is beyond a limit.
        Stopped: ``stop_wanted`` said yes.
    """
    answer = ask_child(
        "page_words",
        untrusted,
        file_name=file_name,
        arguments={"blocks": [block.to_json() for block in draft.blocks]},
        progress=progress,
        stop_wanted=stop_wanted,
    ).untrusted
    try:
        words = [_word(plain, length=len(draft.text)) for plain in answer["words"]]
        return PageWords(words, letters=int(answer["letters"]), found=int(answer["found"]))
    except MISSHAPEN as cause:
        raise as_error(Why.CRASHED, file_name=file_name) from cause


def places_in_pdf(
    untrusted: bytes,
    draft: DraftText,
    spans: Sequence[tuple[int, int]],
    *,
    file_name: str,
) -> list[tuple[PageBox, ...]]:
    """Return the rectangles of passages, one for each line, in the order of ``spans``.

    Args:
        untrusted: The PDF's bytes.
        draft: The text that was read from it.
        spans: Start and end of each passage, in code points of the draft's text.
        file_name: For the sentences a person may see.

    Raises:
        UnreadableError: It is damaged or locked.
        UnsupportedError: It is beyond a limit.
    """
    words = page_words_of(untrusted, draft, file_name=file_name)
    return [words.boxes(start, end) for start, end in spans]


def _word(plain: Sequence[Any], *, length: int) -> PageWord:
    start, end, page = (int(one) for one in plain[:3])
    x0, y0, x1, y1 = (float(one) for one in plain[3:])
    if not (0 <= start < end <= length and 1 <= page <= limits.PAGES):
        raise ValueError
    if not all(map(math.isfinite, (x0, y0, x1, y1))):
        raise ValueError
    return PageWord(start, end, PageBox(page, x0, y0, x1, y1))

"""Which comment answers which, as Word says it or as LibreOffice leaves it to be seen."""

from __future__ import annotations

from mhin_ppi.documents.docx_comments import Comment
from mhin_ppi.documents.docx_ranges import Ranges


def threads_of(comments: list[Comment]) -> dict[str, str]:
    """Return what each reply answers, by numbers of comments, as the file says."""
    by_paragraph = {one.paragraph: one.number for one in comments if one.paragraph}
    return {
        one.number: by_paragraph[one.parent]
        for one in comments
        if one.parent in by_paragraph and by_paragraph[one.parent] != one.number
    }


def threads_by_place(
    comments: list[Comment], may_answer: set[str], ranges: Ranges
) -> dict[str, str]:
    """Return what each reply answers in a file that LibreOffice has saved.

    LibreOffice 7.4 writes every comment of a thread on its own: on the very same words as the
    first, or with no words of its own and right behind it.

    Args:
        comments: All of the file.
        may_answer: Numbers of those that can be replies; our card knows some that are not.
        ranges: Where they stand.
    """
    found: dict[str, str] = {}
    first_at: dict[tuple[int, int], str] = {}
    before: tuple[int, str] | None = None  # how many pieces of text stand before it, and its root
    for one in sorted(comments, key=lambda one: ranges.order(one.number)):
        span, point = ranges.place_of(one.number).marked, ranges.pieces_before(one.number)
        root = None
        if span is not None:
            root = first_at.get(span)
        elif before is not None and before[0] == point:
            root = before[1]
        if root is not None and one.number in may_answer:
            found[one.number] = root
        else:
            root = one.number
            if span is not None:
                first_at[span] = root
        before = point, root
    return found

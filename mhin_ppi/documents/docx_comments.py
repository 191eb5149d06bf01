"""The comments of a Word file as they stand in its parts, before anyone asks where they point.

Words, author and date are in the comments part; what answers what, and what is resolved, in the
extended part, keyed by the number of a comment's last paragraph; numbers that outlive every save in
the part of ids. Any of these but the first may be missing. Source: ECMA-376 part 1, 17.13.4;
[MS-DOCX] 2.5.4.6 (commentEx), 2.5.4.13 (commentId), 2.5.4.28 (commentExtensible).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mhin_ppi.documents import limits
from mhin_ppi.documents.docx_names import CEX, CID, W14, W15, W
from mhin_ppi.documents.docx_package import COMMENTS, EXTENDED, EXTENSIBLE, IDS, Package
from mhin_ppi.documents.docx_runs import RunReader
from mhin_ppi.documents.refusals import Refusal, Why
from mhin_ppi.documents.words import one_line

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(slots=True)
class Comment:
    """One comment.

    Args:
        number: Its ``w:id``, which the marks in the text name.
        author: As the file names them.
        date: As the file says it, in UTC where the file knows; "" where it does not say.
        body: Its words, paragraphs one to a line.
        paragraph: Number of its last paragraph (``w14:paraId``), upper case, or "".
        resolved: Whether it is marked as done.
        parent: Number of the last paragraph of the comment it answers, or "".
        durable: Number that outlives every save (``w16cid:durableId``), or "".
    """

    number: str
    author: str
    date: str
    body: str
    paragraph: str = ""
    resolved: bool = False
    parent: str = ""
    durable: str = ""


def comments_of(package: Package) -> list[Comment]:
    """Return the comments of a file, in the order of the comments part.

    Raises:
        Refusal: There are more than anyone could have written.
    """
    root = package.root_of(COMMENTS)
    if root is None:
        return []
    elements = root.findall(W + "comment")
    if len(elements) > limits.NOTES:
        raise Refusal(Why.MANY_NOTES)
    found = [_comment(one) for one in elements]
    extended = _by(package.root_of(EXTENDED), W15 + "paraId")
    ids = _by(package.root_of(IDS), CID + "paraId")
    extensible = _by(package.root_of(EXTENSIBLE), CEX + "durableId")
    for comment in found:
        more = extended.get(comment.paragraph)
        if comment.paragraph and more is not None:
            comment.resolved = more.get(W15 + "done", "0") in ("1", "true", "on")
            comment.parent = more.get(W15 + "paraIdParent", "").upper()
        known = ids.get(comment.paragraph)
        if comment.paragraph and known is not None:
            comment.durable = known.get(CID + "durableId", "").upper()
        dated = extensible.get(comment.durable)
        if comment.durable and dated is not None:
            comment.date = dated.get(CEX + "dateUtc", "") or comment.date
    return found


def _by(root: _Element | None, name: str) -> dict[str, _Element]:
    return {} if root is None else {one.get(name, "").upper(): one for one in root}


def _comment(element: _Element) -> Comment:
    reader = RunReader(lambda kind, note_id: "", rendered_breaks=False)
    paragraphs = list(element.iter(W + "p"))
    said = "\n".join(reader.read(paragraph).text for paragraph in paragraphs)
    return Comment(
        number=element.get(W + "id", ""),
        author=one_line(element.get(W + "author", "")),
        date=element.get(W + "date", "").strip(),
        body=said.strip()[: limits.NOTE_CHARACTERS],
        paragraph=paragraphs[-1].get(W14 + "paraId", "").upper() if paragraphs else "",
    )

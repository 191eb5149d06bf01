"""Opens and folds parts of a draft that is shown, without laying the rest of it out again.

Building a 300-page draft anew takes most of a second; writing again only the blocks around a part
takes a few milliseconds. The document, the caret and the place on screen stay.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QTextCursor

from mhin_ppi.domain.blocks import BlockKind, DraftText
from mhin_ppi.ui.text_positions import TextPositions
from mhin_ppi.ui.theme import Theme
from mhin_ppi.ui.widgets.draft_document import DraftWriter, ShownDraft, headings_of
from mhin_ppi.ui.widgets.folds import Fold, Folds


def refold(shown: ShownDraft, made: Theme, folds: Folds) -> ShownDraft:
    """Return the shown draft with other parts folded away; its document is changed in place.

    Args:
        shown: What is shown; not to be used afterwards.
        made: The look it was built in.
        folds: The parts that are to be folded, and which of them are open.
    """
    changed = _changed(shown.folds, folds)
    if not changed:
        return replace(shown, folds=folds)
    first, last = _region(shown.draft, changed, (*shown.folds.all, *folds.all))
    begin, end = _ends(shown, first, last)
    length = shown.document.characterCount()
    cursor = QTextCursor(shown.document)
    cursor.beginEditBlock()
    cursor.setPosition(begin)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
    writer = DraftWriter(shown.draft, made, folds, at=cursor)
    writer.write(range(first, last + 1))
    QTextCursor(shown.document).endEditBlock()
    moved = shown.document.characterCount() - length
    start, stop = _offsets(shown.draft, first, last)
    runs = shown.positions.runs
    return replace(
        shown,
        folds=folds,
        headings=headings_of(shown.draft, folds),
        positions=TextPositions(
            [
                *(run for run in runs if run.start < start),
                *writer.runs,
                *(replace(run, position=run.position + moved) for run in runs if run.start > stop),
            ]
        ),
        block_positions=(
            *shown.block_positions[:first],
            *writer.block_positions,
            *(position + moved for position in shown.block_positions[last + 1 :]),
        ),
    )


def _changed(old: Folds, new: Folds) -> list[Fold]:
    before = {(fold, old.is_open(fold)) for fold in old.all}
    after = {(fold, new.is_open(fold)) for fold in new.all}
    return [fold for fold, _ in before ^ after]


def _offsets(draft: DraftText, first: int, last: int) -> tuple[int, int]:
    return draft.starts[first], draft.starts[last] + len(draft.blocks[last].text)


def _region(draft: DraftText, changed: list[Fold], every: tuple[Fold, ...]) -> tuple[int, int]:
    """Return the first and last block to be written again.

    No fold crosses the edge of the region. It neither begins nor ends with a table, unless the
    draft does: Qt keeps an empty paragraph after a table, which belongs to whatever follows.
    """
    first = min(draft.block_at(fold.start) for fold in changed)
    last = max(draft.block_at(fold.end - 1) for fold in changed)
    while True:
        start, stop = _offsets(draft, first, last)
        crossing = [fold for fold in every if fold.start <= stop and start <= fold.end]
        wider = min([first, *(draft.block_at(fold.start) for fold in crossing)])
        longer = max([last, *(draft.block_at(fold.end - 1) for fold in crossing)])
        if wider and draft.blocks[wider].kind is BlockKind.TABLE:
            wider -= 1
        if longer + 1 < len(draft.blocks) and draft.blocks[longer].kind is BlockKind.TABLE:
            longer += 1
        if (wider, longer) == (first, last):
            return first, last
        first, last = wider, longer


def _ends(shown: ShownDraft, first: int, last: int) -> tuple[int, int]:
    """Return Qt's positions of the region's first paragraph and of the end of its last."""
    begin = shown.block_positions[first] if first else 0
    if last + 1 < len(shown.draft.blocks):
        return begin, shown.block_positions[last + 1] - 1
    return begin, shown.document.characterCount() - 1

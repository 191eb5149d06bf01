"""Two versions of a draft as the comparison page shows them: what to read, fold and count."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import cast

from ...domain.alignment import Watch
from ...domain.blocks import BlockKind, DraftText
from ...domain.comparison import ChangeKind, Comparison
from ...domain.drafts import Draft, DraftVersion, VersionId
from ...domain.people import Person
from ...domain.reanchoring import Carrier
from ...domain.weaving import Piece, PieceKind
from ...errors import InputError
from ...services.boards import Services
from ..widgets.difference_text import Shown
from ..widgets.folds import Fold, lay_over
from .compare_folds import READ, KeptBack, fold_words, read_link
from .reading_facts import folds_of
from .words_for import count_words

FEWEST_FOLDED = 3
"""Fewer paragraphs than this in a row are shown: a line in their place would save no room."""
MOST_CHANGED = 200
"""Changed paragraphs shown at first; more when asked for."""
LONGEST_SAME = 1_200
LONGEST_CHANGED = 20_000
_KIND_WORDS = (
    (ChangeKind.REWORDED, "reworded"),
    (ChangeKind.ADDED, "added"),
    (ChangeKind.TAKEN_OUT, "taken out"),
    (ChangeKind.MOVED, "moved"),
)


@dataclass(frozen=True)
class Both:
    """Two versions and what the page says about them.

    Args:
        draft: Which draft.
        old: The older version.
        new: The newer one.
        versions: Every version of the draft, oldest first.
        old_text: The older version's text.
        new_text: The newer one's.
        me: Who is at the laptop.
        old_folds: The parts of the older version that start folded.
        new_folds: Those of the newer one.
    """

    draft: Draft
    old: DraftVersion
    new: DraftVersion
    versions: tuple[DraftVersion, ...]
    old_text: DraftText
    new_text: DraftText
    me: Person
    old_folds: tuple[Fold, ...] = ()
    new_folds: tuple[Fold, ...] = ()


def read_both(services: Services, new: VersionId, old: VersionId | None = None) -> Both:
    """Return two versions of a draft.

    Args:
        services: The open board.
        new: One of them.
        old: The other; the one before ``new`` otherwise.

    Raises:
        InputError: There is no other version.
    """
    version, draft = services.reviewing.version(new)
    shelf = services.reviewing.shelf()
    versions = next(one.versions for one in shelf if one.draft.id == draft.id)
    if len(versions) < 2:  # noqa: PLR2004 - one cannot be compared
        raise InputError(
            "There is only one version of this draft.",
            next_step="When the next one is added, you can see here what changed.",
        )
    before = [v for v in versions if v.number < version.number]
    other = next((v for v in versions if v.id == old), before[-1] if before else versions[1])
    first, last = sorted((other, version), key=lambda one: one.number)
    old_folds, new_folds = read_folds(services, first.id, last.id)
    return Both(
        draft=draft,
        old=first,
        new=last,
        versions=versions,
        old_text=services.reviewing.text_of(first.id, images=False),
        new_text=services.reviewing.text_of(last.id, images=False),
        me=services.people.me(),
        old_folds=old_folds,
        new_folds=new_folds,
    )


def read_folds(
    services: Services, old: VersionId, new: VersionId
) -> tuple[tuple[Fold, ...], tuple[Fold, ...]]:
    """Return the parts of two versions that start folded."""
    notes = services.content_notes
    return folds_of(services, notes.on(old)), folds_of(services, notes.on(new))


@dataclass(frozen=True)
class Compared:
    """Two versions laid into one another.

    Args:
        both: The versions.
        carrier: Their alignment.
        comparison: What changed.
    """

    both: Both
    carrier: Carrier
    comparison: Comparison

    def kept_back(self, opened: frozenset[str]) -> KeptBack:
        """Return what is folded away.

        Args:
            opened: Ids of the content notes whose parts a person asked for.
        """
        both = self.both
        return KeptBack(
            self.comparison,
            lay_over(both.old_text, both.old_folds, opened=opened),
            lay_over(both.new_text, both.new_folds, opened=opened),
        )

    @cached_property
    def change_of(self) -> Sequence[int]:
        """The change each piece belongs to, or -1."""
        numbers = [-1] * len(self.comparison.pieces)
        for number, change in enumerate(self.comparison.changes):
            for piece in range(change.first, change.last):
                numbers[piece] = number
        return numbers

    @cached_property
    def paragraphs(self) -> Sequence[range]:
        """The numbers of each paragraph's pieces."""
        found, first = [], 0
        for at, piece in enumerate(self.comparison.pieces):
            if piece.breaks or at + 1 == len(self.comparison.pieces):
                found.append(range(first, at + 1))
                first = at + 1
        return found


def compare(both: Both, *, watch: Watch | None = None) -> Compared:
    """Lay two versions into one another; touches no board.

    Args:
        both: The versions.
        watch: Told how far it is; whatever it raises ends the work.
    """
    carrier = Carrier(both.old_text.text, both.new_text.text, watch=watch)
    made = Compared(both, carrier, Comparison(carrier.alignment))
    if not carrier.is_another_document:
        # Worked out here, beside the window, and not when it is first looked at.
        _ = (made.change_of, made.paragraphs, made.comparison.counts)
    return made


def counts_words(comparison: Comparison) -> str:
    """Return how much changed, in words ("12 parts reworded, 3 added, 1 moved.")."""
    counts = comparison.counts
    said = [(counts[kind], words) for kind, words in _KIND_WORDS if counts[kind]]
    if not said:
        return "No words have changed."
    first, *rest = said
    begun = f"{count_words(first[0], 'part')} {first[1]}"
    return ", ".join([begun, *(f"{many:,} {words}" for many, words in rest)]) + "."


def change_words(comparison: Comparison, number: int, *, kept: KeptBack | None = None) -> str:
    """Return a change as screen readers say it, without words that are folded away."""
    change = comparison.changes[number]
    told = {PieceKind.TAKEN_OUT: "Taken out", PieceKind.ADDED: "Added"}
    told |= {PieceKind.MOVED_HERE: "Moved here", PieceKind.MOVED_AWAY: "Moved away"}
    said = [f"Change {number + 1} of {len(comparison.changes)}"]
    hiding = kept.of_change(number) if kept else ()
    if hiding:
        return ". ".join([*said, *(fold_words(fold) for fold in hiding)])
    for piece in comparison.pieces[change.first : change.last]:
        words = " ".join(comparison.words_of(piece).split())[:300]
        said.append(f"{told[piece.kind]}: {words}")
    return ". ".join(said)


def shown(
    compared: Compared,
    *,
    unfolded: Collection[int] = (),
    only: Collection[int] | None = None,
    most: int = MOST_CHANGED,
    opened: frozenset[str] = frozenset(),
) -> list[Shown]:
    """Return what the page shows, long stretches that stayed the same folded to one line.

    Args:
        compared: The versions.
        unfolded: Numbers of the first paragraphs of stretches that are shown after all.
        only: Numbers of the only changes to show; ``None`` for all.
        most: How many changed paragraphs to show.
        opened: Ids of the content notes whose parts are shown.
    """
    kept = compared.kept_back(opened)
    found: list[Shown] = []
    changed = 0
    for first, last, wanted in _stretches(compared, only):
        may_fold = only is not None or last - first >= FEWEST_FOLDED
        if not wanted and may_fold and first not in unfolded:
            same = "the same" if only is None else "without questions"
            words = f"{count_words(last - first, 'paragraph')} {same}"
            found.append(Shown(words, None, breaks=True, link=f"fold:{first}"))
            continue
        until = min(last, first + most - changed) if wanted else last
        for number in range(first, until):
            for piece in _paragraph(compared, number, kept):
                _put(found, piece)
        changed += until - first if wanted else 0
        if until < last:
            found.append(Shown("Show more changes", None, breaks=True, link="more"))
            break
    return found


def fold_with(compared: Compared, change: int, only: Collection[int] | None) -> int | None:
    """Return the first paragraph of the folded stretch that a change lies in, if it is folded."""
    piece = compared.comparison.changes[change].first
    for first, last, wanted in _stretches(compared, only):
        pieces = (compared.paragraphs[first].start, compared.paragraphs[last - 1].stop)
        if not wanted and pieces[0] <= piece < pieces[1]:
            return first
    return None


def enough_for(compared: Compared, change: int, only: Collection[int] | None) -> int:
    """Return how many changed paragraphs have to be shown for a change to be among them."""
    piece = compared.comparison.changes[change].first
    before = (p for p in compared.paragraphs if p.start <= piece)
    return sum(_is_wanted(compared, paragraph, only) for paragraph in before) + 1


def _stretches(compared: Compared, only: Collection[int] | None) -> Iterator[tuple[int, int, bool]]:
    """Yield paragraphs in a row that are to be shown, or may be folded: first, past last, which."""
    flags = [_is_wanted(compared, paragraph, only) for paragraph in compared.paragraphs]
    first = 0
    for at in range(1, len(flags) + 1):
        if at == len(flags) or flags[at] != flags[first]:
            yield first, at, flags[first]
            first = at


def _is_wanted(compared: Compared, paragraph: range, only: Collection[int] | None) -> bool:
    numbers = {compared.change_of[piece] for piece in paragraph} - {-1}
    return bool(numbers) if only is None else bool(numbers & set(only))


def _put(found: list[Shown], piece: Shown) -> None:
    """Add a piece; a folded part that goes on says no second time what it touches on."""
    last = found[-1] if found else None
    again = last is not None and piece.link.startswith(READ) and piece.link == last.link
    if last is not None and again and piece.change in (-1, last.change):
        found[-1] = replace(last, breaks=piece.breaks)
        return
    if last is not None and last.link.startswith(READ) and not last.breaks and not piece.breaks:
        found.append(Shown(" ", None))
    found.append(piece)


def _paragraph(compared: Compared, number: int, kept: KeptBack) -> Iterator[Shown]:
    comparison, pieces = compared.comparison, compared.paragraphs[number]
    heading = _is_heading(compared.both.new_text, comparison.pieces[pieces.start])
    alone = len(pieces) == 1
    for at in pieces:
        piece, change = comparison.pieces[at], compared.change_of[at]
        if kept.hiding[at]:
            yield from _partly(kept, at, change=change, heading=heading)
            continue
        ends_change = change >= 0 and at + 1 == comparison.changes[change].last
        link = _other_place(compared, at) if ends_change and piece.move is not None else None
        words = _shortened(comparison.words_of(piece), piece.kind, alone=alone)
        yield Shown(words, piece.kind, piece.breaks and link is None, change, "", heading)
        if link is not None:
            yield Shown(" ", None)
            yield Shown(link[0], None, link=link[1])
            yield Shown(" ", None, breaks=piece.breaks)


def _partly(kept: KeptBack, at: int, *, change: int, heading: bool) -> Iterator[Shown]:
    """Yield a piece of which something is folded away."""
    piece = kept.comparison.pieces[at]
    cut = list(kept.cut(at))
    for order, (words, fold) in enumerate(cut, start=1):
        breaks = piece.breaks and order == len(cut)
        if fold is not None:
            yield Shown(fold_words(fold), None, breaks, change, read_link(fold))
        else:
            yield Shown(words, piece.kind, breaks, change, "", heading)


def _other_place(compared: Compared, at: int) -> tuple[str, str] | None:
    comparison = compared.comparison
    piece = comparison.pieces[at]
    change = comparison.changes[compared.change_of[at]]
    moved = (PieceKind.MOVED_HERE, PieceKind.MOVED_AWAY)
    seen = next(
        (n for n in range(change.first, change.last) if comparison.pieces[n].kind in moved), at
    )
    other = comparison.other_end(cast(int, piece.move), seen=seen)
    if other is None:
        return None
    here = comparison.pieces[seen].kind is PieceKind.MOVED_HERE
    words = "See where it was" if here else "See where it is now"
    return words, f"change:{compared.change_of[other]}"


def _is_heading(text: DraftText, piece: Piece) -> bool:
    if piece.new is None or not text.blocks:
        return False
    block = text.blocks[text.block_at(piece.new[0])]
    return block.kind is BlockKind.HEADING


def _shortened(words: str, kind: PieceKind, *, alone: bool) -> str:
    """Return words, cut in the middle where nobody would read them all."""
    longest = LONGEST_SAME if kind is PieceKind.SAME and not alone else LONGEST_CHANGED
    if len(words) <= longest:
        return words
    left_out = len(words) - longest
    half = longest // 2
    return f"{words[:half]} … ({left_out:,} characters more) … {words[-half:]}"

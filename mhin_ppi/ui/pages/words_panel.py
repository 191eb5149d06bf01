"""Beside a draft: its hard words explained, and for a coordinator what else stands out in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ...domain.british import counted
from ...domain.plain_english import DraftCheck, HardWord
from ...domain.words import Word
from ..theme import theme, theme_changes
from ..widgets.buttons import button
from ..widgets.cards import Card
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, heading, muted
from .framed_page import Column

Places = Mapping[str, list[tuple[int, int]]]
MOST_HARD_WORDS = 40
"""More would bury the draft; the commonest come first."""


def explained(word: Word) -> str:
    """Return a word's meaning, and what the board would say, in one or two sentences."""
    instead = f" We would say: {word.instead}." if word.instead else ""
    return f"{word.meaning}{instead}"


class WordsPanel(QWidget):
    """The words of one draft.

    Signals:
        place_wanted: (start, end) a person wants to see where a word stands.
        word_wanted: (term, instead) a person wants to put a word on the list.
        closed: A person wants the notes again.
    """

    place_wanted = Signal(int, int)
    word_wanted = Signal(str, str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words, self.check = Column(), Column()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._back = button("Back to the notes", icon="arrow-left", on_press=self.closed.emit)
        propose = button(
            "Propose a word", icon="plus", on_press=lambda: self.word_wanted.emit("", "")
        )
        self._column.addWidget(FlowRow(self._back, propose))
        self._column.addWidget(heading("Words in this draft"))
        self._column.addWidget(self.words)
        self._column.addWidget(self.check)
        self._space()
        theme_changes().changed.connect(self._space)

    def show_words(
        self, words: Sequence[Word], places: Mapping[str, list[tuple[int, int]]]
    ) -> None:
        """Show the listed words that stand in the draft, by their term's places."""
        here = [word for word in words if places.get(word.term)]
        cards: list[QWidget] = [self._word(word, places[word.term]) for word in here]
        if not cards:
            cards.append(muted("None of the words on the board's list stands in this draft."))
        self.words.show_only(*cards)
        self._space()

    def show_check(self, check: DraftCheck) -> None:
        """Show a coordinator what else stands out; these are hints, never a score."""
        parts: list[QWidget] = [heading("Hard words not on the list yet")]
        parts += [self._hard(word) for word in check.hard_words[:MOST_HARD_WORDS]]
        more = len(check.hard_words) - MOST_HARD_WORDS
        if more > 0:
            parts.append(muted(f"And {counted(more, 'rarer word')}."))
        if not check.hard_words:
            parts.append(muted("None was found."))
        parts.append(heading("What it does not seem to say"))
        parts += [WrapLabel(f"{topic.words}.") for topic in check.left_out]
        parts.append(
            muted(
                "We looked for certain words. The draft may say it in others."
                if check.left_out
                else "We found words about everything that drafts of this kind often leave out. "
                "Only a reader can tell whether enough is said."
            )
        )
        self.check.show_only(*parts)
        self._space()

    def focus_first(self) -> None:
        """Put the focus on the way back."""
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _word(self, word: Word, places: Sequence[tuple[int, int]]) -> Card:
        card = Card()
        card.setAccessibleName(word.term)
        card.add(WrapLabel(word.term, role="strong"))
        card.add(WrapLabel(explained(word)))
        show = button(
            f"Show it ({counted(len(places), 'place')})",
            kind="quiet",
            on_press=partial(self.place_wanted.emit, *places[0]),
        )
        show.setAccessibleName(f"Show “{word.term}” in the draft")
        card.add(FlowRow(show))
        return card

    def _hard(self, word: HardWord) -> Card:
        card = Card()
        card.setAccessibleName(word.term)
        instead = f", perhaps: {word.instead}" if word.instead else ""
        card.add(WrapLabel(f"{word.term} ({counted(word.count, 'time')}){instead}"))
        show = button("Show it", kind="quiet", on_press=partial(self.place_wanted.emit, *word.span))
        show.setAccessibleName(f"Show “{word.term}” in the draft")
        add = button(
            "Put it on the list",
            kind="quiet",
            on_press=partial(self.word_wanted.emit, word.term, word.instead),
        )
        add.setAccessibleName(f"Put “{word.term}” on the list")
        card.add(FlowRow(show, add))
        return card

    def _space(self) -> None:
        made = theme()
        self._column.setSpacing(made.space(2))
        for part in (self.words, self.check):
            layout = part.layout()
            if layout is not None:
                layout.setSpacing(made.space(1))

"""One draft on the shelf: what it is, what is asked of the person, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from ...domain.drafts import DraftVersion
from ...services.reviewing import DraftOnShelf
from ..widgets.buttons import button, reword
from ..widgets.cards import Card, Pill
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, muted
from .words_for import DRAFT_KIND_WORDS, version_words

_MORE = (
    ("Add another form", "form", "paperclip"),
    ("Print or save for paper", "print", "printer"),
    ("Type in paper replies", "replies", "pencil"),
    ("Notes into the team's file", "team", "download"),
    ("Open the team's answers", "answers", "upload"),
)
"""What a coordinator does now and then: shown after *More* is pressed."""


class DraftCard(Card):
    """One draft on the shelf.

    Args:
        shown: The draft.
        sentence: What is asked of the person, or "".
        main: Whether *Open* is the page's main action.
        coordinates: Whether a coordinator's actions are offered.
        more: Whether what is done now and then is in view at first.

    Signals:
        wanted: (action, shown, version) what the person wants to do with it.
        more_toggled: (draft's id, whether) what is done now and then has come into view, or gone.
    """

    wanted = Signal(str, object, object)
    more_toggled = Signal(object, bool)

    def __init__(
        self,
        shown: DraftOnShelf,
        *,
        sentence: str,
        main: bool,
        coordinates: bool,
        more: bool = False,
    ) -> None:
        super().__init__()
        draft, version = shown.draft, shown.to_read
        self.setAccessibleName(draft.title)
        head = QHBoxLayout()
        head.addWidget(WrapLabel(draft.title, role="heading"), 1)
        if shown.done:
            head.addWidget(Pill("Done", tone="good", icon="check"), 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(head)
        about = [shown.project.title, DRAFT_KIND_WORDS[draft.kind], version_words(version)]
        self.add(muted(" · ".join(about)))
        if sentence:
            self.add(WrapLabel(sentence, role="large"))
        opens = self._button("Open", "open", shown, kind="primary" if main else "secondary")
        row = FlowRow(opens)
        if coordinates:
            row.add(self._button("Ask people to read", "ask", shown, icon="users"))
            row.add(self._button("Add the next version", "version", shown, icon="plus"))
        if version.number > 1:
            words = f"Compare with version {version.number - 1}"
            row.add(self._button(words, "compare", shown, icon="copy"))
        for other in reversed(shown.versions):
            if other is not version:
                row.add(self._other(shown, other))
        self.add(row)
        if coordinates:
            self._offer_more(row, shown, open_now=more)

    def _offer_more(self, row: FlowRow, shown: DraftOnShelf, *, open_now: bool) -> None:
        """Put what is done now and then behind one button, so that the card stays calm."""
        further = FlowRow(*(self._button(w, a, shown, icon=icon) for w, a, icon in _MORE))
        more = button("More", icon="ellipsis", kind="quiet")
        more.setCheckable(True)

        def show(*, on: bool) -> None:
            further.setVisible(on)
            word = "Less" if on else "More"
            reword(more, word)
            more.setAccessibleName(f"{word}: {shown.draft.title}")
            self.more_toggled.emit(shown.draft.id, on)

        more.setChecked(open_now)
        show(on=open_now)
        more.toggled.connect(lambda on: show(on=on))
        row.add(more)
        self.add(further)

    def _other(self, shown: DraftOnShelf, other: DraftVersion) -> QPushButton:
        made = button(
            f"Version {other.number}",
            kind="quiet",
            on_press=lambda: self.wanted.emit("open", shown, other),
        )
        made.setAccessibleName(f"Open version {other.number} of {shown.draft.title}")
        return made

    def _button(
        self, words: str, action: str, shown: DraftOnShelf, *, icon: str = "", kind: str = ""
    ) -> QPushButton:
        made = button(
            words,
            icon=icon or "book-open",
            kind="primary" if kind == "primary" else "secondary",
            on_press=lambda: self.wanted.emit(action, shown, shown.to_read),
        )
        made.setAccessibleName(f"{words}: {shown.draft.title}")
        made.setAccessibleDescription(shown.draft.title)
        return made

"""One thread in the margin: a note, what was said in answer to it, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget
from typing_extensions import override

from ...domain.annotations import KIND_WORDS, Visibility
from ..theme import theme
from ..widgets.buttons import button, icon_button
from ..widgets.cards import Card, Pill
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, muted, rule
from .framed_page import Column
from .note_threads import ThreadShown, shown_tags
from .reading_facts import NoteShown
from .words_for import count_words, when_words

KEYS_WORDS = "Enter shows the words in the draft, R replies, T changes tags, M is for more."
_KEYS = {Qt.Key.Key_R: "reply", Qt.Key.Key_T: "tags"}
_MENU = (
    ("change", "Change", "pencil"),
    ("tags", "Tags", "paperclip"),
    ("take_back", "Take back", "undo-2"),
)


class ThreadCard(Card):
    """A thread; a click or Enter on it shows its words in the draft.

    Args:
        thread: The thread.
        quote: What to show as quoted, or "".
        place: Where it is among all, in words ("3 of 40").
        today: The day it is.
        folded: Whether only its first line is shown.
        unread: Whether its words are in a part of the draft that is folded.

    Signals:
        wanted: (action, note) what a person wants to do with a note: "show", "reply", "resolve",
            "open_again", "story", "change", "tags", "take_back", "unfold", or "next" and "before"
            to move on.
    """

    wanted = Signal(str, object)

    def __init__(  # noqa: PLR0913 - what one thread needs to be shown
        self,
        thread: ThreadShown,
        *,
        quote: str,
        place: str,
        today: date,
        folded: bool,
        unread: bool = False,
    ) -> None:
        super().__init__()
        self.talk, self._today, self._unread = thread, today, unread
        self.reply_slot = Column()
        self._more_button: QToolButton | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if thread.first is None:
            self.add(muted("The note that this answers was taken back."))
        else:
            self._add_first(thread.first, quote=quote, folded=folded)
        for reply in () if folded else thread.replies:
            self._add_reply(reply)
        self.add(self.reply_slot)
        self._actions = FlowRow()
        self.add(self._actions)
        self._fill_actions(folded=folded)
        self._name(place)
        for label in self.findChildren(QLabel):
            label.installEventFilter(self)
            if label.focusPolicy() is not Qt.FocusPolicy.NoFocus:
                label.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    @property
    def note(self) -> NoteShown:
        """The note that the card's own actions are about."""
        return self.talk.first or self.talk.replies[0]

    def menu(self, shown: NoteShown) -> QMenu:
        """Return what else can be done with a note, as a menu."""
        made = QMenu(self)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in more_actions(shown):
            words, icon = next((w, i) for key, w, i in _MENU if key == action)
            entry = made.addAction(theme().icon(icon), words)
            entry.triggered.connect(partial(self._want, action, shown))
        return made

    def _add_first(self, first: NoteShown, *, quote: str, folded: bool) -> None:
        body = _one_line(first.note.body) if folded else first.note.body
        label = WrapLabel(body, role="muted" if first.note.resolved else "", copyable=not folded)
        self.add(label)
        if quote and not folded:
            self.add(muted(quote))
        line = QHBoxLayout()
        line.setSpacing(theme().space(2))
        line.addWidget(muted(" · ".join(context_of(first, unread=self._unread))), 1)
        middle = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        line.addWidget(_pill(first), 0, middle)
        if more_actions(first) and not folded:
            self._more_button = self._more(first, f"More about: {first.note.body[:60]}")
            line.addWidget(self._more_button, 0, middle)
        self.column.addLayout(line)
        if tags := shown_tags(first):
            self.add(muted(f"Tags: {', '.join(tags)}"))

    def _add_reply(self, reply: NoteShown) -> None:
        self.add(rule())
        parts = [writer_of(reply), when_words(reply.note.made_at, today=self._today)]
        if reply.note.visibility is Visibility.ONLY_ME:
            parts.append("just me")
        line = QHBoxLayout()
        line.addWidget(muted(" · ".join(part for part in parts if part)), 1)
        if more_actions(reply):
            more = self._more(reply, f"More about the reply of {parts[0]}: {reply.note.body[:60]}")
            line.addWidget(more, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(line)
        self.add(WrapLabel(reply.note.body, copyable=True))

    def _fill_actions(self, *, folded: bool) -> None:
        first = self.talk.first
        if folded:
            replies = len(self.talk.replies)
            more = f" with {count_words(replies, 'reply', many='replies')}" if replies else ""
            self._act("unfold", f"Show it{more}")
        elif first is not None:
            self._act("reply", "Reply", icon="message-square")
        if first is None:
            return
        if first.may_mark and first.note.resolved:
            self._act("open_again", "Open again")
        elif first.may_mark and not folded:
            self._act("resolve", "Resolve", icon="check")
        if first.story and not folded:
            self._act("story", "What happened")

    def _act(self, action: str, words: str, *, icon: str = "") -> None:
        press = partial(self._want, action, self.note)
        made = button(words, icon=icon, kind="quiet", on_press=press)
        made.setAccessibleDescription(self.note.note.body)
        self._actions.add(made)

    def _more(self, shown: NoteShown, name: str) -> QToolButton:
        made = icon_button(name, icon="ellipsis")
        made.setToolTip("More")
        made.clicked.connect(lambda: self._open_menu(made, shown))
        return made

    def _open_menu(self, below: QWidget, shown: NoteShown) -> None:
        self.menu(shown).popup(below.mapToGlobal(QPoint(0, below.height())))

    def _want(self, action: str, shown: NoteShown, *_: object) -> None:
        self.wanted.emit(action, shown)

    def _name(self, place: str) -> None:
        first = self.talk.first
        parts = [] if first is None else context_of(first, unread=self._unread)
        said = first.note.body if first else "The note that this answers was taken back."
        state = ["Resolved"] if self.talk.is_resolved else []
        replies = len(self.talk.replies)
        if replies:
            state.append(count_words(replies, "reply", many="replies"))
        self.setAccessibleName(f"{' · '.join([*state, *parts])}: {said}")
        fate = first.fate if first else ""
        described = (fate, f"Note {place}", KEYS_WORDS)
        self.setAccessibleDescription(". ".join(part.rstrip(".") for part in described if part))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(watched, QLabel):
            if not watched.hasSelectedText():
                self._want("show", self.note)
        return super().eventFilter(watched, event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._want("show", self.note)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if plain and event.key() == Qt.Key.Key_M and self._more_button is not None:
            self._open_menu(self._more_button, self.note)
            return
        action = self._action_of(Qt.Key(event.key())) if plain else ""
        if action:
            self._want(action, self.note)
            return
        super().keyPressEvent(event)

    def _action_of(self, key: Qt.Key) -> str:
        first = self.talk.first
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return "show"
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            return "next" if key == Qt.Key.Key_Down else "before"
        if key == Qt.Key.Key_E and first and first.may_mark:
            return "open_again" if first.note.resolved else "resolve"
        if key == Qt.Key.Key_T and not (first and first.may_mark):
            return ""
        return _KEYS.get(key, "") if first else ""


def more_actions(shown: NoteShown) -> Sequence[str]:
    """Return what a person may do with a note beside answering and closing it."""
    found = []
    answered = bool(shown.story and shown.story.responses)
    if shown.is_mine and not answered and not shown.from_file:
        found.append("change")
    if shown.may_mark and shown.note.reply_to is None:
        found.append("tags")
    if shown.is_mine:
        found.append("take_back")
    return found


def writer_of(shown: NoteShown) -> str:
    """Return who wrote a note, as others may see it."""
    return f"{shown.author} (from the team's file)" if shown.from_file else shown.author


def place_of(shown: NoteShown, *, unread: bool = False) -> str:
    """Return where a note stands, in words; "" for a note on words in a file without pages.

    Args:
        shown: The note.
        unread: Whether that part of the draft is folded, so that nothing is quoted from it.
    """
    note = shown.note
    if shown.carried is not None and shown.carried.is_gone:
        return ""
    if note.passage is None:
        return "the whole draft"
    if note.of_section and unread:
        return "about a section that is folded"
    if note.of_section:
        return f"about section “{_one_line(note.passage.quote)}”"
    return f"page {shown.page}" if shown.page else ""


def context_of(shown: NoteShown, *, unread: bool = False) -> list[str]:
    """Return what is said under a note: its kind, writer, place, and who else does not see it."""
    parts = [KIND_WORDS[shown.note.kind], writer_of(shown), place_of(shown, unread=unread)]
    if shown.carried:
        parts.append(shown.carried.words)
    if shown.note.visibility is not Visibility.BOARD and shown.fate:
        parts.append("not for the board")
    return [part for part in parts if part]


def _pill(shown: NoteShown) -> Pill:
    if shown.note.resolved:
        return Pill("Resolved", tone="quiet", icon="check")
    alone = "Just me" if shown.note.visibility is Visibility.ONLY_ME else "Noted"
    return Pill(shown.fate or alone, tone=shown.tone, icon=shown.icon)


def _one_line(words: str, *, longest: int = 90) -> str:
    line = " ".join(words.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"

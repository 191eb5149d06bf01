"""A screen safe to share: agenda, how we work together, what is paid, one box for questions.

Everybody in the meeting may look at it, so it shows nothing else of the board: no menu, no status
line, no names, nobody's questions from elsewhere. Each question is kept when Enter is pressed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget
from typing_extensions import override

from ...domain.agenda import TimedItem, now_at, timed
from ...domain.drafts import VersionId
from ...domain.meeting_parts import Jotting
from ...domain.meetings import Meeting, MeetingId
from ...errors import PPIError
from ...services.boards import Services
from ..messages import announce
from ..tasks import Tasks
from ..theme import set_role, theme, theme_changes
from ..widgets.buttons import button
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel
from ..widgets.page_frame import scrolling
from .framed_page import Column
from .meeting_words import paid_words, point_words
from .page import Page, Place

KEEP_AFTER_MS = 600
LOOK_AGAIN_MS = 15_000
_LARGER, _LARGEST_TEXT = 1.5, 225
_WIDE_EM = 62


@dataclass(frozen=True, slots=True)
class _Facts:
    meeting: Meeting
    agenda: list[TimedItem]
    drafts: Mapping[VersionId, str]
    jottings: list[Jotting]
    begun: str


class QuestionBox(QPlainTextEdit):
    """A box in which Enter finishes a question, and Shift+Enter begins a new line.

    Signals:
        entered: Enter was pressed.
    """

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setAccessibleName("Write a question down")
        self.setAccessibleDescription("Enter keeps it.")

    @override
    def keyPressEvent(self, e: QKeyEvent) -> None:
        shift = e.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if e.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not shift:
            self.entered.emit()
            return
        super().keyPressEvent(e)


class SharedScreenPage(Page):
    """What everybody in a meeting may see."""

    place: ClassVar[Place] = Place.SHARED_SCREEN
    shows: ClassVar[frozenset[str]] = frozenset(
        {"meeting", "agenda_item", "version", "jotting", "question"}
    )
    alone: ClassVar[bool] = True

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__(services, tasks)
        self.setAccessibleName("Screen to share")
        set_role(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._meeting: MeetingId | None = None
        self._facts: _Facts | None = None
        self._moved_by = 0
        self.title = WrapLabel(role="title")
        self.leave_button = button("Leave this screen (Esc)", icon="x", on_press=self.back.emit)
        self.agenda, self.agreed, self.jotted = Column(), Column(), Column()
        self.box = QuestionBox()
        self.box.entered.connect(self.jot)
        self.box.textChanged.connect(self._on_typing)
        self.box_words = WrapLabel("Write a question down. Enter keeps it.", role="heading")
        self.box_words.setBuddy(self.box)
        self.problem = WrapLabel(role="attention")
        self.problem.hide()
        self._keep = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._keep.timeout.connect(self.keep_begun)
        self._clock = QTimer(self, interval=LOOK_AGAIN_MS)
        self._clock.timeout.connect(self.show_now)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.back)
        self._arrange_parts()
        self._dress()
        theme_changes().changed.connect(self._dress)

    def _arrange_parts(self) -> None:
        earlier = button("Back a point", icon="chevron-up", on_press=lambda: self.move_by(-1))
        later = button("Next point", icon="chevron-down", on_press=lambda: self.move_by(1))
        self._movers = FlowRow(earlier, later)
        left, right, inside = QWidget(), QWidget(), QWidget()
        self._left, self._right = QVBoxLayout(left), QVBoxLayout(right)
        for shown in (self.agenda, self._movers, self.agreed):
            self._left.addWidget(shown)
        for written in (self.box_words, self.box, self.problem, self.jotted):
            self._right.addWidget(written)
        for side in (self._left, self._right):
            side.setContentsMargins(0, 0, 0, 0)
            side.addStretch(1)
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._beside.addWidget(left, 1)
        self._beside.addWidget(right, 1)
        self._column = QVBoxLayout(self)
        self._column.addWidget(FlowRow(self.leave_button))
        self._column.addWidget(self.title)
        self._column.addWidget(scrolling(inside, name="Screen to share"), 1)

    # ---- shown and left

    def open_at(self, argument: object | None) -> None:
        """Show a meeting; the next one when none is named."""
        if argument is not None and argument != self._meeting:
            self._meeting, self._facts, self._moved_by = MeetingId(argument), None, 0  # type: ignore[arg-type]
            self.box.clear()
        self._clock.start()
        self.reload()

    def reload(self) -> None:
        """Read again what is shown; what is being typed stays."""
        self.tasks.run(self._read, owner=self, on_done=self._show, on_problem=self._say)

    @override
    def leave(self) -> None:
        """Keep what is being typed."""
        self._clock.stop()
        self._keep.stop()
        self.keep_begun()

    def _read(self) -> _Facts | None:
        services, meeting = self.services, self._meeting
        if meeting is None:
            found = services.meetings.next()
            if found is None:
                return None
            meeting = found.id
        parts, held = services.meeting_parts, services.meetings.one(meeting)
        return _Facts(
            held,
            timed(parts.agendas.of(meeting), starts_at=held.starts_at),
            parts.agendas.drafts_of(meeting),
            parts.jottings.of(meeting),
            parts.jottings.begun(meeting),
        )

    def _show(self, facts: _Facts | None) -> None:
        if facts is None:
            self._say_words("No meeting is arranged just now.")
            return
        first, self._facts = self._facts is None, facts
        self._meeting = facts.meeting.id
        self.title.setText(facts.meeting.title)
        self._movers.setVisible(bool(facts.agenda))
        told: list[QWidget] = []
        for words, said in (
            ("How we work together", facts.meeting.ways_of_working),
            ("What is paid", paid_words(facts.meeting)),
        ):
            if said:
                told += [WrapLabel(words, role="heading"), WrapLabel(said)]
        self.agreed.show_only(*told)
        jotted = [one for one in facts.jottings if one.body]
        numbered = [f"{at}.  {one.body}" for at, one in enumerate(jotted, start=1)]
        # The newest first: it stays in sight however many there are.
        self.jotted.show_only(*(WrapLabel(words) for words in reversed(numbered)))
        self.show_now()
        if first:
            if facts.begun and not self.box.toPlainText():
                self.box.setPlainText(facts.begun)
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- the agenda

    def show_now(self) -> None:
        """Show which point it is: by the clock, and by how far the person has moved on from it."""
        facts = self._facts
        if facts is None:
            return
        at = self._current()
        rows: list[QWidget] = [WrapLabel("Agenda", role="heading")] if facts.agenda else []
        for place, each in enumerate(facts.agenda):
            is_now = place == at
            told = point_words(each, facts.drafts)
            words = f"▶  Now: {told}" if is_now else told
            rows.append(WrapLabel(words, role="strong" if is_now else ""))
        lines = [line for line in facts.meeting.agenda.splitlines() if line.strip()]
        if lines and not facts.agenda:
            rows = [WrapLabel("Agenda", role="heading"), *(WrapLabel(f"•  {x}") for x in lines)]
        self.agenda.show_only(*rows)

    def move_by(self, by: int) -> None:
        """Say that an earlier or later point is talked about than the clock would have it."""
        if self._facts is not None:
            last = len(self._facts.agenda) - 1
            before = self._by_clock()
            self._moved_by = max(0, min(last, before + self._moved_by + by)) - before
            self.show_now()

    def _by_clock(self) -> int:
        if self._facts is None:
            return 0
        items, now = self._facts.agenda, self.services.desk.now()
        found = now_at(items, now=now)
        if found is not None:
            return items.index(found)
        over = bool(items) and items[-1].ends_at is not None and items[-1].ends_at <= now
        return len(items) - 1 if over else 0

    def _current(self) -> int:
        last = len(self._facts.agenda) - 1 if self._facts else 0
        return max(0, min(last, self._by_clock() + self._moved_by))

    # ---- questions

    def jot(self) -> None:
        """Keep the question in the box, which is free for the next at once."""
        words, meeting = self.box.toPlainText().strip(), self._meeting
        if not words or meeting is None:
            return
        jottings = self.services.meeting_parts.jottings
        self.box.clear()
        self.tasks.run(
            lambda: jottings.jot(meeting, words),
            owner=self,
            on_done=lambda _: self._kept(),
            on_problem=lambda problem: self._not_kept(words, problem),
        )

    def _kept(self) -> None:
        self.problem.hide()
        announce(self.box, "Written down.")

    def _not_kept(self, words: str, problem: PPIError) -> None:
        # Back into the box, before whatever has been typed since.
        since = self.box.toPlainText().strip()
        self.box.setPlainText(f"{words}\n{since}" if since else words)
        self._say(problem)

    def _on_typing(self) -> None:
        if self._meeting is not None and not self._keep.isActive():
            self._keep.start()

    def keep_begun(self) -> None:
        """Keep what is being typed, on this laptop only."""
        meeting, words = self._meeting, self.box.toPlainText().strip()
        if meeting is None or self._facts is None:
            return
        jottings = self.services.meeting_parts.jottings
        self.tasks.run(lambda: jottings.keep_begun(meeting, words), owner=self.tasks)

    def _say(self, problem: PPIError) -> None:
        self._say_words(problem.in_full())

    def _say_words(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.show()
        announce(self.box, words, at_once=True)

    # ---- looks

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        wide = self.width() >= self._em() * _WIDE_EM / _LARGER
        directions = QBoxLayout.Direction
        # In one column the box comes first: it must not be out of sight.
        self._beside.setDirection(directions.LeftToRight if wide else directions.BottomToTop)

    def _em(self) -> float:
        return theme().em * self._scale()

    def _scale(self) -> float:
        """Return how much larger than the person's own text everything is: read from afar."""
        return max(1.0, min(_LARGER, _LARGEST_TEXT / theme().preferences.text_size))

    def _dress(self) -> None:
        made, letter = theme(), theme().letter * self._scale()
        sizes = (("", 1.0), ('[role="title"]', 1.5), ('[role="heading"]', 1.2))
        rules = [f"QLabel{role} {{ font-size: {round(letter * by)}px; }}" for role, by in sizes]
        rules.append(f"QPlainTextEdit {{ font-size: {round(letter)}px; }}")
        self.setStyleSheet("\n".join(rules))
        edge = made.space(3)
        self._column.setContentsMargins(edge, edge, edge, edge)
        self._column.setSpacing(made.space(2))
        self._beside.setSpacing(made.space(4))
        for column in (self._left, self._right):
            column.setSpacing(made.space(2))
        for held in (self.agenda, self.agreed, self.jotted):
            layout = held.layout()
            if layout is not None:
                layout.setSpacing(made.px(0.5))
        self.box.setFixedHeight(round(self._em() * 4.5))
        self._turn()

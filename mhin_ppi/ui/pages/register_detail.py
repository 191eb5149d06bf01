"""What stands beside the register: how the chosen question is sorted, and its whole story."""

from __future__ import annotations

from functools import cached_property
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ...domain.frames import part_words
from ...domain.questions import QuestionId
from ...services.boards import Services
from ...services.register import RegisterView
from ...services.register_rows import RegisterRow
from ...services.register_support import SupportSeen, others_words
from .. import messages
from ..tasks import Tasks
from ..theme import theme, theme_changes
from ..widgets.buttons import button
from ..widgets.cards import Card, Pill
from ..widgets.labels import WrapLabel
from .framed_page import Column
from .page import Place
from .register_forms import SortForm
from .story_pane import StoryPane
from .team_pane import TeamPane
from .words_for import CONSIDERED_WORDS

_Story = TypeVar("_Story", StoryPane, TeamPane)


class RegisterDetail(QWidget):
    """The chosen question.

    Args:
        services: The open board.
        tasks: Runs what takes time.

    Signals:
        said: A short sentence for the status line.
        go_wanted: (place, argument) the person wants to see what the story speaks of.
    """

    said = Signal(str)
    go_wanted = Signal(object, object)

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__()
        self._services, self._tasks = services, tasks
        self._row: RegisterRow | None = None
        self._view: RegisterView | None = None
        self._frames = part_words(services.catalogues.frames)
        self.hint = WrapLabel("Choose a question to see what happened to it.", role="muted")
        self.about, self.slot = Column(), Column()
        self._stories: list[StoryPane | TeamPane] = []
        self._all = QVBoxLayout(self)
        for part in (self.hint, self.about, self.slot):
            self._all.addWidget(part)
        self._space()
        theme_changes().changed.connect(self._space)

    # Each is made when a question is first chosen: the table is there sooner without them.

    @cached_property
    def pane(self) -> StoryPane:
        """The story of a question that a member asked."""
        made = StoryPane(self._services, self._tasks)
        made.open_passage.connect(lambda span: self.go_wanted.emit(Place.READING, span))
        made.compare_wanted.connect(lambda pair: self.go_wanted.emit(Place.COMPARE, pair))
        made.theme_wanted.connect(lambda wanted: self.go_wanted.emit(Place.THEME, wanted))
        made.go_wanted.connect(self.go_wanted)
        return self._joined(made)

    @cached_property
    def team(self) -> TeamPane:
        """The story of a question that the research team asks the board."""
        return self._joined(TeamPane(self._services, self._tasks))

    def _joined(self, story: _Story) -> _Story:
        story.said.connect(self.said)
        self._stories.append(story)
        self._all.addWidget(story)
        return story

    def _show_story(self, wanted: StoryPane | TeamPane) -> None:
        for story in self._stories:
            story.setVisible(story is wanted)

    def open(self, row: RegisterRow, view: RegisterView) -> None:
        """Show a question; a form that was open for another one is closed."""
        if self._row is None or self._row != row:
            self.slot.clear()
        self._row, self._view = row, view
        self.hint.hide()
        self._show_story(self.team if row.to_board else self.pane)
        if row.to_board:
            self.about.clear()
            self.team.open(row.question)
            return
        self.pane.open(row.question)
        self._tasks.run(
            lambda: (row.key, self._services.register.support.of(row.question)),
            owner=self,
            on_done=self._show_about,
        )

    def clear(self) -> None:
        """Show nothing but what to do."""
        self._row = None
        self.about.clear()
        self.slot.clear()
        for story in self._stories:
            story.clear()
            story.hide()
        self.hint.show()

    def reload(self) -> None:
        """Read again what is shown."""
        if self._row is not None and self._view is not None:
            self.open(self._row, self._view)

    def _show_about(self, read: tuple[str, list[SupportSeen]]) -> None:
        key, supports = read
        row = self._row
        if row is None or row.key != key:
            return
        card = Card()
        if row.is_overdue:
            card.add(Pill("Overdue: it waits longer than promised", tone="attention", icon="clock"))
        for line in self._lines(row):
            card.add(WrapLabel(line))
        if supports:
            card.add(WrapLabel(others_words(len(supports))))
            for one in supports:
                words = f"{one.name}: {one.support.body}" if one.support.body else one.name
                card.add(WrapLabel(words, role="muted"))
        self.sort_button = button("Sort this question", icon="tag", on_press=self._sort)
        card.add(self.sort_button)
        self.about.show_only(card)
        self.about.setVisible(not self.slot.all())

    def _lines(self, row: RegisterRow) -> list[str]:
        noted = (
            ("Looked after by", row.assigned.name if row.assigned else ""),
            ("Tags", ", ".join(row.tags)),
            ("Part of the research", row.stage_words),
            ("Similar questions", row.theme),
            ("Frames", ", ".join(self._frames.get(code, code) for code in row.frames)),
            (
                "Had the team considered this before?",
                CONSIDERED_WORDS[row.considered] if row.considered else "",
            ),
        )
        return [
            f"{name} {words}" if name.endswith("?") else f"{name}: {words}"
            for name, words in noted
            if words
        ] or ["Not sorted yet."]

    def _sort(self) -> None:
        row = self._row
        if row is not None:
            self._tasks.run(
                lambda: self._services.questions.story(row.question).question,
                owner=self,
                on_done=self._open_form,
            )

    def _open_form(self, question: object) -> None:
        from ...domain.questions import Question

        view = self._view
        if not isinstance(question, Question) or view is None or not self._is_shown(question.id):
            return
        sites = [site for site in view.sites if site.project == question.project]
        form = SortForm(
            self._services,
            self._tasks,
            question,
            coordinators=view.coordinators(),
            sites=sites,
        )

        def close() -> None:
            self.slot.clear()
            self.about.show()

        def saved(_: object) -> None:
            close()
            self.said.emit("Saved.")
            messages.announce(self, "Saved.")

        form.saved.connect(saved)
        form.cancelled.connect(close)
        self.about.hide()
        self.slot.show_only(form)
        form.focus_first()

    def _is_shown(self, question: QuestionId) -> bool:
        return self._row is not None and self._row.question == question

    def _space(self) -> None:
        self._all.setContentsMargins(0, 0, 0, 0)
        self._all.setSpacing(theme().space(2))

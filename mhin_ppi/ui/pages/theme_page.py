"""Similar questions: those put together under a name, and those that may belong to them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar, cast
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ...domain.questions import QuestionId
from ...services.boards import Services
from ...services.outcome import Outcome
from ...services.responses import ThemeAnswered
from ...services.similar_questions import Suggestion
from ..tasks import Tasks
from ..theme import theme, theme_changes
from ..widgets.cards import EmptyState
from ..widgets.labels import heading, muted
from .form import Form
from .framed_page import Column, FramedPage, loading
from .page import Place
from .response_form import ThemeResponseForm
from .theme_cards import group_card, story_card, suggestion_card, theme_card
from .theme_facts import ThemeFacts, read_theme, usual_title
from .theme_forms import ThemeNameForm
from .words_for import count_words

_TITLE = "Similar questions"


class ThemePage(FramedPage):
    """It opens at the id of a theme or of a question; with neither it lists everything."""

    place: ClassVar[Place] = Place.THEME
    shows: ClassVar[frozenset[str]] = frozenset({"question", "theme", "response", "annotation"})

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__(services, tasks, title=_TITLE)
        self._identity: UUID | None = None
        self.facts: ThemeFacts | None = None
        self.slot, self.cards = Column(), Column()
        inside = QWidget()
        self._inside = QVBoxLayout(inside)
        for part in (self.slot, self.cards):
            self._inside.addWidget(part)
        self._inside.addStretch(1)
        self.frame.set_content(inside)
        self.frame.add_action("Back", icon="arrow-left", on_press=self.back.emit)
        self.rename = self.frame.add_action("Rename", icon="pencil", on_press=self._rename)
        self.apart = self.frame.add_action(
            "Take them apart", icon="undo-2", on_press=self._dissolve
        )
        self.answer = self.frame.set_primary(
            "Answer all", icon="message-square", on_press=self._answer
        )
        self._offer_actions()
        self._space()
        theme_changes().changed.connect(self._space)

    def open_at(self, argument: object | None) -> None:
        identity = argument if isinstance(argument, UUID) else None
        if identity != self._identity or self.facts is None:
            self._identity, self.facts = identity, None
            self.frame.close_notice()
            self.slot.clear()
            self.cards.show_only(loading())
            self._offer_actions()
        self.reload()

    def reload(self) -> None:
        wanted = self._identity
        self.tasks.run(
            lambda: (wanted, read_theme(self.services, wanted)), owner=self, on_done=self._show
        )

    def _show(self, read: tuple[UUID | None, ThemeFacts]) -> None:
        wanted, facts = read
        if wanted != self._identity:
            return
        self.facts = facts
        self.frame.set_title(facts.theme.title if facts.theme else _TITLE)
        self.frame.set_context(_context(facts))
        self.cards.show_gradually(self._makers(facts))
        self._offer_actions()

    def _makers(self, facts: ThemeFacts) -> list[Callable[[], QWidget]]:
        if not facts.stories:
            return self._all(facts)
        made: list[Callable[[], QWidget]] = []
        out = self._take_out if facts.theme and facts.coordinates else None
        for story in facts.stories:
            made.append(partial(story_card, story, facts, on_open=self._open_story, on_out=out))
        if facts.suggestions:
            made.append(partial(heading, "Do these ask the same?"))
        elif facts.coordinates:
            made.append(partial(muted, "No other question says this in similar words."))
        for one in facts.suggestions:
            made.append(partial(suggestion_card, one, facts, on_yes=self._yes, on_no=self._no))
        return made

    def _all(self, facts: ThemeFacts) -> list[Callable[[], QWidget]]:
        made: list[Callable[[], QWidget]] = []
        if not facts.themes and not facts.groups:
            return [
                lambda: EmptyState(
                    "Questions that ask the same can be put together here.",
                    more="Each keeps its own words and the name its asker chose.",
                    icon="list",
                )
            ]
        for held, number in facts.themes:
            made.append(partial(theme_card, held, number, on_open=self._open_here))
        if facts.groups:
            made.append(partial(heading, "These may ask the same"))
        for group in facts.groups:
            made.append(partial(group_card, group, on_open=self._open_here))
        return made

    def _open_story(self, question: object) -> None:
        self.go.emit(Place.STORY, question)

    def _open_here(self, identity: object) -> None:
        self.go.emit(Place.THEME, identity)

    # What can be done

    def _yes(self, chosen: object) -> None:
        facts, suggestion = self.facts, cast(Suggestion, chosen)
        if facts is None:
            return
        other, held = suggestion.story.question.id, facts.theme
        first = facts.stories[0].question.id
        themes, title = self.services.themes, usual_title(suggestion)

        def work() -> object:
            if held is not None:
                return themes.add(held.id, [other])
            return themes.put_together([first, other], title=title)

        self._run(work, "Put together. Each keeps its own words.")

    def _no(self, chosen: object) -> None:
        facts, suggestion = self.facts, cast(Suggestion, chosen)
        if facts is None:
            return
        other = suggestion.story.question.id
        ours = [story.question.id for story in facts.stories]
        similar = self.services.themes.similar

        def refuse(*, wanted: bool) -> None:
            for one in ours:
                similar.refuse(one, other, wanted=wanted)

        def undo() -> None:
            self.frame.close_notice()
            self.tasks.run(
                lambda: refuse(wanted=False), owner=self, on_done=lambda _: self.reload()
            )

        def done(_: object) -> None:
            self.show_notice("It will not be offered again here.", action="Undo", on_action=undo)
            self.reload()

        self.tasks.run(lambda: refuse(wanted=True), owner=self, on_done=done)

    def _take_out(self, question: object) -> None:
        wanted = QuestionId(cast(UUID, question))
        self._run(lambda: self.services.themes.take_out(wanted), "Taken out. It is as it was.")

    def _dissolve(self) -> None:
        held = self.facts.theme if self.facts else None
        if held is None:
            return

        def undo(questions: tuple[QuestionId, ...]) -> None:
            self.frame.close_notice()
            self._run(lambda: self.services.themes.add(held.id, questions), "Together again.")

        def done(outcome: Outcome[tuple[QuestionId, ...]]) -> None:
            self._open_here(None)
            number = count_words(len(outcome.value), "question")
            self.show_notice(
                f"{number} taken apart. Each is as it was.",
                action="Undo",
                on_action=lambda: undo(outcome.value),
            )

        self.tasks.run(lambda: self.services.themes.dissolve(held.id), owner=self, on_done=done)

    def _rename(self) -> None:
        held = self.facts.theme if self.facts else None
        if held is not None:
            self._ask(ThemeNameForm(self.services, self.tasks, held), lambda _: self.say("Saved."))

    def _answer(self) -> None:
        facts = self.facts
        if facts is not None and facts.theme is not None:
            form = ThemeResponseForm(self.services, self.tasks, facts.theme, facts.waiting)
            self._ask(form, self._tell_answered)

    def _tell_answered(self, outcome: Outcome[ThemeAnswered]) -> None:
        told = outcome.value
        words = f"The answer is saved for {count_words(len(told.answered), 'question')}."
        if told.had_it:
            words += f" {count_words(len(told.had_it), 'question')} had it already."
        if told.left_alone:
            named = ", ".join(f"“{_short(s.question.body)}”" for s in told.left_alone)
            words += f" Left alone, as finished or taken back: {named}."
        self.show_notice(words)

    def _run(self, work: Callable[[], object], said: str) -> None:
        self.tasks.run(work, owner=self, on_done=lambda _: self.say(said))

    def _ask(self, form: Form, on_saved: Callable[[Outcome[ThemeAnswered]], object]) -> None:
        def close() -> None:
            self.slot.clear()
            self._offer_actions()

        def saved(outcome: object) -> None:
            close()
            on_saved(cast("Outcome[ThemeAnswered]", outcome))

        form.saved.connect(saved)
        form.cancelled.connect(close)
        self.slot.show_only(form)
        self._offer_actions()
        form.focus_first()

    def _offer_actions(self) -> None:
        """Offer what can be done while no form is open: one thing at a time."""
        facts = self.facts
        may = facts is not None and facts.coordinates and facts.theme is not None
        free = may and not self.slot.all()
        self.rename.setVisible(free)
        self.apart.setVisible(free)
        self.answer.setVisible(free and facts is not None and bool(facts.waiting))

    def _space(self) -> None:
        made = theme()
        self._inside.setContentsMargins(0, 0, made.px(0.3), made.space(2))
        self._inside.setSpacing(made.space(2))
        for part in (self.slot, self.cards):
            layout = part.layout()
            if layout is not None:
                layout.setSpacing(made.space(2))


def _context(facts: ThemeFacts) -> str:
    if facts.theme is not None:
        return f"{count_words(len(facts.stories), 'question')} that ask the same."
    return "" if facts.stories else "Each keeps its own words and the name its asker chose."


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return (flat if len(flat) <= 60 else f"{flat[:59]}…") or "words taken back"  # noqa: PLR2004

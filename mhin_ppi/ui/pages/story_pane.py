"""One question's whole story with what can be done next; used by two pages."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ...domain.impact import Impact
from ...domain.people import PersonId
from ...domain.questions import QuestionId, StepKind
from ...errors import PPIError
from ...services.boards import Services
from ...services.words_begun import forms_begun
from .. import messages
from ..tasks import Tasks
from ..theme import theme, theme_changes
from ..widgets.buttons import button
from ..widgets.cards import Pill
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, heading, muted
from .change_form import ChangeForm
from .evidence_files import EvidenceFiles
from .feedback_form import FeedbackForm, NotQuiteForm, PassOnForm, ReopenForm
from .form import Form
from .framed_page import Column, loading
from .impact_form import ImpactForm
from .impact_views import LookAgainForm, ViewForm
from .response_form import ResponseForm
from .story_actions import ACT_WORDS, Act, is_awaited, open_acts
from .story_chain import ChainView
from .story_facts import StoryFacts, read_story
from .story_impact import ASK_THE_ASKER, StoryCalls, awaits_view
from .story_links import ChainLink, chain_of, spoken
from .story_parts import Stage, open_words, show_stage, words_opened
from .story_path import StoryPath
from .theme_link import theme_link
from .words_for import state_look, state_words, stays_words, when_words

SHOWS = frozenset(
    {
        *("question", "response", "change", "impact", "second_look", "feedback"),
        *("annotation", "theme", "content_note"),
    }
)


_StepForm = type[ResponseForm | FeedbackForm | ChangeForm | ImpactForm | PassOnForm | ReopenForm]
_FORMS: dict[Act, tuple[_StepForm, str]] = {
    Act.ANSWER: (ResponseForm, "The answer is saved."),
    Act.NEWER_ANSWER: (ResponseForm, "The answer is saved."),
    Act.TELL: (FeedbackForm, "Saved."),
    Act.CHANGE: (ChangeForm, "The change is saved."),
    Act.DIFFERENCE: (ImpactForm, "The difference is saved."),
    Act.HAND_ON: (PassOnForm, "Saved."),
    Act.REOPEN: (ReopenForm, "It is open again, and goes back to be answered."),
}
_NOT_QUITE = (Act.NOT_QUITE, Act.THEIR_NOT_QUITE)


class StoryPane(QWidget):
    """Shows a story; takes the steps that are open, in place.

    Args:
        services: The open board.
        tasks: Runs the reading and the saving.

    Signals:
        open_passage: (version, start, end) the person wants to see words in the draft.
        compare_wanted: (older, newer) the person wants to see what changed between two versions.
        theme_wanted: The id of a theme or question whose similar questions are wanted.
        go_wanted: (place, argument) the person wants to see what a link of the chain stands for.
        shown: The story that is shown now.
        said: A short sentence for the status line.
    """

    open_passage = Signal(object)
    compare_wanted = Signal(object)
    theme_wanted = Signal(object)
    go_wanted = Signal(object, object)
    shown = Signal(object)
    said = Signal(str)

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__()
        self._services, self._tasks = services, tasks
        self._question: QuestionId | None = None
        self._is_fresh = False
        self.facts: StoryFacts | None = None
        self._action_row: QWidget | None = None
        self.head, self.slot, self.path_head, self.path = Column(), Column(), Column(), Column()
        self.chain = ChainView()
        self.chain.hide()
        self.chain.chosen.connect(self._walk)
        self.files = EvidenceFiles(self, services, tasks)
        self._all = QVBoxLayout(self)
        for part in (self.head, self.slot, self.chain, self.path_head, self.path):
            self._all.addWidget(part)
        self._all.addStretch(1)
        self._space()
        theme_changes().changed.connect(self._space)

    def open(self, question: QuestionId) -> None:
        """Show a question's story; a form that was open for another one is closed."""
        if question != self._question:
            self._question, self.facts, self._is_fresh = question, None, True
            self.slot.clear()
            self.path_head.clear()
            self.path.clear()
            self.chain.hide()
            self.head.show_only(loading())
        self.reload()

    def clear(self) -> None:
        """Show nothing."""
        self._question, self.facts = None, None
        self.chain.hide()
        for part in (self.head, self.slot, self.path_head, self.path):
            part.clear()

    def reload(self) -> None:
        """Read the story again; an open form keeps its words."""
        question = self._question
        if question is not None:
            services = self._services
            self._tasks.run(
                lambda: (read_story(services, question), forms_begun(services.desk, str(question))),
                owner=self,
                on_done=lambda found: self._show(*found),
            )

    def _show(self, facts: StoryFacts, begun: Collection[str]) -> None:
        if facts.story.question.id != self._question:
            return
        self.facts = facts
        self.head.show_only(*self._head(facts))
        self._show_actions()
        self.chain.show_links(chain_of(facts))
        self.chain.show()
        calls = StoryCalls(
            open_passage=self.open_passage.emit,
            give_view=self._give_view,
            look_again=self._look_again,
            save_file=self.files.choose_place,
            open_link=self.files.open_link,
        )
        path = StoryPath(facts, taxonomy=self._services.catalogues.taxonomy, calls=calls)
        self.path_head.show_only(
            heading("What happened, one after the other"),
            muted(stays_words(facts.story, now=facts.now)),
        )
        opened = words_opened(self.path.all())
        self.path.show_only(*path.stages())
        open_words(self.path.all(), opened)
        self.shown.emit(facts.story)
        if self._is_fresh:
            self._is_fresh = False
            self._go_on(facts, begun)

    def _go_on(self, facts: StoryFacts, begun: Collection[str]) -> None:
        """Open the form again in which words were begun, before a lock or another choice."""
        for act in open_acts(facts):
            form = NotQuiteForm if act in _NOT_QUITE else _FORMS.get(act, (None,))[0]
            if form is not None and form.__name__ in begun:
                self.act(act)
                return

    def _head(self, facts: StoryFacts) -> list[QWidget]:
        story = facts.story
        tone, icon = state_look(story.fate.state)
        since = when_words(story.fate.since, today=facts.today)
        line = FlowRow(Pill(state_words(story), tone=tone, icon=icon))
        if story.fate.is_owed:
            line.add(WrapLabel(f"With {story.holder} since {since}", role="muted"))
        elif since:
            line.add(WrapLabel(f"Since {since}", role="muted"))
        widgets: list[QWidget] = [line]
        self._action_row = None
        acts = open_acts(facts)
        if acts:
            row = self._action_row = FlowRow()
            for order, act in enumerate(acts):
                words, icon = ACT_WORDS[act]
                main = order == 0 and is_awaited(facts)
                press = partial(self.act, act)
                row.add(
                    button(
                        words,
                        icon=icon,
                        kind="primary" if main else "secondary",
                        on_press=press,
                    )
                )
            widgets.append(row)
        similar = theme_link(facts, on_see=self.theme_wanted.emit, on_out=self._take_out)
        if similar is not None:
            widgets.append(similar)
        return [*widgets, *self._question_to_me(facts)]

    def _question_to_me(self, facts: StoryFacts) -> list[QWidget]:
        """Ask the person who asked, in one sentence, how they see a difference."""
        if not awaits_view(facts.story):
            return []
        waiting = [impact for impact in facts.story.impacts if not impact.asker_view]
        press = partial(self._give_view, waiting[-1])
        return [
            WrapLabel(ASK_THE_ASKER),
            FlowRow(button("Say how you see it", icon="pencil", on_press=press)),
        ]

    # What can be done

    def act(self, act: Act) -> None:
        """Take a step, or open the form it needs."""
        facts = self.facts
        if facts is None:
            return
        services, tasks = self._services, self._tasks
        match act:
            case Act.ACKNOWLEDGE:
                self._acknowledge()
            case Act.YES:
                self._take(StepKind.CONFIRM)
            case Act.THEIR_YES:
                self._take(StepKind.CONFIRM, on_behalf_of=facts.speaks_for)
            case Act.NO_REPLY_NEEDED:
                self._take(StepKind.NO_REPLY_NEEDED)
            case Act.NOT_QUITE | Act.THEIR_NOT_QUITE:
                whose = facts.speaks_for if act is Act.THEIR_NOT_QUITE else None
                form = NotQuiteForm(services, tasks, facts, on_behalf_of=whose)
                self._ask(form, said="Thank you. The question goes back to be answered again.")
            case _:
                made, said = _FORMS[act]
                self._ask(made(services, tasks, facts), said=said)

    def _acknowledge(self) -> None:
        question = self._question
        if question is not None:
            self._run(lambda: self._services.questions.acknowledge([question]), "Acknowledged.")

    def _take_out(self) -> None:
        question = self._question
        if question is not None:
            self._run(
                lambda: self._services.themes.take_out(question), "Taken out. It is as it was."
            )

    def _take(self, kind: StepKind, *, on_behalf_of: PersonId | None = None) -> None:
        question = self._question
        if question is None:
            return
        self._run(
            lambda: self._services.questions.take_step(question, kind, on_behalf_of=on_behalf_of),
            "Thank you. This question is finished.",
        )

    def _run(self, work: Callable[[], object], said: str) -> None:
        self.head.setEnabled(False)

        def ended() -> None:
            self.head.setEnabled(True)

        self._tasks.run(
            work,
            owner=self,
            on_done=lambda _: self._say(said),
            on_problem=self._refuse,
            on_end=ended,
        )

    def _say(self, words: str) -> None:
        self.said.emit(words)
        messages.announce(self, words)

    def _refuse(self, problem: PPIError) -> None:
        messages.show_problem(self, problem)
        self.reload()

    def _give_view(self, impact: Impact) -> None:
        if self.facts is not None:
            form = ViewForm(self._services, self._tasks, self.facts, impact)
            said = "Your view is saved." if self.facts.story.is_mine else "Their view is saved."
            self._ask(form, said=said)

    def _look_again(self, impact: Impact) -> None:
        if self.facts is not None:
            form = LookAgainForm(self._services, self._tasks, self.facts, impact)
            self._ask(form, said="What was found is saved.")

    # Walking the chain

    def _walk(self, link: ChainLink) -> None:
        """Go to what a link stands for: another page, or its stage further down."""
        if link.place is not None:
            self.go_wanted.emit(link.place, link.argument)
        elif link.is_gap:
            messages.announce(self, spoken(link))
        else:
            stages = self.path.findChildren(Stage)
            show_stage(next((one for one in stages if one.record == link.argument), None))

    def _ask(self, form: Form, *, said: str) -> None:
        def close() -> None:
            self.slot.clear()
            self._show_actions()

        def saved(_: object) -> None:
            close()
            self._say(said)

        form.saved.connect(saved)
        form.cancelled.connect(close)
        if isinstance(form, ChangeForm):
            form.compare_wanted.connect(self.compare_wanted)
        self.slot.show_only(form)
        self._show_actions()
        form.focus_first()

    def _show_actions(self) -> None:
        """Offer the next steps while no form is open: one thing at a time."""
        if self._action_row is not None:
            self._action_row.setVisible(not self.slot.all())

    def _space(self) -> None:
        made = theme()
        self._all.setContentsMargins(0, 0, made.px(0.3), made.space(2))
        self._all.setSpacing(made.space(2))
        for part in (self.head, self.slot):
            layout = part.layout()
            if layout is not None:
                layout.setSpacing(made.space(2))
        layout = self.path.layout()
        if layout is not None:
            layout.setSpacing(0)

"""Codes: the codebook and its counts, words that may be coded, and files for other programs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QButtonGroup, QWidget

from ...domain.annotations import KIND_WORDS
from ...domain.attribution import labels_that_identify, shown_as
from ...domain.codebook import Code, CodeId, ParticipantQuote
from ...domain.people import Role
from ...services.boards import Services
from ...services.coded_passages import CodedPassage, OpenNote
from .. import messages
from ..tasks import Tasks
from ..theme import theme, theme_changes
from ..widgets.buttons import button
from ..widgets.flow import FlowRow
from ..widgets.form_rows import FormRow
from ..widgets.labels import WrapLabel, muted
from .codable_text import CodableCard
from .code_forms import CodeForm, MergeForm, MoveForm
from .codes_counts import CountsSection
from .codes_facts import CodesFacts, read_codes_page
from .codes_files import FilesSection
from .consent_card import ConsentForm
from .form import Pick
from .framed_page import Column, loading
from .list_page import ListPage
from .page import Place
from .quote_form import QuoteForm

_CODEBOOK, _QUOTES, _NOTES, _FILES = "Codebook", "Participants' quotes", "Members' notes", "Files"


class CodesPage(ListPage):
    """What peer researchers and coordinators do with codes outside a draft."""

    place: ClassVar[Place] = Place.CODES
    shows: ClassVar[frozenset[str]] = frozenset(
        {"code", "coding", "memo", "quote", "coding_consent", "annotation", "project", "site"}
    )

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__(services, tasks, title="Codes", context="What the words are about")
        self.facts: CodesFacts | None = None
        self.project = Pick([("All projects", None)])
        self.project.currentIndexChanged.connect(lambda _: self.reload())
        self.counts, self.files = CountsSection(), FilesSection(services, tasks)
        self.quotes, self.notes = Column(), Column()
        self._space_sections()
        theme_changes().changed.connect(self._space_sections)
        self.counts.action_wanted.connect(self._act)
        self.counts.show_wanted.connect(self._show_passage)
        self.files.said.connect(self.say)
        self.section = Column(loading())
        self._choosers, self._row = QButtonGroup(self), FlowRow()
        for words in (_CODEBOOK, _QUOTES, _NOTES, _FILES):
            made = button(words, kind="quiet")
            made.setCheckable(True)
            self._choosers.addButton(made)
            self._row.add(made)
        self._choosers.buttons()[0].setChecked(True)
        self._choosers.buttonClicked.connect(lambda _: self._show_section())

    def reload(self) -> None:
        """Read again what is shown."""
        services, project = self.services, self.project.value()
        self.tasks.run(lambda: read_codes_page(services, project), owner=self, on_done=self._show)

    def _show(self, facts: CodesFacts | None) -> None:
        if facts is None:
            self.list.show_only(
                muted("Peer researchers and coordinators work with codes."), stretch=True
            )
            return
        self.facts = facts
        chosen = self.project.value()
        self.project.blockSignals(True)
        self.project.offer([("All projects", None), *((p.title, p.id) for p in facts.projects)])
        if chosen in [project.id for project in facts.projects]:
            self.project.choose(chosen)
        self.project.blockSignals(False)
        self.counts.show_facts(facts)
        self.files.show_projects(facts.projects, chosen=chosen)
        self._fill_quotes(facts)
        self._fill_notes(facts)
        self._show_section()
        self._space()

    def _show_section(self) -> None:
        sections: dict[str, QWidget] = {
            _CODEBOOK: self.counts,
            _QUOTES: self.quotes,
            _NOTES: self.notes,
            _FILES: self.files,
        }
        checked = self._choosers.checkedButton()
        wanted = checked.accessibleName() if checked else _CODEBOOK
        if self.section not in self.list.all():
            self.section.show_only(*sections.values(), stretch=True)
            self.list.show_only(FormRow("Project", self.project), self._row, self.section)
        for words, section in sections.items():
            section.setVisible(words == wanted)

    # Quotes and notes

    def _fill_quotes(self, facts: CodesFacts) -> None:
        add = button("Add a quote", icon="plus", on_press=lambda: self.edit_quote(None))
        intro: list[Callable[[], QWidget]] = [
            lambda: WrapLabel(
                "What participants of a study said, kept with that study's consent. Only you and "
                "the coordinators see it. Nothing is shown of the person unless you choose it."
            ),
            lambda: FlowRow(add),
        ]
        cards = [partial(self._quote_card, facts, quote) for quote in facts.quotes]
        empty = [lambda: muted("Quotes you keep will be here.")] if not cards else []
        self.quotes.show_gradually([*intro, *cards, *empty])

    def _quote_card(self, facts: CodesFacts, quote: ParticipantQuote) -> CodableCard:
        shown = shown_as(quote)
        parts = [shown or "Nothing about them", facts.project_words(quote.project)]
        if not quote.consented:
            parts[0] = "No consent on record: not shown, sent or coded"
        coded = [p for p in facts.coded.passages if p.coding.quote == quote.id]
        card = CodableCard(quote.body, about=" · ".join(parts), tree=facts.coded.tree, coded=coded)
        card.quick.setVisible(quote.consented)
        warning = labels_that_identify(quote, facts.quotes) if quote.consented else ""
        if warning:
            card.add(WrapLabel(warning, role="attention"))
        if quote.kept_by == facts.me.id:
            change = button("Change", icon="pencil", on_press=partial(self.edit_quote, quote))
            away = button("Take away", icon="trash-2", on_press=partial(self._take_away, quote))
            card.add(FlowRow(change, away))
        codings = self.services.coding.codings
        card.code_wanted.connect(
            lambda code, span: self._code(lambda: codings.code_quote(code, quote.id, span), code)
        )
        card.remove_wanted.connect(self._remove)
        return card

    def _fill_notes(self, facts: CodesFacts) -> None:
        intro: list[Callable[[], QWidget]] = [
            lambda: WrapLabel(
                "Members are not participants. Their notes are here only where they agreed, for "
                "that project, on their own page. If they change their mind, the notes and what "
                "you coded in them are hidden from then on."
            )
        ]
        if facts.me.has(Role.COORDINATOR) and facts.projects:
            intro.append(
                lambda: FlowRow(
                    button("Type in what a member said", icon="pencil", on_press=self.type_in)
                )
            )
        cards = [partial(self._note_card, facts, note) for note in facts.notes]
        empty = [lambda: muted("No member has agreed yet.")] if not cards else []
        self.notes.show_gradually([*intro, *cards, *empty])

    def _note_card(self, facts: CodesFacts, opened: OpenNote) -> CodableCard:
        note = opened.note
        about = f"{KIND_WORDS[note.kind]} by {opened.author}, on {opened.draft}"
        coded = [p for p in facts.coded.passages if p.coding.annotation == note.id]
        card = CodableCard(note.body, about=about, tree=facts.coded.tree, coded=coded)
        codings = self.services.coding.codings
        card.code_wanted.connect(
            lambda code, span: self._code(lambda: codings.code_note(code, note.id, span), code)
        )
        card.remove_wanted.connect(self._remove)
        return card

    def _code(self, work: Callable[[], object], code: CodeId) -> None:
        facts = self.facts
        name = facts.coded.tree.by_id[code].name if facts else ""
        self.tasks.run(work, owner=self, on_done=lambda _: self.say(f"Coded: {name}"))

    def _remove(self, passage: CodedPassage) -> None:
        codings = self.services.coding.codings
        self.tasks.run(
            lambda: codings.remove(passage.coding.id),
            owner=self,
            on_done=lambda _: self.say(f"{passage.code.name} was taken off"),
        )

    # What a person does

    def edit_quote(self, quote: ParticipantQuote | None) -> None:
        """Show the form that adds or changes a quote."""
        facts = self.facts
        if facts is None or not facts.projects:
            messages.tell(self, "Add a project first: a quote belongs to one.", tone="accent")
            return
        form = QuoteForm(
            self.services, self.tasks, facts, quote=quote, project=self.project.value()
        )
        self.show_form(form, said="The quote is kept.")

    def type_in(self) -> None:
        """Show the form for what a member said about their notes."""
        facts = self.facts
        if facts is not None:
            people = [person for person in facts.people if not person.left_on]
            form = ConsentForm(self.services, self.tasks, people=people, projects=facts.projects)
            self.show_form(form, said="Saved.")

    def _take_away(self, quote: ParticipantQuote) -> None:
        quotes = self.services.coding.quotes
        messages.ask(
            self,
            "Take this quote away for good?",
            yes="Take it away",
            no="Keep it",
            detail="The quote and its codes are taken off the board, and cannot be brought back. "
            "Files that were sent before cannot be recalled.",
            on_yes=lambda: self._run_and_say(lambda: quotes.take_away(quote.id), "Taken away"),
        )

    def _run_and_say(self, work: Callable[[], object], words: str) -> None:
        self.tasks.run(work, owner=self, on_done=lambda _: self.say(words))

    def _act(self, what: str, code: Code | None) -> None:
        facts, book = self.facts, self.services.coding.codebook
        if facts is None:
            return
        tree, services, tasks = facts.coded.tree, self.services, self.tasks
        if code is None:
            form = CodeForm(
                services, tasks, tree, project=self.project.value(), projects=facts.projects
            )
            self.show_form(form, said="The code is added.")
        elif what == "change":
            self.show_form(CodeForm(services, tasks, tree, code=code), said="Saved.")
        elif what == "move":
            self.show_form(MoveForm(services, tasks, tree, code), said="Moved.")
        elif what == "merge":
            self.show_form(MergeForm(services, tasks, tree, code), said="Merged.")
        elif what == "retire":
            self._run_and_say(lambda: book.retire(code.id), f"{code.name} is not offered any more")
        elif what == "bring_back":
            self._run_and_say(lambda: book.bring_back(code.id), f"{code.name} is offered again")

    def _show_passage(self, passage: CodedPassage) -> None:
        place = passage.coding.passage
        if passage.version is None:
            return
        if passage.coding.version is not None and place is not None:
            self.go.emit(Place.READING, (passage.version, place.start, place.end))
        else:
            self.go.emit(Place.READING, passage.version)

    def _space_sections(self) -> None:
        for column in (self.quotes, self.notes):
            layout = column.layout()
            if layout is not None:
                layout.setSpacing(theme().space(2))

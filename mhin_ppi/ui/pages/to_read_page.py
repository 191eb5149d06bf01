"""To read: what waits for the person first, then every other draft."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, TypedDict

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ...domain.drafts import Draft, DraftId, DraftVersion, VersionId
from ...domain.people import Person, Role
from ...domain.projects import Project
from ...services.boards import Services
from ...services.outcome import Outcome
from ...services.reviewing import DraftOnShelf
from ...services.rounds import Standing
from .. import messages
from ..tasks import Tasks
from ..theme import theme, theme_changes
from ..widgets.cards import EmptyState
from ..widgets.labels import heading, muted
from .add_companion_form import AddCompanionForm, choose_companion
from .add_draft_form import AddDraftForm, choose_file
from .add_version_form import AddVersionForm, VersionAdded
from .ask_to_read_form import AskToReadForm
from .draft_card import DraftCard
from .form import Form
from .framed_page import Column, FramedPage, loading
from .page import Place
from .paper_print_form import PaperPrintForm, choose_place
from .paper_reply_form import PaperReplyForm
from .round_row import RoundRow, worth_showing
from .round_words import request_words
from .team_answers_form import TeamAnswersForm
from .team_file_form import TeamFileForm, choose_team_file
from .team_file_form import choose_place as choose_team_place
from .words_for import coordinators_words


@dataclass(frozen=True, slots=True)
class _Shelf:
    drafts: list[DraftOnShelf]
    projects: list[Project]
    people: list[Person]
    me: Person
    rounds: list[Standing]

    @property
    def coordinates(self) -> bool:
        return self.me.has(Role.COORDINATOR)


def _read_shelf(services: Services) -> _Shelf:
    me = services.people.me()
    return _Shelf(
        services.reviewing.shelf(),
        services.people.projects(),
        services.people.everyone(),
        me,
        services.rounds.standings() if me.has(Role.COORDINATOR) else [],
    )


class _Which(TypedDict):
    draft: Draft
    versions: tuple[DraftVersion, ...]
    chosen: VersionId


def _which(shown: DraftOnShelf) -> _Which:
    return {"draft": shown.draft, "versions": shown.versions, "chosen": shown.to_read.id}


class ToReadPage(FramedPage):
    """Every draft, as cards; a coordinator adds drafts and asks people to read them."""

    place: ClassVar[Place] = Place.TO_READ
    shows: ClassVar[frozenset[str]] = frozenset(
        {"draft", "version", "round", "return", "project", "person"}
    )

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__(services, tasks, title="To read")
        self.choose_file, self.choose_place = choose_file, choose_place
        self.choose_companion = choose_companion
        self.choose_team_file, self.choose_team_place = choose_team_file, choose_team_place
        self._shelf: _Shelf | None = None
        self._unfolded: set[DraftId] = set()
        self.slot, self.list = Column(), Column(loading())
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.slot)
        column.addWidget(self.list, 1)
        self._parts = column
        self.frame.set_content(inside)
        self.add_button = self.frame.set_primary(
            "Add a draft", icon="plus", on_press=self.add_draft
        )
        self.add_button.hide()
        self._space()
        theme_changes().changed.connect(self._space)

    def open_at(self, argument: object | None) -> None:
        self.reload()

    def reload(self) -> None:
        services = self.services
        self.tasks.run(
            lambda: _read_shelf(services),
            owner=self,
            on_done=self._show,
        )

    def _show(self, shelf: _Shelf) -> None:
        self._shelf = shelf
        self._show_add()
        if not shelf.drafts:
            self.list.show_only(self._empty(shelf))
            return
        waiting = [one for one in shelf.drafts if one.waits]
        others = [one for one in shelf.drafts if not one.waits]
        widgets: list[QWidget] = []
        for order, one in enumerate(waiting):
            main = order == 0 and not shelf.coordinates
            widgets.append(self._card(one, sentence=self._sentence(one), main=main))
        if not waiting and not shelf.coordinates:
            widgets.append(muted("Nothing waits for you just now."))
        if waiting and others:
            widgets.append(heading("Other drafts"))
        widgets.extend(self._card(one, sentence="", main=False) for one in others)
        self.list.show_only(*widgets, stretch=True)

    def _card(self, shown: DraftOnShelf, *, sentence: str, main: bool) -> DraftCard:
        coordinates = self._shelf is not None and self._shelf.coordinates
        card = DraftCard(
            shown,
            sentence=sentence,
            main=main,
            coordinates=coordinates,
            more=shown.draft.id in self._unfolded,
        )
        card.wanted.connect(self._on_wanted)
        card.more_toggled.connect(self._on_more)
        rounds = self._shelf.rounds if self._shelf else []
        for standing in worth_showing(r for r in rounds if r.draft.id == shown.draft.id):
            row = RoundRow(standing, today=self.today)
            row.wanted.connect(self._on_round)
            card.add(row)
        return card

    def _on_round(self, action: str, standing: Standing) -> None:
        if action == "change":
            self._ask(standing.draft, standing.version, standing=standing)
            return
        rounds, old = self.services.rounds, standing.request

        def undo() -> None:
            self.tasks.run(lambda: rounds.reopen(old), owner=self)

        def say(_: object) -> None:
            words = "We have stopped waiting. Whoever gave it back still counts, and is paid "
            words += "what was agreed."
            messages.tell(self, words, action="Undo", on_action=undo)

        self.tasks.run(lambda: rounds.close(old.id), owner=self, on_done=say)

    def _ask(
        self, draft: Draft, version: DraftVersion, *, standing: Standing | None = None
    ) -> None:
        if self._shelf is None:
            return
        form = AskToReadForm(
            self.services,
            self.tasks,
            draft=draft,
            version=version,
            people=[person for person in self._shelf.people if not person.left_on],
            standing=standing,
        )
        self._show_form(form, said="It is changed." if standing else "They are asked to read it.")

    def _sentence(self, shown: DraftOnShelf) -> str:
        request = shown.request
        if request is None:
            return ""
        return request_words(request, today=self.today, asked="You are asked to read this")

    def _empty(self, shelf: _Shelf) -> EmptyState:
        if shelf.coordinates:
            return EmptyState(
                "Drafts will be here.",
                more="Add the first one: a protocol, an information sheet, a summary.",
                icon="file-text",
                action="Add a draft",
                on_action=self.add_draft,
            )
        who = coordinators_words(shelf.people, me=shelf.me)
        return EmptyState(
            "Drafts to read will be here.",
            more=f"{who[:1].upper()}{who[1:]} will send the first one.",
            icon="book-open",
        )

    def _on_more(self, draft: DraftId, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        (self._unfolded.add if on else self._unfolded.discard)(draft)

    def _on_wanted(self, action: str, shown: DraftOnShelf, version: DraftVersion) -> None:
        shelf = self._shelf
        if action == "open":
            self.go.emit(Place.READING, version.id)
        elif action == "version":
            form = AddVersionForm(
                self.services,
                self.tasks,
                draft=shown.draft,
                number=shown.latest.number + 1,
                choose=self.choose_file,
            )
            self._show_form(form, said="")
            form.saved.connect(self._show_added)
        elif action == "compare":
            self.go.emit(Place.COMPARE, version.id)
        elif action == "form":
            other = AddCompanionForm(
                self.services,
                self.tasks,
                draft=shown.draft,
                version=version,
                choose=self.choose_companion,
            )
            self._show_form(other, said="It stands beside the draft now.")
        elif action == "ask":
            self._ask(shown.draft, shown.latest)
        elif action in {"print", "replies"} and shelf is not None:
            self._show_paper(action, shown, shelf)
        elif action == "team":
            sent = TeamFileForm(
                self.services,
                self.tasks,
                **_which(shown),
                choose=self.choose_team_file,
                choose_place=self.choose_team_place,
            )
            sent.saved.connect(lambda written: messages.tell(self, written.sentence()))
            self._show_form(sent, said="")
        elif action == "answers":
            came = TeamAnswersForm(
                self.services, self.tasks, **_which(shown), choose=self.choose_team_file
            )
            self._show_form(came, said="It stands beside the board's notes now.")

    def _show_paper(self, action: str, shown: DraftOnShelf, shelf: _Shelf) -> None:
        """Show the form that makes a draft for paper, or the one that takes replies in."""
        which = _which(shown)
        if action == "print":
            form = PaperPrintForm(self.services, self.tasks, **which, choose=self.choose_place)
            form.saved.connect(self._tell_written)
            self._show_form(form, said="")
            return
        people = sorted(
            (person for person in shelf.people if not person.left_on),
            key=lambda person: person.id == shelf.me.id,
        )
        self._show_form(PaperReplyForm(self.services, self.tasks, **which, people=people), said="")

    def _tell_written(self, file: Path) -> None:
        def open_it() -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))

        self.show_notice(
            f"Written to {file}. It is not encrypted: anybody who has the file can read it.",
            tone="good",
            action="Open it to print",
            on_action=open_it,
        )
        self.say("The draft for paper is written")

    def add_draft(self) -> None:
        """Show the form that adds a draft."""
        if self._shelf is None:
            return
        form = AddDraftForm(
            self.services, self.tasks, projects=self._shelf.projects, choose=self.choose_file
        )
        self._show_form(form, said="The draft is added.")

    def _show_form(self, form: Form, *, said: str) -> None:
        def saved(_: object) -> None:
            close()
            if said:
                messages.tell(self, said)

        def close() -> None:
            self.slot.clear()
            self._show_add()

        form.saved.connect(saved)
        form.cancelled.connect(close)
        self.frame.close_notice()
        self.slot.show_only(form)
        self._show_add()
        form.focus_first()

    def _show_added(self, made: Outcome[DraftVersion]) -> None:
        """Say what became of the notes, in place of the form."""
        version = made.value
        card = VersionAdded(self.services, self.tasks, version=version)
        card.compare_wanted.connect(lambda: self.go.emit(Place.COMPARE, version.id))
        card.check_wanted.connect(lambda: self.go.emit(Place.READING, version.id))
        card.closed.connect(self._close_added)
        self.slot.show_only(card)
        self._show_add()

    def _close_added(self) -> None:
        self.slot.clear()
        self._show_add()

    def _show_add(self) -> None:
        """Offer the main action while there is no form, whose own button is the main one."""
        shelf = self._shelf
        wanted = shelf is not None and shelf.coordinates and bool(shelf.drafts)
        self.add_button.setVisible(wanted and not self.slot.all())

    def _space(self) -> None:
        made = theme()
        self._parts.setSpacing(made.space(2))
        self._parts.setContentsMargins(0, 0, made.px(0.3), made.space(2))
        layout = self.list.layout()
        if layout is not None:
            layout.setSpacing(made.space(2))

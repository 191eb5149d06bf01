"""Keeping what a participant said: the words, the consent, and how much of the person is shown."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from uuid import UUID

from PySide6.QtWidgets import QCheckBox, QLineEdit

from ...domain.attribution import ATTRIBUTION_WORDS, labels_that_identify, shown_as
from ...domain.codebook import Attribution, ParticipantQuote, QuoteId
from ...domain.people import PersonId
from ...domain.projects import Project, ProjectId
from ...services.boards import Services
from ..messages import announce
from ..tasks import Tasks
from ..widgets.labels import WrapLabel
from .codes_facts import CodesFacts
from .form import Choice, Form, Pick, WordsBox

_NOBODY = PersonId(UUID(int=0))


class QuoteForm(Form):
    """Adding a participant's quote, or changing one.

    Args:
        services: The open board.
        tasks: Runs the saving.
        facts: What the page knows.
        quote: The one to change; ``None`` for a new one.
        project: The study chosen at first.
    """

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        facts: CodesFacts,
        *,
        quote: ParticipantQuote | None = None,
        project: ProjectId | None = None,
    ) -> None:
        super().__init__("Change a quote" if quote else "A participant's quote", tasks=tasks)
        self._services, self._facts, self._quote = services, facts, quote
        self.body = WordsBox(lines=3, text=quote.body if quote else "")
        self.ask("What they said", self.body, help_text="Leave out names and what tells who it is.")
        self.project = Pick(
            [(p.title, p.id) for p in facts.projects], chosen=quote.project if quote else project
        )
        self.ask("The study", self.project)
        self.site = Pick(
            [("No certain place", None), *_sites(facts)], chosen=quote.site if quote else None
        )
        self.ask("Where the study took place", self.site)
        self.consent = QCheckBox("Their consent to be quoted is on record with the study")
        self.consent.setChecked(quote.consented if quote else False)
        self.put(self.consent)
        self.participant = QLineEdit(quote.participant if quote else "")
        self.ask(
            "The study's code for them",
            self.participant,
            help_text="For you only: a file or report gets codes of its own.",
        )
        self.description = QLineEdit(quote.description if quote else "")
        self.ask("A broad description", self.description, help_text="For instance: a carer.")
        self.place = QLineEdit(quote.place if quote else "")
        self.ask("A place", self.place, help_text="A region tells less than a town.")
        self.shown = Choice(
            [(words, level) for level, words in ATTRIBUTION_WORDS.items()],
            name="What is shown beside their words",
            chosen=quote.attribution if quote else Attribution.NO_LABEL,
        )
        self.ask("What is shown beside their words", self.shown)
        self.name = QLineEdit(quote.name if quote else "")
        self.name_row = self.ask("The name they asked to have shown", self.name)
        self.preview, self.warning = WrapLabel(role="muted"), WrapLabel(role="attention")
        self.put(self.preview)
        self.put(self.warning)
        self.shown.changed.connect(self._look)
        self.consent.toggled.connect(self._look)
        for line in (self.participant, self.description, self.place, self.name):
            line.textChanged.connect(self._look)
        self._look()

    def _look(self) -> None:
        """Say how the quote would be shown, and what to think about first."""
        self.name_row.setVisible(self.shown.value() is Attribution.BY_NAME)
        quote = self._as_typed()
        if not self.consent.isChecked():
            said = "Without consent it is never shown, sent or coded."
        else:
            words = shown_as(dataclasses.replace(quote, body=quote.body or "…"))
            said = f"Shown beside the words: {words}." if words else "Shown with nothing beside it."
        self.preview.setText(said)
        warning = labels_that_identify(quote, self._facts.quotes)
        if warning and warning != self.warning.text():
            announce(self, warning)
        self.warning.setText(warning)
        self.warning.setVisible(bool(warning))

    def _as_typed(self) -> ParticipantQuote:
        return ParticipantQuote(
            id=self._quote.id if self._quote else QuoteId(UUID(int=0)),
            kept_by=self._facts.me.id if self._facts else _NOBODY,
            project=self.project.value(),
            body=self.body.words(),
            site=self.site.value(),
            participant=self.participant.text(),
            description=self.description.text(),
            place=self.place.text(),
            name=self.name.text(),
            attribution=self.shown.value(),
            consented=self.consent.isChecked(),
        )

    def save(self) -> None:
        """Keep it."""
        typed, old, quotes = self._as_typed(), self._quote, self._services.coding.quotes
        about = {
            each: getattr(typed, each)
            for each in (
                *("site", "participant", "description", "place", "name"),
                *("attribution", "consented"),
            )
        }
        if old is None:
            self.run(lambda: quotes.keep(typed.body, project=typed.project, **about))
        else:
            about |= {"body": typed.body, "project": typed.project}
            self.run(lambda: quotes.change(old.id, **about))


def _sites(facts: CodesFacts) -> Sequence[tuple[str, object]]:
    return [
        (f"{site.name} ({_title(facts.projects, site.project)})", site.id) for site in facts.sites
    ]


def _title(projects: Sequence[Project], which: ProjectId) -> str:
    return next((project.title for project in projects if project.id == which), "")

"""What the page of codes shows, read from the board in one go, away from the window's thread."""

from __future__ import annotations

from dataclasses import dataclass

from ...domain.annotations import KIND_WORDS
from ...domain.codebook import Memo, ParticipantQuote
from ...domain.coding_counts import DRAFT, QUOTE
from ...domain.people import Person, Role
from ...domain.projects import Project, ProjectId, Site, SiteId
from ...services.boards import Services
from ...services.coded_passages import OpenNote
from ...services.coders import may_code
from ...services.codings import Coded

SORT_WORDS: dict[str, str] = {
    DRAFT: "Drafts",
    QUOTE: "Participants' quotes",
    **{kind.value: f"Notes: {words}" for kind, words in KIND_WORDS.items()},
}
"""What each sort of words is called on this page."""


@dataclass(frozen=True, slots=True)
class CodesFacts:
    """Everything the page shows.

    Args:
        me: Who is at the laptop.
        people: Everyone, where this person may type in for others; otherwise nobody.
        projects: Every project.
        sites: Every place.
        coded: The codebook, what was coded and how often, in the chosen project.
        notes: The members' notes that may be coded there.
        quotes: The participants' quotes kept there.
        memos: This person's memos.
    """

    me: Person
    people: tuple[Person, ...]
    projects: tuple[Project, ...]
    sites: tuple[Site, ...]
    coded: Coded
    notes: tuple[OpenNote, ...]
    quotes: tuple[ParticipantQuote, ...]
    memos: tuple[Memo, ...]

    def site_words(self, site: SiteId | None) -> str:
        """Return what a place is called."""
        names = {one.id: one.name for one in self.sites}
        return names.get(site, "No certain place") if site else "No certain place"

    def project_words(self, project: ProjectId | None) -> str:
        """Return what a project is called."""
        names = {one.id: one.title for one in self.projects}
        return names.get(project, "") if project else ""


def read_codes_page(services: Services, project: ProjectId | None) -> CodesFacts | None:
    """Return what the page shows; ``None`` for somebody who does not work with codes."""
    me = services.people.me()
    if not may_code(me):
        return None
    coding = services.coding
    coordinates = me.has(Role.COORDINATOR)
    return CodesFacts(
        me=me,
        people=tuple(services.people.everyone()) if coordinates else (),
        projects=tuple(services.people.projects()),
        sites=tuple(services.people.sites()),
        coded=coding.codings.all(project),
        notes=tuple(coding.codings.open_notes(project)),
        quotes=tuple(coding.quotes.all(project)),
        memos=tuple(coding.memos.all()),
    )

"""Papers on a meeting's page: drafts to open, and files to save out as copies."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from ...domain.drafts import VersionId
from ...domain.meetings import PaperId
from ...services.meeting_papers import LARGEST_BYTES, PaperShown
from ..messages import tell
from ..widgets.buttons import button
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, muted
from .bytes_at_most import bytes_at_most
from .form import Form, Pick
from .meeting_facts import MeetingFacts
from .meeting_section import MeetingPlace, MeetingSection
from .page import Place
from .reading_companions import choose_place
from .whole_file import write_whole

COPY_WORDS = "The copy is not locked: anyone who uses this computer can open it."


def choose_paper(parent: QWidget) -> Path | None:
    """Ask for a file with the computer's own dialog."""
    chosen, _ = QFileDialog.getOpenFileName(parent, "Choose a paper", "", "All files (*)")
    return Path(chosen) if chosen else None


class PapersSection(MeetingSection):
    """What is read for a meeting.

    Args:
        page: The page it stands on.
        go: Shows another place of the window.
    """

    def __init__(self, page: MeetingPlace, *, go: Callable[[Place, object], None]) -> None:
        super().__init__(page, "Papers")
        self._go = go
        self.choose_paper, self.choose_place = choose_paper, choose_place

    def show_facts(self, facts: MeetingFacts) -> None:
        """List the papers."""
        rows: list[QWidget] = [self._row(one, facts) for one in facts.papers]
        if not rows:
            rows.append(muted("There is nothing to read for this meeting."))
        if facts.coordinates:
            draft = button("Add a draft", icon="file-text", on_press=self.add_draft)
            file = button("Add a file", icon="paperclip", on_press=self.add_file)
            rows.append(FlowRow(draft, file))
        self.body.show_only(*rows)

    def _row(self, one: PaperShown, facts: MeetingFacts) -> QWidget:
        row = FlowRow(WrapLabel(one.title))
        if one.version is not None:
            made = button("Open", icon="book-open", on_press=partial(self._open, one.version.id))
        else:
            made = button("Save a copy", icon="download", on_press=partial(self.save, one))
            made.setToolTip(COPY_WORDS)
        made.setAccessibleName(f"{made.accessibleName()}: {one.title}")
        row.add(made)
        if facts.coordinates:
            away = button(
                "Take away", icon="x", kind="quiet", on_press=partial(self._away, one.paper.id)
            )
            away.setAccessibleName(f"Take away: {one.title}")
            row.add(away)
        return row

    def add_draft(self) -> None:
        """Open the form that adds a draft of the board."""
        if self.facts is not None:
            self.open_form(DraftPaperForm(self.page, self.facts), said="The draft is added.")

    def add_file(self) -> None:
        """Ask for a file and add it."""
        file = self.choose_paper(self)
        if file is None or self.facts is None:
            return
        papers, meeting = self.page.services.meeting_parts.papers, self.facts.meeting.id
        self.act(
            lambda: papers.add_file(
                meeting, bytes_at_most(file, LARGEST_BYTES), file_name=file.name
            ),
            said="The file is added. It is kept encrypted.",
        )

    def save(self, one: PaperShown) -> None:
        """Write a copy where the person wants it."""
        place = self.choose_place(self, one.title)
        if place is None:
            return
        papers = self.page.services.meeting_parts.papers
        self.page.tasks.run(
            lambda: write_whole(place, papers.file_of(one.paper.id)[1], what="The copy"),
            owner=self,
            on_done=lambda _: tell(self, f"Saved to {place}. {COPY_WORDS}"),
        )

    def _open(self, version: VersionId) -> None:
        self._go(Place.READING, version)

    def _away(self, paper: PaperId) -> None:
        papers = self.page.services.meeting_parts.papers
        self.act(lambda: papers.take_away(paper), said="Taken away.")


class DraftPaperForm(Form):
    """Which draft of the board is read for the meeting.

    Args:
        page: The page it stands on.
        facts: What the page shows.
    """

    def __init__(self, page: MeetingPlace, facts: MeetingFacts) -> None:
        super().__init__("Add a draft", tasks=page.tasks, save_words="Add it")
        self._page, self._meeting = page, facts.meeting.id
        self.which = Pick(
            (f"{one.draft.title}, version {version.number}", version.id)
            for one in facts.shelf
            for version in reversed(one.versions)
        )
        self.ask("Which draft", self.which)

    def save(self) -> None:
        """Add it."""
        version = self.which.value()
        if version is not None:
            papers = self._page.services.meeting_parts.papers
            self.run(lambda: papers.add_version(self._meeting, version))

"""Impact: the differences that questions made, from two sides that are kept apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from ...domain.british import counted, day
from ...domain.catalogue_entries import ImpactTaxonomy, label_of
from ...domain.impact import DIRECTION_WORDS, Direction, Impact, ImpactId
from ...services.boards import Services
from ...services.quoted_warnings import QuotedWarnings
from ...services.stories import Story
from ..models.table_model import Column as TableColumn
from ..models.table_model import TableModel
from ..tasks import Tasks
from ..theme import theme
from ..widgets.buttons import button
from ..widgets.cards import Card, EmptyState
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, heading, muted
from ..widgets.table_view import TableView
from ..widgets.words_after import words_after
from .again_words import TIME_TO_LOOK, look_on_words
from .form import Form, WordsBox
from .framed_page import Column
from .list_page import ListPage
from .page import Place
from .story_parts import SideBySide

_MOST_ROWS = 10
_WIDTHS_EM = (20, 12, 8, 10, 10)


@dataclass(frozen=True, slots=True)
class _Row:
    impact: Impact
    story: Story
    is_due: bool


class ViewForm(Form):
    """How one side sees a difference, in its own words.

    Args:
        services: The open board.
        tasks: Runs the saving.
        impact: Which difference.
        of_asker: Whether it is the view of the person who asked, else the team's.
    """

    def __init__(self, services: Services, tasks: Tasks, impact: Impact, *, of_asker: bool) -> None:
        whose = "the person who asked" if of_asker else "the research team"
        super().__init__(f"How {whose} sees it", tasks=tasks)
        self._services, self._impact, self._of_asker = services, impact, of_asker
        text = impact.asker_view if of_asker else impact.team_view
        self.words = WordsBox(lines=3, text=text)
        self.words_row = self.ask("In their own words", self.words)

    def save(self) -> None:
        """Keep this side's view; the other side's is left as it is."""
        said, impact = self.words.words(), self._impact.id
        self.words_row.set_problem("" if said else "Write what they said.")
        if not said:
            return
        impacts, of_asker = self._services.impacts, self._of_asker
        self.run(
            lambda: (
                impacts.add_view(impact, asker_view=said)
                if of_asker
                else impacts.add_view(impact, team_view=said)
            )
        )


class ImpactPage(ListPage):
    """The impact log, and the changes that nobody has looked at yet."""

    place: ClassVar[Place] = Place.IMPACT
    shows: ClassVar[frozenset[str]] = frozenset(
        {"impact", "second_look", "change", "question", "person", "content_note"}
    )

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__(services, tasks, title="Impact")
        self.frame.add_action(
            "Pictures", icon="chart-column", on_press=lambda: self.go.emit(Place.PICTURES, None)
        )
        self._taxonomy: ImpactTaxonomy = services.catalogues.taxonomy
        self.table = TableView("Differences that questions made")
        self.table.row_chosen.connect(self._show_chosen)
        self.chosen = Column()

    def reload(self) -> None:
        """Read again what is shown."""
        services = self.services

        def work() -> tuple[list[Story], QuotedWarnings, frozenset[ImpactId]]:
            stories = services.questions.register()
            unseen = [story for story in stories if story.changes and not story.impacts]
            due = frozenset(one.impact.id for one in services.impacts.due_looks())
            return stories, services.content_notes.before_quotes(unseen), due

        self.tasks.run(work, owner=self, on_done=lambda read: self._show(*read))

    def _show(
        self, stories: list[Story], warnings: QuotedWarnings, due: frozenset[ImpactId]
    ) -> None:
        rows = [
            _Row(impact, story, impact.id in due) for story in stories for impact in story.impacts
        ]
        unseen = [story for story in stories if story.changes and not story.impacts]
        widgets: list[QWidget] = []
        if rows:
            widgets.append(WrapLabel(_ways(rows), role="large"))
            self._fill(rows)
            widgets += [self.table, self.chosen]
        else:
            widgets.append(
                EmptyState(
                    "Differences that questions made will be here.",
                    more="Record one from a question's own page, as soon as there is an answer. "
                    "“No difference” and “for the worse” count too.",
                    icon="chart-column",
                )
            )
        widgets.append(heading("Changes nobody has looked at yet"))
        if not unseen:
            widgets.append(muted("Every change has been looked at."))
        widgets += [self._unseen(story, warnings) for story in unseen]
        self.list.show_only(*widgets, stretch=True)

    def _fill(self, rows: list[_Row]) -> None:
        taxonomy = self._taxonomy
        columns: list[TableColumn[_Row]] = [
            TableColumn("What it changed", lambda r: r.impact.what_changed),
            TableColumn("What sort", lambda r: label_of(taxonomy.kinds, r.impact.kind)),
            TableColumn("Which way", lambda r: DIRECTION_WORDS[r.impact.direction]),
            TableColumn("Stage", lambda r: label_of(taxonomy.stages, r.impact.stage)),
            TableColumn("Project", lambda r: r.story.project.title if r.story.project else ""),
            TableColumn(
                "Noticed",
                lambda r: day(r.impact.seen_on) if r.impact.seen_on else "",
                sort_key=lambda r: str(r.impact.seen_on or ""),
            ),
        ]
        before = self.table.chosen()
        kept = before.impact.id if isinstance(before, _Row) else None
        self.table.show_rows(TableModel(columns, rows), sort_by=5, descending=True)
        for at, ems in enumerate(_WIDTHS_EM):
            self.table.setColumnWidth(at, theme().px(ems))
        self.table.setMinimumHeight(theme().px(1.9 * (min(len(rows), _MOST_ROWS) + 2)))
        again = next((row for row in rows if row.impact.id == kept), None)
        if again is not None:
            self.table.choose(again)
        self._show_chosen(self.table.chosen())

    def _show_chosen(self, row: object) -> None:
        if not isinstance(row, _Row):
            self.chosen.show_only(muted("Choose one to see both views side by side."))
            return
        impact, story = row.impact, row.story
        card = Card()
        card.add(WrapLabel(impact.what_changed, role="strong"))
        card.add(muted(f"“{story.question.body or 'Taken back'}” · {story.asked_by}"))
        card.add(
            SideBySide(
                [
                    ("The person who asked", impact.asker_view, "Nobody has asked them yet."),
                    ("The research team", impact.team_view, "Nobody has asked the team yet."),
                ]
            )
        )
        sure = impact.evidence_note or label_of(self._taxonomy.evidence, impact.evidence)
        card.add(muted(f"How sure we are: {sure}"))
        if row.is_due:
            card.add(WrapLabel(TIME_TO_LOOK))
        elif impact.look_again_on and impact.look_again_on > self.today:
            card.add(muted(look_on_words(impact.look_again_on, today=self.today)))
        card.add(
            FlowRow(
                button(
                    "Open the whole story",
                    icon="arrow-right",
                    on_press=lambda: self.go.emit(Place.STORY, story.question.id),
                ),
                button("Their view", icon="pencil", on_press=lambda: self._view(impact)),
                button("The team's view", icon="pencil", on_press=lambda: self._team(impact)),
            )
        )
        self.chosen.show_only(card)

    def _view(self, impact: Impact) -> None:
        form = ViewForm(self.services, self.tasks, impact, of_asker=True)
        self.show_form(form, said="Saved.")

    def _team(self, impact: Impact) -> None:
        form = ViewForm(self.services, self.tasks, impact, of_asker=False)
        self.show_form(form, said="Saved.")

    def _unseen(self, story: Story, warnings: QuotedWarnings) -> Card:
        card = Card()
        words = story.question.body or "Taken back"
        card.add(WrapLabel(words, role="strong"))
        change = story.changes[-1]
        now = change.new.quote if change.new else change.outside
        warning = warnings.before(change.new_version, change.new)
        card.add(words_after(warning, f"Now: {now}", role="muted"))
        look = button(
            "Look at it",
            icon="arrow-right",
            on_press=lambda: self.go.emit(Place.STORY, story.question.id),
        )
        look.setAccessibleName(f"Look at it: {words}")
        card.add(FlowRow(look))
        return card


def _ways(rows: list[_Row]) -> str:
    """Return how many went which way; worse and none are always said."""
    ways = Counter(row.impact.direction for row in rows)
    told = [
        f"{DIRECTION_WORDS[way].lower()}: {ways[way] or 'none found'}"
        for way in Direction
        if ways[way] or way in (Direction.NEGATIVE, Direction.NEUTRAL)
    ]
    return f"{counted(len(rows), 'difference')}. {'; '.join(told).capitalize()}."

"""Pictures of the board: which questions they count, and how they are drawn for the screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from ..domain import pictures
from ..domain.catalogue_entries import ImpactTaxonomy
from ..domain.charts import ChartColours, ChartData, DrawnChart, GridData, Picture, RecordIds
from ..domain.frames import Frame
from ..domain.people import PersonId
from ..domain.pictures import Asked, Difference, Hole
from ..domain.projects import Project, ProjectId
from ..domain.questions import Question, QuestionId, QuestionState, StepKind
from ..errors import InputError
from .desk import COORDINATING, Desk, keep
from .outcome import Outcome
from .report_words import FEWEST_PEOPLE
from .stories import Shelf, Story


class Lists(Protocol):
    """The fixed lists that pictures are laid out by."""

    @property
    def taxonomy(self) -> ImpactTaxonomy:
        """Kinds and stages of impact."""

    @property
    def frames(self) -> tuple[Frame, ...]:
        """Frameworks that a question can be laid under."""


@dataclass(frozen=True, slots=True)
class FrameMap:
    """Where in one frame questions were asked, and where none was.

    Args:
        frame: The frame.
        grid: The counts.
        holes: The empty cells by their labels.
        unplaced: Questions that have no place in it.
    """

    frame: Frame
    grid: GridData
    holes: dict[str, Hole]
    unplaced: RecordIds


@dataclass(frozen=True, slots=True)
class PictureBook:
    """Every picture of some questions.

    Args:
        count: How many questions they count.
        charts: Bars, in the order in which they are to be read.
        grids: Differences in rows and columns; none where nobody has looked.
        maps: What is asked and not asked about, one for each frame.
    """

    count: int
    charts: tuple[ChartData, ...]
    grids: tuple[GridData, ...]
    maps: tuple[FrameMap, ...]


@dataclass(frozen=True)
class Pictures:
    """The pictures of one open board."""

    desk: Desk
    catalogues: Lists

    def book(
        self,
        *,
        projects: Iterable[ProjectId] = (),
        since: date | None = None,
        until: date | None = None,
    ) -> PictureBook:
        """Return every picture of the questions of some projects and days.

        Args:
            projects: Only these; all of them, and what belongs to none, when none are named.
            since: First day on which they were asked; the board's first unless said otherwise.
            until: Last day; today unless said otherwise.

        Raises:
            NotAllowedError: Only a coordinator sees the whole board.
            InputError: The days are the wrong way round.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="see the pictures of the board")
            first = since or self.desk.board(work).founded_on
            last = until or self.desk.today()
            if first > last:
                raise InputError(
                    "The first day comes after the last day.", next_step="Put the days right."
                )
            wanted = set(projects)
            chosen = [
                question
                for question in work.find(Question)
                if not question.to_board
                and question.raised_at is not None
                and first <= question.raised_at.astimezone().date() <= last
                and (not wanted or question.project in wanted)
            ]
            stories = Shelf(self.desk, work, chosen).stories() if chosen else []
        return picture_book([asked(story) for story in stories], self.catalogues)

    def draw(self, picture: Picture, *, width: float, colours: ChartColours) -> DrawnChart:
        """Return a picture for the screen, drawn as it is for a report; the board is not touched.

        Args:
            picture: At least one bar or cell.
            width: In points.
            colours: Those of the screen's theme.
        """
        return self.desk.writer.draw_chart(picture, width=width, colours=colours)

    def ask_about(
        self,
        hole: Hole,
        body: str,
        *,
        project: Project | None,
        on_behalf_of: PersonId | None = None,
    ) -> Outcome[Question]:
        """Ask about what nobody has asked about yet; the question is put in its place at once.

        Raises:
            NotAllowedError: Only a coordinator lays a frame over questions.
            InputError: Nothing is written.
        """
        if not body.strip():
            raise InputError("Nothing is written yet.", next_step="Write a few words, then save.")
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="put questions in a frame")
            asker = self.desk.author(work, on_behalf_of)
            question = Question(
                id=QuestionId(self.desk.new_id()),
                asker=asker,
                body=body.strip(),
                project=project.id if project else None,
                raised_at=self.desk.now(),
                typed_by=self.desk.typed_by(asker),
                stage=hole.stage,
                frames=(hole.part,),
            )
            keep(work, question)
            return Outcome(question, work.commit())


def asked(story: Story) -> Asked:
    """Return what pictures count of a question."""
    question, state = story.question, story.fate.state
    first = next((s for s in story.fate.taken if s.kind is StepKind.ANSWER), None)
    days = (
        pictures.days_between(question.raised_at.astimezone().date(), first.at.astimezone().date())
        if first is not None and question.raised_at is not None
        else None
    )
    return Asked(
        id=str(question.id),
        asker=str(question.asker),
        days_to_answer=days,
        taken_back=state is QuestionState.WITHDRAWN,
        answered=bool(story.responses),
        changed=bool(story.changes),
        told=bool(story.feedback),
        finished=state is QuestionState.CLOSED,
        considered=question.considered,
        place=story.site.name if story.site else "",
        stage=question.stage,
        frames=question.frames,
        differences=tuple(
            Difference(str(one.id), one.kind, one.stage, one.direction) for one in story.impacts
        ),
    )


def picture_book(questions: Sequence[Asked], catalogues: Lists) -> PictureBook:
    """Return every picture of some questions."""
    stages, frames = catalogues.taxonomy.stages, catalogues.frames
    looked = any(question.differences for question in questions)
    maps = []
    for frame in frames:
        grid = pictures.not_asked_yet(questions, stages, frame)
        found = dict(pictures.holes(grid, stages, frame))
        maps.append(FrameMap(frame, grid, found, pictures.unplaced(questions, grid)))
    return PictureBook(
        count=len(questions),
        charts=(
            pictures.how_far(questions),
            pictures.time_to_answer(questions),
            ChartData(
                "Had the team considered it before?",
                pictures.capitals(pictures.considered_before(questions)),
            ),
            pictures.which_way(questions),
            pictures.by_place(questions),
        ),
        grids=(
            pictures.differences_by_stage(questions, stages),
            pictures.differences_by_kind(questions, catalogues.taxonomy.kinds),
        )
        if looked
        else (),
        maps=tuple(maps),
    )


def places_named(questions: Sequence[Asked]) -> frozenset[str]:
    """Return the places that may be named in a report: those that have a bar of their own there."""
    safe = pictures.safe_places(pictures.by_place(questions), questions, fewest=FEWEST_PEOPLE)
    return frozenset(bar.label for bar in safe.bars) if safe is not None else frozenset()


def leaving(
    questions: Sequence[Asked], catalogues: Lists
) -> tuple[tuple[ChartData, ...], tuple[GridData, ...]]:
    """Return the pictures that may leave the board in a report, few people never told apart.

    A map of a frame is among them only where a question was put in that frame.
    """
    if not questions:
        return (), ()
    place = pictures.by_place(questions)
    safe = pictures.safe_places(place, questions, fewest=FEWEST_PEOPLE)
    book = picture_book(questions, catalogues)
    # What the team had thought of before is a chart of the report already.
    left_out = (place.title, book.charts[2].title)
    charts = [chart for chart in book.charts if chart.title not in left_out]
    if safe is not None and any(question.place for question in questions):
        charts.append(safe)
    maps = (each.grid for each in book.maps if each.grid.total)
    return tuple(charts), (*book.grids, *maps)

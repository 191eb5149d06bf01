"""The door to this room: plain values in, the bytes of a finished file out."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from ..domain.charts import ChartColours, DrawnChart, GridData, Picture
from ..domain.money_papers import MoneyPaper
from ..domain.paper_content import PaperDraft
from ..domain.report_content import ImpactReport
from ..errors import Stopped
from .chart_grid import grid_chart, grid_zones
from .charts import ON_PAPER, bar_chart, bar_zones, to_svg
from .file_facts import FileFacts
from .impact_report import set_impact_report
from .layout import Layout
from .money_paper import set_money_paper
from .paper_draft import set_paper_draft
from .typefaces import Typefaces

Progress = Callable[[int, int], None]
StopWanted = Callable[[], bool]

STEPS = 100
STEPS_SETTING = 40
STEPS_DRAWING = 55


class ReportMaker:
    """Makes reports from plain values.

    Args:
        fonts_dir: Folder with the bundled fonts.
    """

    def __init__(self, fonts_dir: Path) -> None:
        self._fonts_dir = fonts_dir

    def impact_pdf(
        self,
        content: ImpactReport,
        *,
        progress: Progress | None = None,
        stop_wanted: StopWanted | None = None,
    ) -> bytes:
        """Return the impact report as a tagged PDF; the same bytes for the same content.

        Args:
            content: What it says.
            progress: Called with steps done and steps in all.
            stop_wanted: Asked often; ``True`` ends the work.

        Raises:
            ReportError: The bundled fonts are missing or damaged.
            Stopped: A person pressed Stop.
        """
        steps = _Steps(progress, stop_wanted)
        layout = Layout(Typefaces(self._fonts_dir))
        total = len(content.questions)
        set_impact_report(layout, content, after_each=lambda done: steps.set_part(done, total))
        facts = FileFacts(
            title=f"{content.title}, {content.board_name}",
            author=content.board_name,
            subject=content.period_words,
            made_on=content.made_on,
        )
        footer = f"{content.title} · {content.board_name}"
        finished = layout.finish(facts, footer=footer, after_page=steps.drew_page)
        steps.at(STEPS)
        return finished

    def paper_pdf(
        self,
        content: PaperDraft,
        *,
        progress: Progress | None = None,
        stop_wanted: StopWanted | None = None,
    ) -> bytes:
        """Return a draft for paper as a tagged PDF; the same bytes for the same content.

        Args:
            content: What it says.
            progress: Called with steps done and steps in all.
            stop_wanted: Asked often; ``True`` ends the work.

        Raises:
            ReportError: The bundled fonts are missing or damaged.
            Stopped: A person pressed Stop.
        """
        steps = _Steps(progress, stop_wanted)
        layout = Layout(Typefaces(self._fonts_dir))
        total = len(content.draft.blocks)
        sheet = set_paper_draft(
            layout, content, after_each=lambda done: steps.set_part(done, total)
        )
        named = f"{content.title}, version {content.version}"
        facts = FileFacts(
            title=named,
            author=content.board_name,
            subject="A draft to read and answer on paper",
            made_on=content.made_on,
        )
        finished = layout.finish(
            facts, footer=named, after_page=steps.drew_page, foot=sheet.sizes.foot
        )
        steps.at(STEPS)
        return finished

    def money_pdf(self, content: MoneyPaper) -> bytes:
        """Return a paper about money as a tagged PDF; the same bytes for the same content.

        Args:
            content: What it says.

        Raises:
            ReportError: The bundled fonts are missing or damaged.
        """
        layout = Layout(Typefaces(self._fonts_dir))
        set_money_paper(layout, content)
        facts = FileFacts(
            title=f"{content.title}, {content.board_name}",
            author=content.board_name,
            subject=content.title,
            made_on=content.made_on,
        )
        footer = f"{content.title} · {content.board_name}"
        return layout.finish(facts, footer=footer, after_page=lambda _page, _of: None)

    def draw_chart(
        self, picture: Picture, *, width: float, colours: ChartColours = ON_PAPER
    ) -> DrawnChart:
        """Return a chart for the screen; the same drawing that goes on paper.

        Args:
            picture: At least one bar or cell.
            width: In points.
            colours: Those of the screen's theme.

        Raises:
            ReportError: The bundled fonts are missing or damaged.
            ValueError: There is nothing to draw.
        """
        faces = self._faces
        if isinstance(picture, GridData):
            drawing = grid_chart(picture, faces, width=width, colours=colours)
            zones = grid_zones(picture, faces, width=width)
        else:
            drawing = bar_chart(picture, faces, width=width, colours=colours)
            zones = bar_zones(picture, faces, width=width)
        svg = to_svg(drawing, faces, picture)
        return DrawnChart(svg, drawing.width, drawing.height, zones)

    @cached_property
    def _faces(self) -> Typefaces:
        return Typefaces(self._fonts_dir)


class _Steps:
    """Tells how far the work is, and ends it when a person wants it ended."""

    def __init__(self, progress: Progress | None, stop_wanted: StopWanted | None) -> None:
        self._progress, self._stop_wanted = progress, stop_wanted

    def at(self, done: int) -> None:
        """Say that ``done`` of all steps are behind us."""
        if self._stop_wanted and self._stop_wanted():
            raise Stopped
        if self._progress:
            self._progress(done, STEPS)

    def set_part(self, done: int, of: int) -> None:
        """Say how many questions or paragraphs have been set."""
        self.at(STEPS_SETTING * done // max(of, 1))

    def drew_page(self, done: int, of: int) -> None:
        """Say how many pages have been drawn."""
        self.at(STEPS_SETTING + STEPS_DRAWING * done // of)

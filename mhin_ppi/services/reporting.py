"""The impact report: gathered from the board, every line keeping the ids it stands on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ..domain.drafts import DraftVersion
from ..domain.projects import Project, ProjectId
from ..domain.report_content import (
    ImpactReport,
)
from ..errors import InputError
from .carried import Carrying
from .desk import COORDINATING, Desk
from .pictures import Lists
from .ports import Progress, StopWanted
from .quoted_warnings import warnings_in
from .report_gathering import Gathering


@dataclass(frozen=True)
class Reporting:
    """Gathers reports and has them drawn."""

    desk: Desk
    catalogues: Lists

    def impact_report(
        self,
        *,
        projects: Iterable[ProjectId] = (),
        since: date | None = None,
        until: date | None = None,
    ) -> ImpactReport:
        """Return what the impact report says.

        Args:
            projects: Only these; all of them when none are named.
            since: First day; the board's first day unless said otherwise.
            until: Last day; today unless said otherwise.

        Raises:
            NotAllowedError: Only a coordinator makes reports about the board.
            InputError: The days are the wrong way round.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="make this report")
            versions = {one.id for one in work.find(DraftVersion)}
        # Versions may be laid side by side for it, which writes: so before the reading begins.
        warnings = warnings_in(self.desk, Carrying(self.desk), versions)
        with self.desk.store.unit_of_work() as work:
            board = self.desk.board(work)
            first, last = since or board.founded_on, until or self.desk.today()
            if first > last:
                raise InputError(
                    "The first day comes after the last day.", next_step="Put the days right."
                )
            wanted = set(projects)
            chosen = [p for p in work.find(Project) if not wanted or p.id in wanted]
            gathering = Gathering(
                self.desk,
                self.catalogues,
                work,
                board,
                chosen,
                bool(wanted),
                first,
                last,
                warnings=warnings,
            )
            return gathering.report()

    def impact_pdf(
        self,
        *,
        projects: Iterable[ProjectId] = (),
        since: date | None = None,
        until: date | None = None,
        progress: Progress | None = None,
        stop_wanted: StopWanted | None = None,
    ) -> bytes:
        """Return the impact report as a tagged PDF.

        Raises:
            NotAllowedError: Only a coordinator makes reports about the board.
            ReportError: It could not be drawn.
            Stopped: The person pressed Stop.
        """
        content = self.impact_report(projects=projects, since=since, until=until)
        return self.draw(content, progress=progress, stop_wanted=stop_wanted)

    def draw(
        self,
        content: ImpactReport,
        *,
        progress: Progress | None = None,
        stop_wanted: StopWanted | None = None,
    ) -> bytes:
        """Return a report that has been gathered as a tagged PDF; the board is not touched.

        Raises:
            ReportError: It could not be drawn.
            Stopped: The person pressed Stop.
        """
        return self.desk.writer.impact_pdf(content, progress=progress, stop_wanted=stop_wanted)

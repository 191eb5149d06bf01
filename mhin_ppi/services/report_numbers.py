"""How a report numbers its questions, so that a question's path can lead to its line and back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from ..domain.projects import Project, ProjectId
from ..domain.questions import Question, QuestionId
from .desk import Desk


def in_report(
    questions: Iterable[Question],
    *,
    first: date,
    last: date,
    projects: Collection[ProjectId],
    narrowed: bool,
) -> list[Question]:
    """Return the questions of a report in its order; a question's number is its place, from 1.

    Args:
        questions: Every question on the board.
        first: First day of the report.
        last: Last day.
        projects: The projects it covers.
        narrowed: Whether what belongs to no project is left out.
    """
    return [
        q
        for q in sorted(questions, key=lambda q: str(q.raised_at))
        if q.raised_at is not None
        and not q.to_board  # the team asked: it is no contribution of a member's
        and first <= q.raised_at.astimezone().date() <= last
        and (q.project in projects or (q.project is None and not narrowed))
    ]


def number_in_report(desk: Desk, question: QuestionId) -> int | None:
    """Return a question's number in the report on the whole board; ``None`` when it is in none."""
    with desk.store.unit_of_work() as work:
        listed = in_report(
            work.find(Question),
            first=desk.board(work).founded_on,
            last=desk.today(),
            projects={project.id for project in work.find(Project)},
            narrowed=False,
        )
    return next((n for n, q in enumerate(listed, start=1) if q.id == question), None)

"""Projects and the places where they happen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NewType
from uuid import UUID

from .fields import link, words

ProjectId = NewType("ProjectId", UUID)
SiteId = NewType("SiteId", UUID)


@dataclass(frozen=True, slots=True)
class Project:
    """A study or programme strand that the board advises.

    Args:
        id: Made on the laptop that added it.
        title: What people call it.
        summary: One or two plain sentences.
        team: What the research team is called ("the PCREF team"): who holds a question that waits.
        started_on: First day, where known.
        ended_on: Last day, when it is over.
    """

    id: ProjectId
    title: str = words()
    summary: str = words("")
    team: str = words("the research team")
    started_on: date | None = None
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """A place where a project happens.

    Args:
        id: Made on the laptop that added it.
        project: Which project.
        name: What the place is called.
    """

    id: SiteId
    project: ProjectId = link()
    name: str = words()

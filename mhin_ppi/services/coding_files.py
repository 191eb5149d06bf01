"""Coding for other programs, and from them: what leaves, what arrives, each read before it does."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.projects import ProjectId
from .coding_arriving import Arriving, take_in, work_out
from .coding_leaving import Leaving, gather_leaving
from .desk import Desk
from .file_ports import QdaFiles
from .outcome import Outcome


@dataclass(frozen=True)
class CodingFiles:
    """Files that other programs for qualitative analysis know (REFI-QDA)."""

    desk: Desk
    files: QdaFiles

    def leaving(self, project: ProjectId) -> Leaving:
        """Return what would leave, and what stays, before a file is written.

        Raises:
            NotAllowedError: Only peer researchers and coordinators send coding on.
        """
        return gather_leaving(self.desk, project)

    def write(self, leaving: Leaving) -> bytes:
        """Return the file."""
        return self.files.write(leaving.project)

    def arriving(self, untrusted: bytes, *, file_name: str, project: ProjectId) -> Arriving:
        """Return what a file would bring into a project; nothing is kept yet.

        Raises:
            UnreadableError: It is damaged, or not such a file.
            UnsupportedError: It is beyond a limit.
            NotAllowedError: Only peer researchers and coordinators bring coding in.
        """
        return work_out(self.desk, self.files.read(untrusted, file_name=file_name), project)

    def take_in(self, arriving: Arriving) -> Outcome[None]:
        """Keep what a file brings: all of it, or nothing."""
        return take_in(self.desk, arriving)

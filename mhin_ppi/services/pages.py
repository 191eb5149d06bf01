"""The pages of a draft's own file, as they look on paper."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.blocks import DraftText
from ..domain.drafts import DraftVersion, VersionId
from ..domain.page_words import PageWords
from ..errors import UnsupportedError
from .desk import Desk
from .file_ports import OpenPages, PageRenderer
from .ports import StopWanted

_PDF_ENDING = ".pdf"
_WANTED = "pages"


def has_pages(version: DraftVersion) -> bool:
    """Return whether a version's own file can be shown page by page: it is a PDF."""
    return bool(version.pages) and version.file_name.lower().endswith(_PDF_ENDING)


@dataclass(frozen=True)
class Pages:
    """Looking at the file that a draft was read from.

    Args:
        desk: The open board.
        renderer: Draws pages.
    """

    desk: Desk
    renderer: PageRenderer

    def original(self, version: VersionId) -> tuple[bytes, str]:
        """Return the bytes of a version's own file, and its name; reads the board only.

        Raises:
            NotFoundError: The version is not on this board, or its file is not here yet.
            UnsupportedError: The file has no fixed pages.
        """
        with self.desk.store.unit_of_work() as work:
            found = work.get(DraftVersion, version)
            if found.source is None or not has_pages(found):
                raise UnsupportedError(
                    f"There is no page view of “{found.file_name}”: only PDFs have fixed pages.",
                    what_is_safe="The reader shows all its words.",
                    next_step="You can read on in the reader.",
                )
            return work.blob(found.source), found.file_name

    def open(
        self, untrusted: bytes, *, file_name: str, stop_wanted: StopWanted | None = None
    ) -> OpenPages:
        """Return the pages of a file, ready to be drawn; touches no board, so it may run beside it.

        Raises:
            DocumentError: The file cannot be shown.
            Stopped: The person pressed Stop.
        """
        return self.renderer.open(untrusted, file_name=file_name, stop_wanted=stop_wanted)

    def words(
        self,
        untrusted: bytes,
        draft: DraftText,
        *,
        file_name: str,
        stop_wanted: StopWanted | None = None,
    ) -> PageWords:
        """Return where the words of a draft stand on its pages; touches no board either.

        Raises:
            DocumentError: The file cannot be shown.
            Stopped: The person pressed Stop.
        """
        return self.renderer.words(untrusted, draft, file_name=file_name, stop_wanted=stop_wanted)

    def are_wanted(self) -> bool:
        """Return whether the person last had the pages beside the text; kept on this laptop."""
        with self.desk.store.unit_of_work() as work:
            return bool((work.local(_WANTED) or {}).get("wanted", False))

    def want(self, *, wanted: bool) -> None:
        """Remember whether the person has the pages beside the text."""
        with self.desk.store.unit_of_work() as work:
            work.keep_local(_WANTED, {"wanted": wanted})
            work.commit()

"""Shows the pages of a PDF as they look on paper, by way of a child process that lives meanwhile.

It fits the services' ports ``PageRenderer`` and ``OpenPages``. What the child says is trusted as
little as the file: sizes and pixels are measured against what was asked for.
"""

from __future__ import annotations

import math
import subprocess
import threading
from pathlib import Path

from mhin_ppi.documents import frames, limits
from mhin_ppi.documents.launch import pages_command, start_child
from mhin_ppi.documents.page_child import DRAWN, SIZE, WANTED, fitting, sensible
from mhin_ppi.documents.refusals import Refusal, Why, as_error
from mhin_ppi.documents.watching import StopWanted, Watch
from mhin_ppi.domain.blocks import DraftText
from mhin_ppi.domain.page_pictures import PagePicture, PageSize, PageTurn, upright
from mhin_ppi.domain.page_words import PageWords
from mhin_ppi.errors import Stopped

_FAR_OFF = 1e6
_FLAT = 1e-3


class PdfPages:
    """Opens PDFs to look at."""

    def __init__(self, *, silent_seconds: float = limits.SILENT_SECONDS) -> None:
        self._silent_seconds = silent_seconds

    def open(
        self, untrusted: bytes, *, file_name: str, stop_wanted: StopWanted | None = None
    ) -> PdfFile:
        """Return a PDF's pages, ready to be drawn; the caller closes them.

        Args:
            untrusted: The whole file.
            file_name: For the sentences a person may see.
            stop_wanted: Asked often; when it says yes, the opening is given up.

        Raises:
            UnreadableError: It is damaged or locked.
            UnsupportedError: It is beyond a limit.
            Stopped: ``stop_wanted`` said yes.
        """
        name = Path(file_name).name
        if len(untrusted) > limits.FILE_BYTES:
            raise as_error(Why.TOO_LARGE, file_name=name)
        child = start_child(pages_command())
        opened = PdfFile(child, name, self._silent_seconds)
        try:
            opened.give(untrusted, stop_wanted)
        except BaseException:
            opened.close()
            raise
        return opened

    def words(
        self,
        untrusted: bytes,
        draft: DraftText,
        *,
        file_name: str,
        stop_wanted: StopWanted | None = None,
    ) -> PageWords:
        """Return where a draft's words stand on the pages of its PDF (``pdf_page_words.py``)."""
        from mhin_ppi.documents.pdf_page_words import page_words_of

        return page_words_of(untrusted, draft, file_name=file_name, stop_wanted=stop_wanted)


class PdfFile:
    """The pages of one PDF; one page is drawn at a time, whatever thread asks.

    Args:
        child: The process that draws them.
        file_name: For the sentences a person may see.
        silent_seconds: How long the child may say nothing.
    """

    def __init__(
        self, child: subprocess.Popen[bytes], file_name: str, silent_seconds: float
    ) -> None:
        self._child, self._name, self._silent_seconds = child, file_name, silent_seconds
        self._sizes: tuple[PageSize, ...] = ()
        self._talking = threading.Lock()
        self._closed = False

    @property
    def sizes(self) -> tuple[PageSize, ...]:
        """The size of each page, in points."""
        return self._sizes

    def give(self, untrusted: bytes, stop_wanted: StopWanted | None) -> None:
        """Hand the file to the child and learn how large its pages are.

        Raises:
            UnreadableError: It is damaged or locked.
            UnsupportedError: It is beyond a limit.
            Stopped: ``stop_wanted`` said yes.
        """
        head = frames.Request(untrusted, self._name).head()
        body = self._ask(frames.SIZES, head, untrusted, stop_wanted=stop_wanted)
        if not body or len(body) % SIZE.size or len(body) > SIZE.size * limits.PAGES:
            raise as_error(Why.CRASHED, file_name=self._name)
        self._sizes = tuple(sensible(*each) for each in SIZE.iter_unpack(body))

    def picture(
        self, page: int, *, width: int, stop_wanted: StopWanted | None = None
    ) -> PagePicture:
        """Return a page, drawn.

        Args:
            page: From 0.
            width: In pixels; a page that would be too large comes out narrower.
            stop_wanted: Asked often; when it says yes, the child is ended with all its pages.

        Raises:
            UnreadableError: This page is damaged, or the child was lost over it.
            Stopped: ``stop_wanted`` said yes, or the pages have been closed.
        """
        size = fitting(self._sizes[page], width=width)
        body = self._ask(frames.PIXELS, WANTED.pack(page, size[0]), stop_wanted=stop_wanted)
        pixels = body[DRAWN.size :]
        if len(body) < DRAWN.size or len(pixels) != size[0] * size[1] * 4:
            self.close()
            raise as_error(Why.CRASHED, file_name=self._name)
        _, _, *turn = DRAWN.unpack(body[: DRAWN.size])
        return PagePicture(*size, pixels, _turn(turn) or upright(self._sizes[page]))

    def close(self) -> None:
        """End the child; whoever waits for a page is told ``Stopped``."""
        self._closed = True
        self._child.kill()  # ends a conversation that is under way
        with self._talking, self._child:
            pass  # closes the pipes and waits for the child's end

    def _ask(self, answer: bytes, *parts: bytes, stop_wanted: StopWanted | None) -> bytes:
        with self._talking:
            if self._closed:
                raise Stopped
            watch = Watch(self._child, self._silent_seconds, stop_wanted)
            try:
                for part in parts:
                    watch.give(part)
                letter, body = next(watch.messages(), (b"", b""))
            except (Refusal, Stopped) as ended:
                # The answer may still be on its way: it must never be taken for the next one.
                self._child.kill()
                self._closed = True
                raise _as_error(ended, self._name) from ended
        if letter == answer:
            return body
        if self._closed:
            raise Stopped
        raise as_error(
            _reason(body) if letter == frames.REFUSED else Why.CRASHED, file_name=self._name
        )


def _turn(untrusted: list[float]) -> PageTurn | None:
    """Return a page's turn, unless its numbers make no sense."""
    if not all(math.isfinite(number) and abs(number) < _FAR_OFF for number in untrusted):
        return None
    turn = PageTurn(*untrusted)
    return turn if abs(turn.a * turn.d - turn.b * turn.c) > _FLAT else None


def _as_error(ended: Refusal | Stopped, file_name: str) -> Exception:
    return as_error(ended.why, file_name=file_name) if isinstance(ended, Refusal) else ended


def _reason(untrusted: bytes) -> Why:
    try:
        return Why(untrusted.decode("ascii"))
    except ValueError:
        return Why.CRASHED

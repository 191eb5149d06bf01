"""Reading 300 pages with 5,000 notes, against a plain ``QTextBrowser`` with the same text.

Four waits of a person: from the open store until the first words are painted; the longest that
the window then stands still, while Qt lays the text out and the notes are read and shown; painting
while the text is scrolled through, step by step (the 95th percentile); and from a key pressed in a
note, with all the notes in the margin, until the letter is painted (the 95th percentile). The
floor of the last is a bare field beside the plain browser. Run it with a screen or Xvfb for real
figures.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QHBoxLayout,
    QPlainTextEdit,
    QTextBrowser,
    QWidget,
)
from typing_extensions import override

from benchmarks.long_draft import BLOCKS, NOTES, PAGES, PASSWORD, boards, fill, long_draft
from mhin_ppi.domain.drafts import VersionId
from mhin_ppi.services.boards import Services
from mhin_ppi.ui.messages import show_bug, show_problem
from mhin_ppi.ui.pages.reading_page import ReadingPage
from mhin_ppi.ui.preferences import Look, Preferences
from mhin_ppi.ui.tasks import Tasks
from mhin_ppi.ui.theme import apply_theme
from mhin_ppi.ui.tidying import Tidying

SIZE = (1366, 768)
STEPS = 400
KEYS = "Why does it say so here? " * 6
_MOST_SECONDS = 60.0
_LAID_OUT_SECONDS = 4.0
"""By then Qt has laid out the whole text, which it does in pieces after the first screenful."""
Row = tuple[str, float, float, str]


class PaintWatch(QObject):
    """Notes when a widget has been painted.

    Args:
        watched: What is painted.
        when: Whether a paint counts: there is something to see.
    """

    def __init__(self, watched: QWidget, *, when: Callable[[], bool] = lambda: True) -> None:
        super().__init__(watched)
        self.painted, self._when = 0, when
        watched.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._when():
            self.painted += 1
        return False


def wait(ready: Callable[[], bool]) -> None:
    """Let the window work until something is so."""
    until = time.monotonic() + _MOST_SECONDS
    while not ready():
        if time.monotonic() > until:
            raise TimeoutError("the window never came so far")
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 2)


def p95(seconds: Sequence[float]) -> float:
    """Return the 95th percentile."""
    return statistics.quantiles(seconds, n=20)[-1]


def open_page(services: Services, version: VersionId) -> tuple[ReadingPage, Tasks, float]:
    """Open the reading page, and return the seconds until the draft's first words were painted."""
    began = time.perf_counter()
    tasks = Tasks(on_problem=show_problem, on_bug=show_bug)
    page = ReadingPage(services, tasks)
    page.resize(*SIZE)
    watch = PaintWatch(page.reader.viewport(), when=lambda: page.is_open)
    page.show()
    page.open_at(version)
    wait(lambda: watch.painted > 0)
    return page, tasks, time.perf_counter() - began


def open_plain(text: str) -> tuple[QTextBrowser, float]:
    """Show the text in a plain browser, and return the seconds until it was painted."""
    began = time.perf_counter()
    plain = QTextBrowser()
    plain.resize(*SIZE)
    watch = PaintWatch(plain.viewport())
    plain.setPlainText(text)
    plain.show()
    wait(lambda: watch.painted > 0)
    return plain, time.perf_counter() - began


def scroll_through(view: QAbstractScrollArea) -> list[float]:
    """Scroll through in equal steps; return the seconds that each took, painting included."""
    bar = view.verticalScrollBar()
    taken = []
    for step in range(STEPS):
        began = time.perf_counter()
        bar.setValue(bar.maximum() * step // STEPS + step)
        view.viewport().repaint()
        taken.append(time.perf_counter() - began)
        QApplication.processEvents()
    return taken


def type_in(field: QPlainTextEdit) -> list[float]:
    """Type words; return the seconds from each key until everything due has been painted."""
    taken = []
    for letter in KEYS:
        began = time.perf_counter()
        QTest.keyClicks(field, letter)
        QApplication.sendPostedEvents()
        QApplication.processEvents()
        taken.append(time.perf_counter() - began)
    return taken


def plain_typing(text: str) -> list[float]:
    """Type into a bare field beside a plain browser with the text."""
    both = QWidget()
    row, plain, field = QHBoxLayout(both), QTextBrowser(), QPlainTextEdit()
    plain.setPlainText(text)
    row.addWidget(plain)
    row.addWidget(field)
    both.resize(*SIZE)
    both.show()
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    _settle()
    taken = type_in(field)
    both.close()
    return taken


def longest_stop(ready: Callable[[], bool]) -> float:
    """Let the window work until something is so; return the longest it was deaf, in seconds."""
    longest, until = 0.0, time.monotonic() + _MOST_SECONDS
    while not ready() and time.monotonic() < until:
        began = time.perf_counter()
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 1)
        longest = max(longest, time.perf_counter() - began)
        time.sleep(0.001)  # as a window waits for its next event, Python is somebody else's
    return longest


def _after(seconds: float) -> Callable[[], bool]:
    until = time.monotonic() + seconds
    return lambda: time.monotonic() > until


def _settle() -> None:
    wait(_after(1.5))  # Qt lays a long text out while idle; the margin fills


def measure() -> list[Row]:
    """Return the four waits, each with its floor."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply_theme(app, Preferences(look=Look.LIGHT))
    draft = long_draft()
    with tempfile.TemporaryDirectory() as folder:
        every = boards(Path(folder))
        board = every.new_folder()
        services, _ = every.start(board, board_name="B", person_name="Amber", passphrase=PASSWORD)
        version = fill(services, draft)
        services.close()
        return _measure(every.open(board, passphrase=PASSWORD), version, draft.text)


def _measure(services: Services, version: VersionId, text: str) -> list[Row]:
    plain, plain_first = open_plain(text)
    plain_stop = longest_stop(_after(_LAID_OUT_SECONDS))
    page, tasks, first = open_page(services, version)
    tidying = Tidying(tasks, untouched=lambda: 0.0, parent=page)
    notes_came = _after(_LAID_OUT_SECONDS)
    stop = longest_stop(lambda: notes_came() and bool(page.margin.chosen.all) and not tasks.busy)
    _settle()
    plain_scroll, scroll = scroll_through(plain), scroll_through(page.reader)
    plain.close()
    typed_plainly = plain_typing(text)
    page.ask()
    editor = page.writing.editor
    assert editor is not None
    _settle()
    typed = type_in(editor.findChildren(QPlainTextEdit)[0])
    page.leave()
    wait(lambda: not tasks.busy)
    page.close()
    tidying.stop()
    tasks.close()
    services.close()
    what = f"{PAGES} pages, {NOTES:,} notes"
    return [
        (f"{what}: first words painted", first, plain_first, "plain QTextBrowser"),
        (f"{what}: longest deaf moment after it", stop, plain_stop, "plain QTextBrowser"),
        (f"{what}: a scroll step, p95", p95(scroll), p95(plain_scroll), "plain QTextBrowser"),
        (f"{what}: a key in a note, p95", p95(typed), p95(typed_plainly), "bare field beside it"),
    ]


def main() -> None:
    """Print the figures."""
    print(f"{BLOCKS:,} blocks")
    for name, ours, floor, against in measure():
        print(f"{name}: {ours * 1000:.1f} ms, {against} {floor * 1000:.1f} ms")


if __name__ == "__main__":
    main()

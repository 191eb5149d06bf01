"""The register of 20,000 questions: how soon it is there, and how smoothly it scrolls.

The floors: for reading, the same rows from a bare cursor over the same encrypted file; for showing
and scrolling, a plain ``QTableView`` over a list of tuples of words that are ready.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEventLoop, QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QTableView

from benchmarks.long_draft import PASSWORD, boards
from benchmarks.reader import p95, wait
from mhin_ppi.domain.log import StepOp
from mhin_ppi.domain.questions import Question, QuestionId
from mhin_ppi.domain.spaces import space_of
from mhin_ppi.services.boards import Services
from mhin_ppi.services.desk import keep
from mhin_ppi.services.register_filters import RegisterFilter, fitting
from mhin_ppi.services.register_rows import FIELDS
from mhin_ppi.ui.pages.questions_page import QuestionsPage
from mhin_ppi.ui.pages.register_table import COLUMNS
from mhin_ppi.ui.preferences import Look, Preferences
from mhin_ppi.ui.tasks import Tasks
from mhin_ppi.ui.theme import apply_theme

MANY, TURNS, SCROLLS = 20_000, 5, 120
READ = "a bare cursor, the same columns"
PLAIN = "a plain QTableView over a list"
_LIVES = (
    (),
    ("acknowledge",),
    ("acknowledge", "answer"),
    ("acknowledge", "answer", "change"),
    ("acknowledge", "answer", "change", "feed_back"),
    ("acknowledge", "answer", "change", "feed_back", "confirm"),
)

Row = tuple[str, float, float, str]


def measure(*, many: int = MANY, turns: int = TURNS) -> list[Row]:
    """Return medians of opening, and the 95th percentile of scrolling, typing and sorting."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply_theme(app, Preferences(look=Look.LIGHT))
    with tempfile.TemporaryDirectory() as place:
        opened, _ = boards(Path(place)).start(
            Path(place) / "board", board_name="B", person_name="Ruth Example", passphrase=PASSWORD
        )
        fill(opened, many)
        first = _seconds(opened.register.lines.read)
        rows = [
            _first(many, first, opened),
            *_opening(opened, many, turns),
            *_matching(opened, many, turns),
        ]
        opened.close()
    return rows


def fill(services: Services, many: int) -> None:
    """Put questions on the board, at every point of their lives, in one action."""
    project = services.people.add_project("A study", team="the team", sites=["Hull"]).value
    desk, chance = services.desk, random.Random(3)
    with desk.store.unit_of_work() as work:
        for number in range(many):
            question = Question(
                id=QuestionId(desk.new_id()),
                asker=desk.store.person,
                body=f"Question {number}: why does it say that people come {number % 7} times?",
                project=project.id,
                raised_at=desk.now() - timedelta(days=chance.randrange(400)),
                tags=("travel",) if number % 9 == 0 else (),
            )
            keep(work, question)
            steps = [StepOp(str(question.id), kind, {}) for kind in _LIVES[number % len(_LIVES)]]
            work.record(space_of(question), steps)
        work.commit()


def _first(many: int, first: float, services: Services) -> Row:
    return (f"reading {many:,} questions the very first time", first, _cursor(services), READ)


def _opening(services: Services, many: int, turns: int) -> list[Row]:
    """Return reading alone, opening the page with everything in it, and scrolling it."""
    reads, floors, opens, again, plains = [], [], [], [], []
    scrolls: list[float] = []
    plain_scrolls: list[float] = []
    for _ in range(turns):
        floors.append(_cursor(services))
        reads.append(_seconds(services.register.lines.read))
        first, second, drawn = _page(services, many)
        opens.append(first)
        again.append(second)
        scrolls += drawn
        words = [
            tuple(column.words(row) for column, _ in COLUMNS)
            for row in services.register.lines.read().rows
        ]
        seconds, drawn = _plain_table(words)
        plains.append(seconds)
        plain_scrolls += drawn
    typical = statistics.median
    return [
        (f"reading {many:,} questions", typical(reads), typical(floors), READ),
        (f"opening the page with {many:,} questions", typical(opens), typical(plains), PLAIN),
        ("coming back to it, nothing having happened", typical(again), typical(plains), PLAIN),
        ("scrolling it by a page, p95", p95(scrolls), p95(plain_scrolls), PLAIN),
    ]


def _cursor(services: Services) -> float:
    with services.desk.store.unit_of_work() as work:
        return _seconds(lambda: work.plain().columns(Question, *FIELDS))


def _page(services: Services, many: int) -> tuple[float, float, list[float]]:
    bugs: list[BaseException] = []
    tasks = Tasks(on_problem=lambda _, e: bugs.append(e), on_bug=lambda _, e: bugs.append(e))
    page = QuestionsPage(services, tasks)
    page.resize(1280, 800)
    page.show()
    QApplication.processEvents()
    first, second = _opened(page, tasks), _opened(page, tasks)
    if page.register is None or bugs:
        raise RuntimeError(f"the register is not there: {bugs}")
    page.register.bar.clear()
    wait(lambda: not tasks.busy)
    if len(page.register.shown) != many:
        raise RuntimeError(f"{len(page.register.shown)} rows are shown")
    drawn = _scrolled(page.register.table)
    tasks.close()
    page.close()
    page.deleteLater()
    return first, second, drawn


def _opened(page: QuestionsPage, tasks: Tasks) -> float:
    """Return seconds until everything is on the screen."""
    resting = QEventLoop()
    tasks.busy_changed.connect(lambda busy: None if busy else resting.quit())
    start = time.perf_counter()
    page.open_at(None)
    # A loop that sleeps: one that spins would keep the reading thread from its work.
    resting.exec()
    page.repaint()
    return time.perf_counter() - start


def _scrolled(table: QTableView) -> list[float]:
    bar = table.verticalScrollBar()
    step = max(1, bar.maximum() // SCROLLS)
    drawn = []
    for turn in range(SCROLLS):
        start = time.perf_counter()
        bar.setValue(turn * step)
        table.viewport().repaint()
        drawn.append(time.perf_counter() - start)
    return drawn


class _Words(QAbstractTableModel):
    """Words that are ready, and nothing else."""

    def __init__(self, words: list[tuple[str, ...]]) -> None:
        super().__init__()
        self._words = words

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return len(self._words)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return len(COLUMNS)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        shown = role == Qt.ItemDataRole.DisplayRole
        return self._words[index.row()][index.column()] if shown else None


def _plain_table(words: list[tuple[str, ...]]) -> tuple[float, list[float]]:
    start = time.perf_counter()
    table = QTableView()
    table.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    model = _Words(words)
    table.setModel(model)
    table.resize(760, 600)
    table.show()
    QApplication.processEvents()
    table.repaint()
    seconds = time.perf_counter() - start
    drawn = _scrolled(table)
    table.close()
    return seconds, drawn


def _matching(services: Services, many: int, turns: int) -> list[Row]:
    """Return working out a filter of words, which is done beside the window, and sorting."""
    rows = services.register.lines.read().rows
    while services.search.get_ready():
        pass
    found, floors = [], []
    for turn in range(turns * 4):
        wanted = RegisterFilter(words=f"people come {turn % 7}")
        found.append(
            _seconds(lambda w=wanted: fitting(rows, w, services.search.each_word(w.words)))
        )
        folded = [f"{row.body}\n{row.named()}".casefold() for row in rows]
        floors.append(_seconds(lambda f=folded: [one for one in f if "people come" in one]))
    return [
        (f"finding words in {many:,} rows, p95", p95(found[1:]), p95(floors[1:]), "one `in` each")
    ]


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start

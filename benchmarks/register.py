"""The register of 20,000 questions: how soon it is there, how smoothly it scrolls, and typing.

The floors: for reading, the same rows from a bare cursor over the same encrypted file; for showing
and scrolling, a plain ``QTableView`` that paints as much, over a list of tuples of words that are
ready; for typing, a bare field. What is not typed is told by the clock on the wall and in time of
the processor, which other programs lengthen less.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedWidget, QTableView, QWidget

from benchmarks.long_draft import PASSWORD, boards
from benchmarks.plain_table import PLAIN, plain_table
from benchmarks.reader import p95, wait
from benchmarks.spent import Spent, Taken, spent
from mhin_ppi.domain.log import StepOp
from mhin_ppi.domain.questions import Question, QuestionId
from mhin_ppi.domain.spaces import space_of
from mhin_ppi.services.boards import Services
from mhin_ppi.services.desk import keep
from mhin_ppi.services.register_filters import RegisterFilter, fitting
from mhin_ppi.services.register_rows import FIELDS
from mhin_ppi.ui.pages.questions_page import QuestionsPage
from mhin_ppi.ui.pages.register_filter_bar import AT_FIRST
from mhin_ppi.ui.pages.register_pane import RegisterPane
from mhin_ppi.ui.pages.register_table import COLUMNS
from mhin_ppi.ui.preferences import Look, Preferences
from mhin_ppi.ui.tasks import Tasks
from mhin_ppi.ui.theme import apply_theme

MANY, TURNS, SCROLLS = 20_000, 5, 120
BARE = "a bare field"
READ = "a bare cursor, the same columns"
TYPED, BETWEEN_KEYS_MS, LOOK_EVERY_MS = "people come 3", 200, 2
_LIVES = (
    (),
    ("acknowledge",),
    ("acknowledge", "answer"),
    ("acknowledge", "answer", "change"),
    ("acknowledge", "answer", "change", "feed_back"),
    ("acknowledge", "answer", "change", "feed_back", "confirm"),
)

Row = tuple[str, float, float, str]


def measure(
    *, many: int = MANY, turns: int = TURNS, between_keys: int = BETWEEN_KEYS_MS
) -> list[Row]:
    """Return medians of opening, and the 95th percentile of scrolling, finding and typing.

    Args:
        many: How many questions.
        turns: How often the page is opened.
        between_keys: Thousandths of a second from one letter typed to the next.
    """
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply_theme(app, Preferences(look=Look.LIGHT))
    with tempfile.TemporaryDirectory() as place:
        opened, _ = boards(Path(place)).start(
            Path(place) / "board", board_name="B", person_name="Ruth Example", passphrase=PASSWORD
        )
        fill(opened, many)
        first = Taken([spent(opened.register.lines.read)], [_cursor(opened)])
        rows = [
            *first.rows(f"reading {many:,} questions the very first time", READ),
            *_opening(opened, many, turns, between_keys),
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


def _opening(services: Services, many: int, turns: int, between_keys: int) -> Iterator[Row]:
    """Yield reading alone, opening the page with everything in it, scrolling it, typing in it."""
    read, opened, again, scrolled = Taken(), Taken(), Taken(), Taken()
    ready = Taken()
    typed, bare = [], []
    rows = services.register.lines.read().rows
    owed = len(fitting(rows, AT_FIRST))
    words = [tuple(column.words(row) for column, _ in COLUMNS) for row in rows]
    for _ in range(turns):
        read.floor.append(_cursor(services))
        read.ours.append(spent(services.register.lines.read))
        ready.ours.append(_made_ready(services, owed))
        page, tasks, bugs = _page(services)
        opened.ours.append(spent(lambda p=page, t=tasks: _open(p, t, owed)))
        again.ours.append(spent(lambda p=page, t=tasks: _open(p, t, owed)))
        pane = _with_everything(page, tasks, many)
        plain: list[QTableView] = []
        opened.floor.append(
            spent(lambda w=plain, t=pane.table: w.append(plain_table(words, like=t)))
        )
        scrolled.ours += _scrolled(pane.table)
        scrolled.floor += _scrolled(plain[0])
        plain[0].close()
        typed += _typed(pane.bar.words, between_keys)
        bare += _typed_bare(between_keys)
        wait(lambda t=tasks: not t.busy)
        tasks.close()
        page.close()
        page.deleteLater()
        if bugs:
            raise RuntimeError(f"the register went wrong: {bugs}")
    again.floor = ready.floor = opened.floor
    yield from read.rows(f"reading {many:,} questions", READ)
    yield from opened.rows(f"opening the page with {many:,} questions", PLAIN)
    yield from ready.rows("going to it after a rest on another page", PLAIN)
    yield from again.rows("coming back to it, nothing having happened", PLAIN)
    yield from scrolled.rows("scrolling it by a page, p95", PLAIN, of=p95)
    yield "typing words to find, the longest that the window waits", max(typed), max(bare), BARE


def _cursor(services: Services) -> Spent:
    with services.desk.store.unit_of_work() as work:
        return spent(lambda: work.plain().columns(Question, *FIELDS))


def _page(
    services: Services, *, among: QStackedWidget | None = None
) -> tuple[QuestionsPage, Tasks, list[BaseException]]:
    bugs: list[BaseException] = []
    tasks = Tasks(on_problem=lambda _, e: bugs.append(e), on_bug=lambda _, e: bugs.append(e))
    page = QuestionsPage(services, tasks)
    if among is None:
        page.resize(1280, 800)
        page.show()
    else:
        among.addWidget(page)
    QApplication.processEvents()
    return page, tasks, bugs


def _made_ready(services: Services, owed: int) -> Spent:
    """Return what it takes to go to the page when it was made ready (``ui/getting_ready.py``)."""
    pages = QStackedWidget()
    pages.addWidget(QWidget())
    pages.resize(1280, 800)
    pages.show()
    page, tasks, bugs = _page(services, among=pages)
    _open(page, tasks, owed)
    wait(lambda: not tasks.busy)

    def go() -> None:
        pages.setCurrentWidget(page)
        _open(page, tasks, owed)

    taken = spent(go)
    tasks.close()
    pages.close()
    pages.deleteLater()
    if bugs:
        raise RuntimeError(f"the register went wrong: {bugs}")
    return taken


def _open(page: QuestionsPage, tasks: Tasks, owed: int) -> None:
    """Open the page, and return when everything is on the screen and nothing is left to do."""
    resting = QEventLoop()

    def look() -> None:
        # Between the reading and what follows it nothing may be under way for a moment.
        if not tasks.busy and page.register is not None and len(page.register.shown) == owed:
            resting.quit()

    tasks.busy_changed.connect(look)
    page.open_at(None)
    # A loop that sleeps: one that spins would keep the reading thread from its work.
    resting.exec()
    tasks.busy_changed.disconnect(look)
    QApplication.processEvents()
    page.repaint()


def _with_everything(page: QuestionsPage, tasks: Tasks, many: int) -> RegisterPane:
    pane = page.register
    if pane is None:
        raise RuntimeError("the register is not there")
    pane.bar.clear()
    wait(lambda: not tasks.busy)
    if len(pane.shown) != many:
        raise RuntimeError(f"{len(pane.shown)} rows are shown")
    QApplication.processEvents()
    return pane


def _scrolled(table: QTableView) -> list[Spent]:
    bar, scrolls = table.verticalScrollBar(), min(SCROLLS, table.model().rowCount())
    step = max(1, bar.maximum() // scrolls)

    def scroll(turn: int) -> None:
        bar.setValue(turn * step)
        table.viewport().repaint()

    return [spent(lambda t=turn: scroll(t)) for turn in range(scrolls)]


def _typed(field: QLineEdit, between_keys: int) -> list[float]:
    """Type words slowly enough for each letter to be looked for; return the window's waits.

    Returns:
        Seconds from one look of a timer to the next, less the time between looks.
    """
    waits: list[float] = []
    last = time.perf_counter()

    def look() -> None:
        nonlocal last
        now = time.perf_counter()
        waits.append(max(0.0, now - last - LOOK_EVERY_MS / 1000))
        last = now

    looking = QTimer(interval=LOOK_EVERY_MS)
    looking.timeout.connect(look)
    looking.start()
    field.clear()
    for letter in TYPED:
        QTest.keyClicks(field, letter)
        typing = QEventLoop()
        QTimer.singleShot(between_keys, typing.quit)
        typing.exec()
    looking.stop()
    return waits


def _typed_bare(between_keys: int) -> list[float]:
    field = QLineEdit()
    field.show()
    waits = _typed(field, between_keys)
    field.close()
    return waits


def _matching(services: Services, many: int, turns: int) -> Iterator[Row]:
    """Yield working out a filter of words, which is done beside the window."""
    rows = services.register.lines.read().rows
    while services.search.get_ready():
        pass
    taken = Taken()
    for turn in range(turns * 4):
        wanted = RegisterFilter(words=f"people come {turn % 7}")
        taken.ours.append(
            spent(lambda w=wanted: fitting(rows, w, services.search.each_word(w.words)))
        )
        folded = [f"{row.body}\n{row.named()}".casefold() for row in rows]
        taken.floor.append(spent(lambda f=folded: [one for one in f if "people come" in one]))
    taken.ours, taken.floor = taken.ours[1:], taken.floor[1:]
    yield from taken.rows(f"finding words in {many:,} rows, p95", "one `in` each", of=p95)

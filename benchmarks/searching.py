"""Searching a large board, against FTS5 alone over the same words.

The board is encrypted and real: 20,000 questions, and 300 drafts of some thirty pages. Ours is what
the search page asks for: questions, drafts, answers and notes, read, named and cut to excerpts.

The first floor is a raw FTS5 query for each of the same five indexes in the same encrypted file,
from a bare cursor: as many rows, in the same order, with their text; it knows nothing of people,
versions, content notes or excerpts. The others are plain SQLite without encryption, with ordinary
FTS5 tables of the questions and drafts alone and FTS5's own excerpts (``snippet``): newest first,
and in the order of FTS5's own ranking, as its manual shows it. All are asked turn by turn.
"""

from __future__ import annotations

import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

from mhin_ppi.domain.blocks import DraftText, plain_draft
from mhin_ppi.domain.drafts import Draft, DraftId, DraftVersion, VersionId
from mhin_ppi.domain.projects import Project, ProjectId
from mhin_ppi.domain.questions import Question, QuestionId
from mhin_ppi.domain.searching import terms_of
from mhin_ppi.services.boards import Services
from mhin_ppi.services.desk import keep
from mhin_ppi.services.search import MOST_OF_A_KIND
from mhin_ppi.storage import key_file
from mhin_ppi.storage.engine import StoreKey, raw_connection

from .long_draft import PASSWORD, boards

QUESTIONS, DRAFTS, PARAGRAPHS, SEARCHES = 20_000, 300, 150, 120
PARAGRAPH_WORDS = 60
"""150 paragraphs of 60 words are 9,000 words: some thirty pages."""
SAME_FILE = "FTS5 in the same file"
FLOOR = "FTS5 alone, newest first"
RANKED = "FTS5 alone, best first"
_IN_SAME_FILE = tuple(
    f"SELECT {words} FROM found_{name} "  # noqa: S608 - our names
    f"JOIN {table} ON {table}.rowid = {sign}found_{name}.rowid "
    f"WHERE found_{name} MATCH ? ORDER BY found_{name}.rowid LIMIT {MOST_OF_A_KIND + 1}"
    for name, table, sign, words in (
        ("question", "noun_question", "-", "id, body"),
        ("response", "noun_response", "-", "id, body, reason"),
        ("annotation", "noun_annotation", "-", "id, body"),
        ("draft", "noun_draft", "-", "id, title"),
        ("passage", "search_passage", "", "number, search_passage.words"),
    )
)
_SYLLABLES = (
    "ca re do se tri al con sent pa in vi sit me di cine hos pi tal sup port ing que sti on ris k "
    "for ma ti el der ly bus fare home sta ff nur le ta ble"
).split()

Row = tuple[str, float, float, str]


class Language:
    """Made-up words, a few of them very frequent and most of them rare, as in any language."""

    def __init__(self, *, words: int = 12_000) -> None:
        self._chance = random.Random(4)
        made: dict[str, None] = {}
        while len(made) < words:
            parts = self._chance.randint(1, 4)
            made["".join(self._chance.choice(_SYLLABLES) for _ in range(parts))] = None
        self.words = list(made)
        self._weights = list(accumulate(1 / (place + 1) for place in range(words)))

    def some(self, count: int) -> str:
        """Return that many words in a row."""
        return " ".join(self._chance.choices(self.words, cum_weights=self._weights, k=count))

    def length(self) -> int:
        """Return how many words a question has."""
        return self._chance.randint(8, 30)

    def searches(self, count: int) -> Iterator[str]:
        """Yield what people type: words as they grow, several, some in quotation marks."""
        for turn in range(count):
            first, second = self.some(1), self.some(1)
            rare = self._chance.choice(self.words)
            yield (
                rare[: 3 + turn % 4],
                first,
                f"{first} {second}",
                f"{first} {rare}",
                f'"{first} {second}"',
                f"{first} {second} {rare[:3]}",
            )[turn % 6]


def measure(
    *,
    questions: int = QUESTIONS,
    drafts: int = DRAFTS,
    paragraphs: int = PARAGRAPHS,
    searches: int = SEARCHES,
) -> list[Row]:
    """Return the 95th in a hundred searches of ours and of FTS5 alone, and making ready.

    Args:
        questions: How many questions.
        drafts: How many drafts.
        paragraphs: Of how many paragraphs each.
        searches: How many searches.
    """
    language = Language()
    with tempfile.TemporaryDirectory() as place:
        services, _ = boards(Path(place)).start(
            Path(place) / "board", board_name="B", person_name="P", passphrase=PASSWORD
        )
        try:
            asked = [language.some(language.length()) for _ in range(questions)]
            texts = [_draft(language, paragraphs) for _ in range(drafts)]
            _fill(services, asked, texts)
            ready = _seconds(lambda: _make_ready(services))
            raw = sqlite3.connect(Path(place) / "raw.db", isolation_level=None)
            raw_ready = _seconds(lambda: _fill_raw(raw, asked, texts))
            bare = _bare_cursor(Path(place) / "board")
            typed = list(language.searches(searches))
            of_what = f"{questions:,} questions, {drafts} drafts"
            rows = [*_compare(services, bare, raw, typed, of_what)]
            bare.close()
            raw.close()
        finally:
            services.close()
    return [*rows, ("making all of it ready to be searched", ready, raw_ready, "FTS5 alone")]


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _draft(language: Language, paragraphs: int) -> DraftText:
    return plain_draft(language.some(PARAGRAPH_WORDS) for _ in range(paragraphs))


def _fill(services: Services, asked: Sequence[str], texts: Sequence[DraftText]) -> None:
    """Record everything in a few actions: one by one it would take many minutes."""
    desk = services.desk
    project = Project(ProjectId(desk.new_id()), "A study", team="the team")
    with desk.store.unit_of_work() as work:
        keep(work, project)
        for body in asked:
            question = Question(
                QuestionId(desk.new_id()),
                desk.store.person,
                body,
                project=project.id,
                raised_at=desk.now(),
            )
            keep(work, question)
        work.commit()
    for number, text in enumerate(texts):
        with desk.store.unit_of_work() as work:
            draft = keep(work, Draft(DraftId(desk.new_id()), project.id, f"Protocol {number}"))
            kept = work.keep_blob(text.to_bytes())
            keep(work, DraftVersion(VersionId(desk.new_id()), draft.id, 1, text=kept))
            work.commit()


def _make_ready(services: Services) -> None:
    while services.search.get_ready():
        pass


def _fill_raw(raw: sqlite3.Connection, asked: Sequence[str], texts: Sequence[DraftText]) -> None:
    raw.execute("PRAGMA journal_mode = WAL")
    rows = {"asked": list(asked), "drafts": [b.text for text in texts for b in text.blocks]}
    for name, words in rows.items():
        raw.execute(f"CREATE VIRTUAL TABLE {name} USING fts5(words)")
        raw.execute("BEGIN")
        # Newest first is lowest first here too, which FTS5 is quickest at.
        new = enumerate(reversed(words))
        raw.executemany(f"INSERT INTO {name} (rowid, words) VALUES (?, ?)", new)  # noqa: S608
        raw.execute("COMMIT")


def _bare_cursor(folder: Path) -> Any:  # noqa: ANN401 - a DBAPI connection
    _, key = key_file.unlock(key_file.headers(folder), key_file.PASSPHRASE, secret=PASSWORD)
    return raw_connection(str(folder / "store.db"), StoreKey(key))


def _compare(
    services: Services, bare: Any, raw: sqlite3.Connection, typed: Sequence[str], of_what: str
) -> Iterator[Row]:
    ours, same_file, floor, ranked = [], [], [], []
    for words in typed:
        asked = _asked(words)
        ours.append(_seconds(lambda w=words: services.search.look_for(w)))
        same_file.append(_seconds(lambda a=asked: _same_file(bare, a)))
        floor.append(_seconds(lambda a=asked: _raw(raw, a, order="rowid")))
        ranked.append(_seconds(lambda a=asked: _raw(raw, a, order="rank")))
    for share, name in ((50, "half of the searches"), (95, "95 in 100 searches")):
        mine = _percentile(ours, share)
        for times, what in ((same_file, SAME_FILE), (floor, FLOOR), (ranked, RANKED)):
            yield (f"{name} of {of_what}", mine, _percentile(times, share), what)


def _percentile(times: Sequence[float], share: int) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[share - 1]


def _asked(words: str) -> str:
    return " ".join(f'"{t.words}"{"*" if t.begins else ""}' for t in terms_of(words))


def _same_file(bare: Any, asked: str) -> int:  # noqa: ANN401 - a DBAPI connection
    return sum(len(bare.execute(sql, (asked,)).fetchall()) for sql in _IN_SAME_FILE)


def _raw(raw: sqlite3.Connection, asked: str, *, order: str) -> int:
    found = 0
    for name in ("asked", "drafts"):
        sql = (
            f"SELECT rowid, snippet({name}, 0, '[', ']', '…', 30) FROM {name} "  # noqa: S608
            f"WHERE {name} MATCH ? ORDER BY {order} LIMIT {MOST_OF_A_KIND + 1}"
        )
        found += len(raw.execute(sql, (asked,)).fetchall())
    return found

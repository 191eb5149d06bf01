"""Finding words: bringing the indexes up to date, and asking them.

What people type is data: every term is put in quotation marks, so it is never FTS5's own language.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from ..domain.annotations import AnnotationKind
from ..domain.blocks import draft_text_from_bytes
from ..domain.drafts import BlobId
from ..domain.people import Credit
from ..domain.searching import FoundKind, Match, QuestionMatch, Term
from ..errors import NotFoundError, StoreDamagedError
from . import blobs, search_tables, statements
from .engine import damaged, plain_words
from .search_tables import VERSION_BITS, WORDS_OF

ROWS_AT_ONCE = 5_000
A_DRAFTS_SHARE = 3
"""How many paragraphs of one version are found: enough to choose from, and others get room."""

_DONE = "SELECT noun, done FROM search_mark"
_LAST = {noun: f"SELECT max(rowid) FROM noun_{noun}" for noun in WORDS_OF}  # noqa: S608 - our names
_INDEX = {
    noun: (
        "INSERT INTO found_NOUN (rowid, words) SELECT -rowid, WORDS FROM noun_NOUN "
        "WHERE rowid > ? AND rowid <= ? AND shown = 1 ORDER BY rowid DESC"
    )
    .replace("WORDS", words.format(row="noun_NOUN"))
    .replace("NOUN", noun)
    for noun, words in WORDS_OF.items()
}
_MARK = "UPDATE search_mark SET done = ? WHERE noun = ?"

_WAITS = (
    "FROM noun_version v LEFT JOIN search_text t ON t.version = v.id "
    "WHERE t.version IS NULL AND v.shown = 1 "
    "AND EXISTS (SELECT 1 FROM blob b WHERE b.id = v.text AND b.complete = 1)"
)
_WAITING = f"SELECT count(*) {_WAITS}"  # noqa: S608 - our names
_NEXT = f"SELECT v.id, v.text {_WAITS} ORDER BY v.rowid LIMIT ?"  # noqa: S608 - our names
_PUT_TEXT = "INSERT INTO search_text (version) VALUES (?)"
_NUMBER = "SELECT number FROM search_text WHERE version = ?"
_PUT_PASSAGE = statements.insert_into(search_tables.search_passage)
_INDEX_PASSAGE = "INSERT INTO found_passage (rowid, words) VALUES (?, ?)"

_TELL_QUESTIONS = (
    "SELECT n.id, n.asker, n.body, n.kind, n.credit, p.title, n.to_board, n.asked_by "
    "FROM found_question "
    "JOIN noun_question n ON n.rowid = -found_question.rowid AND n.shown = 1 "
    "LEFT JOIN noun_project p ON p.id = n.project AND p.shown = 1 "
    "WHERE found_question MATCH ? ORDER BY found_question.rowid LIMIT ?"
)
_FIND = {
    FoundKind.QUESTION: "SELECT n.id FROM found_question "
    "JOIN noun_question n ON n.rowid = -found_question.rowid AND n.shown = 1 "
    "WHERE found_question MATCH ? ORDER BY found_question.rowid LIMIT ?",
    FoundKind.ANSWER: "SELECT n.id FROM found_response "
    "JOIN noun_response n ON n.rowid = -found_response.rowid AND n.shown = 1 "
    "JOIN noun_question q ON q.id = n.question AND q.shown = 1 AND q.body <> '' "
    "WHERE found_response MATCH ? ORDER BY found_response.rowid LIMIT ?",
    FoundKind.NOTE: "SELECT n.id FROM found_annotation "
    "JOIN noun_annotation n ON n.rowid = -found_annotation.rowid AND n.shown = 1 "
    "WHERE found_annotation MATCH ? AND NOT EXISTS (SELECT 1 FROM noun_question q "
    "WHERE q.annotation = n.id AND q.shown = 1 AND q.body = n.body) "
    "ORDER BY found_annotation.rowid LIMIT ?",
    FoundKind.DRAFT: "SELECT n.id FROM found_draft "
    "JOIN noun_draft n ON n.rowid = -found_draft.rowid AND n.shown = 1 "
    "WHERE found_draft MATCH ? ORDER BY found_draft.rowid LIMIT ?",
}
"""A note that raised a question is found as that question, not twice."""

_PASSAGES = "SELECT rowid FROM found_passage WHERE found_passage MATCH ? ORDER BY rowid"
_READ = (
    "SELECT t.version, p.start, p.words, v.draft, v.number, d.title FROM search_passage p "
    "JOIN search_text t ON t.number = -(p.number >> 20) "
    "JOIN noun_version v ON v.id = t.version AND v.shown = 1 "
    "JOIN noun_draft d ON d.id = v.draft AND d.shown = 1 "
    "WHERE p.number IN (SELECT value FROM json_each(?)) ORDER BY p.number"
)
_ROWS_READ_AT_ONCE = 100
_QUESTION_IDS = (
    "SELECT n.id FROM found_question "
    "JOIN noun_question n ON n.rowid = -found_question.rowid AND n.shown = 1 "
    "WHERE found_question MATCH ? UNION ALL SELECT n.question FROM found_response "
    "JOIN noun_response n ON n.rowid = -found_response.rowid AND n.shown = 1 "
    "JOIN noun_question q ON q.id = n.question AND q.shown = 1 AND q.body <> '' "
    "WHERE found_response MATCH ?"
)
_UNREAD = (
    "SELECT id FROM noun_question WHERE shown = 1 "
    "AND rowid > coalesce((SELECT done FROM search_mark WHERE noun = 'question'), 0)"
)


class WordIndex:
    """Finds words within one transaction.

    Args:
        begun: Returns the transaction; told whether it is to be written in.
    """

    def __init__(self, begun: Callable[..., Connection]) -> None:
        self._begun = begun

    def find(self, kind: FoundKind, terms: Sequence[Term], *, most: int) -> list[Match]:
        """Return where all terms stand, newest first; drafts are found by their titles.

        Args:
            kind: In what.
            terms: At least one.
            most: How many at most.
        """
        with plain_words():
            rows = statements.rows(self._begun(), _FIND[kind], _asked(terms), most)
        return [Match(UUID(row[0])) for row in rows]

    def tell_questions(self, terms: Sequence[Term], *, most: int) -> list[QuestionMatch]:
        """Return the questions in which all terms stand, newest first, with what a list tells.

        One statement: reading the questions and their projects as nouns took twice as long as
        finding them (measured).

        Args:
            terms: At least one.
            most: How many at most.

        Raises:
            StoreError: A page of the store is damaged.
        """
        with plain_words():
            rows = statements.rows(self._begun(), _TELL_QUESTIONS, _asked(terms), most)
        return [_question(row) for row in rows]

    def find_in_drafts(self, terms: Sequence[Term], *, most: int) -> list[Match]:
        """Return the paragraphs of drafts in which all terms stand.

        Args:
            terms: At least one.
            most: How many at most; three of each version at most.

        Returns:
            Those of the newest version first, each version's in reading order.
        """
        with plain_words():
            connection = self._begun()
            numbers = _some_of_each_version(connection, _asked(terms), most)
            rows = statements.rows(connection, _READ, json.dumps(numbers))
        return [
            Match(UUID(version), start, words, UUID(draft), number, title or "")
            for version, start, words, draft, number, title in rows
        ]

    def find_questions(self, terms: Sequence[Term]) -> list[str]:
        """Return every question in which, or in an answer to which, all terms stand.

        Returns:
            Their ids as text: there may be twenty thousand.
        """
        asked = _asked(terms)
        with plain_words():
            rows = statements.rows(self._begun(), _QUESTION_IDS, asked, asked)
        # Taken together here: SQLite would put each of them in a table of its own to find doubles.
        return list(dict.fromkeys(row[0] for row in rows))

    def unread_questions(self) -> list[str]:
        """Return the ids, as text, of the questions whose words are not indexed yet."""
        with plain_words():
            return [row[0] for row in statements.rows(self._begun(), _UNREAD)]

    def waiting(self) -> int:
        """Return how many rows and versions of drafts are here but not indexed yet."""
        with plain_words():
            connection = self._begun()
            behind = sum(max(0, last - done) for _, done, last in _behind(connection))
            return behind + int(statements.one(connection, _WAITING))

    def index(self, *, most_versions: int) -> None:
        """Index what is new: at most 5,000 rows of each kind, and some versions of drafts.

        Args:
            most_versions: How many versions at most; one takes some hundredths of a second.
        """
        with plain_words():
            connection = self._begun(writes=True)
            for noun, done, last in _behind(connection):
                until = min(last, done + ROWS_AT_ONCE)
                if until > done:
                    statements.run(connection, _INDEX[noun], done, until)
                    statements.run(connection, _MARK, until, noun)
            for version, text in statements.rows(connection, _NEXT, most_versions):
                _index_version(connection, version, BlobId(text))


def _behind(connection: Connection) -> list[tuple[str, int, int]]:
    """Return of each kind: its name, up to which row it is indexed, and its last row.

    Several small statements: getting a large one ready takes longer than to run it (measured:
    1.3 ms instead of 0.2 ms, most of it SQLCipher locking what SQLite asks for).
    """
    done = dict(statements.rows(connection, _DONE))
    return [
        (noun, int(done.get(noun, 0)), int(statements.one(connection, last) or 0))
        for noun, last in _LAST.items()
    ]


def _question(row: tuple[Any, ...]) -> QuestionMatch:
    identity, asker, body, kind, credit, project, to_board, asked_by = row
    if "\0" in (body or "") or "\0" in (project or ""):
        # Words never hold a zero: SQLCipher hands out zeros for a damaged page once.
        raise damaged()
    return QuestionMatch(
        UUID(identity),
        UUID(asker),
        body or "",
        AnnotationKind(kind),
        Credit(credit) if credit else None,
        project or "",
        (asked_by or "The research team") if to_board else "",
    )


def _some_of_each_version(connection: Connection, asked: str, most: int) -> list[int]:
    """Return the row numbers of paragraphs that were found, three of each version at most.

    One query, read until there are enough: asking anew for each version merged the places of every
    word that begins so each time (measured: 28 ms instead of 3 ms).
    """
    found: list[int] = []
    of_each: dict[int, int] = {}
    result = connection.exec_driver_sql(_PASSAGES, (asked,))
    # The cursor itself: rows of SQLAlchemy's own cost more than finding them.
    cursor = result.cursor
    while cursor and len(found) < most and (rows := cursor.fetchmany(_ROWS_READ_AT_ONCE)):
        for (number,) in rows:
            version = number >> VERSION_BITS
            of_each[version] = of_each.get(version, 0) + 1
            if of_each[version] <= A_DRAFTS_SHARE:
                found.append(number)
    result.close()
    return found[:most]


def _index_version(connection: Connection, version: str, text: BlobId) -> None:
    statements.run(connection, _PUT_TEXT, version)
    number = int(statements.one(connection, _NUMBER, version))
    first = -(number << VERSION_BITS)
    rows = [(first + place, start, words) for place, start, words in _paragraphs(connection, text)]
    statements.run_many(connection, _PUT_PASSAGE, rows)
    statements.run_many(connection, _INDEX_PASSAGE, ((row[0], row[2]) for row in rows))


def _paragraphs(connection: Connection, text: BlobId) -> Iterator[tuple[int, int, str]]:
    """Yield what has words in a draft: its place, where it starts, the words."""
    try:
        draft = draft_text_from_bytes(blobs.read(connection, text))
    except (StoreDamagedError, NotFoundError, ValueError, KeyError, TypeError):
        # It cannot be opened either, and the check of the board says so.
        return
    for place, (start, block) in enumerate(zip(draft.starts, draft.blocks, strict=True)):
        if block.text.strip() and place < 1 << VERSION_BITS:
            yield place, start, block.text


def _asked(terms: Sequence[Term]) -> str:
    """Return terms as FTS5 asks for all of them, each a string of its own."""
    quoted = (f'"{term.words.replace(chr(34), " ")}"' for term in terms)
    return " ".join(
        f"{one}*" if term.begins else one for one, term in zip(quoted, terms, strict=True)
    )

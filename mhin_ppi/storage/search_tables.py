"""The tables that words are looked up in: SQLite's FTS5, inside the encrypted database.

Each indexed kind of noun has an index without words of its own: it only knows which row a word is
in. The row number is that of the noun with a minus before it, because FTS5 hands out rows from the
lowest up many times faster than from the highest down (measured: 0.6 ms instead of 14 ms for two
words in 15,000 paragraphs), and what is newest is wanted first.

What is new is indexed when somebody searches, not when it is kept, so that keeping costs nothing
(measured: 20,000 questions in one action took 0.7 s longer otherwise). What changes or goes leaves
the index in the same transaction, by the triggers below: no way of writing can forget it. The
index is told to overwrite what leaves it (``secure-delete``).

The words of drafts stand in attached files, so their paragraphs have rows of their own.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Column, Connection, Integer, Table, Text

from . import statements, tables

WORDS_OF = {
    "question": "{row}.body",
    "response": "coalesce({row}.body, '') || char(10) || coalesce({row}.reason, '')",
    "annotation": "{row}.body",
    "draft": "{row}.title",
}
"""Which words of a noun are indexed, as SQL."""

VERSION_BITS = 20
"""A paragraph's row number is minus (the version's, times two to this) plus its place."""

FIRST_WITH_SECURE_DELETE = (3, 42)
"""SQLCipher is newer; the unencrypted twin that tests and benchmarks open may be older."""

search_mark = Table(
    "search_mark",
    tables.metadata,
    Column("noun", Text, primary_key=True),
    Column("done", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""Up to which row of its table each kind of noun has been indexed."""

search_text = Table(
    "search_text",
    tables.metadata,
    Column("number", Integer, primary_key=True),
    Column("version", Text, nullable=False, unique=True),
)
"""The versions of drafts whose paragraphs have been indexed."""

search_passage = Table(
    "search_passage",
    tables.metadata,
    Column("number", Integer, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("words", Text, nullable=False),
)
"""The paragraphs of drafts: where each starts in its draft's text, and its words."""


def make(connection: Connection) -> None:
    """Make the indexes and what keeps them true, in a database that has today's other tables."""
    for statement in _statements():
        statements.run(connection, statement)
    for noun in WORDS_OF:
        statements.run(connection, statements.insert_into(search_mark), noun, 0)
    version = statements.one(connection, "SELECT sqlite_version()").split(".")
    if tuple(int(part) for part in version[:2]) >= FIRST_WITH_SECURE_DELETE:
        for name in (*WORDS_OF, "passage"):
            statements.run(connection, _SECURE.format(name=name))


def _statements() -> Iterator[str]:
    for name in (*WORDS_OF, "passage"):
        yield _INDEX.format(name=name)
    for noun, words in WORDS_OF.items():
        yield _CHANGED.format(noun=noun, old=words.format(row="OLD"), new=words.format(row="NEW"))
    yield from (_VERSION_CHANGED, _TEXT_GONE, _PASSAGE_GONE)


_INDEX = """CREATE VIRTUAL TABLE found_{name} USING fts5(
  words, content='', columnsize=0,
  tokenize="unicode61 remove_diacritics 2 categories 'L* M* N* Co'"
)"""
"""Marks that stand on or beside a letter are part of a word, as Hindi and Arabic need it."""

_SECURE = "INSERT INTO found_{name} (found_{name}, rank) VALUES ('secure-delete', 1)"

_CHANGED = """CREATE TRIGGER found_{noun}_changed AFTER UPDATE ON noun_{noun}
WHEN ({old} IS NOT {new} OR OLD.shown IS NOT NEW.shown)
  AND OLD.rowid <= (SELECT done FROM search_mark WHERE noun = '{noun}')
BEGIN
  INSERT INTO found_{noun} (found_{noun}, rowid, words)
    SELECT 'delete', -OLD.rowid, {old} WHERE OLD.shown = 1;
  INSERT INTO found_{noun} (rowid, words)
    SELECT -NEW.rowid, {new} WHERE NEW.shown = 1;
END"""

_VERSION_CHANGED = """CREATE TRIGGER search_version_changed AFTER UPDATE ON noun_version
WHEN OLD.text IS NOT NEW.text OR OLD.shown IS NOT NEW.shown
BEGIN
  DELETE FROM search_text WHERE version = OLD.id;
END"""

_TEXT_GONE = """CREATE TRIGGER search_text_gone AFTER DELETE ON search_text
BEGIN
  DELETE FROM search_passage
    WHERE number >= -(OLD.number << 20) AND number < -((OLD.number - 1) << 20);
END"""

_PASSAGE_GONE = """CREATE TRIGGER search_passage_gone AFTER DELETE ON search_passage
BEGIN
  INSERT INTO found_passage (found_passage, rowid, words)
    VALUES ('delete', OLD.number, OLD.words);
END"""

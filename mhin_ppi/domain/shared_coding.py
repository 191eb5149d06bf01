"""Coding as it travels between programs: codes, texts, what was coded in them, and memos."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class SharedUser:
    """Somebody who coded.

    Args:
        guid: Their identity in the file.
        name: As they are to be named.
    """

    guid: UUID
    name: str = ""


@dataclass(frozen=True, slots=True)
class SharedCode:
    """One code.

    Args:
        guid: Its identity in every file.
        name: What it is called.
        parent: The code it stands under.
        definition: When to use it.
        colour: "#RRGGBB", or "".
        codable: Whether it may be put on words; some programs have codes that only hold others.
        memos: Memos about it.
    """

    guid: UUID
    name: str
    parent: UUID | None = None
    definition: str = ""
    colour: str = ""
    codable: bool = True
    memos: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class SharedCoding:
    """One code on one passage of a text.

    Args:
        guid: Its identity.
        code: Which code.
        start: First character of the text, in code points from 0.
        end: One past the last.
        user: Who coded, where the file says so.
        made_at: When, as the file says it (ISO 8601), or "".
        memos: Memos about it.
    """

    guid: UUID
    code: UUID
    start: int
    end: int
    user: UUID | None = None
    made_at: str = ""
    memos: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class SharedSource:
    """A text and what was coded in it.

    Args:
        guid: Its identity.
        name: What it is called.
        text: All of it, as the file holds it, without a byte order mark.
        codings: In the order of the file.
        memos: Memos about the whole text.
    """

    guid: UUID
    name: str
    text: str
    codings: tuple[SharedCoding, ...] = ()
    memos: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class SharedMemo:
    """One memo.

    Args:
        guid: Its identity.
        body: The words.
        user: Whose thought, where the file says so.
        made_at: When (ISO 8601), or "".
    """

    guid: UUID
    body: str
    user: UUID | None = None
    made_at: str = ""


@dataclass(frozen=True, slots=True)
class SharedProject:
    """Everything in one file.

    Args:
        name: What the project is called.
        users: Who coded.
        codes: The codebook, every code after the one it stands under.
        sources: The texts.
        memos: Every memo, whatever it is about.
        left_out: Plain sentences about what the file holds and this program does not take.
    """

    name: str
    users: tuple[SharedUser, ...] = ()
    codes: tuple[SharedCode, ...] = ()
    sources: tuple[SharedSource, ...] = ()
    memos: tuple[SharedMemo, ...] = ()
    left_out: tuple[str, ...] = ()


def on_unix_lines(source: SharedSource) -> SharedSource:
    r"""Return a text whose lines end as this program's do, its codings moved along.

    >>> source = SharedSource(UUID(int=1), "a", "one\r\ntwo", (
    ...     SharedCoding(UUID(int=2), UUID(int=3), 5, 8),))
    >>> moved = on_unix_lines(source)
    >>> moved.text, moved.codings[0].start, moved.codings[0].end
    ('one\ntwo', 4, 7)
    """
    if "\r" not in source.text:
        return source
    from bisect import bisect_left
    from dataclasses import replace

    dropped = [at for at in range(len(source.text)) if source.text.startswith("\r\n", at)]
    moved = tuple(
        replace(
            coding,
            start=coding.start - bisect_left(dropped, coding.start),
            end=coding.end - bisect_left(dropped, coding.end),
        )
        for coding in source.codings
    )
    text = source.text.replace("\r\n", "\n").replace("\r", "\n")
    return replace(source, text=text, codings=moved)

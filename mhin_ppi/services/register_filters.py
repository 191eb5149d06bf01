"""Which questions of the register to show; kept under a name as text."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from .register_rows import RegisterRow, owed_rows
from .search import WordsFound

OPEN = "open"
"""The state that stands for every state in which somebody still waits."""
NOBODY_ASSIGNED = "nobody"


@dataclass(frozen=True, slots=True)
class RegisterFilter:
    """What a row must be to be shown; "" means anything.

    Args:
        words: Words it must hold, all of them.
        state: A state's value, or ``OPEN``.
        kind: A kind's value.
        project: Id of the project, as text.
        site: Id of the place, as text.
        holder: Who has it, in words.
        assigned: Id of the coordinator who looks after it, as text, or ``NOBODY_ASSIGNED``.
        tag: A label.
        stage: Code of a research stage.
        theme: Title of a theme.
        overdue: Only what has waited longer than promised.
    """

    words: str = ""
    state: str = ""
    kind: str = ""
    project: str = ""
    site: str = ""
    holder: str = ""
    assigned: str = ""
    tag: str = ""
    stage: str = ""
    theme: str = ""
    overdue: bool = False

    def to_text(self) -> str:
        """Return it as JSON, only what is set."""
        standard = RegisterFilter()
        chosen = {
            field.name: getattr(self, field.name)
            for field in dataclasses.fields(self)
            if getattr(self, field.name) != getattr(standard, field.name)
        }
        return json.dumps(chosen, ensure_ascii=False, sort_keys=True)


_NAMES = frozenset(field.name for field in dataclasses.fields(RegisterFilter))


def filter_from(text: str) -> RegisterFilter:
    """Return the filter that a text describes; what a later version added is passed over."""
    try:
        plain = json.loads(text)
    except ValueError:
        return RegisterFilter()
    if not isinstance(plain, dict):
        return RegisterFilter()
    standard = RegisterFilter()
    kept = {
        name: value
        for name, value in plain.items()
        if name in _NAMES and type(value) is type(getattr(standard, name))
    }
    return dataclasses.replace(standard, **kept)


def matches(words: str, found: WordsFound | None = None) -> Callable[[RegisterRow], bool]:
    """Return what tells whether a row holds all of some words.

    Args:
        words: Each is wanted in the question, an answer to it, or a name or tag that goes with it.
        found: What the index of words says; without it, and where it has not read a question yet,
            the asker's own words are looked through.
    """
    tests = [_holding(word, found) for word in words.casefold().split()]
    return lambda row: all(test(row) for test in tests)


def _holding(word: str, found: WordsFound | None) -> Callable[[RegisterRow], bool]:
    if found is None or word not in found.said:
        return lambda row: word in row.named() or word in row.body.casefold()
    said, unread = found.said[word], found.unread

    def holds(row: RegisterRow) -> bool:
        key = row.key
        return key in said or word in row.named() or (key in unread and word in row.body.casefold())

    return holds


def fitting(
    rows: Iterable[RegisterRow], wanted: RegisterFilter, found: WordsFound | None = None
) -> list[RegisterRow]:
    """Return the rows that a filter lets through, in their order; ``found`` as in ``matches``."""
    left = owed_rows(rows) if wanted.state == OPEN else list(rows)
    for test in _tests(wanted, found):
        left = [row for row in left if test(row)]
    return left


def _tests(wanted: RegisterFilter, found: WordsFound | None) -> list[Callable[[RegisterRow], bool]]:
    """Return what a row must pass, the words last: they take the longest."""
    tests: list[Callable[[RegisterRow], bool]] = []
    for name, value_of in _VALUES.items():
        value = getattr(wanted, name)
        if value and value != OPEN:
            tests.append(lambda row, of=value_of, value=value: of(row) == value)  # type: ignore[misc]
    if wanted.tag:
        tests.append(lambda row: wanted.tag in row.tags)
    if wanted.overdue:
        tests.append(lambda row: row.is_overdue)
    if wanted.words.strip():
        tests.append(matches(wanted.words, found))
    return tests


_VALUES: Mapping[str, Callable[[RegisterRow], str]] = {
    "state": lambda row: row.state.value,
    "kind": lambda row: row.kind.value,
    "project": lambda row: str(row.project.id) if row.project else "",
    "site": lambda row: str(row.site.id) if row.site else "",
    "holder": lambda row: row.holder,
    "assigned": lambda row: str(row.assigned.id) if row.assigned else NOBODY_ASSIGNED,
    "stage": lambda row: row.stage,
    "theme": lambda row: row.theme,
}

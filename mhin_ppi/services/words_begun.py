"""Words begun in a form and not saved: this laptop alone keeps them, whatever happens meanwhile."""

from __future__ import annotations

from collections.abc import Mapping

from .desk import Desk
from .ports import UnitOfWork


def keep_begun(desk: Desk, about: str, form: str, words: Mapping[str, str]) -> None:
    """Keep what is written in a form so far; nothing written forgets it.

    Args:
        desk: The open board.
        about: What the form is about: an id, as text.
        form: Which form it is.
        words: What stands in its fields, by their names.
    """
    with desk.store.unit_of_work() as work:
        work.keep_local(_key(about, form), words or None)
        work.commit()


def words_begun(desk: Desk, about: str, form: str) -> dict[str, str]:
    """Return what was written in a form, by the names of its fields; empty when nothing was."""
    with desk.store.unit_of_work() as work:
        return dict(work.local(_key(about, form)) or {})


def forms_begun(desk: Desk, about: str) -> tuple[str, ...]:
    """Return in which forms about something words were begun."""
    begins = _key(about, "")
    with desk.store.unit_of_work() as work:
        return tuple(key.removeprefix(begins) for key in work.local_keys(begins))


def forget_begun(work: UnitOfWork, about: str) -> None:
    """Forget every form about something, with the action that takes its words back."""
    for key in work.local_keys(_key(about, "")):
        work.keep_local(key, None)


def _key(about: str, form: str) -> str:
    return f"begun:{about}:{form}"

"""What this laptop alone keeps about the notes of a draft: words not saved yet, and the filter."""

from __future__ import annotations

from typing import Any

from ..domain.drafts import DraftId, VersionId
from .desk import Desk


def unfinished_key(version: VersionId, slot: str = "") -> str:
    """Return under which name words that are being written are kept."""
    return f"unfinished:{version}:{slot}" if slot else f"unfinished:{version}"


def all_unfinished(desk: Desk, version: VersionId) -> dict[str, dict[str, Any]]:
    """Return everything begun and not saved on a version, by slot ("" for a new note)."""
    key = unfinished_key(version)
    with desk.store.unit_of_work() as work:
        found = {each: work.local(each) for each in work.local_keys(key)}
    return {each[len(key) + 1 :]: dict(kept) for each, kept in found.items() if kept}


def keep_view(desk: Desk, draft: DraftId, **view: Any) -> None:  # noqa: ANN401 - plain values
    """Keep how the notes of a draft are looked at; nothing forgets it."""
    with desk.store.unit_of_work() as work:
        work.keep_local(f"notes-view:{draft}", view or None)
        work.commit()


def kept_view(desk: Desk, draft: DraftId) -> dict[str, Any]:
    """Return how the notes of a draft were looked at last."""
    with desk.store.unit_of_work() as work:
        return dict(work.local(f"notes-view:{draft}") or {})

"""What the window calls itself: a plain name that says nothing of boards, drafts or people.

A laptop may be shared. The name is kept beside the looks, outside every board, because it is
needed before any board is open; only names from a short list are ever kept there.
"""

from __future__ import annotations

from pathlib import Path

NAMES = ("MHIN PPI", "Notes", "Reading", "Documents")
FILE_NAME = "window-name.txt"
_MOST_BYTES = 100


def load_name(looks: Path) -> str:
    """Return the window's name.

    Args:
        looks: The file of looks; the name is kept beside it.
    """
    try:
        kept = looks.with_name(FILE_NAME).read_bytes()[:_MOST_BYTES].decode(errors="replace")
    except OSError:
        return NAMES[0]
    return kept.strip() if kept.strip() in NAMES else NAMES[0]


def save_name(looks: Path, name: str) -> bool:
    """Keep the window's name; return whether it could be kept.

    Args:
        looks: The file of looks; the name is kept beside it.
        name: One of ``NAMES``.
    """
    if name not in NAMES:
        return False
    try:
        looks.parent.mkdir(parents=True, exist_ok=True)
        looks.with_name(FILE_NAME).write_text(name, encoding="utf-8")
    except OSError:
        return False
    return True

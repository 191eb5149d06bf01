"""What other forms of a draft are called on screen."""

from __future__ import annotations

from ...domain.companions import Companion, CompanionKind

COMPANION_WORDS = {
    CompanionKind.EASY_READ: "Easy Read",
    CompanionKind.TRANSLATION: "Translation",
    CompanionKind.AUDIO: "Audio",
}


def companion_words(companion: Companion, *, made_for: int = 0) -> str:
    """Return what a form is called ("Easy Read", "Polski", "Audio, Polski").

    Args:
        companion: The form.
        made_for: The number of the earlier version it was made for; 0 for the version in view.
    """
    parts = [COMPANION_WORDS[companion.kind], companion.language]
    if companion.kind is CompanionKind.TRANSLATION and companion.language:
        parts = [companion.language]
    words = ", ".join(part for part in parts if part)
    return f"{words} (of version {made_for})" if made_for else words

"""What other forms of a draft are called on screen."""

from __future__ import annotations

from ...domain.companions import Companion, CompanionKind

COMPANION_WORDS = {
    CompanionKind.EASY_READ: "Easy Read",
    CompanionKind.TRANSLATION: "Translation",
    CompanionKind.AUDIO: "Audio",
}


def companion_words(companion: Companion) -> str:
    """Return what a form is called ("Easy Read", "Polski", "Audio, Polski")."""
    if companion.kind is CompanionKind.TRANSLATION:
        return companion.language or COMPANION_WORDS[companion.kind]
    parts = [COMPANION_WORDS[companion.kind], companion.language]
    return ", ".join(part for part in parts if part)

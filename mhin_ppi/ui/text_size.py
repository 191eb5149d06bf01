"""Making all text larger or smaller, from wherever a person is."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from PySide6.QtWidgets import QApplication

from .preferences import Preferences, default_path, save_preferences
from .theme import apply_theme, theme, theme_changes

STEP = 10
"""Per cent by which one press changes the size."""


def change_text_size(by: int) -> int:
    """Make all text larger or smaller, remember it, and return the new size in per cent."""
    now = theme().preferences
    use(replace(now, text_size=now.text_size + by))
    return theme().preferences.text_size


def use(preferences: Preferences) -> None:
    """Show everything in these looks, and remember them."""
    apply_theme(cast(QApplication, QApplication.instance()), preferences)
    save_preferences(default_path(), preferences)


def remember(preferences: Preferences) -> None:
    """Remember what changes nothing that is drawn, such as the speed of reading aloud."""
    changes = theme_changes()
    changes.theme = replace(changes.theme, preferences=preferences)
    save_preferences(default_path(), preferences)

"""Several of a few, all in view."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from PySide6.QtWidgets import QCheckBox

from ..widgets.flow import FlowRow


class Ticks(FlowRow):
    """A tick for each of a few things; any number may be ticked, or none.

    Args:
        choices: Words and what they stand for.
        name: What is asked, for screen readers.
    """

    def __init__(self, choices: Iterable[tuple[str, object]], *, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._values: dict[QCheckBox, object] = {}
        for words, value in choices:
            tick = QCheckBox(words.replace("&", "&&"))
            self._values[tick] = value
            self.add(tick)
        first = next(iter(self._values), None)
        if first is not None:
            self.setFocusProxy(first)
        self.name_choices()

    def name_choices(self) -> None:
        """Name every tick by what is asked and its own words; a form's row covers the first."""
        for tick in self._values:
            tick.setAccessibleName(f"{self.accessibleName()}: {tick.text().replace('&&', '&')}")

    def tick(self, wanted: Collection[object]) -> None:
        """Tick what stands for one of these, and nothing else."""
        for tick, value in self._values.items():
            tick.setChecked(value in wanted)

    def values(self) -> tuple[Any, ...]:
        """Return what the ticked words stand for, in the order offered."""
        return tuple(value for tick, value in self._values.items() if tick.isChecked())

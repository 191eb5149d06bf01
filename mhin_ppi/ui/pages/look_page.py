"""Text and colours: every change is seen at once, and remembered on this laptop."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSlider, QVBoxLayout, QWidget

from ..messages import announce
from ..preferences import (
    LARGEST_TEXT,
    SMALLEST_TEXT,
    Look,
    Surface,
    Typeface,
)
from ..tasks import Tasks
from ..text_size import STEP, change_text_size, use
from ..theme import theme, theme_changes
from ..widgets.buttons import button
from ..widgets.cards import Card
from ..widgets.flow import FlowRow
from ..widgets.form_rows import FormRow
from ..widgets.labels import WrapLabel, heading, muted
from .form import Choice
from .framed_page import Column, FramedPage
from .page import Place

if TYPE_CHECKING:
    from ...services.boards import Services

WIDEST_EM = 38
_LOOKS = (
    ("As this computer is set", Look.SYSTEM),
    ("Light", Look.LIGHT),
    ("Dark", Look.DARK),
    ("High contrast", Look.CONTRAST),
)
_TYPEFACES = (
    ("Atkinson Hyperlegible (made for easy reading)", Typeface.ATKINSON),
    ("OpenDyslexic (heavier at the foot of each letter)", Typeface.DYSLEXIA),
    ("As this computer is set", Typeface.SYSTEM),
)
_SURFACES = (("White", Surface.PAPER), ("Cream", Surface.CREAM))
_LINES = (("Close", 1.3), ("Usual", 1.5), ("Wide", 1.8), ("Very wide", 2.2))
_LETTERS = (("Usual", 0), ("Wide", 5), ("Very wide", 10))
_COLUMN = (("Narrow", 50), ("Usual", 66), ("Wide", 85))
_READING = (("Smaller", 85), ("Usual", 100), ("Larger", 125), ("Much larger", 150))


class LookPage(FramedPage):
    """Size, colours, letters and spacing of everything on the screen."""

    place: ClassVar[Place] = Place.LOOK

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__(
            services,
            tasks,
            title="Text and colours",
            context="Every change shows at once and is remembered on this laptop.",
        )
        now = theme().preferences
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(SMALLEST_TEXT // STEP, LARGEST_TEXT // STEP)
        self.slider.setPageStep(5)
        self.slider.setValue(now.text_size // STEP)
        # A change of size moves the slider under the pointer, so it waits for the release.
        self.slider.setTracking(False)
        self.slider.valueChanged.connect(lambda at: self._set(text_size=at * STEP))
        self.smaller = button("Smaller", on_press=lambda: self._step(-STEP))
        self.larger = button("Larger", on_press=lambda: self._step(STEP))
        self._size_words = muted("")
        self._preview = _Preview()
        size = Card()
        size.add(FormRow("Size of all text", self.slider))
        size.add(FlowRow(self.smaller, self.larger, button("Usual size", on_press=self._usual)))
        size.add(self._size_words)
        self._column = Column(
            size,
            self._chooser("Colours", "look", _LOOKS, now.look),
            self._chooser("Letters", "typeface", _TYPEFACES, now.typeface),
            heading("In a draft"),
            self._preview,
            self._chooser("Size of the draft's text", "reading_size", _READING, now.reading_size),
            self._chooser("From line to line", "line_spacing", _LINES, now.line_spacing),
            self._chooser("From letter to letter", "letter_spacing", _LETTERS, now.letter_spacing),
            self._chooser(
                "How wide the lines are", "column_characters", _COLUMN, now.column_characters
            ),
            self._chooser("Paper, in light colours", "surface", _SURFACES, now.surface),
            FlowRow(button("Go back to where I was", icon="arrow-left", on_press=self.back.emit)),
        )
        self.frame.set_content(self._column)
        self._redraw()
        theme_changes().changed.connect(self._redraw)

    def open_at(self, argument: object | None) -> None:
        self.slider.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        """Nothing here depends on the board."""

    def _chooser(
        self, words: str, field: str, choices: tuple[tuple[str, object], ...], now: object
    ) -> Card:
        card = Card(words)
        nearest = _nearest(choices, now)
        choice = Choice(choices, name=words, chosen=nearest)
        choice.changed.connect(lambda: self._set(**{field: choice.value()}))
        card.add(choice)
        return card

    def _set(self, **fields: Any) -> None:  # noqa: ANN401 - any looks
        use(replace(theme().preferences, **fields))
        self.say("Remembered")

    def _step(self, by: int) -> None:
        announce(self, f"Text size {change_text_size(by)} per cent")

    def _usual(self) -> None:
        self._set(text_size=100)

    def _redraw(self) -> None:
        made = theme()
        size = made.preferences.text_size
        self._size_words.setText(f"{size} % of the usual size")
        self.slider.setAccessibleDescription(self._size_words.text())
        self.slider.blockSignals(True)
        self.slider.setValue(size // STEP)
        self.slider.blockSignals(False)
        self.smaller.setEnabled(size > SMALLEST_TEXT)
        self.larger.setEnabled(size < LARGEST_TEXT)
        self._column.setMaximumWidth(made.px(WIDEST_EM))
        layout = self._column.layout()
        if layout is not None:
            layout.setSpacing(made.space(3))
        self._preview.redraw()


def _nearest(choices: tuple[tuple[str, object], ...], now: object) -> object:
    """Return the choice that is in use, or for a number between two the nearer."""
    values = [value for _, value in choices]
    if now in values or not isinstance(now, int | float):
        return now
    return min(values, key=lambda value: abs(cast(float, value) - now))


class _Preview(QFrame):
    """A few lines as a draft would show them."""

    def __init__(self) -> None:
        super().__init__()
        self._heading = WrapLabel("2. What taking part involves")
        self._lines = QWidget()
        self._column = QVBoxLayout(self._lines)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._labels = [
            WrapLabel("You will be asked to talk to a researcher twice, for about an hour."),
            WrapLabel("You can stop at any time, and you do not have to say why."),
        ]
        for label in self._labels:
            self._column.addWidget(label)
        row = QHBoxLayout(self)
        row.addWidget(self._lines)
        self._column.insertWidget(0, self._heading)
        self.setAccessibleName("How a draft will look")

    def redraw(self) -> None:
        """Follow the theme."""
        made = theme()
        self.setStyleSheet(
            f"_Preview {{ background: {made.reading_surface}; "
            f"border: {made.border}px solid {made.colours.line}; "
            f"border-radius: {made.px(0.45)}px; }}"
        )
        reading = made.reading_font()
        for label in self._labels:
            label.setStyleSheet(f"font-size: {reading.pointSizeF()}pt;")
            label.setFont(reading)
        larger = reading.pointSizeF() * 1.25
        self._heading.setStyleSheet(f"font-size: {larger}pt; font-weight: 700;")
        spare = (made.preferences.line_spacing - 1) * reading.pointSizeF()
        self._column.setSpacing(round(spare))

"""Reading a draft aloud, sentence by sentence, with the spoken sentence marked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import replace

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from ...domain.sentences import Spoken, sentences
from .. import messages
from ..idle import signs_of_use
from ..text_size import remember
from ..theme import theme
from ..widgets.aloud_bar import AloudBar
from ..widgets.buttons import button
from ..widgets.highlights import SPOKEN
from ..widgets.speech import Speaker
from .reading_facts import Reading
from .reading_parts import ReadingPart, ReadingPlace

KEYS, STOP_KEYS = "Ctrl+Shift+Space", "Escape"


class AloudPart(ReadingPart):
    """Reads aloud from the marked words or the caret, and follows what is said.

    Args:
        page: The reading page.
        parent: Qt's owner.
    """

    def __init__(self, page: ReadingPlace, *, parent: QObject) -> None:
        super().__init__(page, parent=parent)
        self.make_speaker: Callable[[], Speaker] = lambda: Speaker(parent=self)
        self.speaker: Speaker | None = None
        self.bar = AloudBar()
        self._sentences: list[Spoken] = []
        self._at = -1
        self._paused = False
        self._following = True
        self._moving = False
        self.button = button("Read aloud", icon="volume-2", kind="quiet")
        self.button.setCheckable(True)
        self.button.setToolTip(f"{KEYS}: read aloud from here; again to pause. Escape stops.")
        self.button.clicked.connect(self._on_pressed)
        page.pane.add_tool(self.button)
        page.pane.add_below(self.bar)
        self._keys = QShortcut(QKeySequence(KEYS), page.pane)
        self._keys.activated.connect(self.start_or_pause)
        self._stop_keys = QShortcut(QKeySequence(STOP_KEYS), page.pane)
        self._stop_keys.activated.connect(self.stop)
        self._stop_keys.setEnabled(False)
        for keys in (self._keys, self._stop_keys):
            keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.bar.pause_wanted.connect(self.start_or_pause)
        self.bar.step_wanted.connect(self.step)
        self.bar.faster_wanted.connect(self._change_speed)
        self.bar.voice_chosen.connect(lambda name: self._remember(speech_voice=name))
        self.bar.stop_wanted.connect(self.stop)
        page.reader.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    @property
    def speaking(self) -> bool:
        """Whether reading aloud has begun and not been stopped; it may be paused."""
        return self._at >= 0

    def opened(self, reading: Reading) -> None:
        self.stop()

    def left(self) -> None:
        self.stop()

    # Beginning and ending

    def _on_pressed(self) -> None:
        if self.button.isChecked():
            self.start()
        else:
            self.stop()

    def start_or_pause(self) -> None:
        """Begin, pause, or go on."""
        if not self.speaking:
            self.start()
            return
        self._paused = not self._paused
        if self.speaker is not None:
            if self._paused:
                self.speaker.pause()
            else:
                self._go_on(self.speaker)
        self.bar.show_paused(paused=self._paused)

    def _go_on(self, speaker: Speaker) -> None:
        self._following = True
        if speaker.is_saying:
            speaker.go_on()
        else:
            self._on_said()  # the voice had come to the sentence's end when it was paused

    def start(self) -> None:
        """Read aloud from the marked words, or from the caret where it is in view."""
        speaker = self._ready_speaker()
        self.button.setChecked(not speaker.problem)
        self.bar.show_problem(speaker.problem)
        if speaker.problem:
            messages.announce(self.bar, speaker.problem)
            return
        reader = self.page.reader
        self._sentences = sentences(reader.draft, leave_out=self._left_out())
        first = self._first()
        if first is None:
            self.stop()
            self.page.say("There is nothing to read aloud from here.")
            return
        self._paused, self._following = False, True
        self._stop_keys.setEnabled(True)
        self.bar.show_voices(speaker.voices, chosen=theme().preferences.speech_voice)
        self.bar.show_paused(paused=False)
        self._say(first)

    def stop(self) -> None:
        """Say no more and take the mark away; the place on the page stays."""
        if self.speaker is not None:
            self.speaker.stop()
        self._at, self._sentences = -1, []
        self._stop_keys.setEnabled(False)
        self.button.setChecked(False)
        self.bar.hide()
        self.page.reader.set_highlights((), layer=SPOKEN)

    def step(self, by: int) -> None:
        """Go one sentence on (1) or back (-1)."""
        if self.speaking:
            self._paused, self._following = False, True
            self.bar.show_paused(paused=False)
            self._say(min(max(0, self._at + by), len(self._sentences) - 1))

    def _ready_speaker(self) -> Speaker:
        """Return the voice; one that could not speak is tried anew, since people mend things."""
        if self.speaker is None or self.speaker.problem:
            self.speaker = self.make_speaker()
            self.speaker.finished.connect(self._on_said)
            self.speaker.failed.connect(self._on_failed)
        return self.speaker

    def _left_out(self) -> Iterable[tuple[int, int]]:
        return self.page.reader.folded_spans()

    def _first(self) -> int | None:
        """Return the sentence to begin with: at the marked words, the caret, or the top."""
        reader = self.page.reader
        if reader.marked:
            offset = reader.marked[0]
        elif reader.viewport().rect().intersects(reader.cursorRect()):
            offset = reader.caret()
        else:
            block, into = reader.position()
            offset = reader.draft.starts[block] + into
        starts = [one.start for one in self._sentences]
        at = max(0, bisect_right(starts, offset) - 1)
        while at < len(self._sentences) and self._sentences[at].end <= offset:
            at += 1
        return at if at < len(self._sentences) else None

    # Saying

    def _say(self, at: int) -> None:
        speaker, one = self.speaker, self._sentences[at]
        if speaker is None:
            return
        self._at = at
        self.page.reader.set_highlights([(one.start, one.end, SPOKEN, "")], layer=SPOKEN)
        if self._following:
            self._moving = True
            self.page.reader.reveal(one.start, one.end)
            self._moving = False
        looks = theme().preferences
        speaker.use(voice=looks.speech_voice, speed=looks.speech_speed)
        # Nobody touches the laptop while they listen.
        signs_of_use().seen.emit()
        speaker.say(one.said)

    def _on_said(self) -> None:
        if not self.speaking or self._paused:
            return
        if self._at + 1 < len(self._sentences):
            self._say(self._at + 1)
        else:
            self.stop()
            self.page.say("That is the end.")

    def _on_failed(self, words: str) -> None:
        self.stop()
        self.bar.show_problem(words)
        messages.announce(self.bar, words)

    def _on_scrolled(self) -> None:
        """Stop following when the person looks elsewhere, and follow again when they come back."""
        if not self.speaking or self._moving:
            return
        one = self._sentences[self._at]
        self._following = self.page.reader.shows(one.start, one.end)

    def _change_speed(self, by: int) -> None:
        self._remember(speech_speed=theme().preferences.speech_speed + by)
        self.page.say(f"Speed {theme().preferences.speech_speed:+d}")

    def _remember(self, **chosen: object) -> None:
        remember(replace(theme().preferences, **chosen))  # type: ignore[arg-type]
        if self.speaking and not self._paused:
            self._say(self._at)

"""The computer's own voice, used only when something is read aloud.

Qt's speech comes in a package of its own that may be missing, and needs a voice engine that may be
missing too; either is said plainly. Nothing is sent anywhere: the voice is the computer's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtTextToSpeech import QTextToSpeech, QVoice

NOT_INSTALLED = (
    "Reading aloud is not installed with this program. It comes with the package PySide6-Addons: "
    "ask the person who looks after this computer to add it."
)
NO_ENGINE = (
    "This computer has no voice that programs can use. Voices are added in its settings, under "
    "Accessibility or Speech; on Linux the package speech-dispatcher-espeak-ng brings some."
)
STOPPED = (
    "Reading aloud has stopped. Your notes and your place are safe. You can press Read aloud to "
    "try again, or choose another voice. If there is no sound at all, voices are added in the "
    "computer's settings, under Accessibility or Speech."
)
NO_VOICES = (
    "The voice engine of this computer has no voices yet. They are added in its settings, under "
    "Accessibility or Speech."
)
SPEED_STEPS = 5
"""Steps from the ordinary speed to the slowest and the fastest."""
_MOST_VOICES = 40


class Speaker(QObject):
    """Says one sentence after another as it is told; made when first wanted.

    Args:
        engine: Qt's name of an engine; "" for the computer's usual one.
        parent: Qt's owner.

    Signals:
        finished: A sentence has been said to its end.
        failed: In plain words, why nothing can be said.
    """

    finished = Signal()
    failed = Signal(str)

    def __init__(self, *, engine: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speech: QTextToSpeech | None = None
        self._voices: dict[str, QVoice] = {}
        self._saying = False
        self._held = False
        self.problem = self._begin(engine)

    def _begin(self, engine: str) -> str:
        """Start the engine and return what is in the way, or ""."""
        try:
            from PySide6.QtTextToSpeech import QTextToSpeech
        except ImportError:
            return NOT_INSTALLED
        # Qt's stand-in for tests makes no sound: it helps nobody unless it is asked for by name.
        real = [name for name in QTextToSpeech.availableEngines() if name != "mock"]
        if not engine and not real:
            return NO_ENGINE
        self._speech = QTextToSpeech(engine or real[0], self)
        if self._speech.state() == QTextToSpeech.State.Error:
            return NO_ENGINE
        for voice in self._speech.availableVoices()[:_MOST_VOICES]:
            self._voices.setdefault(voice.name(), voice)
        if not self._voices:
            return NO_VOICES
        self._speech.stateChanged.connect(self._on_state)
        return ""

    @property
    def voices(self) -> list[str]:
        """Names of the voices for the computer's language."""
        return list(self._voices)

    @property
    def is_saying(self) -> bool:
        """Whether a sentence has been begun and not been said to its end."""
        return self._saying

    def use(self, *, voice: str, speed: int) -> None:
        """Speak with a voice (the usual one where it is not here) at a speed, -5 to 5."""
        if self._speech is None or self.problem:
            return
        if voice in self._voices:
            self._speech.setVoice(self._voices[voice])
        self._speech.setRate(max(-1.0, min(1.0, speed / SPEED_STEPS * 0.8)))

    def say(self, words: str) -> None:
        """Say something, in place of whatever is being said."""
        if self._speech is None or self.problem:
            self.failed.emit(self.problem)
            return
        self._saying = False
        self._speech.stop()
        self._saying, self._held = True, False
        self._speech.say(words)

    def pause(self) -> None:
        """Hold on in the middle of a sentence, at the end of a word."""
        self._held = True
        if self._speech is not None:
            self._speech.pause()

    def go_on(self) -> None:
        """Go on after a pause."""
        self._held = False
        if self._speech is not None:
            self._speech.resume()

    def stop(self) -> None:
        """Say no more; ``finished`` is not told."""
        self._saying = False
        if self._speech is not None:
            self._speech.stop()

    def _on_state(self, state: QTextToSpeech.State) -> None:
        if not self._saying:
            return
        if state.name == "Paused" and not self._held:
            self.go_on()  # the pause took hold only after the person had gone on again
        elif state.name == "Ready":
            self._saying = False
            self.finished.emit()
        elif state.name == "Error":
            self._saying = False
            self.problem = STOPPED
            self.failed.emit(STOPPED)

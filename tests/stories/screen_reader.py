"""What a screen reader sees and hears of the window, over the real accessibility bus.

Runs with the system's Python, which has ``pyatspi``; it imports nothing of the program. Everything
is found by role and name, every key goes through the X server, and what has the focus must have a
name at every step. Problems are printed and end it with 1.
"""

from __future__ import annotations

import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from typing import Any

import pyatspi
from gi.repository import GLib

PATIENCE_SECONDS = 60.0


def _children(at: Any) -> list[Any]:
    """Return what is inside something; nothing when it went away while it was being asked."""
    try:
        return [at.getChildAtIndex(number) for number in range(max(0, at.childCount))]
    except (GLib.Error, RuntimeError, LookupError):
        return []


class ScreenReader:
    """Looks at one application through AT-SPI, and presses keys."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.focused: Any = None
        self.visited: list[str] = []
        registry = pyatspi.Registry
        registry.registerEventListener(self._on_announced, "object:announcement")
        registry.registerEventListener(self._on_focus, "object:state-changed:focused")

    def _on_announced(self, event: Any) -> None:
        self.heard.append(str(event.any_data))

    def _on_focus(self, event: Any) -> None:
        if event.detail1:
            self.focused = event.source

    def turn(self, seconds: float = 0.05) -> None:
        """Let events come in for a while."""
        until = time.monotonic() + seconds
        context = GLib.MainContext.default()
        while time.monotonic() < until:
            while context.pending():
                context.iteration(False)
            time.sleep(0.01)

    def until(self, what: str, look: Callable[[], Any], seconds: float = PATIENCE_SECONDS) -> Any:
        """Wait until something is so, and return it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.turn()
            try:
                found = look()
            except (GLib.Error, RuntimeError, LookupError, StopIteration):
                continue
            if found:
                return found
        raise AssertionError(f"not so after {seconds:g} s: {what}; heard {self.heard[-6:]}")

    def window(self) -> Any:
        """Return the program's window."""
        desktop = pyatspi.Registry.getDesktop(0)
        for application in _children(desktop):
            for window in _children(application) if application is not None else ():
                if window is not None and window.getRole() == pyatspi.ROLE_FRAME:
                    return window
        return None

    def all(self, role: int | None = None, name: str = "") -> Iterator[Any]:
        """Yield what is showing, of a role, whose name holds some words."""
        waiting = [self.window()]
        while waiting:
            at = waiting.pop()
            if at is None:
                continue
            states = at.getState()
            if not states.contains(pyatspi.STATE_SHOWING):
                continue
            if (role is None or at.getRole() == role) and name in (at.name or ""):
                yield at
            if at.getRole() != pyatspi.ROLE_TABLE:
                waiting.extend(reversed(_children(at)))

    def find(self, role: int, name: str) -> Any:
        """Wait for something of a role and name to be showing, and return it."""
        return self.until(f"a {pyatspi.Role(role)} “{name}”", lambda: next(self.all(role, name)))

    def press(self, *keys: str) -> None:
        """Press keys, each written as xdotool has it ("ctrl+z", "Tab")."""
        for key in keys:
            subprocess.run(["xdotool", "key", "--delay", "20", key], check=True)
            self.turn(0.12)

    def type(self, words: str) -> None:
        """Type words."""
        subprocess.run(["xdotool", "type", "--delay", "15", words], check=True)
        self.turn(0.3)

    def here(self) -> Any:
        """Return what has the focus; it must have a name."""
        self.turn(0.1)
        at = self.focused
        assert at is not None, "nothing has the focus"
        assert at.name, f"the focus is on a {at.getRoleName()} without a name"
        if not self.visited or self.visited[-1] != at.name:
            self.visited.append(at.name)
        return at

    def go_to(self, name: str, *, of: str = "", key: str = "Tab", most: int = 80) -> Any:
        """Press Tab until what has the focus has this in its name, and ``of`` beside it."""
        for _ in range(most):
            here = self.here()
            if name in f"{labels(here)} {here.name}" and of in f"{here.name} {here.description}":
                return here
            self.press(key)
        raise AssertionError(f"{key} never came to “{name}”: {self.visited[-most:]}")

    def hears(self, words: str) -> str:
        """Wait for an announcement, and forget those before it."""

        def said() -> str:
            return next((each for each in self.heard if words in each), "")

        found: str = self.until(f"“{words}” is said", said)
        self.heard = self.heard[self.heard.index(found) + 1 :]
        return found

    def text(self, at: Any) -> str:
        """Return what the Text interface reads out of a control."""
        text = at.queryText()
        return str(text.getText(0, text.characterCount))


def labels(at: Any) -> str:
    """Return what labels a control; the name of a combo box is what is chosen in it."""
    found = [
        relation.getTarget(n).name
        for relation in at.getRelationSet()
        if relation.getRelationType() == pyatspi.RELATION_LABELLED_BY
        for n in range(relation.getNTargets())
    ]
    return " ".join(found)


def run(journey: Callable[[ScreenReader], None]) -> None:
    """Go on a journey; print what went wrong and where the focus had been."""
    reader = ScreenReader()
    try:
        journey(reader)
    except Exception as problem:  # noqa: BLE001 - told to the test, with the way that led there
        told = traceback.format_exc(limit=-2)
        sys.stdout.write(f"{told}\nfocus: {reader.visited[-15:]}\nheard: {reader.heard[-10:]}\n")
        raise SystemExit(1) from problem
    sys.stdout.write(f"visited {len(reader.visited)}\n")

"""For every test of the window: no screen needed, no warning from Qt, nothing left open."""

from __future__ import annotations

import os
from collections.abc import Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QEvent, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from mhin_ppi.ui.preferences import Look, Preferences
from mhin_ppi.ui.theme import apply_theme

# Said by the offscreen stand-in for a screen, about itself.
_ABOUT_THE_STAND_IN = ("This plugin does not support",)


@pytest.fixture(autouse=True)
def _quiet_and_tidy(qapp: QApplication) -> Iterator[None]:
    said: list[str] = []

    def keep(kind: QtMsgType, _: object, message: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and not message.startswith(_ABOUT_THE_STAND_IN):
            said.append(message)

    before = qInstallMessageHandler(keep)
    yield
    for window in qapp.topLevelWidgets():
        window.close()
        window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qapp.processEvents()
    qInstallMessageHandler(before)
    assert said == []


@pytest.fixture
def look(qapp: QApplication) -> Iterator[None]:
    """The light look at ordinary size, whatever the computer's own settings."""
    apply_theme(qapp, Preferences(look=Look.LIGHT))
    yield
    apply_theme(qapp, Preferences(look=Look.LIGHT))

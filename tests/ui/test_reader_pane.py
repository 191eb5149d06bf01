"""The reader's tools give way to its text where there is little height."""

from __future__ import annotations

from typing import Any

import pytest

from mhin_ppi.domain.blocks import plain_draft
from mhin_ppi.ui.theme import theme
from mhin_ppi.ui.widgets.reader_pane import CRAMPED_EM, ReaderPane
from tests.robots.laptop import buttons_seen, press


@pytest.fixture
def pane(qtbot: Any, look: None) -> ReaderPane:
    made = ReaderPane()
    qtbot.addWidget(made)
    made.show_draft(plain_draft(["Anyone can take part.", "It takes an hour."]))
    made.resize(theme().px(60), theme().px(CRAMPED_EM + 4))
    made.show()
    qtbot.waitExposed(made)
    return made


def test_with_room_the_tools_are_there(pane: ReaderPane) -> None:
    assert {"Contents", "Find"} <= buttons_seen(pane)
    assert "Tools" not in buttons_seen(pane)


def test_with_little_height_one_button_brings_them(pane: ReaderPane, qtbot: Any) -> None:
    pane.resize(pane.width(), theme().px(CRAMPED_EM - 4))
    qtbot.waitUntil(lambda: "Tools" in buttons_seen(pane), timeout=60_000)
    assert "Find" not in buttons_seen(pane)
    assert pane.reader.height() > pane.height() * 0.6
    press(pane, "Tools")
    assert {"Contents", "Find"} <= buttons_seen(pane)
    press(pane, "Tools")
    assert "Find" not in buttons_seen(pane)

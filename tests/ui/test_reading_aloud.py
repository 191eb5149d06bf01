"""Reading aloud with Qt's own soundless engine: what is said, marked, remembered, and missing."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from mhin_ppi.domain.annotations import AnnotationKind
from mhin_ppi.ui.idle import IdleWatch
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.reading_aloud import AloudPart
from mhin_ppi.ui.pages.reading_page import ReadingPage
from mhin_ppi.ui.preferences import Preferences, default_path, load_preferences, save_preferences
from mhin_ppi.ui.theme import theme
from mhin_ppi.ui.widgets.folds import Fold
from mhin_ppi.ui.widgets.highlights import SPOKEN
from mhin_ppi.ui.widgets.speech import NO_ENGINE, NOT_INSTALLED, Speaker
from tests.robots.laptop import PASSWORD, Laptop, make_boards, press, sees

pytest.importorskip("PySide6.QtTextToSpeech", exc_type=ImportError)
pytestmark = pytest.mark.usefixtures("look")
TEXT = (
    "# Why we ask\n\nWe ask Dr. Okafor. She knows.\n\n" + "Another line of it.\n\n" * 60 + "Last."
)


class Recorded(Speaker):
    """Qt's soundless engine; keeps what it was told to say."""

    def __init__(self, parent) -> None:
        super().__init__(engine="mock", parent=parent)
        self.told: list[str] = []

    def say(self, words: str) -> None:
        self.told.append(words)
        super().say(words)


@pytest.fixture
def page(qtbot, tmp_path):
    boards = make_boards(tmp_path)
    services, _ = boards.start(
        boards.new_folder(), board_name="B", person_name="Ruth", passphrase=PASSWORD
    )
    laptop = Laptop(services)
    laptop.put(ReadingPage)
    laptop.show()
    laptop.activateWindow()
    project = services.people.add_project("A study", team="the team", sites=[]).value
    version = services.reviewing.add_draft(
        TEXT.encode(), file_name="a.md", project=project.id, title="Draft"
    ).value
    laptop.go(Place.READING, version.id)
    laptop.settle(qtbot)
    shown = laptop.page(Place.READING)
    part(shown).make_speaker = lambda: Recorded(part(shown))
    yield shown
    laptop.close_board()


def part(page: ReadingPage) -> AloudPart:
    return next(one for one in page.parts if isinstance(one, AloudPart))


def marked(page: ReadingPage) -> str:
    return " ".join(
        page.reader.draft.text[m.start : m.end] for m in page.reader.marks.layer(SPOKEN).all
    )


def wait_for(qtbot, page, words: str) -> None:
    qtbot.waitUntil(lambda: marked(page) == words, timeout=8000)


def test_sentences_are_said_and_marked_one_after_the_other(page, qtbot):
    press(page, "Read aloud")
    aloud = part(page)
    assert marked(page) == "Why we ask"
    wait_for(qtbot, page, "We ask Dr. Okafor.")
    wait_for(qtbot, page, "She knows.")
    assert aloud.speaker.told[:3] == ["Heading: Why we ask", "We ask Dr. Okafor.", "She knows."]
    press(page, "Stop")
    assert marked(page) == ""
    assert not aloud.button.isChecked()
    said = len(aloud.speaker.told)
    qtbot.wait(150)
    assert len(aloud.speaker.told) == said


def test_it_begins_at_the_marked_words_pauses_goes_on_and_steps(page, qtbot):
    start = page.reader.draft.text.index("knows")
    page.reader.select_passage(start, start + 5)
    qtbot.keyClick(
        page.reader,
        Qt.Key.Key_Space,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert marked(page) == "She knows."
    press(page, "Pause")
    qtbot.wait(300)
    assert marked(page) == "She knows."
    press(page, "The sentence before")
    assert marked(page) == "We ask Dr. Okafor."
    press(page, "The next sentence")
    assert marked(page) == "She knows."
    press(page, "Pause")
    press(page, "Go on")
    wait_for(qtbot, page, "Another line of it.")
    qtbot.keyClick(page.reader, Qt.Key.Key_Escape)
    assert not part(page).speaking


def test_it_ends_by_itself_and_when_the_page_is_left(page, qtbot):
    start = page.reader.draft.text.index("Last")
    page.reader.select_passage(start, start + 4)
    press(page, "Read aloud")
    qtbot.waitUntil(lambda: not part(page).speaking, timeout=5000)
    page.reader.clear_selection()
    page.reader.go_to((0, 0))
    part(page).start()
    page.leave()
    assert not part(page).speaking
    assert marked(page) == ""


def test_it_follows_unless_the_person_looks_elsewhere(page, qtbot):
    reader, aloud = page.reader, part(page)
    aloud.start()
    reader.verticalScrollBar().setValue(reader.verticalScrollBar().maximum())
    there = reader.verticalScrollBar().value()
    wait_for(qtbot, page, "We ask Dr. Okafor.")
    assert reader.verticalScrollBar().value() == there
    aloud.step(1)
    assert reader.shows(*[(m.start, m.end) for m in reader.marks.layer(SPOKEN).all][0])
    aloud.stop()


def test_folded_words_are_not_said(page):
    text = page.reader.draft.text
    start = text.index("We ask Dr")
    page.reader.folding.set([Fold(start, start + 30, "doctors", ("n",))])
    part(page).start()
    part(page).step(1)
    assert marked(page) == "Another line of it."
    part(page).stop()


def test_speed_and_voice_are_remembered_and_damaged_values_come_into_range(page, qtbot):
    part(page).start()
    press(page, "Faster")
    assert theme().preferences.speech_speed == 1
    voice = part(page).speaker.voices[-1]
    part(page).bar.voice_chosen.emit(voice)
    kept = load_preferences(default_path())
    assert (kept.speech_speed, kept.speech_voice) == (1, voice)
    for _ in range(9):
        part(page).bar.faster_wanted.emit(1)
    assert theme().preferences.speech_speed == 5
    part(page).stop()
    path = default_path()
    path.write_text('{"speech_speed": 900, "speech_voice": 7, "look": "dark"}')
    assert (load_preferences(path).speech_speed, load_preferences(path).speech_voice) == (5, "")
    save_preferences(path, replace(Preferences(), speech_voice="Anne"))
    assert load_preferences(path).speech_voice == "Anne"


def test_listening_counts_as_use(page, qtbot):
    now = [1000.0]
    watch = IdleWatch(page, clock=lambda: now[0])
    watch.start(1)
    now[0] += 55
    watch.look()
    part(page).start()
    now[0] += 50
    with qtbot.assertNotEmitted(watch.away):
        watch.look()
    part(page).stop()
    now[0] += 50
    with qtbot.waitSignal(watch.away):
        watch.look()
    watch.stop()


def test_what_is_missing_is_said_plainly_and_the_button_stays(page, qtbot, monkeypatch):
    monkeypatch.setitem(sys.modules, "PySide6.QtTextToSpeech", None)
    part(page).make_speaker = lambda: Speaker(parent=part(page))
    press(page, "Read aloud")
    assert sees(page, NOT_INSTALLED)
    assert part(page).button.isEnabled()
    assert not part(page).button.isChecked()
    monkeypatch.undo()
    from PySide6.QtTextToSpeech import QTextToSpeech

    monkeypatch.setattr(QTextToSpeech, "availableEngines", staticmethod(lambda: ["mock"]))
    press(page, "Read aloud")
    assert sees(page, NO_ENGINE)
    monkeypatch.undo()
    part(page).make_speaker = lambda: Recorded(part(page))
    press(page, "Read aloud")
    assert part(page).speaking
    part(page).stop()


def test_notes_stay_as_they_are_while_reading_aloud(page, qtbot):
    part(page).start()
    page.services.annotations.annotate(
        page.reading.version.id, kind=AnnotationKind.QUESTION, body="Why?", span=(0, 5)
    )
    page.reload()
    qtbot.waitUntil(lambda: len(page.reader.marks.layer("notes").all) == 1, timeout=60_000)
    assert part(page).speaking
    part(page).stop()

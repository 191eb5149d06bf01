"""The notes beside a draft: threads, filter, place, undo, the list of all; on a real board."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel

from mhin_ppi.domain.annotations import AnnotationKind, Visibility
from mhin_ppi.domain.drafts import DraftVersion
from mhin_ppi.domain.people import Credit
from mhin_ppi.domain.responses import Decision
from mhin_ppi.services.boards import Services
from mhin_ppi.services.notes_kept import all_unfinished
from mhin_ppi.ui.pages.note_threads import NoteFilter, filter_from
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.reading_page import ReadingPage
from mhin_ppi.ui.pages.story_page import StoryPage
from mhin_ppi.ui.preferences import Look, Preferences
from mhin_ppi.ui.theme import apply_theme
from tests.robots.laptop import PASSWORD, Laptop, field, make_boards, nameless, press, texts
from tests.robots.reading_robot import ReadingRobot

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PARTS = 30
DRAFT = "\n\n".join(
    f"# {n}. Part {n}\n\nIn part {n} parents come to six sessions. " + "More is said here. " * 40
    for n in range(1, PARTS + 1)
)


@pytest.fixture
def services(tmp_path: Path) -> Services:
    opened, _ = make_boards(tmp_path).start(
        tmp_path / "b", board_name="Our board", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    return opened


@pytest.fixture
def version(services: Services) -> DraftVersion:
    project = services.people.add_project("Parent-led CBT").value
    return services.reviewing.add_draft(
        DRAFT.encode(), file_name="sheet.md", project=project.id, title="Information sheet"
    ).value


@pytest.fixture
def laptop(services: Services, qtbot: Any, look: None) -> Iterator[Laptop]:
    made = Laptop(services)
    made.put(ReadingPage)
    made.put(StoryPage)
    made.show()
    made.activateWindow()
    yield made
    made.close_board()


@pytest.fixture
def notes(services: Services, version: DraftVersion) -> list[Any]:
    """One note in every part: in turn by Ruth, by Kim who is named, and by Sam who is not."""
    text = services.reviewing.text_of(version.id).text
    kim = services.people.add_person("Kim Unreal", credit=Credit.FIRST_NAME).value.id
    sam = services.people.add_person("Sam Hidden").value.id
    made = []
    for n in range(1, PARTS + 1):
        at = text.index(f"part {n} parents")
        kind = AnnotationKind.CONCERN if n % 5 == 0 else AnnotationKind.QUESTION
        made.append(
            services.annotations.annotate(
                version.id,
                kind=kind,
                body=f"What of part {n}?",
                span=(at, at + len(f"part {n}")),
                on_behalf_of=(kim, sam, None)[n % 3],
                tags=["cost"] if n in (4, 8) else [],
            ).value.annotation.id
        )
    return made


@pytest.fixture
def reading(laptop: Laptop, version: DraftVersion, notes: list[Any], qtbot: Any) -> ReadingRobot:
    return ReadingRobot(laptop, qtbot).open(version.id)


def count(reading: ReadingRobot) -> str:
    return reading.page.margin.head._count.text()


def one(reading: ReadingRobot, note: object) -> Any:
    reading.page.margin.reveal(str(note))
    reading.laptop.settle(reading.qtbot)
    return reading.page.margin.cards[str(note)]


def bodies(reading: ReadingRobot) -> list[str]:
    margin = reading.page.margin
    return [margin.chosen.by_key[key].first.note.body for key in margin.notes.keys]


def test_a_reply_is_written_in_its_thread_with_one_key(
    reading: ReadingRobot, services: Services, notes: list[Any]
) -> None:
    card = one(reading, notes[0])
    reading.key(card, Qt.Key.Key_R).write("We asked that too.")
    box = field(card, "Your words")
    assert card.isAncestorOf(box)
    reading.key(box, Qt.Key.Key_Return, CTRL)

    assert "Reply saved" in reading.laptop.said
    again = reading.page.margin.cards[str(notes[0])]
    assert "We asked that too." in reading.notes()
    assert reading.laptop.focusWidget() is again
    assert "1 reply" in again.accessibleName()
    assert len(services.questions.register()) == PARTS
    reading.more("Change", on="We asked that too.").write("We asked it in May.").save()
    assert "We asked it in May." in reading.notes()
    reading.more("Take back", on="We asked it in May.")
    assert "We asked it in May." not in reading.notes()
    reading.press("Undo")
    assert "We asked it in May." in reading.notes()


def test_resolved_threads_fold_and_open_again(
    reading: ReadingRobot, notes: list[Any], services: Services
) -> None:
    reading.key(one(reading, notes[0]), Qt.Key.Key_E)
    assert "Resolved" in reading.laptop.said
    assert count(reading) == f"{PARTS} notes on this draft · 1 resolved"
    card = reading.page.margin.cards[str(notes[0])]
    assert card.accessibleName().startswith("Resolved")
    assert "“part 1”" not in " ".join(reading.notes())
    press(card, "Show it")
    reading.laptop.settle(reading.qtbot)
    assert "“part 1”" in reading.notes()
    press(reading.page.margin.cards[str(notes[0])], "Open again")
    reading.laptop.settle(reading.qtbot)
    assert count(reading) == f"{PARTS} notes on this draft"
    assert not services.annotations.state(notes[0]).note.resolved


def test_notes_are_chosen_counted_and_the_choice_remembered(
    reading: ReadingRobot, notes: list[Any], version: DraftVersion, services: Services, qtbot: Any
) -> None:
    services.questions.respond(
        services.annotations.on(version.id)[0].question.id,
        decision=Decision.WILL_CHANGE,
        body="We will.",
    )
    reading.page.reload()
    reading.laptop.settle(qtbot)
    reading.key(reading.page.reader, Qt.Key.Key_F, CTRL, SHIFT)
    margin = reading.page.margin
    assert margin.filter.isVisible()
    margin.filter.kind.choose("concern")
    assert bodies(reading) == [f"What of part {n}?" for n in (5, 10, 15, 20, 25, 30)]
    assert count(reading) == f"6 of {PARTS} notes shown"
    margin.filter.clear()
    margin.filter.person.choose("Kim")
    assert len(margin.notes.keys) == PARTS // 3
    margin.filter.clear()
    margin.filter.tag.choose("cost")
    assert bodies(reading) == ["What of part 4?", "What of part 8?"]
    margin.filter.clear()
    margin.filter.unanswered.setChecked(True)
    assert len(margin.notes.keys) == PARTS - 1
    qtbot.keyClicks(margin.filter.words, "PART 7")
    qtbot.waitUntil(lambda: len(margin.notes.keys) == 3, timeout=60_000)
    reading.laptop.settle(qtbot)

    other = Laptop(services)
    other.put(ReadingPage)
    other.show()
    again = ReadingRobot(other, qtbot).open(version.id)
    assert bodies(again) == [f"What of part {n}?" for n in (7, 17, 27)]
    again.key(again.page.reader, Qt.Key.Key_X, CTRL, SHIFT)
    assert count(again) == f"{PARTS} notes on this draft"
    other.tasks.close()


def test_choosing_by_person_never_tells_who_is_not_named(reading: ReadingRobot) -> None:
    people = [reading.page.margin.filter.person.itemText(n) for n in range(4)]
    assert people == ["All", "A board member", "Kim", "You"]
    assert "Sam" not in str(reading.notes())


def test_what_is_kept_of_a_filter_is_read_back() -> None:
    wanted = NoteFilter(words="bus", kind="concern", unanswered=True)
    assert filter_from(wanted.to_plain()) == wanted
    assert filter_from({"kind": "of a newer version", "new": 1}) == NoteFilter()
    assert NoteFilter().to_plain() == {}


def test_tags_are_given_with_suggestions(
    reading: ReadingRobot, notes: list[Any], services: Services
) -> None:
    reading.key(one(reading, notes[0]), Qt.Key.Key_T)
    press(reading.page.margin, "Add the tag cost")
    box = field(reading.page.margin, "Tags, with commas between them")
    box.setText(box.text() + ", " + "x" * 41)
    press(reading.page.margin, "Save")
    reading.laptop.settle(reading.qtbot)
    assert reading.sees("at most 40 characters")
    box.setText("cost, travel")
    reading.key(box, Qt.Key.Key_Return)
    assert services.annotations.state(notes[0]).note.tags == ("cost", "travel")
    assert "Tags: cost, travel" in reading.notes()
    reading.press("Undo")
    assert services.annotations.state(notes[0]).note.tags == ()


def test_every_step_is_undone_and_done_again_by_key_outside_text_fields(
    reading: ReadingRobot, notes: list[Any], services: Services
) -> None:
    state = services.annotations.state
    reader = reading.page.reader
    reading.key(reader, Qt.Key.Key_Z, CTRL)
    assert "There is nothing to undo on this draft." in reading.laptop.said
    reading.select("In part 2").ask("And mine?")
    reading.more("Take back", on="And mine?")
    assert reading.sees("Your words were taken back.")
    reading.key(reader, Qt.Key.Key_Z, CTRL)
    assert reading.laptop.said[-1] == "Your note is back."
    assert "And mine?" in reading.notes()
    reading.key(reader, Qt.Key.Key_Z, CTRL)
    assert reading.laptop.said[-1] == "Your note was taken back."
    assert "And mine?" not in reading.notes()
    reading.key(reader, Qt.Key.Key_Z, CTRL, SHIFT)
    assert "And mine?" in reading.notes()
    reading.key(one(reading, notes[2]), Qt.Key.Key_E)
    reading.key(reading.page.margin.cards[str(notes[2])], Qt.Key.Key_Z, CTRL)
    assert not state(notes[2]).note.resolved
    reading.key(reader, Qt.Key.Key_Y, CTRL)
    assert state(notes[2]).note.resolved


def test_undo_in_a_text_field_is_of_its_letters(reading: ReadingRobot, services: Services) -> None:
    reading.select("In part 2").ask("And mine?")
    reading.select("In part 3").choose("Ask").write("Half a th")
    box = field(reading.page.margin, "Your words")
    reading.key(box, Qt.Key.Key_Z, CTRL)
    assert box.toPlainText() != "Half a th"
    assert "And mine?" in reading.notes()


def test_other_kind_and_other_readers_for_a_note(
    reading: ReadingRobot, services: Services, version: DraftVersion
) -> None:
    reading.select("In part 2").ask("And mine?")
    reading.more("Change", on="And mine?")
    field(reading.page.margin, "What it is").choose(AnnotationKind.WORKS)
    who = field(reading.page.margin, "Who can see this")
    who.setCurrentIndex(who.findData(Visibility.ONLY_ME.value))
    reading.save()
    noted = next(n for n in services.annotations.on(version.id) if n.annotation.body == "And mine?")
    assert noted.annotation.kind is AnnotationKind.WORKS
    assert noted.annotation.visibility is Visibility.ONLY_ME
    assert noted.question is None


def test_a_note_about_a_section_needs_no_marking(
    reading: ReadingRobot, services: Services, version: DraftVersion
) -> None:
    reader = reading.page.reader
    start = reader.draft.text.index("In part 3")
    reader.show_passage(start, start + 4)
    reading.key(reader, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    assert reading.sees("about section “3. Part 3”")
    reading.write("Hard to follow.").save()
    noted = next(n for n in services.annotations.on(version.id) if n.annotation.of_section)
    assert noted.annotation.passage.quote == "3. Part 3"
    assert any("about section “3. Part 3”" in words for words in reading.notes())
    assert "3. Part 3" in reading.highlighted()


def test_the_margin_follows_the_text_but_not_a_person_who_is_in_it(
    reading: ReadingRobot, notes: list[Any], qtbot: Any
) -> None:
    margin, reader = reading.page.margin, reading.page.reader
    reader.setFocus()
    reader.go_to((40, 0))

    def top() -> str:
        view = margin.area.verticalScrollBar().value() - margin.notes._offset()
        return next(k for k in margin.notes.keys if margin.notes.top_of(k) >= view)

    start, end = reader.range_in_view
    wanted = margin.first_between(start, end)
    assert wanted is not None
    qtbot.waitUntil(lambda: str(wanted.key) in margin.cards, timeout=60_000)
    qtbot.waitUntil(
        lambda: abs(notes.index(wanted.first.note.id) - _index(notes, top())) <= 1, timeout=60_000
    )

    card = margin.cards[wanted.key]
    card.setFocus()
    kept = margin.area.verticalScrollBar().value()
    reader.go_to((0, 0))
    qtbot.wait(150)
    assert margin.area.verticalScrollBar().value() == kept


def test_a_draft_that_opens_in_its_middle_has_the_notes_of_the_middle_beside_it(
    laptop: Laptop, services: Services, version: DraftVersion, notes: list[Any], qtbot: Any
) -> None:
    services.reviewing.keep_place(version.id, block=40, offset=0)
    reading = ReadingRobot(laptop, qtbot).open(version.id)
    margin, reader = reading.page.margin, reading.page.reader
    assert reader.verticalScrollBar().value() > 0
    wanted = margin.first_between(*reader.range_in_view)
    assert wanted is not None
    view = margin.area.verticalScrollBar().value() - margin.notes._offset()
    top = margin.notes.top_of(wanted.key)
    assert 0 <= top - view < margin.area.viewport().height()
    assert str(wanted.key) in margin.cards


def test_no_form_takes_the_place_of_words_that_are_not_kept(
    reading: ReadingRobot, notes: list[Any], services: Services, version: DraftVersion
) -> None:
    reading.select("In part 2").choose("Suggest").write("Half a thought")
    reading.page.margin.slot.show_only(QLabel("Something else comes here"))
    reading.laptop.settle(reading.qtbot)
    assert reading.page.writing.editor is None
    kept = all_unfinished(services.desk, version.id)
    assert [each["body"] for each in kept.values()] == ["Half a thought"]
    assert any("Half a thought" in words for words in _waiting(reading))


def test_a_thread_that_is_being_answered_stays_though_others_go(
    reading: ReadingRobot, notes: list[Any], services: Services
) -> None:
    margin = reading.page.margin
    reading.key(one(reading, notes[3]), Qt.Key.Key_R).write("A reply be")
    margin.filter.kind.choose("concern")
    assert list(margin.notes.keys)[:1] == [str(notes[3])]
    assert field(margin, "Your words").toPlainText() == "A reply be"
    reading.laptop.settle(reading.qtbot)
    services.annotations.take_back(notes[3])
    reading.page.reload()
    reading.laptop.settle(reading.qtbot)
    assert field(margin, "Your words").toPlainText() == "A reply be"
    reading.page.writing.put_away()
    assert str(notes[3]) not in margin.notes.keys


def test_undo_in_a_notice_undoes_what_the_notice_is_about(
    reading: ReadingRobot, notes: list[Any], services: Services
) -> None:
    state = services.annotations.state
    reading.select("In part 2").ask("And mine?")
    reading.more("Take back", on="And mine?")
    reading.key(one(reading, notes[2]), Qt.Key.Key_E)
    assert state(notes[2]).note.resolved
    reading.press("Undo")
    assert reading.laptop.said[-1] == "Your note is back."
    assert "And mine?" in bodies(reading)
    assert state(notes[2]).note.resolved


def test_undo_in_a_notice_says_so_when_it_was_undone_already(
    reading: ReadingRobot, notes: list[Any], services: Services
) -> None:
    state = services.annotations.state
    reading.key(one(reading, notes[2]), Qt.Key.Key_E)
    reading.select("In part 2").ask("And mine?")
    reading.more("Take back", on="And mine?")
    reading.key(reading.page.reader, Qt.Key.Key_Z, CTRL)
    reading.press("Undo")
    assert reading.laptop.said[-1] == "This was undone already. Nothing else was changed."
    assert "And mine?" in bodies(reading)
    assert state(notes[2]).note.resolved


def _index(notes: list[Any], key: str) -> int:
    return [str(note) for note in notes].index(key)


def test_a_note_in_focus_shows_its_words(reading: ReadingRobot, notes: list[Any]) -> None:
    reader = reading.page.reader
    one(reading, notes[20])
    passage = reading.page.margin.chosen.by_key[str(notes[20])].first.note.passage
    start, end = reader.range_in_view
    assert start <= passage.start < end
    assert reader.marks.layer("note in focus").all[0].start == passage.start
    reading.key(reading.page.margin.cards[str(notes[20])], Qt.Key.Key_Down)
    assert reading.laptop.focusWidget() is reading.page.margin.cards[str(notes[21])]


def test_tab_goes_through_all_notes_though_few_cards_exist(
    reading: ReadingRobot, notes: list[Any], qtbot: Any
) -> None:
    margin = reading.page.margin
    assert len(margin.cards) < PARTS
    one(reading, notes[0])
    seen = []
    for _ in range(PARTS * 6):
        card = QApplication.focusWidget()
        while card is not None and card not in margin.cards.values():
            card = card.parentWidget()
        if card is None:
            break
        if card.talk.key not in seen:
            seen.append(card.talk.key)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert seen == [str(note) for note in notes]


def test_all_notes_in_a_list_sorted_opened_and_copied(
    reading: ReadingRobot, notes: list[Any], services: Services
) -> None:
    services.annotations.reply(notes[0], body="We asked that too.")
    reading.page.reload()
    reading.laptop.settle(reading.qtbot)
    reading.key(reading.page.reader, Qt.Key.Key_N, CTRL, SHIFT)
    table = reading.page.list.table
    assert table.isVisible()
    assert nameless(reading.page) == []
    assert table.model().rowCount() == PARTS + 1
    words = [table.model().index(row, 6).data() for row in range(3)]
    assert words == ["What of part 1?", "We asked that too.", "What of part 2?"]
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert table.model().index(0, 1).data() == "Concern"
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    press(reading.page.list, "Copy as text")
    assert "What of part 1?" in QGuiApplication.clipboard().text()
    table.selectRow(3)
    reading.key(table, Qt.Key.Key_Return)
    assert reading.page.reader.isVisible()
    assert reading.page.reader.textCursor().selectedText() == "part 3"
    reading.page.margin.filter.kind.choose("concern")
    reading.press("All notes")
    assert table.model().rowCount() == 6
    reading.key(table, Qt.Key.Key_Escape)
    assert reading.page.reader.isVisible()


def test_what_was_begun_waits_until_it_is_gone_on_with(
    reading: ReadingRobot, notes: list[Any], services: Services, version: DraftVersion, qtbot: Any
) -> None:
    reading.key(one(reading, notes[0]), Qt.Key.Key_R).write("A reply be")
    reading.select("In part 2").choose("Suggest").write("A note be")
    reading.laptop.settle(qtbot)
    assert any("A reply be" in words for words in _waiting(reading))
    kept = all_unfinished(services.desk, version.id)
    assert {each["body"] for each in kept.values()} >= {"A reply be"}
    reading.press("Go on with the reply: A reply be")
    assert field(reading.page.margin, "Your words").toPlainText() == "A reply be"
    assert any("A note be" in words for words in _waiting(reading))
    reading.write("A reply begun and ended").save()
    assert "A reply begun and ended" in reading.notes()
    reading.press("Go on with the note: A note be").save()
    assert all_unfinished(services.desk, version.id) == {}
    assert _waiting(reading) == []


def test_asking_again_goes_on_with_the_note_that_was_put_aside(
    reading: ReadingRobot, notes: list[Any], services: Services, version: DraftVersion, qtbot: Any
) -> None:
    reading.select("In part 2").choose("Suggest").write("Begun before the reply")
    reading.key(one(reading, notes[0]), Qt.Key.Key_R).write("A reply").save()
    reading.select("In part 3").choose("Ask")
    assert field(reading.page.margin, "Your words").toPlainText() == "Begun before the reply"
    reading.save()
    assert all_unfinished(services.desk, version.id) == {}
    said = [each.annotation.body for each in services.annotations.on(version.id)]
    assert "Begun before the reply" in said


def _waiting(reading: ReadingRobot) -> list[str]:
    return texts(reading.page.margin.waiting)


@pytest.mark.parametrize("size", [(1366, 768), (640, 800)])
@pytest.mark.parametrize("percent", [100, 300])
def test_every_control_is_named_at_any_size(
    reading: ReadingRobot, notes: list[Any], qapp: Any, size: tuple[int, int], percent: int
) -> None:
    reading.laptop.resize(*size)
    apply_theme(qapp, Preferences(look=Look.LIGHT, text_size=percent))
    page = reading.page
    page.frame.show_part(margin=True)
    page.margin.head.filter_button.setChecked(True)
    assert nameless(page) == []
    page.margin.head.filter_button.setChecked(False)
    reading.key(one(reading, notes[0]), Qt.Key.Key_R)
    assert nameless(page) == []
    card = page.margin.cards[str(notes[0])]
    assert card.width() <= page.margin.area.viewport().width()
    reading.laptop.go(Place.READING, None)

"""The review of a draft, from Home to *Done*, by keyboard and by ear alone.

Run by ``test_screen_reader.py`` with the system's Python, beside the program with its sample board.
"""

from __future__ import annotations

import subprocess

import pyatspi
from screen_reader import ScreenReader, run

BUTTON, CARET = pyatspi.ROLE_PUSH_BUTTON, pyatspi.STATE_FOCUSED


def journey(reader: ScreenReader) -> None:
    """Open, pass the content note, mark, ask, reply, filter, list, finish."""
    reader.until("the window is there", reader.window, 300)
    reader.until("Home is there", lambda: next(reader.all(BUTTON, "Open")), 300)
    reader.hears("Home")
    take_the_keyboard(reader)
    open_the_draft(reader)
    ask_about_marked_words(reader)
    answer_and_undo(reader)
    choose_notes(reader)
    use_the_list(reader)
    finish(reader)


def take_the_keyboard(reader: ScreenReader) -> None:
    """Give the window the keyboard, as a desktop would."""
    found = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", "MHIN PPI"],
        capture_output=True,
        text=True,
        check=True,
    )
    subprocess.run(["xdotool", "windowfocus", "--sync", found.stdout.split()[-1]], check=True)
    reader.press("Tab")


def open_the_draft(reader: ScreenReader) -> None:
    """Find what waits, and what it touches on, before any of its words."""
    button = reader.go_to("Open", of="Draft protocol")
    assert button.getRole() == BUTTON
    reader.press("space")
    reader.find(pyatspi.ROLE_LABEL, "Before you read")
    reader.until("the focus is on Read on", lambda: reader.here().name == "Read on")
    reader.press("space")
    reader.until("the focus is in the text", lambda: reader.here().name == "Text of the draft")
    text = reader.text(reader.here())
    assert len(text) > 5000
    assert "protocol" in text.lower()
    states = reader.here().getState()
    assert states.contains(pyatspi.STATE_FOCUSABLE)
    assert not states.contains(pyatspi.STATE_EDITABLE)
    reader.until("the notes were read", lambda: next(reader.all(None, "Filter")))


def ask_about_marked_words(reader: ScreenReader) -> None:
    """Mark words with Shift and the arrows, and ask about them."""
    reader.press("ctrl+Home", "Down", "Down", "Home")
    reader.press(*["ctrl+shift+Right"] * 3)
    text = reader.here().queryText()
    assert text.getNSelections() == 1
    start, end = text.getSelection(0)
    marked = text.getText(start, end).strip()
    assert marked
    button = reader.go_to("Ask", most=3)
    assert button.getRole() == BUTTON
    reader.press("space")
    field = reader.until("the field is there", lambda: reader.here().name == "Your words")
    assert field
    assert reader.here().getRole() == pyatspi.ROLE_TEXT
    assert reader.here().getState().contains(pyatspi.STATE_EDITABLE)
    reader.type("Could this be said in plain words?")
    assert reader.text(reader.here()) == "Could this be said in plain words?"
    who = reader.go_to("Who can see this", most=3)
    assert who.getRole() == pyatspi.ROLE_COMBO_BOX
    reader.go_to("Save", most=3)
    reader.press("space")
    reader.hears("Saved")
    reader.until("back in the text", lambda: reader.here().name == "Text of the draft")


def answer_and_undo(reader: ScreenReader) -> None:
    """Go from the mark to its note, answer it, close it, and take that back."""
    said = "Could this be said in plain words?"
    reader.until("the note is beside the text", lambda: next(reader.all(None, said)))
    reader.press("Return")
    reader.until("the note has the focus", lambda: said in reader.here().name)
    assert reader.here().name.startswith("Question · You")
    assert "R replies" in reader.here().description
    reader.press("r")
    reader.until("the reply is begun", lambda: reader.here().name == "Your words")
    reader.type("I would say it like this.")
    reader.press("ctrl+Return")
    reader.hears("Reply saved")
    reader.until("back on the note", lambda: "1 reply" in reader.here().name)
    reader.press("e")
    reader.hears("Resolved")
    reader.until("it says so", lambda: reader.here().name.startswith("Resolved"))
    reader.press("ctrl+z")
    reader.hears("The note is open again.")


def choose_notes(reader: ScreenReader) -> None:
    """See only some notes, and all of them again with one key."""
    reader.press("ctrl+shift+f")
    reader.until("the filter is open", lambda: reader.here().name == "Words in the notes")
    reader.type("said in plain words")
    assert reader.hears(" shown").startswith("1 of ")
    for name in ("Kind of note", "Who wrote it", "Tag", "Open or resolved"):
        assert reader.go_to(name, most=3).getRole() == pyatspi.ROLE_COMBO_BOX
    assert reader.go_to("Not answered yet", most=3).getRole() == pyatspi.ROLE_CHECK_BOX
    reader.press("ctrl+shift+x")
    reader.hears("notes on this draft")


def use_the_list(reader: ScreenReader) -> None:
    """Go through all notes in a table, and from one of them to its words."""
    reader.press("ctrl+shift+n")
    table = reader.find(pyatspi.ROLE_TABLE, "All notes on this draft")
    reader.press("Down")
    reader.until("a line has the focus", lambda: reader.here().getRole() != pyatspi.ROLE_TEXT)
    rows = table.queryTable()
    assert rows.nRows >= 2
    assert [rows.getColumnDescription(n) for n in range(3)] == ["Place", "Kind", "Who"]
    words = {rows.getAccessibleAt(row, 6).name for row in range(rows.nRows)}
    assert {"Could this be said in plain words?", "I would say it like this."} <= words
    reader.press("Return")
    reader.until("in the text again", lambda: reader.here().name == "Text of the draft")
    assert reader.here().queryText().getNSelections() == 1


def finish(reader: ScreenReader) -> None:
    """Give the review back."""
    button = reader.go_to("I am done with this", key="shift+Tab")
    assert button.getRole() == BUTTON
    reader.press("space")
    reader.until("the form is there", lambda: next(reader.all(BUTTON, "Stop here")))
    reader.go_to("Stop here")
    reader.press("space")
    reader.hears("Thank you")


if __name__ == "__main__":
    run(journey)

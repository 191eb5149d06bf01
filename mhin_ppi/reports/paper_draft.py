"""A draft for paper: cover, what to know before reading, the draft with numbers, reply slips.

What a draft touches on has a page to itself before any of its words, with the sentence that one may
stop, and with people to turn to. Then the team's questions with room to write, the draft with a
number at every paragraph, slips to answer on, and where they go.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..domain.annotations import KIND_WORDS
from ..domain.british import counted, day
from ..domain.paper import paragraph_numbers, question_letter
from ..domain.paper_content import PaperDraft
from .layout import Layout, Place
from .paper_blocks import PaperBlocks
from .paper_sheet import BOX_PADDING, PaperSheet

MAY_STOP = (
    "You may stop, skip a part, or come back to it another day. You need not say why. What was "
    "agreed is paid either way."
)
NOTHING_NOTED = "No content note has been written for this draft."
HOW_TO_REPLY = (
    "Every paragraph has a number in the margin. On a reply slip, write the number of the "
    "paragraph you mean and what you would like to say. One slip for each thing you say.",
    "For something about the whole draft, leave the number empty.",
    "Any reply helps, also a single one. Spelling does not matter.",
)
NAME_CHOICE = "Do not show my name"
SEEN_BY = ("Just the coordinator", "The board and the research team")
WHAT_HAPPENS = (
    "The coordinator types your words in as you wrote them, under your name, at the same numbers.",
    "Every question, suggestion or worry gets an answer. You will be told what happened, also on "
    "paper if you wish.",
    MAY_STOP,
)
IF_EMPTY = "(empty: the whole draft)"
QUESTION_LINES = 5
SLIP_LINES = 4
SLIP_LINES_LARGE = 6


def set_paper_draft(
    layout: Layout, content: PaperDraft, *, after_each: Callable[[int], None]
) -> PaperSheet:
    """Set the whole sheet.

    Args:
        layout: A new one.
        content: What it says.
        after_each: Called with the number of blocks set so far; may raise to stop.

    Returns:
        The sheet, whose sizes the foot of the pages follows.
    """
    sheet = PaperSheet(layout, large_print=content.large_print)
    _add_cover(sheet, content)
    _add_before_reading(sheet, content)
    _add_guiding_questions(sheet, content)
    _add_draft(sheet, content, after_each)
    _add_slips(sheet, content)
    _add_return(sheet, content)
    return sheet


def _add_cover(sheet: PaperSheet, content: PaperDraft) -> None:
    layout, sizes = sheet.layout, sheet.sizes
    sheet.paragraph(content.board_name, sizes.strong)
    sheet.text(content.title, sizes.title, sheet.wide.parent.add("H1"), sheet.wide)
    layout.space(sizes.title.after)
    facts = [f"Version {content.version}", f"Project: {content.project}"]
    facts.append(f"Who coordinates: {content.coordinator}")
    if content.due_on:
        facts.append(f"Please reply by: {day(content.due_on)}")
    if content.minutes:
        facts.append(f"About how long it takes: {_time_words(content.minutes)}")
    facts.append(f"Printed from the board on {day(content.made_on)}")
    for fact in facts:
        sheet.paragraph(fact)
    layout.space(sizes.body.size)
    sheet.sub_heading("What is in these pages", level=2)
    parts = ["Before you read: what the draft touches on, and people to turn to"]
    if content.guiding_questions:
        parts.append("What the team would like to hear about")
    parts += ["The draft, with a number at every paragraph", "Reply slips, and where they go"]
    for part in parts:
        sheet.paragraph(part)


def _time_words(minutes: int) -> str:
    """Return a length of time in whole words, as read aloud."""
    hours, rest = divmod(minutes, 60)
    parts = [counted(hours, "hour")] if hours else []
    return " and ".join([*parts, counted(rest, "minute")] if rest else parts)


def _add_before_reading(sheet: PaperSheet, content: PaperDraft) -> None:
    """Give a page of its own to what the draft touches on, before any of its words."""
    sheet.section("Before you read")
    strong, body = sheet.sizes.strong, sheet.sizes.body
    noted = [("This draft touches on", strong), (content.content_note, body)]
    if not content.content_note:
        noted = [] if content.passage_notes else [(NOTHING_NOTED, body)]
    if content.passage_notes:
        noted.append(("Some parts have a note in a box before them.", body))
    sheet.boxed([*noted, (MAY_STOP, strong)])
    sheet.layout.strips[-1].with_next = False
    sheet.sub_heading("People to turn to")
    for contact in content.contacts.contacts:
        hours = f", {contact.hours}" if contact.hours else ""
        sheet.paragraph(
            f"{contact.name}: {contact.reach}{hours}", replace(strong, after=1), with_next=True
        )
        sheet.paragraph(contact.about)
    checked = day(content.contacts.last_checked)
    sheet.paragraph(f"For {content.contacts.area}. Last checked on {checked}.")


def _add_guiding_questions(sheet: PaperSheet, content: PaperDraft) -> None:
    if not content.guiding_questions:
        return
    sheet.section("What the team would like to hear about")
    sheet.paragraph("Answer as many or as few as you like. You can also just read the draft.")
    for number, question in enumerate(content.guiding_questions, start=1):
        sheet.paragraph(
            f"Question {question_letter(number)}. {question}",
            sheet.sizes.strong,
            with_next=True,
        )
        sheet.lines(QUESTION_LINES)


def _add_draft(sheet: PaperSheet, content: PaperDraft, after_each: Callable[[int], None]) -> None:
    sheet.section("The draft")
    numbers = paragraph_numbers(content.draft)
    if not numbers.last:
        sheet.paragraph("This draft has no words.")
    blocks = PaperBlocks(sheet, content, numbers)
    for index in range(len(content.draft.blocks)):
        blocks.add(index)
        after_each(index + 1)
    if content.draft.notes:
        sheet.boxed(
            [
                ("Not shown here", sheet.sizes.strong),
                *((note, sheet.sizes.body) for note in content.draft.notes),
            ]
        )
        sheet.layout.strips[-1].with_next = False


def _add_slips(sheet: PaperSheet, content: PaperDraft) -> None:
    sheet.section("Reply slips")
    for words in HOW_TO_REPLY:
        sheet.paragraph(words)
    for number in range(1, content.slips + 1):
        _add_slip(sheet, content, number)


def _add_slip(sheet: PaperSheet, content: PaperDraft, number: int) -> None:
    """Set one slip; it is never cut by the end of a page."""
    layout, sizes, large = sheet.layout, sheet.sizes, content.large_print
    place = sheet.open_box(sheet.wide.parent.add("Sect"), sheet.wide)
    named = f"{content.title}, version {content.version}"
    heading = place.parent.add("H3")
    for strip in sheet.text(f"Slip {number} · {named}", sizes.strong, heading, place):
        strip.with_next = True
    sheet.blank("About paragraph no.", after="" if large else IF_EMPTY, place=place)
    _ask(sheet, "What it is (tick one)", place)
    sheet.ticks(list(KIND_WORDS.values()), place=place, columns=2 if large else 4)
    _ask(sheet, "What I would like to say", place)
    sheet.lines(SLIP_LINES_LARGE if large else SLIP_LINES, place=place, with_next=True)
    _ask(sheet, "Who may see it (tick one)", place)
    sheet.ticks(SEEN_BY, place=place, columns=1 if large else 2)
    if large:
        sheet.blank("My name", place=place)
        layout.space(sizes.body.size * 0.4, panels=place.panels, with_next=True)
        sheet.ticks([NAME_CHOICE], place=place, columns=1)
    else:
        sheet.blank("My name", after=NAME_CHOICE, tick=True, place=place)
        layout.space(BOX_PADDING, panels=place.panels, with_next=True)
    layout.strips[-1].with_next = False
    layout.space(sizes.body.size * 1.4)


def _ask(sheet: PaperSheet, words: str, place: Place) -> None:
    """Set what a part of a slip asks, kept with the room for it."""
    sheet.layout.space(sheet.sizes.body.size * 0.5, panels=place.panels, with_next=True)
    for strip in sheet.text(words, sheet.sizes.strong, place.parent.add("P"), place):
        strip.with_next = True


def _add_return(sheet: PaperSheet, content: PaperDraft) -> None:
    sheet.section("Where your replies go")
    by = f" by {day(content.due_on)}" if content.due_on else ""
    sheet.paragraph(
        f"Give or post your slips to {content.coordinator}{by}. Keep the rest, or hand it back: "
        "it may be confidential."
    )
    sheet.blank("Address", place=sheet.wide)
    sheet.lines(2)
    sheet.blank("Telephone", place=sheet.wide)
    sheet.layout.space(sheet.sizes.body.size * 2)
    for words in WHAT_HAPPENS:
        sheet.paragraph(words)

"""The difference a question made, on its path: both views, what shows it, and whether it lasts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QPushButton

from ...domain.catalogue_entries import ImpactTaxonomy, label_of
from ...domain.impact import (
    DIRECTION_WORDS,
    LASTED_WORDS,
    Direction,
    Impact,
    SecondLook,
    view_and_writer,
)
from ...services.stories import Story
from ..messages import Tone
from ..widgets.buttons import button
from ..widgets.cards import Pill
from ..widgets.flow import FlowRow
from .again_words import LOOK_AGAIN, TIME_TO_LOOK, look_on_words, looked_on_words
from .story_facts import StoryFacts
from .story_parts import SideBySide, Stage
from .words_for import day_words

ASK_THE_ASKER = "The team wrote down what difference your question made. How do you see it?"
_DIRECTION_TONES: dict[Direction, Tone] = {
    Direction.POSITIVE: "good",
    Direction.MIXED: "accent",
    Direction.NEGATIVE: "attention",
    Direction.NEUTRAL: "quiet",
    Direction.TOO_SOON: "quiet",
}


@dataclass(frozen=True, slots=True)
class StoryCalls:
    """What the buttons of a story's path do.

    Args:
        open_passage: Shows (version, start, end) in the draft.
        give_view: Asks how the person who asked sees a difference.
        look_again: Asks what was found when somebody looked at a difference again.
        save_file: Saves the file attached to a difference.
        open_link: Opens an address in the browser.
    """

    open_passage: Callable[[object], object]
    give_view: Callable[[Impact], object]
    look_again: Callable[[Impact], object]
    save_file: Callable[[Impact], object]
    open_link: Callable[[str], object]


def impact_stage(
    facts: StoryFacts, impact: Impact, *, taxonomy: ImpactTaxonomy, calls: StoryCalls
) -> Stage:
    """Return the stage of one difference.

    Args:
        facts: The story.
        impact: The difference.
        taxonomy: Words for kinds, stages and evidence.
        calls: What the buttons do.
    """
    direction = impact.direction
    day = day_words(impact.seen_on, today=facts.today)
    stage = Stage(
        "The difference it made",
        icon="chart-column",
        when=day[:1].upper() + day[1:],
        pill=Pill(DIRECTION_WORDS[direction], tone=_DIRECTION_TONES[direction]),
        record=impact.id,
    )
    labels = (label_of(taxonomy.kinds, impact.kind), label_of(taxonomy.stages, impact.stage))
    stage.say(" · ".join(labels), role="muted")
    stage.say(impact.what_changed)
    stage.add(_views(facts, impact))
    _add_evidence(stage, impact, taxonomy=taxonomy)
    for look in facts.looks.get(impact.id, ()):
        stage.say(look_words(look, facts=facts))
    if impact.look_again_on and impact.look_again_on > facts.today:
        stage.say(look_on_words(impact.look_again_on, today=facts.today), role="muted")
    elif impact.look_again_on and is_due(facts, impact):
        stage.say(TIME_TO_LOOK)
    row = _buttons(facts, impact, calls)
    if row:
        stage.add(FlowRow(*row))
    return stage


def awaits_view(story: Story) -> bool:
    """Return whether the person at the laptop asked it and has not said how they see it."""
    return story.is_mine and any(not impact.asker_view for impact in story.impacts)


def is_due(facts: StoryFacts, impact: Impact) -> bool:
    """Return whether a difference was to be looked at again by now and nobody has."""
    planned = impact.look_again_on
    looks = facts.looks.get(impact.id, ())
    due = planned is not None and planned <= facts.today
    return due and not any(planned is not None and look.on >= planned for look in looks)


def look_words(look: SecondLook, *, facts: StoryFacts) -> str:
    """Return what was found when somebody looked again."""
    day = looked_on_words(look.on, today=facts.today)
    note = f" {look.note}" if look.note else ""
    return f"{day}: {LASTED_WORDS[look.lasted].lower()}.{note}"


def _views(facts: StoryFacts, impact: Impact) -> SideBySide:
    """Return both views beside each other; neither is changed to fit the other."""
    mine = facts.story.is_mine
    theirs, written = view_and_writer(impact.asker_view)
    head = "Your view" if mine else "The view of the person who asked"
    remark = ", written down by a coordinator" if written else ""
    nothing = "You have not said yet." if mine else "Nobody has asked them yet."
    return SideBySide(
        [
            (head + remark, theirs, nothing),
            ("The team's view", impact.team_view, "Nobody has asked them yet."),
        ]
    )


def _add_evidence(stage: Stage, impact: Impact, *, taxonomy: ImpactTaxonomy) -> None:
    sure = label_of(taxonomy.evidence, impact.evidence) if impact.evidence else ""
    known = ". ".join(part for part in (sure, impact.evidence_note) if part)
    if known:
        stage.say(f"How we know: {known}", role="muted")
    if impact.evidence_link:
        stage.say(f"It can be seen at {impact.evidence_link}", role="muted")
    if impact.evidence_file:
        stage.say(f"Attached: {impact.evidence_file_name}", role="muted")


def _buttons(facts: StoryFacts, impact: Impact, calls: StoryCalls) -> list[QPushButton]:
    made: list[QPushButton] = []
    theirs, written = view_and_writer(impact.asker_view)
    mine = facts.story.is_mine
    if mine and (written or not theirs):
        words = "Say it in your own words" if written else "Add your view"
        made.append(button(words, icon="pencil", on_press=lambda: calls.give_view(impact)))
    elif facts.coordinates and not mine and (written or not theirs):
        words = "Write down their view"
        made.append(button(words, icon="pencil", on_press=lambda: calls.give_view(impact)))
    if facts.coordinates:
        made.append(button(LOOK_AGAIN, icon="eye", on_press=lambda: calls.look_again(impact)))
    if impact.evidence_file:
        words = "Save the attached file"
        made.append(button(words, icon="download", on_press=lambda: calls.save_file(impact)))
    if impact.evidence_link:
        link = impact.evidence_link
        words = "Open the address in your browser"
        made.append(button(words, icon="arrow-right", on_press=lambda: calls.open_link(link)))
    for each in made:
        each.setAccessibleDescription(impact.what_changed)
    return made

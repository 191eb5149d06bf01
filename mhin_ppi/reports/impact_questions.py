"""You said, we did: one question after the other, each with its whole fate.

The person's own words come first and stay as they were written. What the team says stands beside
what the person says and is never blended with it. What is missing is said, not skipped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..domain.british import counted, day
from ..domain.report_content import ImpactLine, QuestionLine
from .layout import Layout
from .tables import Column, add_table
from .typesetting import BODY, LABEL, PALE, RULE, SMALL

TAKEN_BACK = "These words have been taken back by the person who wrote them."
NO_ANSWER = "No answer yet. The person who asked is owed one."
NOT_LOOKED = "Nobody has looked yet at what difference this made."
NONE_FOUND = "Somebody looked for a difference. None was found."
NOT_TOLD = "Not told yet. The person who asked is owed feedback."
NOT_RECORDED = "Not recorded yet."
NOT_NAMED = "a person who is not named"
WORDS_IN_OUTLINE = 60
SHORT_ID = 8

QUOTED = replace(BODY, size=11.5, leading=17, after=5)
PASSAGE = replace(BODY, size=9.5, leading=13.5, after=6)
SENTENCE = replace(BODY, after=8)


def add_questions(
    layout: Layout, questions: tuple[QuestionLine, ...], *, after_each: Callable[[int], None]
) -> None:
    """Set all questions, under a heading for each project where there are several.

    Args:
        layout: The report.
        questions: In reading order; those of one project stay together.
        after_each: Called with the number of questions set so far; may raise to stop.
    """
    by_project: dict[str, list[QuestionLine]] = {}
    for line in questions:
        by_project.setdefault(line.project, []).append(line)
    done = 0
    for project, lines in by_project.items():
        if len(by_project) > 1 or project:
            layout.heading(project or "No project named", 2)
            layout.paragraph(f"{counted(len(lines), 'question')}.", SMALL, with_next=True)
        for line in lines:
            _add_question(layout, line)
            done += 1
            after_each(done)


def _add_question(layout: Layout, line: QuestionLine) -> None:
    layout.rule()
    beginning = " ".join(line.body.split())[:WORDS_IN_OUTLINE]
    layout.heading(
        f"{line.reference} · {line.kind}",
        3,
        listed=f"{line.reference} {beginning}".strip(),
        aside=line.fate_words,
    )
    layout.quote(line.body or TAKEN_BACK, style=QUOTED)
    layout.paragraph(_who_and_where(line), replace(SMALL, after=8))
    if line.passage_quote:
        layout.paragraph("The words that prompted it", LABEL, with_next=True)
        if line.passage_touches_on:
            layout.paragraph(line.passage_touches_on, SMALL, with_next=True)
        layout.quote(line.passage_quote, bar=RULE, fill=PALE, style=PASSAGE)
    # Nothing is owed for words that were taken back before anybody answered.
    if line.body or line.response_words:
        _add_what_followed(layout, line)
    if line.record_ids:
        short = ", ".join(record_id[:SHORT_ID] for record_id in line.record_ids)
        layout.small(f"Records: {short}")
    layout.space(8)


def _add_what_followed(layout: Layout, line: QuestionLine) -> None:
    _add_answer(layout, line)
    if line.change_before or line.change_after:
        _add_change(layout, line)
    _add_impacts(layout, line)
    layout.labelled(
        "What the person who asked was told", _told(line), style=SENTENCE, with_next=True
    )


def _who_and_where(line: QuestionLine) -> str:
    draft = " ".join(part for part in (line.draft_title, line.version_label) if part)
    if draft and line.page is not None:
        draft = f"{draft}, page {line.page}"
    asked_by = f"Asked by {_in_a_sentence(line.credited_as or NOT_NAMED)}"
    parts = (asked_by, day(line.asked_on), line.site, draft)
    return "  ·  ".join(part for part in parts if part)


def _in_a_sentence(name: str) -> str:
    """Return a credit as it stands inside a sentence: "a board member", but "A Smith"."""
    article, _, rest = name.partition(" ")
    return f"{article.lower()} {rest}" if article in ("A", "An") and rest.islower() else name


def _add_answer(layout: Layout, line: QuestionLine) -> None:
    when = f", {day(line.decided_on)}" if line.decided_on else ""
    answer = NO_ANSWER
    if line.response_words:
        reason = f" {_sentence(line.response_reason)}" if line.response_reason else ""
        answer = f"{_sentence(line.response_words)}{reason}"
    layout.paragraph(f"The team’s answer{when}", LABEL, with_next=True)
    if not line.considered_before:
        layout.paragraph(answer, SENTENCE)
        return
    layout.paragraph(answer, replace(SENTENCE, after=1), with_next=True)
    considered = f"Had the team considered this before? {_sentence(line.considered_before)}"
    layout.paragraph(considered, replace(SMALL, after=8))


def _add_change(layout: Layout, line: QuestionLine) -> None:
    """Set old and new wording side by side, or a change that has no old wording in one piece."""
    if line.change_touches_on:
        layout.paragraph(line.change_touches_on, SMALL, with_next=True)
    if not line.change_before:
        layout.labelled("What changed", line.change_after, style=SENTENCE)
        return
    layout.paragraph("What changed in the draft", LABEL, with_next=True)
    after = line.change_after or "(this passage was taken out)"
    add_table(layout, (Column("Before"), Column("After")), [(line.change_before, after)])


def _add_impacts(layout: Layout, line: QuestionLine) -> None:
    label = "What difference it made"
    if not line.impacts:
        found = NONE_FOUND if line.impact_looked_for else NOT_LOOKED
        layout.labelled(label, found, style=SENTENCE)
        return
    layout.paragraph(label, LABEL, with_next=True)
    for impact in line.impacts:
        _add_impact(layout, impact, credited_as=line.credited_as)


def _add_impact(layout: Layout, impact: ImpactLine, *, credited_as: str) -> None:
    layout.paragraph(impact.what_changed, replace(SENTENCE, after=2), with_next=True)
    parts = [impact.type_label, f"direction: {impact.direction_label}", impact.stage_label]
    if impact.evidence_label:
        parts.append(f"shown by: {impact.evidence_label}")
    if impact.on:
        parts.append(day(impact.on))
    layout.paragraph("  ·  ".join(part for part in parts if part), SMALL, with_next=True)
    asker = _in_a_sentence(credited_as or NOT_NAMED)
    columns = (Column(f"As {asker} sees it"), Column("As the team sees it"))
    views = (impact.contributor_view or NOT_RECORDED, impact.team_view or NOT_RECORDED)
    add_table(layout, columns, [views])


def _told(line: QuestionLine) -> str:
    if not line.told_on:
        return NOT_TOLD
    told = f"Told on {day(line.told_on)}."
    return f"{told} They replied: “{line.asker_reply}”" if line.asker_reply else told


def _sentence(words: str) -> str:
    """Return words with a capital first letter and a full stop, otherwise as they are."""
    words = words.strip()
    ended = words if words.endswith((".", "?", "!", "…", "”")) else f"{words}."
    return ended[:1].upper() + ended[1:]

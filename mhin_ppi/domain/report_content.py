"""What a report says, as plain values: no screen, no page, no file.

``services/reporting.py`` gathers these from the board; the modules in ``reports/`` set them on
pages. Every line keeps the identities of the records it stands on, so that a number can be opened
and a sentence can be traced. Credits are already as each person chose, and small numbers already
suppressed: a report never sees more than it may show.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .charts import Bar, ChartData, GridData, RecordIds


@dataclass(frozen=True, slots=True)
class SummaryNumber:
    """One key figure.

    Args:
        label: What is counted ("questions raised").
        value: The figure as it is to be read ("60", "fewer than 5", "£1,240.00").
        record_ids: The records counted.
    """

    label: str
    value: str
    record_ids: RecordIds = ()


@dataclass(frozen=True, slots=True)
class ImpactLine:
    """One difference that a question made, seen from both sides.

    Args:
        what_changed: In plain words.
        type_label: Kind of impact, from the catalogue.
        direction_label: "positive", "mixed", "negative", "none" or "too soon to tell", in words.
        stage_label: Stage of the research, from the catalogue.
        contributor_view: In the words of the person who asked; ``None`` when not recorded.
        team_view: In the words of the team; ``None`` when not recorded.
        evidence_label: What shows it ("the new text of section 4"), or "".
        on: When it was recorded.
        record_ids: The impact record and its evidence.
    """

    what_changed: str
    type_label: str
    direction_label: str
    stage_label: str = ""
    contributor_view: str | None = None
    team_view: str | None = None
    evidence_label: str = ""
    on: date | None = None
    record_ids: RecordIds = ()


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question with its whole fate: you said, we did.

    Args:
        reference: Short name within the report ("Q12").
        body: The person's own words; "" when they have been taken back.
        credited_as: How the person chose to appear ("Amina K.", "a board member").
        kind: "question", "suggestion", "concern" …, in the board's words.
        asked_on: The day it was raised.
        fate_words: Where it stands now ("Changed", "Not changed", "Waiting for an answer").
        project: The project it belongs to; questions are grouped by it.
        site: Place it is about, or "".
        draft_title: The draft it was raised on, or "".
        version_label: Its version ("v1"), or "".
        page: Page in the person's own file, where it has pages.
        passage_quote: The words that prompted it, or "".
        passage_touches_on: What a content note says of them, as a sentence, or "".
        considered_before: "no", "partly", "yes", or "" when nobody has said.
        response_words: The answer in one phrase ("Will change"), or "" when there is none yet.
        response_reason: The reason given with it, or "".
        decided_on: When it was answered.
        change_before: The old wording, or "".
        change_after: The new wording, or "".
        change_touches_on: What content notes say of the two, as a sentence, or "".
        impacts: Differences it made.
        impact_looked_for: Whether anybody has looked for a difference, so that an empty list can
            say "none was found" or "nobody has looked yet".
        told_on: When the person who asked was told.
        asker_reply: What they replied, or "".
        record_ids: The question, its passage, response, change and feedback.
    """

    reference: str
    body: str
    credited_as: str
    kind: str
    asked_on: date
    fate_words: str
    project: str = ""
    site: str = ""
    draft_title: str = ""
    version_label: str = ""
    page: int | None = None
    passage_quote: str = ""
    passage_touches_on: str = ""
    considered_before: str = ""
    response_words: str = ""
    response_reason: str = ""
    decided_on: date | None = None
    change_before: str = ""
    change_after: str = ""
    change_touches_on: str = ""
    impacts: tuple[ImpactLine, ...] = ()
    impact_looked_for: bool = False
    told_on: date | None = None
    asker_reply: str = ""
    record_ids: RecordIds = ()


@dataclass(frozen=True, slots=True)
class MinutesLine:
    """Time given to one activity, all people together.

    Args:
        activity: In the board's words ("Reading drafts").
        minutes: Whole minutes.
        record_ids: The involvement records added up.
    """

    activity: str
    minutes: int
    record_ids: RecordIds = ()


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """Money of one kind, all people together.

    Args:
        kind: In the board's words ("Paid for time", "Expenses", "Given as a gift").
        amount_pence: Whole pence; negative for what came back.
        record_ids: The ledger entries added up.
    """

    kind: str
    amount_pence: int
    record_ids: RecordIds = ()


@dataclass(frozen=True, slots=True)
class InvolvementTotals:
    """Time and money, with small numbers already suppressed by the caller.

    Args:
        people_words: How many people gave time ("12 people", "fewer than 5 people").
        minutes: By activity.
        payments: By kind.
    """

    people_words: str = ""
    minutes: tuple[MinutesLine, ...] = ()
    payments: tuple[PaymentLine, ...] = ()

    @property
    def total_minutes(self) -> int:
        """All activities together."""
        return sum(line.minutes for line in self.minutes)

    @property
    def total_pence(self) -> int:
        """All kinds together."""
        return sum(line.amount_pence for line in self.payments)


@dataclass(frozen=True, slots=True)
class UnwelcomeEffects:
    """Whether anybody looked for harm, cost or nothing at all, and what they found.

    Args:
        looked_for: ``False`` says "nobody has looked yet", whatever the lists hold.
        found: Each negative effect in a sentence.
        nil: Each place where a difference was looked for and none was found.
        record_ids: The records these stand on.
    """

    looked_for: bool = False
    found: tuple[str, ...] = ()
    nil: tuple[str, ...] = ()
    record_ids: RecordIds = ()


@dataclass(frozen=True, slots=True)
class ImpactReport:
    """Everything the impact report says.

    Args:
        title: Of the report.
        board_name: As the board calls itself.
        period_words: The time it covers ("1 April 2026 to 31 March 2027").
        made_on: The day it was made; also the date inside the file.
        covers: What is and is not in it, a few plain sentences.
        projects: Names of the projects covered.
        summary_numbers: Key figures, most important first.
        charts: More charts than the report draws by itself.
        grids: Counts in rows and columns.
        questions: All of them, in the order in which they are to be read.
        considered_before: Counts by "no", "partly", "yes", "not said".
        involvement: Time and money; ``None`` leaves the section out.
        unwelcome: Negative and nil effects; the section is never left out.
        limits: What the numbers do not show, one plain sentence each.
        sources: Guidance and lists used, one line each.
        member_word: What the board calls its members ("board member").
    """

    title: str
    board_name: str
    period_words: str
    made_on: date
    covers: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    summary_numbers: tuple[SummaryNumber, ...] = ()
    charts: tuple[ChartData, ...] = ()
    grids: tuple[GridData, ...] = ()
    questions: tuple[QuestionLine, ...] = ()
    considered_before: tuple[Bar, ...] = ()
    involvement: InvolvementTotals | None = None
    unwelcome: UnwelcomeEffects = UnwelcomeEffects()
    limits: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    member_word: str = "board member"

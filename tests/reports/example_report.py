"""An invented report of any length, for tests and benchmarks. No real person or study is in it."""

from datetime import date, timedelta
from uuid import UUID, uuid5

from mhin_ppi.domain.charts import Bar
from mhin_ppi.domain.report_content import (
    ImpactLine,
    ImpactReport,
    InvolvementTotals,
    MinutesLine,
    PaymentLine,
    QuestionLine,
    SummaryNumber,
    UnwelcomeEffects,
)

_SPACE = UUID("6f1d9f6e-1f0b-4f6e-9d58-0c6f1f4a7c11")
_PEOPLE = ("Amina K.", "a board member", "Ruth Hollis", "“Bramble”", "Jon")
_KINDS = ("question", "suggestion", "concern", "unclear wording", "barrier", "facilitator")
_PROJECTS = (
    ("Race equality in crisis care", ("Sheffield", "Manchester")),
    ("Parent-led help for child anxiety", ("East of England", "North West Coast")),
    ("Outreach for people who drink", ("Hull", "Greater Manchester")),
)
_BODIES = (
    "Why does the sheet say “may experience some distress” and not what you will do about it? "
    "When I was asked about my own care I needed to know who I could ring that evening.",
    "Interviews at nine in the morning shut out anyone who works nights or takes a child to "
    "school. Could they be by phone, in two short sittings, at a time the person picks?",
    "I do not know what “implementation fidelity” means, and I have read this page four times.",
    "Nobody says what happens to the recording if I change my mind afterwards.",
    "People avoid that clinic. Ask in the barber’s, the church hall and the food bank too.",
)
_PASSAGES = (
    "Participants may experience some distress during the interview. The research team will "
    "follow the distress protocol (Appendix 4).",
    "Interviews will take place at the clinic between 9.00 and 11.00 on weekdays.",
    "We will assess implementation fidelity and its moderators at each site.",
    "",
)
_BEFORE = "Participants may experience some distress during the interview."
_AFTER = (
    "Some questions may upset you. You can skip any of them, or stop, and you will still be paid. "
    "Before we start we will agree who you could ring that evening."
)


def _id(*parts: object) -> str:
    return str(uuid5(_SPACE, "/".join(map(str, parts))))


def _impact(number: int) -> ImpactLine:
    direction = ("positive", "positive", "mixed", "none", "negative", "too soon to tell")
    return ImpactLine(
        what_changed="The information sheet now says what happens when somebody is upset, and "
        "gives a number that is answered in the evening.",
        type_label=("Words people will read or hear", "How the study is done", "Who takes part")[
            number % 5 % 3
        ],
        direction_label=direction[number // 3 % 6],
        stage_label="Ethics and approvals",
        contributor_view="I would have signed this one. The first one I would have put down."
        if number % 3
        else None,
        team_view="Clearer for everyone; it cost us a second ethics amendment."
        if number % 4
        else None,
        evidence_label="section 4 of version 2",
        on=date(2026, 9, 1) + timedelta(days=number % 28),
        record_ids=(_id("impact", number),),
    )


def _question(number: int) -> QuestionLine:
    project, sites = _PROJECTS[number * 3 // 61 % 3]
    answered, changed, told = number % 6 != 5, number % 3 == 0, number % 4 != 3
    return QuestionLine(
        reference=f"Q{number}",
        body=_BODIES[number % 5],
        credited_as=_PEOPLE[number % len(_PEOPLE)],
        kind=_KINDS[number % 6],
        asked_on=date(2026, 4, 1) + timedelta(days=number),
        fate_words="Changed"
        if changed
        else ("Not changed" if answered else "Waiting for an answer"),
        project=project,
        site=sites[number % 2],
        draft_title="Participant information sheet",
        version_label="v1",
        page=1 + number % 12,
        passage_quote=_PASSAGES[number % 4],
        considered_before=("no", "partly", "yes")[number % 3],
        response_words=("Will change" if changed else "Will not change") if answered else "",
        response_reason="the sponsor’s wording is fixed, but we added a plain sentence beside it"
        if answered
        else "",
        decided_on=date(2026, 6, 2) + timedelta(days=number % 20) if answered else None,
        change_before=_BEFORE if changed else "",
        change_after=_AFTER if changed else "",
        impacts=(_impact(number),) if changed else (),
        impact_looked_for=number % 2 == 0,
        told_on=date(2026, 8, 3) + timedelta(days=number % 20) if told else None,
        asker_reply="Yes, that is what I meant." if told and changed else "",
        record_ids=tuple(_id(part, number) for part in ("question", "passage", "response")),
    )


def _key_figures(lines: tuple[QuestionLine, ...]) -> tuple[SummaryNumber, ...]:
    questions = len(lines)
    everything = tuple(line.record_ids[0] for line in lines)
    return (
        SummaryNumber("questions raised", str(questions), everything),
        SummaryNumber("led to a change in a draft", str(questions // 3)),
        SummaryNumber("the team had not thought of before", str(questions // 3)),
        SummaryNumber("still waiting for an answer", str(questions // 6)),
        SummaryNumber("days, on average, until an answer", "24"),
        SummaryNumber("people took part", "fewer than 5"),
        SummaryNumber("hours given", "312 h"),
        SummaryNumber("paid to members", "£7,842.50"),
    )


def example_report(questions: int = 60) -> ImpactReport:
    """Return an invented report with this many questions."""
    lines = tuple(_question(number) for number in range(1, questions + 1))
    return ImpactReport(
        title="What our questions changed",
        board_name="The Lantern Advisory Board",
        period_words="1 April 2026 to 31 October 2026",
        made_on=date(2026, 12, 4),
        covers=(
            "This report is about the questions that members of the board raised on three "
            "studies: what they asked, what the research teams answered, what became different, "
            "and who was told.",
            "It leaves out questions that were taken back, and anything written for one person.",
        ),
        projects=tuple(name for name, _ in _PROJECTS),
        summary_numbers=_key_figures(lines),
        questions=lines,
        considered_before=(
            Bar("No", questions // 3),
            Bar("Partly", questions // 3),
            Bar("Yes", questions // 6),
            Bar("Nobody has said", questions // 6),
        ),
        involvement=InvolvementTotals(
            people_words="12 people",
            minutes=(
                MinutesLine("Reading drafts", 7230),
                MinutesLine("Meetings and workshops", 5460, (_id("meeting", 1), _id("meeting", 2))),
                MinutesLine("Preparing and debriefing", 1290),
                MinutesLine("Interviewing with the team", 4740),
            ),
            payments=(
                PaymentLine("Paid for time", 687500),
                PaymentLine("Travel, childcare and other expenses", 96750),
                PaymentLine("Given as a gift", 0),
            ),
        ),
        unwelcome=UnwelcomeEffects(
            looked_for=True,
            found=("Two members found the crisis care transcripts hard to read alone at home.",),
            nil=("Asking for weekend interviews: agreed, and nobody has chosen one.",),
        ),
        limits=(
            "A question that was never written down is not here.",
            "The views of the team were asked by the coordinator, who works for the team.",
            "Counts below five people are not shown.",
        ),
        sources=(
            "GRIPP2 reporting checklists, doi:10.1186/s40900-017-0062-2",
            "UK Standards for Public Involvement, 2019",
        ),
    )

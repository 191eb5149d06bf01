"""One impact report in the making: everything it needs, read once, and nothing it may not say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from ..domain import british
from ..domain.annotations import KIND_WORDS, Visibility
from ..domain.blocks import DraftText, draft_text_from_bytes
from ..domain.catalogue_entries import label_of
from ..domain.drafts import DraftVersion
from ..domain.impact import DIRECTION_WORDS, Direction, Impact
from ..domain.involvement import ACTIVITY_WORDS, Involvement
from ..domain.people import Board, Person, nobody_named
from ..domain.periods import movements
from ..domain.pictures import CONSIDERED_WORDS, considered_before
from ..domain.projects import Project
from ..domain.questions import (
    STATE_WORDS,
    Question,
    QuestionState,
    StepKind,
)
from ..domain.report_content import (
    ImpactLine,
    ImpactReport,
    InvolvementTotals,
    MinutesLine,
    PaymentLine,
    QuestionLine,
    SummaryNumber,
    UnwelcomeEffects,
)
from ..domain.responses import DECISION_WORDS
from .claims_reading import all_claims
from .desk import APPROVING, Desk, holders
from .involvement import counted
from .pictures import Lists, asked, leaving, places_named
from .ports import UnitOfWork
from .quoted_warnings import QuotedWarnings
from .report_numbers import in_report
from .report_words import (
    HIDDEN,
    LEDGER_WORDS,
    LIMITS,
    NOT_QUOTED,
    SOURCES,
    people_words,
)
from .stories import Shelf, Story

_REPLIES = (StepKind.NOT_QUITE, StepKind.CONFIRM)


class Gathering:
    """One report in the making: everything it needs, read once."""

    def __init__(
        self,
        desk: Desk,
        catalogues: Lists,
        work: UnitOfWork,
        board: Board,
        projects: list[Project],
        narrowed: bool,
        first: date,
        last: date,
        *,
        warnings: QuotedWarnings,
    ) -> None:
        self._desk, self._work, self._board = desk, work, board
        self._catalogues = catalogues
        self._projects, self._narrowed = projects, narrowed
        self._first, self._last, self._warnings = first, last, warnings
        self._people = {person.id: person for person in work.find(Person)}
        self._texts: dict[str, DraftText] = {}
        ids = {project.id for project in projects}
        questions = in_report(
            work.find(Question), first=first, last=last, projects=ids, narrowed=narrowed
        )
        self._stories = Shelf(desk, work, questions).stories() if questions else []
        self._asked = [asked(story) for story in self._stories]
        # A place about which few people asked is not named beside a question either.
        self._places = places_named(self._asked)

    def report(self) -> ImpactReport:
        """Return the whole content."""
        lines = tuple(self._line(n, story) for n, story in enumerate(self._stories, start=1))
        charts, grids = leaving(self._asked, self._catalogues)
        return ImpactReport(
            title="Involvement and the difference it made",
            board_name=self._board.name,
            period_words=self._period(),
            made_on=self._desk.today(),
            covers=self._covers(),
            projects=tuple(project.title for project in self._projects),
            summary_numbers=self._numbers(),
            questions=lines,
            considered_before=considered_before(self._asked),
            charts=charts,
            grids=grids,
            involvement=self._totals(),
            unwelcome=self._unwelcome(),
            limits=LIMITS,
            sources=SOURCES,
            member_word=self._board.member_word,
        )

    def _period(self) -> str:
        return f"{british.day(self._first)} to {british.day(self._last)}"

    def _covers(self) -> tuple[str, ...]:
        scope = "the projects named here" if self._narrowed else "everything on the board"
        return (
            f"This report covers {scope}, from {self._period()}.",
            "Each question is in the words of the person who asked, and each person appears under "
            "the name they chose.",
            "Notes that people kept to themselves are not in it, and are not counted.",
        )

    def _numbers(self) -> tuple[SummaryNumber, ...]:
        states = [story.fate.state for story in self._stories]
        answered = [s for s in self._stories if s.responses]
        changed = [s for s in self._stories if s.changes]
        owed = [s for s in self._stories if s.fate.is_owed]
        finished = [
            s
            for s, state in zip(self._stories, states, strict=True)
            if state is QuestionState.CLOSED
        ]
        rows = (
            ("questions, suggestions and concerns", self._stories),
            ("have an answer", answered),
            ("led to a change", changed),
            ("wait for an answer, or to be told of it", owed),
            ("finished, by the person who asked", finished),
        )
        return tuple(
            SummaryNumber(label, str(len(found)), _ids(s.question.id for s in found))
            for label, found in rows
        )

    def _line(self, number: int, story: Story) -> QuestionLine:
        """Return a question's line; where its words are not shown, neither is what repeats them."""
        if not _may_show(story):
            return self._bare_line(number, story)
        question, note = story.question, story.annotation
        response = story.response
        change = story.changes[-1] if story.changes else None
        passage = note.passage if note else None
        said = response.body if response else ""
        if response and response.reason and response.reason not in said:
            said = f"{said} {response.reason}"
        said_last = [s for s in story.fate.taken if s.kind in _REPLIES]
        reply = said_last[-1] if said_last else None
        return QuestionLine(
            reference=f"Q{number}",
            body=self._body(story),
            credited_as=story.asked_by,
            kind=KIND_WORDS[question.kind],
            asked_on=question.raised_at.astimezone().date() if question.raised_at else self._first,
            fate_words=STATE_WORDS[story.fate.state],
            project=story.project.title if story.project else "",
            site=story.site.name if story.site and story.site.name in self._places else "",
            draft_title=story.draft.title if story.draft else "",
            version_label=f"v{story.version.number}" if story.version else "",
            page=self._page(story),
            passage_quote=passage.quote if passage else "",
            passage_touches_on=self._warnings.before(note.version, passage) if note else "",
            considered_before=CONSIDERED_WORDS[question.considered] if question.considered else "",
            response_words=DECISION_WORDS[response.decision] if response else "",
            response_reason=said,
            decided_on=response.decided_on if response else None,
            change_before=change.old.quote if change and change.old and change.new else "",
            change_after=change.new.quote if change and change.new else _outside(story),
            change_touches_on=self._warnings.before_change(change),
            impacts=tuple(self._impact(impact, story) for impact in story.impacts),
            impact_looked_for=bool(story.impacts),
            told_on=story.feedback[-1].told_on if story.feedback else None,
            asker_reply=self._reply(reply.kind, reply.detail.get("words", ""), story)
            if reply
            else "",
            record_ids=_records_of(story),
        )

    def _bare_line(self, number: int, story: Story) -> QuestionLine:
        question, response = story.question, story.response
        return QuestionLine(
            reference=f"Q{number}",
            body=self._body(story),
            credited_as=nobody_named(self._board.member_word),
            kind=KIND_WORDS[question.kind],
            asked_on=question.raised_at.astimezone().date() if question.raised_at else self._first,
            fate_words=STATE_WORDS[story.fate.state],
            project=story.project.title if story.project else "",
            response_words=DECISION_WORDS[response.decision] if response else "",
            decided_on=response.decided_on if response else None,
            impacts=tuple(self._bare_impact(impact) for impact in story.impacts),
            impact_looked_for=bool(story.impacts),
            told_on=story.feedback[-1].told_on if story.feedback else None,
            record_ids=_records_of(story),
        )

    def _bare_impact(self, impact: Impact) -> ImpactLine:
        return ImpactLine(
            what_changed=HIDDEN,
            type_label=label_of(self._desk.taxonomy.kinds, impact.kind),
            direction_label=DIRECTION_WORDS[impact.direction],
            contributor_view=HIDDEN if impact.asker_view else None,
            team_view=HIDDEN if impact.team_view else None,
            on=impact.seen_on,
            record_ids=_ids([impact.id]),
        )

    def _asker_view(self, impact: Impact, story: Story) -> str | None:
        shown = impact.asker_view if self._may_quote(story) else NOT_QUOTED
        return shown if impact.asker_view else None

    def _may_quote(self, story: Story) -> bool:
        asker = self._people.get(story.question.asker)
        return _may_show(story) and not (asker is not None and asker.not_quoted)

    def _reply(self, kind: StepKind, said: str, story: Story) -> str:
        plain = "Yes, that is what I meant." if kind is StepKind.CONFIRM else "Not quite."
        return (said if self._may_quote(story) else "") or plain

    def _body(self, story: Story) -> str:
        if story.fate.state is QuestionState.WITHDRAWN:
            return ""
        if not _may_show(story):
            return "(Shared with the coordinator only, so the words are not shown here.)"
        if not self._may_quote(story):
            return NOT_QUOTED
        return story.question.body

    def _page(self, story: Story) -> int | None:
        note = story.annotation
        if story.version is None or note is None or note.passage is None:
            return None
        text = self._text(story.version)
        return text.blocks[text.block_at(note.passage.start)].page if text.blocks else None

    def _text(self, version: DraftVersion) -> DraftText:
        if version.text not in self._texts:
            self._texts[version.text] = draft_text_from_bytes(self._work.blob(version.text))
        return self._texts[version.text]

    def _impact(self, impact: Impact, story: Story) -> ImpactLine:
        taxonomy = self._desk.taxonomy
        return ImpactLine(
            what_changed=impact.what_changed,
            type_label=label_of(taxonomy.kinds, impact.kind),
            direction_label=DIRECTION_WORDS[impact.direction],
            stage_label=label_of(taxonomy.stages, impact.stage),
            contributor_view=self._asker_view(impact, story),
            team_view=impact.team_view or None,
            evidence_label=impact.evidence_note or label_of(taxonomy.evidence, impact.evidence),
            on=impact.seen_on,
            record_ids=_ids([impact.id]),
        )

    def _unwelcome(self) -> UnwelcomeEffects:
        seen = [(i, _may_show(story)) for story in self._stories for i in story.impacts]
        worse = [s for s in seen if s[0].direction is Direction.NEGATIVE]
        both = [s for s in seen if s[0].direction is Direction.MIXED]
        nil = [s for s in seen if s[0].direction is Direction.NEUTRAL]
        return UnwelcomeEffects(
            looked_for=bool(seen),
            found=tuple(
                [impact.what_changed if shown else HIDDEN for impact, shown in worse]
                + [f"Some of both: {i.what_changed if shown else HIDDEN}" for i, shown in both]
            ),
            nil=tuple(impact.what_changed if shown else HIDDEN for impact, shown in nil),
            record_ids=_ids(impact.id for impact, _ in [*worse, *both, *nil]),
        )

    def _totals(self) -> InvolvementTotals:
        ids = {project.id for project in self._projects}
        time = [
            one
            for one in counted(self._work.find(Involvement))
            if self._first <= one.on <= self._last and (not self._narrowed or one.project in ids)
        ]
        minutes: dict[str, list[Involvement]] = defaultdict(list)
        for one in time:
            minutes[ACTIVITY_WORDS[one.activity]].append(one)
        return InvolvementTotals(
            people_words=people_words({one.person for one in time}),
            minutes=tuple(
                MinutesLine(label, sum(one.minutes for one in found), _ids(o.id for o in found))
                for label, found in minutes.items()
            ),
            payments=() if self._narrowed else self._payments(),
        )

    def _payments(self) -> tuple[PaymentLine, ...]:
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        officers = holders(self._work, APPROVING)
        for moved in movements(all_claims(self._work), officers=officers):
            if moved.paid_pence and self._first <= moved.on <= self._last:
                found[LEDGER_WORDS[moved.kind]].append((moved.paid_pence, moved.entry))
        return tuple(
            PaymentLine(label, sum(p for p, _ in rows), tuple(identity for _, identity in rows))
            for label, rows in found.items()
        )


def _ids(identities: Iterable[object]) -> tuple[str, ...]:
    return tuple(str(one) for one in identities)


def _outside(story: Story) -> str:
    return story.changes[-1].outside if story.changes else ""


def _may_show(story: Story) -> bool:
    """Whether the whole board may read it: not taken back, not for the coordinator only."""
    taken_back = story.fate.state is QuestionState.WITHDRAWN
    return not taken_back and story.question.visibility is Visibility.BOARD


def _records_of(story: Story) -> tuple[str, ...]:
    found: list[object] = [story.question.id]
    if story.annotation:
        found.append(story.annotation.id)
    for linked in (story.responses, story.changes, story.feedback):
        found.extend(one.id for one in linked)
    return _ids(found)

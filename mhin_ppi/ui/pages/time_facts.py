"""What the page Time and payments shows, read in one go, and the words for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from ...domain.british import money
from ...domain.claim_lines import ClaimLine
from ...domain.claims import Claim, LedgerEntry, LedgerKind
from ...domain.drafts import RoundId
from ...domain.involvement import ACTIVITY_WORDS, Involvement
from ...domain.pay_wish import PayBy
from ...domain.people import Person, PersonId, Role
from ...domain.projects import Project, ProjectId
from ...domain.rates import Rate, SchemeUse
from ...services.boards import Services
from .words_for import coordinators_words, first_name, minutes_words, when_words

_STEP_SENTENCES = {
    LedgerKind.SUBMITTED: "{who} sent it: {money}",
    LedgerKind.QUERIED: "{who} asked about it",
    LedgerKind.WITHDRAWN: "{who} took it back",
    LedgerKind.GIVEN: "{who} gave it as a gift",
    LedgerKind.APPROVED: "{who} approved {money}",
    LedgerKind.REJECTED: "{who} did not approve it",
    LedgerKind.BATCHED: "{who} sent it to finance",
    LedgerKind.PAID: "Finance paid {money}; {who} noted it",
    LedgerKind.FAILED: "The bank returned it; {who} noted it",
    LedgerKind.REVERSED: "{who} cancelled it by a correction",
    LedgerKind.ADJUSTED: "{who} corrected it by {money}",
    LedgerKind.TIMED: "{who} asked for another day or way of being paid",
}


@dataclass(frozen=True, slots=True)
class TimeFacts:
    """Everything the page shows.

    Args:
        me: Who is at the laptop.
        people: Everyone on the board.
        projects: All of them.
        time: This person's own time, newest first.
        everyones: Everyone's time that this laptop may see, newest first.
        claimable: Lines they could claim now.
        draft: The claim they have not sent yet.
        claims: Every claim this laptop may see, newest first.
        rates: Every rate.
        agreed: Requests to read that pay an agreed amount rather than by time.
        today: The day it is.
        uses: Every choice of a scheme: it says which rate a mile is paid at.
        usual_way: How this person last asked to be paid.
        payment_weeks: How long finance usually takes, in words.
        unpriced: How many of this person's records are not paid because no rate covers their day.
    """

    me: Person
    people: list[Person]
    projects: list[Project]
    time: list[Involvement]
    everyones: list[Involvement]
    claimable: list[ClaimLine]
    draft: list[ClaimLine]
    claims: list[Claim]
    rates: list[Rate]
    agreed: frozenset[RoundId]
    today: date
    uses: list[SchemeUse] = field(default_factory=list)
    usual_way: PayBy = PayBy.BANK
    payment_weeks: str = ""
    unpriced: int = 0

    @property
    def coordinates(self) -> bool:
        """Whether this person coordinates the board."""
        return self.me.has(Role.COORDINATOR)

    @property
    def mine(self) -> list[Claim]:
        """This person's own claims."""
        return [claim for claim in self.claims if claim.person == self.me.id]

    def name(self, person: PersonId) -> str:
        """Return what a person is called here: "You", or their first name."""
        if person == self.me.id:
            return "You"
        found = next((one for one in self.people if one.id == person), None)
        return first_name(found) if found else "Somebody"

    def coordinator(self) -> str:
        """Return who coordinates, in words."""
        return coordinators_words(self.people, me=self.me)


def read_facts(services: Services) -> TimeFacts:
    """Read everything the page shows."""
    return TimeFacts(
        me=services.people.me(),
        people=services.people.everyone(),
        projects=services.people.projects(),
        time=services.time.mine(),
        everyones=sorted(services.time.everyones(), key=lambda one: one.on, reverse=True),
        claimable=services.claims.claimable(),
        draft=services.claims.draft(),
        claims=services.claims.all(),
        rates=services.payments.rates.all(),
        agreed=services.claims.agreed(),
        today=services.desk.today(),
        uses=services.payments.rates.uses(),
        usual_way=services.claims.usual_way(),
        payment_weeks=services.people.board().payment_weeks,
        unpriced=len(services.claims.waiting_for_rate()),
    )


def time_words(one: Involvement, facts: TimeFacts) -> str:
    """Return a record of time in one line ("Meeting · PCREF · 1 h 30")."""
    titles: dict[ProjectId, str] = {project.id: project.title for project in facts.projects}
    parts = [ACTIVITY_WORDS[one.activity]]
    if one.project in titles:
        parts.append(titles[one.project])
    parts.append(minutes_words(one.minutes))
    return " · ".join(parts)


def history_words(claim: Claim, facts: TimeFacts) -> list[str]:
    """Return what happened to a claim, one sentence a step, oldest first."""
    return [_sentence(entry, facts) for entry in claim.entries]


def _sentence(entry: LedgerEntry, facts: TimeFacts) -> str:
    told = _STEP_SENTENCES[entry.kind].format(who=facts.name(entry.by), money=money(entry.pence))
    if "from" in entry.data:
        told = f"{facts.name(entry.by)} put this apart, so that the rest can go on"
    told = f"{told}, {when_words(entry.at, today=facts.today)}."
    return f"{told} “{entry.reason}”" if entry.reason else told


def days_since(claim: Claim, *, today: date) -> int:
    """Return days since the earliest activity in a claim."""
    return max(((today - line.on).days for line in claim.lines), default=0)


def project_choices(facts: TimeFacts) -> list[tuple[str, object]]:
    """Return the projects for a menu, and none."""
    return [("The whole board", None), *((p.title, p.id) for p in facts.projects)]


def person_choices(facts: TimeFacts) -> list[tuple[str, object]]:
    """Return the people for a menu, oneself first."""
    others = [(p.name, p.id) for p in facts.people if p.id != facts.me.id and not p.left_on]
    return [("Me", None), *others]

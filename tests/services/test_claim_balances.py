"""Balances are those of a recount, whatever happened since they were kept."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from mhin_ppi.domain.claim_lines import ClaimLine, LineKind
from mhin_ppi.domain.claims import LedgerKind as L
from mhin_ppi.services.claim_balances import KEPT
from mhin_ppi.services.desk import APPROVING, holders


def recount(services):
    """The same sums from every claim read anew."""
    states, people = defaultdict(lambda: [0, 0, 0, 0]), defaultdict(lambda: [0, 0, 0, 0])
    for claim in services.claims.all():
        for sums in (states[claim.state], people[str(claim.person)]):
            for at, more in enumerate(
                (1, claim.asked_pence, claim.approved_pence, claim.paid_pence)
            ):
                sums[at] += more
    return states, people


def agrees(services) -> bool:
    found = services.payments.balances.all()
    states, people = recount(services)
    shown = [
        {key: [b.claims, b.asked, b.approved, b.paid] for key, b in side.items()}
        for side in (found.by_state, found.by_person)
    ]
    projects = [sum(getattr(b, n) for b in found.by_project.values()) for n in ("asked", "paid")]
    whole = [sum(row[at] for row in people.values()) for at in (1, 3)]
    return shown == [dict(states), dict(people)] and projects == whole


def spent(name: str, pence: int, project: str = "") -> ClaimLine:
    on = date(2026, 3, 1)
    return ClaimLine(LineKind.EXPENSE, on, name, pence, id=name, project=project)


def test_balances_follow_every_step_and_every_exchange(pair):
    assert agrees(pair.ruth)
    claims = []
    for number in range(4):
        lines = [spent(f"Bus {number}", 333, str(pair.project)), spent(f"Tea {number}", 167)]
        claims.append(pair.amber.claims.submit(lines).value.id)
    pair.exchange()
    assert agrees(pair.ruth)
    assert agrees(pair.amber)
    deciding = pair.ruth.payments.deciding
    deciding.approve_many(claims[:3])
    assert agrees(pair.ruth)
    deciding.approve_less(claims[0], 100, reason="So agreed.")
    deciding.send_to_finance(claims[:2])
    pair.ruth.claims.decide(claims[0], L.PAID)
    pair.ruth.claims.decide(claims[2], L.REVERSED, reason="A mistake.")
    pair.amber.claims.decide(claims[3], L.WITHDRAWN)
    assert agrees(pair.ruth)
    pair.exchange()
    assert agrees(pair.ruth)
    assert agrees(pair.amber)
    projects = pair.ruth.payments.balances.all().by_project
    assert projects[str(pair.project)].paid + projects[""].paid == 100


def test_what_is_kept_can_be_lost_and_roles_count(pair):
    bus = pair.amber.claims.submit([spent("Bus", 480)]).value
    pair.exchange()
    pair.ruth.payments.deciding.approve_many([bus.id])
    assert agrees(pair.ruth)
    with pair.ruth.desk.store.unit_of_work() as work:
        assert pair.ruth.desk.store.person in holders(work, APPROVING)
        for key in (KEPT, *work.local_keys(f"{KEPT}:")):
            work.keep_local(key, None)
        work.keep_local("claim_balances_0", {"by": "rules of long ago"})
        work.commit()
    assert agrees(pair.ruth)
    with pair.ruth.desk.store.unit_of_work() as work:
        assert all(key.startswith(KEPT) for key in work.local_keys("claim_balances_"))

"""Fixed lists that come from guidance, read from text so that nothing of them is written in code.

The texts are the TOML files under ``resources/catalogues`` and ``resources/support_contacts.toml``;
finding and opening them is ``resource_files``' part. A board may bring its own.
Every function here raises :class:`~mhin_ppi.errors.InputError`, naming the entry, when a text is
not TOML, lacks an entry, or holds one of another kind.
"""

from __future__ import annotations

from .catalogue_entries import (
    Gripp2,
    Gripp2Item,
    ImpactTaxonomy,
    Mileage,
    PaymentChoice,
    RateBand,
    Rates,
    RateSet,
    Standard,
    SupportContact,
    SupportContacts,
    Term,
)
from .catalogue_parts import Part, read_toml, refusal, refuse_doubles

__all__ = [
    "Gripp2",
    "Gripp2Item",
    "ImpactTaxonomy",
    "Mileage",
    "PaymentChoice",
    "RateBand",
    "RateSet",
    "Rates",
    "Standard",
    "SupportContact",
    "SupportContacts",
    "Term",
    "parse_gripp2",
    "parse_impact_taxonomy",
    "parse_money_advice",
    "parse_rates",
    "parse_support_contacts",
    "parse_uk_standards",
]


def parse_rates(text: str) -> Rates:
    """Return the payment rates, choices and expenses in ``payment_rates.toml``.

    Sets are given newest first; two sets in force on the same day are refused, since an activity
    must have one rate.
    """
    part = read_toml(text, called="the list of payment rates")
    meta, expenses = part.part("meta"), part.part("expenses")
    guidance = f"{meta.need('guidance_title', str)}, {meta.need('guidance_version_seen', str)}"
    choices_source = part.part("choices_source").need("url", str)
    sets = tuple(_rate_set(each) for each in part.parts("rate_set"))
    refuse_doubles((each.code for each in sets), called="the list of payment rates")
    return Rates(
        guidance=guidance,
        source=meta.need("guidance_url", str),
        last_checked=meta.need_day("last_checked"),
        rate_sets=_newest_first(sets),
        choices=tuple(
            PaymentChoice(
                code=each.need("id", str),
                label=each.need("label", str),
                counts_as_income=each.yes_or_no("counts_as_income"),
                note=each.get("note", ""),
                source=choices_source,
                verified=each.need("verified", bool),
            )
            for each in part.parts("choice")
        ),
        expenses=expenses.texts("categories"),
        expenses_rule=expenses.need("rule", str),
        mileage=tuple(_mileage(each) for each in part.parts("mileage")),
    )


def _rate_set(part: Part) -> RateSet:
    source = part.need("source", str)
    bands = tuple(_rate_band(each, source=source) for each in part.parts("band"))
    refuse_doubles((band.code for band in bands), called=f"the rates {part.need('id', str)}")
    return RateSet(
        code=part.need("id", str),
        label=part.need("label", str),
        effective_from=part.day("effective_from"),
        effective_to=part.day("effective_to"),
        bands=bands,
        note=part.get("note", ""),
        source=source,
        verified=part.need("verified_effective_from", bool),
    )


def _rate_band(part: Part, *, source: str) -> RateBand:
    amount_pence = part.need("amount_pence", int)
    if amount_pence <= 0:
        raise refusal(f"The rate “{part.need('id', str)}” must be more than nothing.")
    return RateBand(
        code=part.need("id", str),
        label=part.need("label", str),
        minutes=round(part.get("approx_hours", 0.0) * 60),
        amount_pence=amount_pence,
        example=part.get("example", ""),
        basis=part.get("basis", ""),
        source=source,
        verified=part.need("verified", bool),
    )


def _newest_first(sets: tuple[RateSet, ...]) -> tuple[RateSet, ...]:
    ordered = sorted(sets, key=lambda each: each.first_day, reverse=True)
    for newer, older in zip(ordered, ordered[1:], strict=False):
        if older.last_day >= newer.first_day:
            raise refusal(f"“{older.label}” and “{newer.label}” are in force on the same day.")
    return tuple(ordered)


def _mileage(part: Part) -> Mileage:
    pence = part.need("first_10000_miles_pence", int)
    return Mileage(
        name=part.need("name", str),
        vehicle=part.need("vehicle", str),
        pence=pence,
        pence_beyond=part.get("after_pence", pence),
        note=part.get("note", ""),
        source=part.need("source", str),
        verified=part.need("verified", bool),
    )


def parse_impact_taxonomy(text: str) -> ImpactTaxonomy:
    """Return the lists in ``impact_taxonomy.toml`` with which impact is described."""
    part = read_toml(text, called="the impact taxonomy")
    sources = "; ".join(part.part("meta").texts("sources"))
    kinds = tuple(
        Term(
            code=each.need("code", str),
            label=each.need("label", str),
            note=f"{each.need('covers', str)} Example: {each.need('example', str)}",
            group=each.need("group", str),
            origin=each.need("origin", str),
            source=sources,
            verified=each.get("verified", False),
        )
        for each in part.parts("impact")
    )
    refuse_doubles((each.code for each in kinds), called="the impact taxonomy")
    return ImpactTaxonomy(
        stages=_terms(part.part("stages"), sources=sources),
        kinds=kinds,
        directions=_terms(part.part("direction"), sources=sources),
        reasons=_terms(part.part("decision_reason"), sources=sources),
        evidence=_terms(part.part("evidence"), sources=sources),
        feedback=_terms(part.part("feedback"), sources=sources),
        roles=_terms(part.part("contributor_role"), sources=sources),
    )


def _terms(part: Part, *, sources: str) -> tuple[Term, ...]:
    origin, source = part.need("origin", str), part.get("source", sources)
    terms = tuple(
        Term(
            code=each.need("code", str),
            label=each.need("label", str),
            note=each.get("hint", "") or each.get("examples", "") or each.get("note", ""),
            group="",
            origin=each.get("origin", origin),
            source=source,
            verified=part.get("verified", False),
        )
        for each in part.parts("items")
    )
    refuse_doubles((term.code for term in terms), called="the impact taxonomy")
    return terms


def parse_gripp2(text: str) -> Gripp2:
    """Return the two checklists in ``gripp2.toml`` (doi:10.1186/s40900-017-0062-2)."""
    part = read_toml(text, called="the GRIPP2 checklist")
    meta = part.part("meta")
    source = {
        "SF": meta.need("url_short_form", str),
        "LF": meta.need("url_long_form_source", str),
    }
    by_form: dict[str, list[Gripp2Item]] = {"SF": [], "LF": []}
    for each in part.parts("item"):
        form = each.need("form", str)
        if form not in by_form:
            raise refusal(f"The GRIPP2 checklist has no form called “{form}”, only SF and LF.")
        by_form[form].append(
            Gripp2Item(
                form=form,
                number=each.need("number", str),
                section=each.need("section", str),
                topic=each.need("topic", str),
                asks=each.need("asks", str),
                prompt=each.need("prompt", str),
                fill_from=each.texts("fill_from"),
                source=source[form],
                verified=each.need("verified", bool),
            )
        )
    for items in by_form.values():
        refuse_doubles((found.number for found in items), called="the GRIPP2 checklist")
    return Gripp2(
        reference=meta.need("reference", str),
        short_form=tuple(by_form["SF"]),
        long_form=tuple(by_form["LF"]),
    )


def parse_uk_standards(text: str) -> tuple[Standard, ...]:
    """Return the UK Standards for Public Involvement (2019) in their published order."""
    part = read_toml(text, called="the UK Standards")
    source = "; ".join(part.part("meta").texts("sources"))
    ordered = sorted(part.parts("standard"), key=lambda each: each.need("order", int))
    standards = tuple(
        Standard(
            code=each.need("id", str),
            name=each.need("name", str),
            statement=each.need("statement", str),
            questions=each.texts("questions"),
            evidence=each.texts("evidence"),
            source=source,
            verified=each.need("verified_statement", bool),
            verified_questions=each.need("verified_questions", bool),
        )
        for each in ordered
    )
    refuse_doubles((standard.code for standard in standards), called="the UK Standards")
    return standards


def parse_support_contacts(text: str) -> SupportContacts:
    """Return the people to turn to, in the order in which they are shown.

    A contact with neither a number to call nor one to text is refused: it would be a dead end for
    somebody who needs help.
    """
    found = _contacts(text, called="the list of support contacts")
    for contact in found.contacts:
        if not contact.call and not contact.text:
            raise refusal(f"The support contact “{contact.name}” has no number to call or text.")
    return found


def parse_money_advice(text: str) -> SupportContacts:
    """Return where advice about payments and benefits is to be had, in the order shown."""
    return _contacts(text, called="the list of places for advice about money")


def _contacts(text: str, *, called: str) -> SupportContacts:
    part = read_toml(text, called=called)
    contacts = tuple(
        SupportContact(
            name=each.need("name", str),
            reach=each.need("reach", str),
            call=each.get("call", ""),
            text=each.get("text", ""),
            hours=each.get("hours", ""),
            about=each.need("about", str),
            source=each.need("source", str),
            verified=each.need("verified", bool),
        )
        for each in part.parts("contact")
    )
    return SupportContacts(
        area=part.need("area", str),
        last_checked=part.need_day("last_checked"),
        note=part.get("note", ""),
        contacts=contacts,
    )

"""The lists that ship with the program are whole, and a spoilt list is refused in plain words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhin_ppi.domain import catalogues
from mhin_ppi.domain.catalogue_entries import label_of
from mhin_ppi.domain.frames import every_frame, parse_frames, part_words
from mhin_ppi.domain.impact import DIRECTION_WORDS, Direction, Impact
from mhin_ppi.errors import InputError

RESOURCES = Path(__file__).parents[2] / "resources"
FILES = {
    "catalogues/payment_rates.toml": catalogues.parse_rates,
    "catalogues/impact_taxonomy.toml": catalogues.parse_impact_taxonomy,
    "catalogues/gripp2.toml": catalogues.parse_gripp2,
    "catalogues/uk_standards.toml": catalogues.parse_uk_standards,
    "catalogues/frames.toml": parse_frames,
    "support_contacts.toml": catalogues.parse_support_contacts,
    "money_advice.toml": catalogues.parse_money_advice,
}


def shipped(name: str) -> str:
    return (RESOURCES / name).read_text(encoding="utf-8")


@pytest.fixture
def rates() -> catalogues.Rates:
    return catalogues.parse_rates(shipped("catalogues/payment_rates.toml"))


@pytest.fixture
def taxonomy() -> catalogues.ImpactTaxonomy:
    return catalogues.parse_impact_taxonomy(shipped("catalogues/impact_taxonomy.toml"))


def test_an_hour_pays_what_was_in_force_on_the_day_it_was_given(rates):
    def hour_on(day: date) -> int:
        found = rates.in_force_on(day)
        return next(band.amount_pence for band in found.bands if band.minutes == 60)

    assert hour_on(date(2025, 12, 15)) == 2500
    assert hour_on(date(2025, 12, 16)) == 2750


def test_every_band_of_the_older_rates_has_a_newer_one_of_the_same_size(rates):
    newer, older = rates.rate_sets
    assert [band.code for band in newer.bands[:6]] == [band.code for band in older.bands]
    assert all(band.label for band in older.bands)
    pairs = zip(newer.bands, older.bands, strict=False)
    assert all(new.amount_pence > old.amount_pence for new, old in pairs)


def test_figures_that_were_worked_out_say_so(rates):
    newer = rates.rate_sets[0]
    assert {band.code for band in newer.bands if band.verified} == {"half_hour", "highest"}
    assert all(band.basis for band in newer.bands)
    assert not any(band.verified for band in rates.rate_sets[1].bands)


def test_no_payment_is_a_choice_and_not_the_first(rates):
    codes = [choice.code for choice in rates.choices]
    assert "declined" in codes[1:]
    assert len(codes) == 8
    unsaid = {choice.code for choice in rates.choices if choice.counts_as_income is None}
    assert unsaid == {"gift", "training_or_access", "to_organisation"}


def test_a_mile_by_car_pays_less_beyond_ten_thousand(rates):
    assert [(m.name, m.pence, m.pence_beyond) for m in rates.mileage] == [
        ("car or van", 45, 25),
        ("motorcycle", 24, 24),
        ("bicycle", 20, 20),
    ]
    assert len(rates.expenses) == 12


def test_the_impact_taxonomy_is_whole(taxonomy):
    assert len(taxonomy.stages) == 9
    assert len(taxonomy.kinds) == 20
    assert {term.group for term in taxonomy.kinds} == {"research", "people", "wider", "none"}
    assert len(taxonomy.reasons) == 9
    assert [term.code for term in taxonomy.feedback] == ["acknowledgement", "impact", "progress"]
    assert len(taxonomy.roles) == 6
    assert label_of(taxonomy.kinds, "materials") == "Words people will read or hear"
    assert label_of(taxonomy.stages, "share") == "Sharing findings"
    assert label_of(taxonomy.kinds, "something_new") == "something_new"


def test_a_code_that_two_lists_share_is_read_in_its_own_list(taxonomy):
    assert label_of(taxonomy.kinds, "design") == "How the study is done"
    assert label_of(taxonomy.stages, "design") == "Planning the study"


def test_the_codes_an_impact_starts_with_and_its_directions_are_in_the_taxonomy(taxonomy):
    fields = {name: field.default for name, field in Impact.__dataclass_fields__.items()}
    assert fields["kind"] in {term.code for term in taxonomy.kinds}
    assert fields["stage"] in {term.code for term in taxonomy.stages}
    assert fields["evidence"] in {term.code for term in taxonomy.evidence}
    assert {term.code: term.label for term in taxonomy.directions} == {
        direction.value: DIRECTION_WORDS[direction] for direction in Direction
    }


def test_gripp2_has_five_short_and_thirty_four_long_items():
    gripp2 = catalogues.parse_gripp2(shipped("catalogues/gripp2.toml"))
    assert [item.number for item in gripp2.short_form] == ["1", "2", "3", "4", "5"]
    assert len(gripp2.long_form) == 34
    assert "10.1186" in shipped("catalogues/gripp2.toml")
    assert "Staniszewska" in gripp2.reference
    economics = next(item for item in gripp2.long_form if item.number == "7g")
    assert economics.fill_from == ("payments", "hours", "budget")
    assert not economics.verified


def test_the_six_uk_standards_come_in_their_published_order():
    standards = catalogues.parse_uk_standards(shipped("catalogues/uk_standards.toml"))
    assert [standard.name for standard in standards] == [
        "Inclusive opportunities",
        "Working together",
        "Support and learning",
        "Communications",
        "Impact",
        "Governance",
    ]
    assert all(standard.questions and standard.evidence for standard in standards)
    assert not any(standard.verified_questions for standard in standards)


def test_support_contacts_can_be_reached_and_say_when_they_were_checked():
    contacts = catalogues.parse_support_contacts(shipped("support_contacts.toml"))
    by_name = {contact.name: contact for contact in contacts.contacts}
    assert contacts.area == "England"
    assert contacts.last_checked >= date(2026, 11, 22)
    assert by_name["Samaritans"].call == "116123"
    assert by_name["Shout"].text == "85258"
    assert all(contact.source for contact in contacts.contacts)


@pytest.mark.parametrize("name", FILES)
def test_every_shipped_list_names_its_source(name):
    lines = shipped(name).splitlines()
    assert any(line.startswith(("source", "doi", "url", "guidance_url")) for line in lines)


@pytest.mark.parametrize(
    ("name", "good", "bad", "said"),
    [
        ("catalogues/payment_rates.toml", "amount_pence = 2750", "amount_pence = 0", "nothing"),
        ("catalogues/payment_rates.toml", "amount_pence = 2750", "amount_pence = true", "amount"),
        ("catalogues/payment_rates.toml", "to = 2025-12-15", "to = 2026-01-31", "same day"),
        ("catalogues/payment_rates.toml", 'id = "one_hour"', 'id = "half_hour"', "twice"),
        (
            "catalogues/payment_rates.toml",
            "last_checked = 2026-11-22",
            "last_checked = 2026-11-22T10:00:00",
            "last_checked",
        ),
        ("catalogues/impact_taxonomy.toml", 'code = "agenda"', 'code = "question"', "twice"),
        ("catalogues/impact_taxonomy.toml", "[stages]", "[steps]", "stages"),
        ("catalogues/gripp2.toml", 'form = "LF"', 'form = "XL"', "XL"),
        ("catalogues/gripp2.toml", "fill_from = []", "fill_from = 3", "list of texts"),
        ("catalogues/uk_standards.toml", "order = 1", 'order = "first"', "order"),
        ("support_contacts.toml", 'text = "85258"', "", "Shout"),
        ("support_contacts.toml", "[[contact]]", "[[contacts]]", "contact"),
        ("support_contacts.toml", "last_checked = 2026-11-22", "", "last_checked"),
    ],
)
def test_a_spoilt_entry_is_refused_and_named(name, good, bad, said):
    text = shipped(name)
    assert good in text
    with pytest.raises(InputError, match=said) as refused:
        FILES[name](text.replace(good, bad))
    assert "Nothing has been changed." in refused.value.in_full()


@pytest.mark.parametrize("name", FILES)
@given(cut=st.floats(0, 1, exclude_max=True))
def test_a_list_cut_short_anywhere_is_read_or_refused_but_never_breaks(name, cut):
    text = shipped(name)
    said = "."
    try:
        FILES[name](text[: int(len(text) * cut)])
    except InputError as refused:
        said = refused.what_happened
    assert said.endswith(".")
    assert "nvalid" not in said


def test_frames_hold_the_published_number_of_parts_and_say_what_was_not_checked():
    frames = every_frame(shipped("catalogues/frames.toml"), shipped("catalogues/uk_standards.toml"))
    sizes = {frame.code: len(frame.parts) for frame in frames}
    assert sizes == {"cfir": 5, "npt": 4, "psat": 8, "standards": 6}
    unchecked = {frame.code for frame in frames if not all(p.verified for p in frame.parts)}
    assert unchecked == {"cfir"}
    assert all(frame.source and frame.checked for frame in frames)
    assert all(part.asks.endswith("?") for frame in frames for part in frame.parts)
    assert part_words(frames)["cfir:inner_setting"] == "CFIR 2.0: Inner setting"

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhin_ppi.ui.preferences import (
    Look,
    Preferences,
    Surface,
    Typeface,
    load_preferences,
    save_preferences,
)

CHOICES = st.builds(
    Preferences,
    look=st.sampled_from(Look),
    text_size=st.integers(0, 1000),
    typeface=st.sampled_from(Typeface),
    surface=st.sampled_from(Surface),
    reading_size=st.integers(-5, 500),
    line_spacing=st.floats(0, 10),
    letter_spacing=st.integers(-3, 100),
    column_characters=st.integers(0, 1000),
)


@given(CHOICES)
def test_what_is_kept_is_found_again(tmp_path_factory, chosen):
    path = tmp_path_factory.mktemp("looks") / "deep" / "looks.json"
    assert save_preferences(path, chosen)
    assert load_preferences(path) == chosen


@given(CHOICES)
def test_sizes_stay_in_range(chosen):
    assert 100 <= chosen.text_size <= 300
    assert 40 <= chosen.column_characters <= 100


@given(st.one_of(st.binary(), st.text().map(str.encode)))
def test_a_damaged_file_gives_the_ordinary_look(tmp_path_factory, damaged):
    path = tmp_path_factory.mktemp("looks") / "looks.json"
    path.write_bytes(damaged)
    assert load_preferences(path) == Preferences()


@pytest.mark.parametrize(
    "foreign",
    [
        {"look": "plaid", "text_size": "large"},
        {"text_size": True, "line_spacing": None, "surface": 4},
        {"text_size": 1e400, "column_characters": float("nan")},
        {"unknown": 1},
        ["look"],
    ],
)
def test_values_of_the_wrong_kind_are_passed_over(tmp_path, foreign):
    path = tmp_path / "looks.json"
    path.write_text(json.dumps(foreign))
    assert load_preferences(path) == Preferences()


def test_the_good_values_of_a_half_good_file_are_kept(tmp_path):
    path = tmp_path / "looks.json"
    path.write_text(json.dumps({"look": "dark", "text_size": "x", "letter_spacing": 5}))
    assert load_preferences(path) == Preferences(look=Look.DARK, letter_spacing=5)


def test_a_place_that_cannot_be_written_is_no_reason_to_stop(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    assert save_preferences(blocked / "looks.json", Preferences()) is False
    assert load_preferences(blocked / "looks.json") == Preferences()


def test_nothing_about_boards_or_people_is_kept(tmp_path):
    path = tmp_path / "looks.json"
    save_preferences(path, Preferences())
    assert set(json.loads(path.read_text())) == {
        "look",
        "text_size",
        "typeface",
        "surface",
        "reading_size",
        "line_spacing",
        "letter_spacing",
        "column_characters",
        "speech_speed",
        "speech_voice",
    }

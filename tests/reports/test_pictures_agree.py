"""A picture, its table and its words say the same numbers: each is read back and compared."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from mhin_ppi.app import LaterCatalogues
from mhin_ppi.domain import pictures
from mhin_ppi.domain.charts import Bar, ChartData, GridData, Picture
from mhin_ppi.domain.impact import Direction
from mhin_ppi.domain.pictures import Asked, Difference
from mhin_ppi.domain.report_content import ImpactReport
from mhin_ppi.reports.chart_grid import grid_pages
from mhin_ppi.reports.maker import ReportMaker
from mhin_ppi.reports.typefaces import Typefaces
from mhin_ppi.services.pictures import leaving, picture_book
from tests.reports.pdf_reading import FONTS, read_pdf

MAKER = ReportMaker(FONTS)
CATALOGUES = LaterCatalogues()
STAGES = CATALOGUES.taxonomy.stages
KINDS = CATALOGUES.taxonomy.kinds
PARTS = [part.code for frame in CATALOGUES.frames for part in frame.parts]


@st.composite
def boards(draw: st.DrawFn) -> list[Asked]:
    """Any board of up to 40 questions, however its answers and differences fell out."""
    made = []
    for number in range(draw(st.integers(1, 40))):
        ways = draw(st.lists(st.sampled_from(list(Direction)), max_size=3))
        made.append(
            Asked(
                id=f"q{number}",
                asker=f"p{draw(st.integers(0, 12))}",
                days_to_answer=draw(st.none() | st.integers(0, 90)),
                taken_back=draw(st.booleans()),
                answered=draw(st.booleans()),
                changed=draw(st.booleans()),
                told=draw(st.booleans()),
                place=draw(st.sampled_from(["", "Hull", "Leeds", "Sheffield & <York>"])),
                stage=draw(st.sampled_from(["", *(term.code for term in STAGES)])),
                frames=tuple(draw(st.lists(st.sampled_from(PARTS), max_size=3))),
                differences=tuple(
                    Difference(
                        f"d{number}.{at}",
                        draw(st.sampled_from(KINDS)).code,
                        draw(st.sampled_from(STAGES)).code,
                        way,
                    )
                    for at, way in enumerate(ways)
                ),
            )
        )
    return made


def numbers_drawn(picture: Picture) -> list[int]:
    """Return the numbers written in the drawing, in reading order, and nothing else in it."""
    root = etree.fromstring(MAKER.draw_chart(picture, width=480).svg.encode())
    texts = [each.text or "" for each in root.iter() if each.tag.endswith("}text")]
    return [int(text.replace(",", "")) for text in texts if re.fullmatch(r"[\d,]+", text)]


def numbers_said(picture: Picture) -> list[int]:
    """Return the numbers that the sentences give, without total and note."""
    said = picture.in_words()
    said = said.removesuffix(picture.note).split(" in all", 1)[1]
    if isinstance(picture, ChartData):
        return [int(found) for found in re.findall(r" (\d+)(?=[;.])", said)]
    found: list[int] = []
    for row, after in zip(picture.rows, (*picture.rows[1:], None), strict=True):
        start = said.index(f"{row}: ") + len(row) + 2
        end = said.index(f". {after}: ", start) if after else len(said.rstrip(" ."))
        parts = said[start:end].split("; ")
        told = dict(part.rsplit(" ", 1) for part in parts)
        rest = told.pop("all others", told.pop("all", None))
        assert (rest is None) == (len(told) == len(picture.columns))
        found += [int(told.get(column, rest or "")) for column in picture.columns]
        assert set(told) <= set(picture.columns)
    return found


def counts(picture: Picture) -> list[int]:
    bars = picture.bars if isinstance(picture, ChartData) else tuple(picture.bars())
    return [bar.count for bar in bars]


@given(boards())
@settings(max_examples=12, deadline=None)
def test_what_is_drawn_is_what_is_said_is_what_is_counted(board: list[Asked]) -> None:
    book = picture_book(board, CATALOGUES)
    for picture in (*book.charts, *book.grids, *(one.grid for one in book.maps)):
        assert numbers_drawn(picture) == counts(picture) == numbers_said(picture)
        zones = MAKER.draw_chart(picture, width=480).zones
        assert [zone.bar.count for zone in zones] == counts(picture)
        assert all(0 <= zone.left and zone.left + zone.width <= 480.01 for zone in zones)


@given(boards())
@settings(max_examples=60, deadline=None)
def test_every_number_counts_the_records_it_opens(board: list[Asked]) -> None:
    ids = {question.id for question in board}
    book = picture_book(board, CATALOGUES)
    for chart in (book.charts[0], book.charts[1], book.charts[2], book.charts[4]):
        assert all(bar.count == len(set(bar.record_ids) & ids) for bar in chart.bars)
    for one in book.maps:
        assert all(bar.count == len(bar.record_ids) for bar in one.grid.bars())
        placed = {each for bar in one.grid.bars() for each in bar.record_ids}
        assert placed | set(one.unplaced) == ids
        assert not placed & set(one.unplaced)
        assert len(one.holes) == sum(not bar.count for bar in one.grid.bars())
    made = sum(len(question.differences) for question in board)
    assert book.charts[3].total == made
    for grid in book.grids:
        assert sum(bar.count for bar in grid.bars()) == grid.total == made


@given(boards())
@settings(max_examples=100, deadline=None)
def test_no_place_that_leaves_the_board_points_at_fewer_than_five_people(
    board: list[Asked],
) -> None:
    askers = {question.id: question.asker for question in board}
    whole = pictures.by_place(board)
    safe = pictures.safe_places(whole, board, fewest=5)
    if safe is None:
        return
    assert safe.total == whole.total == len(board)
    for bar in safe.bars:
        assert len({askers[one] for one in bar.record_ids}) >= 5
    if safe != whole:
        named = {bar.label for bar in safe.bars}
        assert sum(bar.label not in named for bar in whole.bars) >= 2


def test_worse_and_none_are_shown_at_nought_too() -> None:
    better = Difference("d", KINDS[0].code, STAGES[0].code, Direction.POSITIVE)
    chart = pictures.which_way([Asked("q", answered=True, differences=(better,)), Asked("r")])
    assert {bar.label: bar.count for bar in chart.bars} == {
        "For the better": 1,
        "Some of both": 0,
        "For the worse": 0,
        "Made no difference": 0,
        "Too soon to say": 0,
    }
    assert chart.note == "Nobody has looked yet at 0 of 1 answered question."


def test_an_empty_place_of_the_map_is_a_plain_prompt() -> None:
    cfir = CATALOGUES.frames[0]
    one = Asked("q", stage="design", frames=("cfir:inner_setting",))
    grid = pictures.not_asked_yet([one], STAGES, cfir)
    found = pictures.holes(grid, STAGES, cfir)
    assert "Planning the study: Inner setting" not in found
    hole = found["Planning the study: Outer setting"]
    assert hole.words == (
        "Nobody has asked yet about “Outer setting” at the stage “Planning the study”. "
        "Would you like to?"
    )
    assert (hole.stage, hole.part) == ("design", "cfir:outer_setting")
    assert hole.asks.endswith("?")


def test_a_grid_must_have_a_cell_for_every_place() -> None:
    with pytest.raises(ValueError, match="each row"):
        GridData("G", ("a", "b"), ("c",), ((Bar("a: c", 1),),))
    with pytest.raises(ValueError, match="each column"):
        GridData("G", ("a",), ("c", "d"), ((Bar("a: c", 1),),))
    with pytest.raises(ValueError, match="at least one row"):
        MAKER.draw_chart(GridData("G", (), ("c",), ()), width=300)


def test_a_grid_of_many_rows_goes_on_over_the_page() -> None:
    rows = tuple(f"Row {number}" for number in range(60))
    cells = tuple((Bar(f"{row}: c", 1),) for row in rows)
    grid = GridData("Long", rows, ("c",), cells, in_all=60)
    parts = grid_pages(grid, Typefaces(FONTS), width=480)
    assert len(parts) > 1
    assert tuple(row for part in parts for row in part.rows) == rows


def test_the_report_shows_the_same_pictures_and_sets_them_as_tables() -> None:
    made = Difference("d", "materials", "ethics", Direction.NEGATIVE)
    board = [
        Asked(
            f"q{number}",
            asker=f"p{number}",
            answered=True,
            days_to_answer=number,
            place="Hull" if number % 2 else "Leeds",
            stage="design",
            frames=("psat:communications",),
            differences=(made,) if number < 3 else (),
        )
        for number in range(12)
    ]
    charts, grids = leaving(board, CATALOGUES)
    assert [grid.title for grid in grids][-1] == "Asked about, or not yet: PSAT: keeping it going"
    report = ImpactReport("R", "B", "P", date(2026, 12, 4), charts=charts, grids=grids)
    read = read_pdf(MAKER.impact_pdf(report))
    alts = [figure.alt for figure in read.all("Figure")]
    assert [picture.in_words() for picture in (*charts, *grids)] == alts
    rows = [[cell.text() for cell in row.children] for row in read.all("TR")]
    for chart in charts:
        for bar in chart.bars:
            assert [bar.label, str(bar.count)] in rows
    for grid in grids:
        for name, cells in zip(grid.rows, grid.cells, strict=True):
            assert [name, *(str(bar.count) for bar in cells)] in rows

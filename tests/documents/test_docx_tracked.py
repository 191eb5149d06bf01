"""Word's tracked changes: the text is what it would be if every change were accepted."""

from __future__ import annotations

from tests.documents.document_makers import docx, p
from tests.documents.docx_note_makers import got, note_at, put, text_of

GONE_END = '<w:rPr><w:del w:id="1"/></w:rPr>'
MOVED_END = '<w:rPr><w:moveFrom w:id="1"/></w:rPr>'
ROW_GONE = '<w:del w:id="6"/>'
NEW_END = '<w:rPr><w:ins w:id="1"/></w:rPr>'


def run(text: str, tag: str = "t") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def gone(text: str) -> str:
    return f'<w:del w:id="2">{run(text, "delText")}</w:del>'


def new(text: str) -> str:
    return f'<w:ins w:id="3">{run(text)}</w:ins>'


def texts(body: str) -> list[str]:
    return [block.text for block in text_of(docx(body)).blocks]


def row(*cells: str, how: str = "") -> str:
    inner = "".join(f"<w:tc>{cell}</w:tc>" for cell in cells)
    return f"<w:tr>{f'<w:trPr>{how}</w:trPr>' if how else ''}{inner}</w:tr>"


def test_an_inserted_paragraph_is_there():
    assert texts(p("One") + p(properties=NEW_END, inner=new("Two")) + p("Three")) == [
        "One", "Two", "Three",
    ]  # fmt: skip


def test_a_deleted_paragraph_is_gone_and_leaves_no_gap():
    assert texts(p("One") + p(properties=GONE_END, inner=gone("Two")) + p("Three")) == [
        "One", "Three",
    ]  # fmt: skip


def test_a_paragraph_split_in_two_and_one_joined_to_the_next():
    split = p("First half.", properties=NEW_END) + p("Second half.")
    joined = p("Visits ", properties=GONE_END, inner=gone("never ")) + p("happen.")
    assert texts(split + joined) == ["First half.", "Second half.", "Visits happen."]


def test_moved_text_is_only_where_it_was_moved_to():
    away = f'<w:moveFrom w:id="4">{run("Moved. ")}</w:moveFrom>'
    here = f'<w:moveTo w:id="5">{run("Moved. ")}</w:moveTo>'
    within = p("One ", inner=away) + p("Two ", inner=here + run("end"))
    assert texts(within) == ["One", "Two Moved. end"]
    whole = p(properties=MOVED_END, inner=away) + p("Middle") + p(inner=here)
    assert texts(whole) == ["Middle", "Moved."]


def test_a_paragraph_whose_end_was_moved_away_runs_on_into_the_next():
    away = f'<w:moveFrom w:id="4">{run("Gone")}</w:moveFrom>'
    assert texts(p("Stays ", properties=MOVED_END, inner=away) + p("here.")) == ["Stays here."]


def test_changes_inside_a_link():
    link = f'<w:hyperlink r:id="x">{run("our ")}{gone("old ")}{new("new ")}{run("page")}'
    assert texts(p("See ", inner=link + "</w:hyperlink>")) == ["See our new page"]


def test_words_that_were_put_in_and_taken_out_again_are_gone():
    both = f'<w:ins w:id="3">{run("A")}<w:del w:id="2">{run("B", "delText")}</w:del></w:ins>'
    assert texts(p(inner=both + run("C"))) == ["AC"]


def test_deleted_rows_are_gone_and_inserted_ones_are_there():
    kept = row(p("a"), p("b"))
    body = (
        "<w:tbl>"
        + kept
        + row(p(inner=gone("c")), p(inner=gone("d")), how=ROW_GONE)
        + row(p("e"), p("f"), how=ROW_GONE)
        + row(p(inner=new("g")), p(inner=new("h")), how='<w:ins w:id="7"/>')
        + "</w:tbl>"
    )
    assert texts(body) == ["a\tb\ng\th"]


def test_a_table_whose_rows_were_all_deleted_is_gone():
    one = f"<w:tbl>{row(p('Box'), how=ROW_GONE)}</w:tbl>"
    assert texts(p("Before") + one + p("After")) == ["Before", "After"]


def test_deleted_cells_are_gone():
    cell = f'<w:tcPr><w:cellDel w:id="8"/></w:tcPr>{p("gone")}'
    assert texts(f"<w:tbl>{row(p('a'), cell, p('c'))}{row(p('d'), p('e'))}</w:tbl>") == [
        "a\tc\nd\te"
    ]


def test_paragraphs_in_a_cell_run_on_where_their_end_was_deleted():
    joined = p("care", properties=GONE_END) + p("ful") + p("now")
    assert texts(f"<w:tbl>{row(joined, p('b'))}</w:tbl>") == ["careful now\tb"]


def test_a_table_stays_behind_words_whose_end_was_deleted():
    table = f"<w:tbl>{row(p('a'), p('b'))}</w:tbl>"
    assert texts(p("Before", properties=GONE_END) + table + p("After")) == [
        "Before", "a\tb", "After",
    ]  # fmt: skip


def test_comments_stand_on_the_accepted_words_and_leave_the_changes_alone():
    body = p("Visits ", properties=GONE_END, inner=gone("never ") + new("all ")) + p("happen.")
    body += f"<w:tbl>{row(p('care', properties=GONE_END) + p('ful'), p('b'))}</w:tbl>"
    untrusted = docx(body)
    draft = text_of(untrusted)
    notes = [note_at(draft, "sits all hap", "n1"), note_at(draft, "areful", "n2")]
    changed, written = put(untrusted, notes)
    assert (written.without_place, written.beside) == ([], [])
    assert got(changed) == notes
    assert text_of(changed).text == draft.text

"""The board's notes in the researchers' own Word file, and what the researchers answered there."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from mhin_ppi.documents.docx_notes import notes_in_docx, notes_into_docx
from mhin_ppi.documents.reading import FileReader
from mhin_ppi.domain.notes_in_file import NotesInFile
from mhin_ppi.domain.shared_notes import SharedNote, find_note
from mhin_ppi.errors import DocumentError, Stopped, UnreadableError, UnsupportedError
from tests.documents.document_makers import docx, drawn, odt, p, png, w_part, zipped
from tests.documents.docx_note_makers import (
    W,
    bare,
    comments_part,
    got,
    marked,
    note_at,
    note_on,
    parts_of,
    put,
    text_of,
    words_of,
)

EXTENDED = '<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">{}'
EXTENDED += "</w15:commentsEx>"
IDS = '<w16cid:commentsIds xmlns:w16cid="http://schemas.microsoft.com/office/word/2016/wordml/cid">'
IDS += "{}</w16cid:commentsIds>"


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def around(number: int, inner: str) -> str:
    """Return a piece of a paragraph with a comment's marks around it."""
    return (
        f'<w:commentRangeStart w:id="{number}"/>{inner}<w:commentRangeEnd w:id="{number}"/>'
        + point(number)
    )


def point(number: int) -> str:
    return f'<w:r><w:commentReference w:id="{number}"/></w:r>'


def answered(body: str, comments: str, *, extended: str = "", ids: str = "") -> bytes:
    """Return a Word file that others have put comments into."""
    parts = {"word/comments.xml": comments}
    related = {"c1": ("comments", "comments.xml")}
    for kind, inner, form in (("commentsExtended", extended, EXTENDED), ("commentsIds", ids, IDS)):
        if inner:
            parts[f"word/{kind}.xml"] = form.format(inner)
            related[f"c-{kind}"] = (kind, f"{kind}.xml")
    return docx(body, parts=parts, related=related)


def placed(untrusted: bytes, *notes: SharedNote) -> NotesInFile:
    """Put notes in, by way of the child."""
    draft = FileReader().read(untrusted, file_name="a.docx")
    return notes_into_docx(untrusted, draft, notes, file_name="a.docx")


def test_through_the_child_and_back():
    untrusted = docx(p("We pay everyone £25.") + p("Visits happen at home."))
    draft = text_of(untrusted)
    first = note_at(draft, "everyone", "n1", resolved=True)
    across = note_at(draft, "£25.\n\nVisits", "n2", body="Two\nparagraphs")
    reply = SharedNote("n3", "Yes", author="Bo", motivation="replying", reply_to="n1",
                       resolved=True)  # fmt: skip
    done = placed(untrusted, reply, across, first)
    assert done == NotesInFile(done.file, (reply, across, first), (), ())
    assert notes_in_docx(done.file, file_name="a.docx") == [first, reply, across]
    assert FileReader().read(done.file, file_name="a.docx").text == draft.text


def test_no_comments_are_no_notes():
    assert notes_in_docx(docx(p("Hello")), file_name="a.docx") == []


def test_no_notes_leave_the_file_as_it_is():
    untrusted = docx(p("Hello"))
    assert placed(untrusted).file == untrusted


def test_python_docx_sees_the_comments():
    import docx as python_docx

    made = python_docx.Document()
    made.add_paragraph("We pay ").add_run("everyone").bold = True
    whole = io.BytesIO()
    made.save(whole)
    untrusted = whole.getvalue()
    changed, _ = put(untrusted, [note_at(text_of(untrusted), "pay every", "n1", body="Who?\nAll?")])
    opened = python_docx.Document(io.BytesIO(changed))
    (comment,) = opened.comments
    assert (comment.author, comment.initials, comment.text) == (
        "Board member 7",
        "BM7",
        "Who?\nAll?",
    )
    assert [r.text for r in opened.paragraphs[0].runs if r.text] == ["We ", "pay ", "every", "one"]
    assert [r.bold for r in opened.paragraphs[0].runs if r.text] == [None, None, True, True]


# ------------------------------------------------------------------------------- placing


def test_words_that_are_not_there_are_quoted_in_a_comment_on_the_whole():
    untrusted = docx(p("We pay everyone."))
    lost = SharedNote("n1", "Why?", quote="We pay\n\nnobody", span=(0, 14), author="A")
    general = SharedNote("n2", "I like it", author="B")
    changed, written = put(untrusted, [lost, general])
    assert (written.without_place, written.placed) == ([0, 1], [])
    assert "“We pay nobody”" in parts_of(changed)["word/comments.xml"].decode()
    back = {note.id: note for note in got(changed)}
    assert (back["n1"].quote, back["n1"].body, back["n1"].span) == ("We pay nobody", "Why?", None)
    assert back["n2"] == general
    assert marked(changed) == {}


def test_a_quote_that_has_moved_is_found_and_an_old_place_is_not_believed():
    untrusted = docx(p("New first line.") + p("We pay everyone."))
    moved = SharedNote("n1", "Why?", quote="pay everyone", span=(3, 15))
    changed, written = put(untrusted, [moved])
    assert written.placed == [0]
    assert got(changed)[0].quote == "pay everyone"


def test_a_place_without_its_words_is_completed_from_the_draft_it_counts_in():
    untrusted = docx(p("We pay everyone. Really everyone."))
    (back,) = notes_in_docx(
        placed(untrusted, SharedNote("n1", "Who?", span=(24, 32))).file, file_name="a.docx"
    )
    assert (back.quote, back.span) == ("everyone", (24, 32))


def test_footnotes_take_no_comments_so_these_stand_at_the_mark():
    note = f'<w:footnote w:id="5">{p("At £25 an hour.")}</w:footnote>'
    inner = '<w:r><w:footnoteReference w:id="5"/></w:r>' + run(" monthly")
    untrusted = docx(
        p("Paid", inner=inner), parts={"word/footnotes.xml": w_part("footnotes", note)}
    )
    changed, written = put(untrusted, [note_at(text_of(untrusted), "£25", "n1")])
    assert written.beside == [0]
    assert list(marked(changed).values()) == [""]
    assert parts_of(changed)["word/footnotes.xml"] == parts_of(untrusted)["word/footnotes.xml"]
    assert got(changed)[0].quote == "[1]"


def test_text_boxes_pictures_and_formulas_stay_whole():
    box = f"<w:txbxContent>{p('In the box')}</w:txbxContent>"
    drawing = f"<w:r><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></w:r>"
    m = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    formula = f"<m:oMath {m}><m:r><m:t>x = 25</m:t></m:r></m:oMath>"
    untrusted = docx(p("Beside", inner=drawing) + p("Where ", inner=formula + run(" holds.")))
    draft = text_of(untrusted)
    changed, written = put(
        untrusted, [note_at(draft, "the box", "n1"), note_at(draft, "x =", "n2")]
    )
    assert written.beside == [0]
    assert text_of(changed).text == draft.text
    body = parts_of(changed)["word/document.xml"].decode()
    assert "<w:commentRangeStart" not in body[body.index("<w:drawing") : body.index("</w:drawing")]
    assert body.index("</m:oMath>") < body.index('<w:commentRangeEnd w:id="1"')


def test_a_control_that_a_form_fills_stays_whole():
    control = f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{run('Hull and York')}"
    control += "</w:sdtContent></w:sdt>"
    untrusted = docx(p("In ", inner=control + run(".")))
    changed, _ = put(untrusted, [note_at(text_of(untrusted), "and York", "n1")])
    assert marked(changed) == {"0": "Hull and York"}
    filled = f"<w:sdt><w:sdtPr><w:dataBinding/></w:sdtPr><w:sdtContent>{p('A title')}"
    filled += "</w:sdtContent></w:sdt>"
    untrusted = docx(filled + p("Text"))
    changed, written = put(untrusted, [note_at(text_of(untrusted), "title", "n1")])
    assert written.without_place == [0]
    body = parts_of(changed)["word/document.xml"].decode()
    assert body.index("</w:sdt>") < body.index("<w:commentReference")


def test_marks_stand_where_words_schema_wants_them():
    from lxml import etree

    properties = '<w:jc w:val="center"/>'
    untrusted = docx(p("One two", properties=properties) + p("Three"))
    draft = text_of(untrusted)
    notes = [note_on(draft.text, 0, 7, "n1"), SharedNote("n2", "All"), note_at(draft, "wo", "n3")]
    changed, _ = put(untrusted, notes)
    root = etree.fromstring(parts_of(changed)["word/document.xml"])
    for paragraph in root.iter(W + "p"):
        assert [e.tag for e in paragraph if e.tag == W + "pPr"] == [
            e.tag for e in list(paragraph)[:1] if e.tag == W + "pPr"
        ]
    for one in root.iter(W + "commentRangeStart", W + "commentRangeEnd"):
        assert one.getparent().tag == W + "p"
    for one in root.iter(W + "commentReference"):
        number = one.get(W + "id")
        before = one.getparent().getprevious()
        assert one.getparent().tag == W + "r"
        if number != "1":  # about the whole: a point without a range
            assert (before.tag, before.get(W + "id")) == (W + "commentRangeEnd", number)


def test_the_styles_are_those_of_the_file_whatever_their_language():
    from tests.documents.docx_note_makers import STYLES

    untrusted = docx(p("One"), parts={"word/styles.xml": STYLES})
    changed = parts_of(put(untrusted, [note_at(text_of(untrusted), "One", "n1")])[0])
    assert b'<w:rStyle w:val="Kommentarzeichen"/>' in changed["word/document.xml"]
    assert b'<w:pStyle w:val="Kommentartext"/>' in changed["word/comments.xml"]


def test_numbers_of_paragraphs_are_legal_unique_and_always_the_same():
    import re

    untrusted = docx(p("One two three"))
    notes = [note_on("One two three", 0, 3, f"n{at}", body="a\nb\nc") for at in range(50)]
    first, second = (parts_of(put(untrusted, notes)[0]) for _ in range(2))
    assert first == second
    numbers = re.findall(rb'w14:paraId="([^"]*)"', first["word/comments.xml"])
    assert len(numbers) == len(set(numbers)) == 150
    assert all(re.fullmatch(rb"[0-9A-F]{8}", one) and 0 < int(one, 16) < 1 << 31 for one in numbers)


def test_notes_without_an_id_or_with_the_same_are_all_written():
    untrusted = docx(p("One two"))
    notes = [SharedNote("", "a"), SharedNote("", "b"), SharedNote("x", "c"), SharedNote("x", "d")]
    done = placed(untrusted, *notes)
    assert done.without_place == tuple(notes)
    back = notes_in_docx(done.file, file_name="a.docx")
    assert [note.body for note in back] == ["a", "b", "c", "d"]
    assert len({note.id for note in back}) == 4


def test_hostile_words_are_only_words():
    body = "</w:t><w:t> & <b>\x00\x1b \ud800 ]]> \ufffe"
    untrusted = docx(p("One"))
    done = placed(untrusted, SharedNote("n<&>", body, quote="One", span=(0, 3), author="A\n\x07B"))
    (back,) = notes_in_docx(done.file, file_name="a.docx")
    assert (back.id, back.body) == ("n<&>", "</w:t><w:t> & <b> ? ]]>")
    assert back.author == "A B"


def test_letters_that_look_like_our_tokens_do_no_harm():
    odd = "\U00100000\U00100000 \U00100001\U0010ffff"
    drawing = f'<w:r><w:drawing><wp:docPr id="1" descr="{odd}"/><a:blip r:embed="i"/>'
    untrusted = docx(
        p(odd + " One", inner=drawing + "</w:drawing></w:r>") + p("Two"),
        parts={"word/media/1.png": png()},
        related={"i": ("image", "media/1.png")},
    )
    draft = text_of(untrusted)
    changed, written = put(untrusted, [note_at(draft, "Two", "n1"), note_at(draft, "One", "n2")])
    assert (written.without_place, written.beside) == ([], [])
    assert sorted(note.quote for note in got(changed)) == ["One", "Two"]
    assert text_of(changed).text == draft.text


def test_a_note_on_a_pictures_description_stands_beside_the_picture():
    drawing = '<w:r><w:drawing><wp:docPr id="1" descr="A map of Hull"/><a:blip r:embed="i"/>'
    untrusted = docx(
        p("See", inner=drawing + "</w:drawing></w:r>"),
        parts={"word/media/1.png": png()},
        related={"i": ("image", "media/1.png")},
    )
    changed, written = put(untrusted, [note_at(text_of(untrusted), "map", "n1")])
    assert written.beside == [0]
    body = parts_of(changed)["word/document.xml"].decode()
    assert body.index("<w:commentRangeStart") < body.index("<w:drawing") < body.index("RangeEnd")


# ------------------------------------------------------------------------------- reading


def test_comments_already_there_are_kept_and_new_ones_join_their_threads():
    comments = comments_part((0, "Dr Wu", "0000000A", "Ask the board"), (7, "Ann", "", "OK?"))
    untrusted = answered(p(inner=around(0, run("We pay")) + run(" everyone.")) + p("x"), comments)
    theirs = got(untrusted)
    assert [(n.author, n.body, n.quote) for n in theirs] == [
        ("Dr Wu", "Ask the board", "We pay"), ("Ann", "OK?", ""),
    ]  # fmt: skip
    reply = SharedNote("r1", "We say yes", author="Board", motivation="replying",
                       reply_to=theirs[0].id)  # fmt: skip
    second = SharedNote("r2", "All of us", author="Board", motivation="replying", reply_to="r1")
    changed, _ = put(untrusted, [second, reply, note_at(text_of(untrusted), "everyone", "n1")])
    assert [(n.id, n.reply_to) for n in got(changed)] == [
        (theirs[0].id, ""), ("r1", theirs[0].id), ("r2", "r1"), ("n1", ""), (theirs[1].id, ""),
    ]  # fmt: skip
    assert sorted(marked(changed).values()) == ["We pay", "We pay", "We pay", "everyone"]
    assert b'w:id="0"' in parts_of(changed)["word/comments.xml"]


def test_threads_and_resolved_states_by_word():
    comments = comments_part(
        (0, "Ann", "0000000A", "Q"), (1, "Bo", "0000000B", "A"), (2, "Cy", "0000000C", "Other")
    )
    extended = (
        '<w15:commentEx w15:paraId="0000000A" w15:done="1"/>'
        '<w15:commentEx w15:paraId="0000000b" w15:paraIdParent="0000000a" w15:done="0"/>'
        '<w15:commentEx w15:paraId="0000000C" w15:done="0"/>'
    )
    ids = '<w16cid:commentId w16cid:paraId="0000000A" w16cid:durableId="12ab34cd"/>'
    body = p(inner=around(0, around(1, run("One"))) + run(" and ") + around(2, run("two")))
    notes = got(answered(body, comments, extended=extended, ids=ids))
    assert [(n.id, n.reply_to, n.resolved, n.quote) for n in notes] == [
        ("docx:d:12AB34CD", "", True, "One"),
        ("docx:p:0000000B", "docx:d:12AB34CD", True, ""),
        ("docx:p:0000000C", "", False, "two"),
    ]
    assert notes[0].created == "2026-01-02T03:04:05Z"
    assert (notes[2].prefix, notes[2].span) == ("One and ", (8, 11))


APP = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>{}</Application></Properties>"
)


@pytest.mark.parametrize(
    ("program", "answers"),
    [
        ("LibreOffice/7.4.7.2$Linux_X86_64", ["", "Q", "Q", "", ""]),
        ("Microsoft Office Word", ["", "", "", "", ""]),
    ],
)
def test_threads_that_libreoffice_has_taken_apart_are_put_together_again(program, answers):
    comments = comments_part(
        (0, "Ann", "", "Q"), (1, "Bo", "", "same words"), (2, "Cy", "", "right behind"),
        (3, "Di", "", "other words"), (4, "Ed", "", "a point elsewhere"),
    )  # fmt: skip
    inner = around(1, around(0, run("One"))) + point(2) + run(" and ")
    inner += around(3, run("two")) + run(" more") + point(4)
    parts = parts_of(answered(p(inner=inner), comments))
    notes = got(zipped(parts | {"docProps/app.xml": APP.format(program).encode()}))
    bodies = {note.id: note.body for note in notes}
    told = {note.body: bodies.get(note.reply_to, "") for note in notes}
    names = ["Q", "same words", "right behind", "other words", "a point elsewhere"]
    assert [told[name] for name in names] == answers


def test_comments_on_points_and_on_words_that_are_gone():
    comments = comments_part(*((n, "Ann", f"{n + 1:08X}", f"c{n}") for n in range(5)))
    gone = '<w:del w:id="9"><w:r><w:delText>never </w:delText></w:r></w:del>'
    body = p(inner=point(0) + run("First words."))
    body += p(inner=run("We ") + around(1, gone) + run("pay") + point(2) + run(" all."))
    body += p(inner=point(3))
    found = {note.body: note for note in got(answered(body, comments))}
    assert (found["c0"].span, found["c0"].quote) == (None, "")
    lost = found["c1"]
    assert (lost.span, lost.quote) == (None, "never")
    assert (lost.prefix, lost.suffix) == ("First words.\n\nWe ", "pay all.")
    assert found["c2"].quote == "We pay all."
    assert found["c3"].span is None
    assert found["c4"].span is None  # in the comments part, but nowhere in the text


def test_spans_count_in_the_readers_text_over_tables_and_odd_letters():
    comments = comments_part((0, "A", "0000000A", "c"), (1, "B", "0000000B", "d"))
    cells = "".join(
        f"<w:tc>{cell}</w:tc>"
        for cell in (p("e\u0301lan 😀"), p(inner=run("two ") + around(0, run("ce\u0301lls"))))
    )
    inner = around(1, run("שלום "))
    body = p("Intro  👩🏽‍🔬 ") + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>" + p("x ", inner=inner)
    untrusted = answered(body, comments)
    text = text_of(untrusted).text
    first, second = got(untrusted)
    assert text[slice(*first.span)] == first.quote == "célls"
    assert text[slice(*second.span)] == second.quote == "שלום"
    assert find_note(replace(first, span=None), text) == first.span


def test_the_same_file_gives_the_same_ids():
    comments = comments_part((0, "A", "", "Same"), (1, "A", "", "Same"))
    untrusted = answered(p(inner=around(0, run("One")) + around(1, run("two"))), comments)
    ids = [note.id for note in got(untrusted)]
    assert len(set(ids)) == 2
    assert ids == [note.id for note in got(untrusted)]


def test_our_notes_are_known_again_when_the_numbers_are_gone_or_the_words_were_changed():
    import re

    untrusted = docx(p("One two three"))
    notes = [note_on("One two three", 0, 3, "n1"), note_on("One two three", 4, 7, "n2")]
    notes[1] = replace(notes[1], created="2026-11-27T11:00:00+00:00")
    notes.append(SharedNote("r1", "Yes", author="Bo", motivation="replying", reply_to="n1"))
    parts = parts_of(put(untrusted, notes)[0])
    parts["word/comments.xml"] = re.sub(rb' w14:paraId="\w+"', b"", parts["word/comments.xml"])
    parts["word/comments.xml"] = parts["word/comments.xml"].replace(b"About n2", b"About this")
    back = got(zipped(parts))
    assert [(n.id, n.reply_to, n.body) for n in back] == [
        ("n1", "", "About n1"), ("r1", "n1", "Yes"), ("n2", "", "About this"),
    ]  # fmt: skip


def test_rings_of_replies_end():
    comments = comments_part((0, "A", "0000000A", "x"), (1, "B", "0000000B", "y"))
    extended = (
        '<w15:commentEx w15:paraId="0000000A" w15:paraIdParent="0000000B"/>'
        '<w15:commentEx w15:paraId="0000000B" w15:paraIdParent="0000000A"/>'
    )
    untrusted = answered(p(inner=around(0, around(1, run("One")))), comments, extended=extended)
    theirs = got(untrusted)
    assert len(theirs) == 2
    reply = SharedNote("r", "z", motivation="replying", reply_to=theirs[0].id)
    assert len(got(put(untrusted, [reply])[0])) == 3


def test_the_strict_form_stays_strict():
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    usual = W[1:-1].encode()
    parts = parts_of(docx(p("Strictly so")))
    parts["word/document.xml"] = parts["word/document.xml"].replace(usual, strict)
    untrusted = zipped(parts)
    changed, _ = put(untrusted, [note_at(text_of(untrusted), "so", "n1")])
    for name in ("word/document.xml", "word/comments.xml"):
        assert strict in parts_of(changed)[name]
        assert usual not in parts_of(changed)[name]
    assert got(changed)[0].quote == "so"


# ------------------------------------------------------------------------------- refusals

SETTINGS = '<w:documentProtection w:edit="{}" w:enforcement="1"/>'
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"


def protected(edit: str) -> bytes:
    part = {"word/settings.xml": w_part("settings", SETTINGS.format(edit))}
    return docx(p("Hello"), parts=part, related={"s": ("settings", "settings.xml")})


@pytest.mark.parametrize(
    ("make", "kind", "words"),
    [
        (lambda: docx(p("x"), kind=MACROS), UnsupportedError, "carries macros"),
        (lambda: drawn([(72, 720, "Hello")]), UnsupportedError, "not a Word file"),
        (lambda: odt("<text:p>x</text:p>"), UnsupportedError, "not a Word file"),
        (lambda: docx("<w:p><w:r>"), UnreadableError, "is damaged"),
        (lambda: docx(p("x " * 900))[:600], UnreadableError, "part of the file is missing"),
        (lambda: b"", UnreadableError, "is empty"),
    ],
)
def test_other_files_are_turned_away_in_plain_words(make, kind, words):
    with pytest.raises(kind, match=words):
        notes_in_docx(make(), file_name="Draft.docx")
    draft = text_of(docx(p("x")))
    with pytest.raises(kind, match=words):
        notes_into_docx(make(), draft, [SharedNote("n", "b")], file_name="Draft.docx")


@pytest.mark.parametrize(
    ("untrusted", "words"),
    [
        (protected("readOnly"), "is protected against changes"),
        (protected("forms"), "is protected against changes"),
        (docx(p("Hello"), parts={"_xmlsignatures/sig1.xml": "<x/>"}), "carries a signature"),
    ],
)
def test_protected_and_signed_files_are_read_but_not_written(untrusted, words):
    assert notes_in_docx(untrusted, file_name="a.docx") == []
    with pytest.raises(UnsupportedError, match=words) as caught:
        placed(untrusted, SharedNote("n", "b"))
    assert isinstance(caught.value, DocumentError)
    assert caught.value.next_step.startswith("You can ")


def test_a_file_protected_for_comments_only_takes_comments():
    assert placed(protected("comments"), SharedNote("n", "b")).file != protected("comments")


def test_stop_is_heeded():
    untrusted = docx(p("Hello"))
    with pytest.raises(Stopped):
        notes_in_docx(untrusted, file_name="a.docx", stop_wanted=lambda: True)


def test_bare_leaves_letters_and_drops_what_tidying_may_change():
    assert bare(" e\u0301\u00ad x") == "éx"
    assert words_of(docx(p("a") + p("b"))) == ["a", "b"]

"""Word files of every awkward kind, notes to put in them, and an independent look at the result."""

from __future__ import annotations

import io
import random
import unicodedata
import zipfile
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from defusedxml import ElementTree

from mhin_ppi.documents.child import parse
from mhin_ppi.documents.docx_notes_in import notes_of
from mhin_ppi.documents.docx_notes_out import Written, write_notes
from mhin_ppi.documents.docx_parts import open_docx
from mhin_ppi.documents.packages import open_word
from mhin_ppi.documents.zip_copy import rewritten
from mhin_ppi.domain.blocks import DraftText
from mhin_ppi.domain.passages import CONTEXT_CHARACTERS
from mhin_ppi.domain.shared_notes import SharedNote
from tests.documents.document_makers import W_NAMES, docx, w_part

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def silent(done: int, total: int) -> None:
    """Take a report of progress and do nothing with it."""


def text_of(untrusted: bytes) -> DraftText:
    """Return what our reader gives for a file (here without the child)."""
    return DraftText(tuple(parse(untrusted, file_name="a.docx", report=silent).blocks))


def put(untrusted: bytes, notes: list[SharedNote]) -> tuple[bytes, Written]:
    """Put notes into a file as the child does."""
    archive = open_word(untrusted, file_name="a.docx")
    changed, written = write_notes(open_docx(archive), notes, report=silent)
    return b"".join(rewritten(untrusted, archive.parts, changed)), written


def got(untrusted: bytes) -> list[SharedNote]:
    """Return the comments of a file as the child does."""
    return notes_of(open_docx(open_word(untrusted, file_name="a.docx")), report=silent)


def parts_of(untrusted: bytes) -> dict[str, bytes]:
    """Return every part of a zip, by name."""
    archive = zipfile.ZipFile(io.BytesIO(untrusted))
    return {name: archive.read(name) for name in archive.namelist()}


def note_on(text: str, start: int, end: int, one: str, **more: object) -> SharedNote:
    """Return a note on a range of a text, as a board would hold it."""
    values: dict[str, object] = {
        "body": f"About {one}",
        "author": "Board member 7",
        "created": "2026-11-27T10:00:00+00:00",
        "quote": text[start:end],
        "prefix": text[max(0, start - CONTEXT_CHARACTERS) : start],
        "suffix": text[end : end + CONTEXT_CHARACTERS],
        "span": (start, end),
    }
    return SharedNote(id=one, **(values | more))  # type: ignore[arg-type]


def note_at(draft: DraftText, words: str, one: str, **more: object) -> SharedNote:
    """Return a note on the first place where some words stand."""
    start = draft.text.index(words)
    return note_on(draft.text, start, start + len(words), one, **more)


def marked(untrusted: bytes) -> dict[str, str]:
    """Return the words between each comment's marks, by ``w:id``, read without our reader."""
    root = ElementTree.fromstring(parts_of(untrusted)["word/document.xml"])
    open_now: dict[str, str] = {}
    done: dict[str, str] = {}

    def walk(element: Element) -> None:
        one = element.get(W + "id", "")
        if element.tag == W + "commentRangeStart":
            open_now[one] = ""
        elif element.tag == W + "commentRangeEnd":
            done[one] = open_now.pop(one)
        elif element.tag in (W + "t", W + "noBreakHyphen"):
            for some in open_now:
                open_now[some] += element.text or "\N{NON-BREAKING HYPHEN}"
        if element.tag not in (W + "del", W + "moveFrom"):
            for child in element:
                walk(child)

    walk(root)
    assert not open_now
    return done


def bare(text: str) -> str:
    """Return text without anything that reading tidies: spaces, marks of notes, odd characters."""
    kept = "".join(c for c in text if not c.isspace() and c != "\u00ad")
    return unicodedata.normalize("NFC", kept)


def words_of(untrusted: bytes) -> list[str]:
    """Return the words of each paragraph, read without our reader, as they stand in the file."""
    root = ElementTree.fromstring(parts_of(untrusted)["word/document.xml"])
    return [
        "".join(t.text or "" for t in paragraph.iter() if t.tag in (W + "t", W + "delText"))
        for paragraph in root.iter(W + "p")
    ]


# ------------------------------------------------------------------------------- random files

_LETTERS = [
    "a", "Z", "word ", "two words", " ", "  ", ".", "é", "e", "\u0301", "\u0323", "😀", "👩🏽‍🔬",
    "שלום", "مرحبا", "\u00ad", "한", "ᄀ", "ᅡ", "ᆨ", "ﬁ", "&", "<", "“", "Å",
]  # fmt: skip


def some_words(chance: random.Random) -> str:
    """Return a few letters that tidying may join, drop or leave."""
    return "".join(chance.choice(_LETTERS) for _ in range(chance.randint(1, 6)))


def _run(words: str, looks: str = "", tag: str = "t") -> str:
    properties = f"<w:rPr><w:{looks}/></w:rPr>" if looks else ""
    return (
        f'<w:r w:rsidR="00AA">{properties}<w:{tag} xml:space="preserve">{escape(words)}</w:{tag}>'
        "</w:r>"
    )


_CHAR = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
_AROUND = [
    ("", ""),
    ("", ""),
    ('<w:hyperlink r:id="x">', "</w:hyperlink>"),
    ('<w:hyperlink r:id="x"><w:ins w:id="3">', "</w:ins></w:hyperlink>"),
    ('<w:ins w:id="9" w:author="R">', "</w:ins>"),
    ('<w:moveTo w:id="9" w:author="R">', "</w:moveTo>"),
    ("<w:sdt><w:sdtPr/><w:sdtContent>", "</w:sdtContent></w:sdt>"),
    ('<w:fldSimple w:instr="REF y">', "</w:fldSimple>"),
    ("<w:smartTag>", "</w:smartTag>"),
    (
        f"{_CHAR.format('begin')}<w:r><w:instrText>REF x</w:instrText></w:r>"
        + _CHAR.format("separate"),
        _CHAR.format("end"),
    ),
]


def _inline(chance: random.Random) -> str:
    what = chance.random()
    if what < 0.1:
        gone = _run(some_words(chance), tag="delText")
        return f'<w:del w:id="8" w:author="R">{gone}</w:del>'
    if what < 0.25:
        first, second = (escape(some_words(chance)) for _ in range(2))
        sign = chance.choice(["tab", "br", "noBreakHyphen"])
        return (
            f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{first}</w:t><w:{sign}/>'
            f'<w:t xml:space="preserve">{second}</w:t></w:r>'
        )
    before, after = chance.choice(_AROUND)
    return f"{before}{_run(some_words(chance), chance.choice(['', 'b', 'i']))}{after}"


def _paragraph(chance: random.Random) -> str:
    end = '<w:pPr><w:rPr><w:del w:id="4"/></w:rPr></w:pPr>' if chance.random() < 0.15 else ""
    return f"<w:p>{end}{''.join(_inline(chance) for _ in range(chance.randint(1, 5)))}</w:p>"


def _block(chance: random.Random) -> str:
    what = chance.random()
    if what < 0.2:
        cells = (f"<w:tc>{_paragraph(chance)}</w:tc>" for _ in range(chance.randint(2, 3)))
        return f"<w:tbl><w:tr>{''.join(cells)}</w:tr></w:tbl>"
    if what < 0.3:
        return f"<w:sdt><w:sdtContent>{_paragraph(chance)}</w:sdtContent></w:sdt>"
    return _paragraph(chance)


STYLES = w_part(
    "styles",
    '<w:style w:styleId="Kommentarzeichen"><w:name w:val="annotation reference"/></w:style>'
    '<w:style w:styleId="Kommentartext"><w:name w:val="annotation text"/></w:style>',
)


def random_file(chance: random.Random) -> bytes:
    """Return a Word file of a few paragraphs and tables, made of everything that can be awkward."""
    blocks = "".join(_block(chance) for _ in range(chance.randint(1, 4)))
    return docx(blocks + "<w:p><w:r><w:t>End.</w:t></w:r></w:p>", parts={"word/styles.xml": STYLES})


def comments_part(*comments: tuple[int, str, str, str]) -> str:
    """Return a comments part written by hand: (number, author, paragraph's number, words)."""
    inner = "".join(
        f'<w:comment w:id="{number}" w:author="{author}" w:date="2026-01-02T03:04:05Z">'
        f'<w:p w14:paraId="{paragraph}"><w:r><w:t>{words}</w:t></w:r></w:p></w:comment>'
        for number, author, paragraph, words in comments
    )
    w14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    return f"<w:comments {W_NAMES} {w14}>{inner}</w:comments>"

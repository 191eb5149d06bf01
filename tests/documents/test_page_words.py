"""Where a draft's words stand on the pages of its PDF, and back again."""

from __future__ import annotations

import random
import re
import unicodedata
from functools import cache

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mhin_ppi.documents.pdf_alignment import letters_of
from mhin_ppi.documents.pdf_page_words import page_words_of, places_in_pdf
from mhin_ppi.documents.pdf_words import mend_ligatures
from mhin_ppi.documents.reading import FileReader
from mhin_ppi.domain.blocks import Block, BlockKind, DraftText, plain_draft
from mhin_ppi.domain.page_words import PageBox, PageWord, PageWords, lines_of
from mhin_ppi.errors import Stopped, UnreadableError
from tests.documents.document_makers import typeset
from tests.stories.manuals import unpack_pdf


class Paper:
    """A PDF, its draft, and what a person sees inside a rectangle of a page."""

    def __init__(self, untrusted: bytes) -> None:
        self.untrusted = untrusted
        self.draft = FileReader().read(untrusted, file_name="draft.pdf")
        self.words = page_words_of(untrusted, self.draft, file_name="draft.pdf")
        self._pages: dict[int, list[tuple[str, float, float]]] = {}

    def seen(self, boxes: tuple[PageBox, ...]) -> str:
        """Return the characters whose middle lies in a box, as PDFium draws them."""
        return "".join(
            character
            for box in boxes
            for character, x, y in self._characters(box.page)
            if box.x0 < x < box.x1 and box.y0 < y < box.y1
        )

    def _characters(self, number: int) -> list[tuple[str, float, float]]:
        if number not in self._pages:
            # Papers are kept until the tests end: an open document would be complained of then.
            with pypdfium2.PdfDocument(self.untrusted) as document:
                text = document[number - 1].get_textpage()
                boxes = [text.get_charbox(at, loose=True) for at in range(text.count_chars())]
                self._pages[number] = [
                    (text.get_text_range(at, 1), (x0 + x1) / 2, (y0 + y1) / 2)
                    for at, (x0, y0, x1, y1) in enumerate(boxes)
                ]
        return self._pages[number]


def bare(text: str) -> str:
    """Return the letters and digits of a text, for comparing across hyphens and line ends."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKD", mend_ligatures(text)))


@cache
def paper(*, columns: int) -> Paper:
    return Paper(typeset(6, columns=columns, justified=columns == 2)[0])


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    file = unpack_pdf(tmp_path_factory.mktemp("manual"))
    if file is None:
        pytest.skip("debian-policy is not installed")
    return Paper(file.read_bytes())


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


@settings(max_examples=60, deadline=None)
@given(
    columns=st.sampled_from([1, 2]),
    place=st.floats(0, 1),
    length=st.integers(1, 900),
)
def test_what_is_marked_is_what_was_meant(columns: int, place: float, length: int) -> None:
    one = paper(columns=columns)
    text = one.draft.text
    start = int(place * (len(text) - length))
    start, end = whole_words(text, start, start + length)
    assert bare(one.seen(one.words.boxes(start, end))) == bare(text[start:end])


@settings(max_examples=60, deadline=None)
@given(columns=st.sampled_from([1, 2]), place=st.floats(0, 1))
def test_a_point_on_a_word_leads_back_to_it(columns: int, place: float) -> None:
    one = paper(columns=columns)
    word = one.words.words[int(place * (len(one.words.words) - 1))]
    box = word.box
    for x in (box.x0 + 0.1, (box.x0 + box.x1) / 2, box.x1 - 0.1):
        found = one.words.offset_at(box.page, x, (box.y0 + box.y1) / 2)
        assert found is not None
        assert word.start <= found < word.end


def test_every_letter_of_a_made_file_is_found() -> None:
    for columns in (1, 2):
        assert paper(columns=columns).words.share_found == 1.0


def test_a_manual_is_found_whole_and_marked_rightly(manual: Paper) -> None:
    assert manual.words.share_found > 0.999
    chance, text = random.Random(3), manual.draft.text
    for _ in range(200):
        start = chance.randrange(len(text) - 400)
        start, end = whole_words(text, start, start + chance.randint(5, 400))
        assert bare(manual.seen(manual.words.boxes(start, end))) == bare(text[start:end])


def test_a_passage_over_a_page_end_has_boxes_on_both_pages() -> None:
    one = paper(columns=1)
    words = one.words.words
    at = next(n for n, word in enumerate(words) if word.box.page == 2)
    boxes = one.words.boxes(words[at - 3].start, words[at + 3].end)
    assert {box.page for box in boxes} == {1, 2}
    assert "SAMPLE" not in one.seen(boxes)  # the running head between them is not marked


def test_a_running_head_and_a_margin_lead_nowhere() -> None:
    one = paper(columns=1)
    assert one.words.offset_at(1, 100, 802) is None
    assert one.words.offset_at(1, 5, 400) is None
    assert one.words.offset_at(99, 100, 400) is None


def test_the_file_of_another_draft_is_noticed() -> None:
    other = plain_draft(["Quite different words stand here, and none of those.", "Jackdaws love."])
    words = page_words_of(paper(columns=1).untrusted, other, file_name="other.pdf")
    assert words.share_found < 0.5


def test_words_the_file_does_not_hold_have_no_place() -> None:
    one = paper(columns=1)
    more = DraftText((*one.draft.blocks, Block(BlockKind.PARAGRAPH, "Zyzzyva quokka", page=2)))
    at = more.text.index("Zyzzyva")
    places = places_in_pdf(one.untrusted, more, [(at, len(more.text)), (0, 9)], file_name="a.pdf")
    assert places[0] == ()
    assert len(places[1]) == 1


@pytest.mark.parametrize("spoilt", [b"%PDF-1.7 nothing", b"", b"%PDF-1.4\n%%EOF"])
def test_what_is_no_pdf_is_refused_plainly(spoilt: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"“a\.pdf”"):
        page_words_of(spoilt, plain_draft(["Words."]), file_name="a.pdf")


def test_stop_is_heard() -> None:
    one = paper(columns=1)
    with pytest.raises(Stopped):
        page_words_of(one.untrusted, one.draft, file_name="a.pdf", stop_wanted=lambda: True)


def test_part_of_a_word_is_part_of_its_box() -> None:
    words = PageWords([PageWord(4, 8, PageBox(1, 10, 0, 50, 12))], letters=4, found=4)
    assert words.boxes(5, 7) == (PageBox(1, 20, 0, 40, 12),)
    assert words.boxes(0, 4) == words.boxes(8, 9) == ()
    assert words.offset_at(1, 25, 6) == 5
    assert words.offset_at(1, 49.9, 14) == 7


def test_boxes_of_two_columns_on_one_line_stay_apart() -> None:
    left, right = PageBox(1, 10, 0, 50, 12), PageBox(1, 90, 0, 120, 12)
    assert lines_of([left, right]) == (left, right)
    assert lines_of([left, PageBox(1, 53, 0, 80, 11)]) == (PageBox(1, 10, 0, 80, 12),)
    assert lines_of([left, PageBox(2, 53, 0, 80, 11)]) == (left, PageBox(2, 53, 0, 80, 11))


def test_ligatures_and_marks_are_compared_as_letters() -> None:
    assert letters_of("e\x1ecient ﬁeld").text == letters_of("efficient field").text
    assert letters_of("caf\u00e9").text == letters_of("cafe\u0301").text
    assert letters_of("self-\u00adhelp").places.tolist() == [0, 1, 2, 3, 6, 7, 8, 9]

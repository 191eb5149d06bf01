"""Looking at the file that a draft was read from."""

from __future__ import annotations

import pytest

from mhin_ppi.domain.blocks import Block, BlockKind, DraftText
from mhin_ppi.errors import NotFoundError, UnsupportedError
from mhin_ppi.services.pages import has_pages
from tests.documents.document_makers import down, drawn

TEXT = DraftText((Block(BlockKind.PARAGRAPH, "Words of the draft", page=1),), pages=1)


def add(pair, untrusted: bytes, name: str, text: DraftText = TEXT):
    return pair.ruth.reviewing.add_draft(
        untrusted, file_name=name, project=pair.project, title="Draft", text=text
    ).value


def test_the_pages_of_a_pdf_are_those_of_the_file_that_was_added(pair):
    untrusted = drawn(down(["Words of the draft"]))
    version = add(pair, untrusted, "Draft.PDF")
    assert has_pages(version)
    kept, name = pair.ruth.pages.original(version.id)
    assert (kept, name) == (untrusted, "Draft.PDF")
    pages = pair.ruth.pages.open(kept, file_name=name)
    assert len(pages.sizes) == 1
    assert pages.picture(0, width=120).width == 120
    pages.close()


def test_other_files_have_no_page_view_and_that_is_said_plainly(pair):
    words = DraftText((Block(BlockKind.PARAGRAPH, "Words of the draft"),))
    version = add(pair, b"PK", "Draft.docx", words)
    assert not has_pages(version)
    with pytest.raises(UnsupportedError, match="only PDFs have fixed pages") as told:
        pair.ruth.pages.original(version.id)
    assert "reader" in told.value.in_full()


def test_a_version_that_is_not_here(pair):
    with pytest.raises(NotFoundError):
        pair.ruth.pages.original(pair.project)

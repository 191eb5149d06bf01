"""Pictures are known by their bytes, and one that would freeze the window is left out."""

from __future__ import annotations

import doctest
import importlib
import io
import pkgutil
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

import mhin_ppi.documents
from mhin_ppi.documents.pictures import picture_kind
from tests.documents.document_makers import png


def jpeg(**how: object) -> bytes:
    whole = io.BytesIO()
    Image.new("RGB", (300, 200), (9, 90, 200)).save(whole, "JPEG", **how)
    return whole.getvalue()


@pytest.mark.parametrize("how", [{}, {"progressive": True}, {"comment": b"x" * 900}])
def test_jpeg(how):
    assert picture_kind(jpeg(**how)) == "jpeg"


def test_png_and_others():
    assert picture_kind(png()) == "png"
    assert picture_kind(b"GIF89a" + bytes(40)) == ""
    assert picture_kind(b"") == ""


def test_a_picture_that_claims_too_many_pixels():
    huge = png()[:16] + struct.pack(">II", 60_000, 60_000) + png()[24:]
    assert picture_kind(huge) == ""
    at = jpeg().index(b"\xff\xc0")
    claimed = jpeg()[: at + 5] + struct.pack(">HH", 60_000, 60_000) + jpeg()[at + 9 :]
    assert picture_kind(claimed) == ""


@given(st.binary(max_size=80), st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]))
def test_no_bytes_break_it(rest, start):
    assert picture_kind(start + rest) in ("", "png", "jpeg")


@pytest.mark.parametrize(
    "name", sorted(found.name for found in pkgutil.iter_modules(mhin_ppi.documents.__path__))
)
def test_examples_in_docstrings_are_true(name):
    module = importlib.import_module(f"mhin_ppi.documents.{name}")
    assert doctest.testmod(module).failed == 0

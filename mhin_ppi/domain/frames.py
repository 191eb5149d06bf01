"""Frameworks that researchers lay over questions: lenses for coordinators, never asked of members.

A question carries codes such as ``cfir:inner_setting``. Each part of a frame has a plain question,
for the plain prompt that an empty place in the map of what is not asked about yet becomes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .catalogue_parts import Part, read_toml, refuse_doubles
from .catalogues import parse_uk_standards

STANDARDS = "standards"


@dataclass(frozen=True, slots=True)
class FramePart:
    """One part of a frame.

    Args:
        code: The frame's code and its own ("psat:funding_stability"); questions carry it.
        label: What a person reads.
        asks: A plain question it stands for.
        covers: Finer points it holds, in our own words.
        verified: Whether its name was checked in the source.
    """

    code: str
    label: str
    asks: str
    covers: tuple[str, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """One framework.

    Args:
        code: Stable name.
        label: What a person reads.
        about: What it is for, in a sentence.
        parts: Its parts, in the published order.
        source: Where it is published.
        checked: What was checked, when and against what, in a sentence.
    """

    code: str
    label: str
    about: str
    parts: tuple[FramePart, ...]
    source: str
    checked: str


def parse_frames(text: str) -> tuple[Frame, ...]:
    """Return the frames in ``frames.toml``.

    Raises:
        InputError: The text is not TOML, lacks an entry, or holds a code twice.
    """
    part = read_toml(text, called="the list of frames")
    frames = tuple(_frame(each) for each in part.parts("frame"))
    refuse_doubles((frame.code for frame in frames), called="the list of frames")
    refuse_doubles((one.code for frame in frames for one in frame.parts), called="the frames")
    return frames


def every_frame(frames: str, uk_standards: str) -> tuple[Frame, ...]:
    """Return the frames of both texts; the UK Standards have a list of their own already.

    Raises:
        InputError: As for :func:`parse_frames`.
    """
    standards = parse_uk_standards(uk_standards)
    own = Frame(
        code=STANDARDS,
        label="UK Standards for Public Involvement",
        about="What good involvement looks like. For looking back together, never a score.",
        parts=tuple(
            FramePart(
                code=f"{STANDARDS}:{one.code}",
                label=one.name,
                asks=one.questions[0] if one.questions else one.statement,
                covers=one.questions[1:],
                verified=one.verified,
            )
            for one in standards
        ),
        source=standards[0].source,
        checked="The names and the gist were checked; the questions are recalled.",
    )
    return (*parse_frames(frames), own)


def part_words(frames: Iterable[Frame]) -> Mapping[str, str]:
    """Return what each part is called, with its frame, by code ("CFIR 2.0: Inner setting")."""
    return {part.code: f"{frame.label}: {part.label}" for frame in frames for part in frame.parts}


def _frame(part: Part) -> Frame:
    code, verified = part.need("id", str), part.need("verified", bool)
    return Frame(
        code=code,
        label=part.need("label", str),
        about=part.need("about", str),
        parts=tuple(
            FramePart(
                code=f"{code}:{each.need('id', str)}",
                label=each.need("label", str),
                asks=each.need("asks", str),
                covers=each.texts("covers"),
                verified=each.get("verified", verified),
            )
            for each in part.parts("part")
        ),
        source=part.need("source", str),
        checked=part.need("checked", str),
    )

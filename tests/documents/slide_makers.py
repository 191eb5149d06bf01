"""Makes small sets of slides by hand, as PowerPoint writes them."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.documents.document_makers import zipped

NAMES = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:dec="http://schemas.microsoft.com/office/drawing/2017/decorative"'
)
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
GRAPHIC = "http://schemas.openxmlformats.org/drawingml/2006/"
MAIN = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
WITH_MACROS = "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"
BULLETS = '<a:lvl1pPr><a:buChar char="•"/></a:lvl1pPr><a:lvl2pPr><a:buChar char="–"/></a:lvl2pPr>'
MASTER = (
    "<p:cSld><p:spTree/></p:cSld><p:txStyles><p:titleStyle/>"
    f"<p:bodyStyle>{BULLETS}</p:bodyStyle><p:otherStyle/></p:txStyles>"
)


@dataclass
class Slide:
    """One slide: what is on it, its notes, whether it is hidden, and what it refers to."""

    shapes: str
    notes: str = ""
    hidden: bool = False
    related: dict[str, tuple[str, str]] = field(default_factory=dict)


def relations(of: dict[str, tuple[str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="{one}" Type="{REL}{kind}" Target="{target}"/>'
        for one, (kind, target) in of.items()
    )
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{inner}</Relationships>"
    )


def pptx(
    *slides: Slide | str,
    parts: dict[str, bytes | str] | None = None,
    kind: str = MAIN,
    layout: str = "",
    before: str = "",
    order: tuple[int, ...] = (),
) -> bytes:
    """Return a set of slides.

    Args:
        slides: In the order of their files.
        parts: Further parts by full name.
        kind: The content type of the main part.
        layout: What stands in the layout's tree.
        before: What stands before the root of the first slide.
        order: The order in which they are shown, from 1; that of their files otherwise.
    """
    made = [one if isinstance(one, Slide) else Slide(one) for one in slides]
    order = order or tuple(range(1, len(made) + 1))
    listed = "".join(f'<p:sldId id="{255 + n}" r:id="s{n}"/>' for n in order)
    every: dict[str, bytes | str] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'content-types"><Override PartName="/ppt/presentation.xml" ContentType="{kind}"/>'
        "</Types>",
        "_rels/.rels": relations({"m": ("officeDocument", "ppt/presentation.xml")}),
        "ppt/presentation.xml": f"<p:presentation {NAMES}><p:sldIdLst>{listed}</p:sldIdLst>"
        "</p:presentation>",
        "ppt/_rels/presentation.xml.rels": relations(
            {f"s{n}": ("slide", f"slides/slide{n}.xml") for n in range(1, len(made) + 1)}
        ),
        "ppt/slideMasters/master.xml": f"<p:sldMaster {NAMES}>{MASTER}</p:sldMaster>",
        "ppt/slideLayouts/layout.xml": f"<p:sldLayout {NAMES}><p:cSld><p:spTree>{layout}"
        "</p:spTree></p:cSld></p:sldLayout>",
        "ppt/slideLayouts/_rels/layout.xml.rels": relations(
            {"m": ("slideMaster", "../slideMasters/master.xml")}
        ),
    }
    for at, one in enumerate(made, start=1):
        related = {"l": ("slideLayout", "../slideLayouts/layout.xml"), **one.related}
        if one.notes:
            related["n"] = ("notesSlide", f"../notesSlides/notes{at}.xml")
            every[f"ppt/notesSlides/notes{at}.xml"] = (
                f"<p:notes {NAMES}><p:cSld><p:spTree>{box('7', place='sldNum')}"
                f"{box(one.notes, place='body')}</p:spTree></p:cSld></p:notes>"
            )
        hidden = ' show="0"' if one.hidden else ""
        every[f"ppt/slides/slide{at}.xml"] = (
            f"{before if at == 1 else ''}<p:sld {NAMES}{hidden}>"
            f"<p:cSld><p:spTree><p:nvGrpSpPr/><p:grpSpPr/>{one.shapes}</p:spTree></p:cSld></p:sld>"
        )
        every[f"ppt/slides/_rels/slide{at}.xml.rels"] = relations(related)
    return zipped({**every, **(parts or {})})


def paragraph(words: str, *, level: int = 0, inner: str = "") -> str:
    stated = f' lvl="{level}"' if level else ""
    return f"<a:p><a:pPr{stated}>{inner}</a:pPr><a:r><a:t>{words}</a:t></a:r></a:p>"


def box(
    *words: str,
    place: str | None = None,
    index: str = "",
    at: tuple[int, int] | None = None,
    style: str = "",
) -> str:
    """Return a shape with text: a placeholder where ``place`` is given, and where it is (x, y)."""
    number = f' idx="{index}"' if index else ""
    mark = "" if place is None else f'<p:ph type="{place}"{number}/>'
    inner = "".join(one if one.startswith("<a:p>") else paragraph(one) for one in words)
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="1" name="x"/><p:nvPr>{mark}</p:nvPr></p:nvSpPr>'
        f"<p:spPr>{_where(at)}</p:spPr><p:txBody><a:bodyPr/><a:lstStyle>{style}</a:lstStyle>"
        f"{inner}</p:txBody></p:sp>"
    )


def _where(at: tuple[int, int] | None) -> str:
    return "" if at is None else f'<a:xfrm><a:off x="{at[0]}" y="{at[1]}"/></a:xfrm>'


def group(*shapes: str, at: tuple[int, int]) -> str:
    return f"<p:grpSp><p:grpSpPr>{_where(at)}</p:grpSpPr>{''.join(shapes)}</p:grpSp>"


def picture(
    related: str, *, alt: str = "", at: tuple[int, int] = (0, 0), inner: str = "", use: str = ""
) -> str:
    return (
        f'<p:pic><p:nvPicPr><p:cNvPr id="1" name="x" descr="{alt}">{inner}</p:cNvPr>'
        f'<p:nvPr>{use}</p:nvPr></p:nvPicPr><p:blipFill><a:blip r:embed="{related}"/>'
        f"</p:blipFill><p:spPr>{_where(at)}</p:spPr></p:pic>"
    )


def frame(graphic: str, inner: str = "", *, at: tuple[int, int] = (0, 0)) -> str:
    """Return a frame with a table, chart or diagram in it."""
    where = f'<p:xfrm><a:off x="{at[0]}" y="{at[1]}"/></p:xfrm>'
    return (
        f"<p:graphicFrame>{where}<a:graphic><a:graphicData "
        f'uri="{GRAPHIC}{graphic}">{inner}</a:graphicData></a:graphic></p:graphicFrame>'
    )


def table(*rows: list[str], first: bool = True) -> str:
    """Return a table; a cell written "^" or "<" is covered from above or from the left."""

    def cell(words: str) -> str:
        covered = {"^": ' vMerge="1"', "<": ' hMerge="1"'}.get(words, "")
        inner = "" if covered else "".join(paragraph(one) for one in words.split("\n"))
        return f"<a:tc{covered}><a:txBody>{inner}</a:txBody></a:tc>"

    inner = "".join(f"<a:tr>{''.join(cell(c) for c in row)}</a:tr>" for row in rows)
    stated = ' firstRow="1"' if first else ""
    return frame("table", f"<a:tbl><a:tblPr{stated}/>{inner}</a:tbl>", at=(0, 4_000_000))

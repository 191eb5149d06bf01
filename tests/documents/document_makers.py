"""Makes small files of every kind, by hand where a library would not write what is needed."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from dataclasses import dataclass, field

W_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    "{inner}</Relationships>"
)
_TYPE_START = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

WORDS = (
    "the study team will ask people about carer support dose visits results because questions "
    "matter and sharing implementation understanding accessibility responsibilities "
    "recommendation communication wellbeing neighbourhood"
).split()


def zipped(parts: dict[str, bytes | str], *, stored: tuple[str, ...] = ()) -> bytes:
    """Return a zip of the parts."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            how = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(name, body, compress_type=how)
    return whole.getvalue()


def docx(
    body: str,
    *,
    parts: dict[str, bytes | str] | None = None,
    related: dict[str, tuple[str, str]] | None = None,
    kind: str = _MAIN_TYPE,
    before: str = "",
) -> bytes:
    """Return a Word file with this body.

    Args:
        body: What stands inside ``w:body``.
        parts: Further parts by full name; styles, numbering and notes are related by themselves.
        related: Further relations: id to (type, target).
        kind: The content type of the main part.
        before: What stands before the root element.
    """
    parts = dict(parts or {})
    relations = dict(related or {})
    for name in ("styles", "numbering", "footnotes", "endnotes"):
        if f"word/{name}.xml" in parts:
            relations[f"auto-{name}"] = (name, f"{name}.xml")
    inner = "".join(
        f'<Relationship Id="{one}" Type="{_TYPE_START}{what}" Target="{target}"/>'
        for one, (what, target) in relations.items()
    )
    main = f'<Relationship Id="m" Type="{_TYPE_START}officeDocument" Target="word/document.xml"/>'
    return zipped(
        {
            "[Content_Types].xml": _TYPES.format(kind=kind),
            "_rels/.rels": _RELATIONS.format(inner=main),
            "word/document.xml": f"<?xml version='1.0'?>{before}<w:document {W_NAMES}><w:body>"
            f"{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": _RELATIONS.format(inner=inner),
            **parts,
        }
    )


def p(text: str = "", *, properties: str = "", inner: str = "") -> str:
    """Return a ``w:p`` with one run of text and then whatever is given."""
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{run}{inner}</w:p>"


def w_part(root: str, inner: str) -> str:
    """Return a part such as ``styles`` or ``footnotes``."""
    return f"<w:{root} {W_NAMES}>{inner}</w:{root}>"


def png(width: int = 2, height: int = 2, *, shade: int = 90) -> bytes:
    """Return a grey PNG."""

    def chunk(name: bytes, body: bytes) -> bytes:
        ending = struct.pack(">I", zlib.crc32(name + body))
        return struct.pack(">I", len(body)) + name + body + ending

    rows = b"".join(b"\x00" + bytes([shade]) * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


_ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def odt(
    body: str,
    *,
    styles: str = "",
    meta: str = "",
    manifest: str = "<manifest/>",
    before: str = "",
    parts: dict[str, bytes | str] | None = None,
) -> bytes:
    """Return an OpenDocument text with this body and these automatic styles."""
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"{before}<office:document-content {_ODF}><office:automatic-styles>"
            f"{styles}</office:automatic-styles><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
            "meta.xml": f"<office:document-meta {_ODF}><office:meta>{meta}</office:meta>"
            "</office:document-meta>",
            "META-INF/manifest.xml": manifest,
            **(parts or {}),
        },
        stored=("mimetype",),
    )


@dataclass
class Truth:
    """What a generated PDF says, as its author knows it."""

    headings: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)


def invented_sentence(chance: random.Random) -> str:
    """Return a sentence of invented words."""
    count = chance.randint(8, 24)
    return " ".join(chance.choice(WORDS) for _ in range(count)).capitalize() + "."


def invented_paragraph(chance: random.Random) -> str:
    """Return two to six sentences."""
    return " ".join(invented_sentence(chance) for _ in range(chance.randint(2, 6)))


def typeset(
    parts: int, *, columns: int = 1, seed: int = 1, justified: bool = False
) -> tuple[bytes, Truth]:
    """Return a PDF set by reportlab in one or two columns, with running heads, and its truth."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
    from reportlab.platypus import (
        BaseDocTemplate,
        Frame,
        ListFlowable,
        ListItem,
        PageTemplate,
        Paragraph,
    )

    chance = random.Random(seed)
    looks = getSampleStyleSheet()
    body = ParagraphStyle("body", parent=looks["BodyText"], alignment=4 if justified else 0)
    truth, story = Truth(), []
    for part in range(parts):
        title = f"{part + 1} {' '.join(chance.choice(WORDS) for _ in range(3)).capitalize()}"
        truth.headings.append(title)
        story.append(Paragraph(title, looks["Heading1"]))
        for _ in range(6):
            truth.paragraphs.append(invented_paragraph(chance))
            story.append(Paragraph(truth.paragraphs[-1], body))
        items = [
            " ".join(chance.choice(WORDS) for _ in range(chance.randint(4, 30))) for _ in range(3)
        ]
        truth.items += items
        story.append(
            ListFlowable(
                [ListItem(Paragraph(one, body)) for one in items], bulletType="bullet", start="•"
            )
        )

    def edges(canvas, document):
        canvas.setFont("Helvetica", 9)
        canvas.drawString(60, A4[1] - 40, "SAMPLE protocol, version 1.0")
        canvas.drawCentredString(A4[0] / 2, 30, f"Page {document.page}")

    width = (A4[0] - 120 - 20 * (columns - 1)) / columns
    frames = [Frame(60 + i * (width + 20), 60, width, A4[1] - 120) for i in range(columns)]
    whole = io.BytesIO()
    document = BaseDocTemplate(whole, pagesize=A4, title="A sample protocol")
    document.addPageTemplates(PageTemplate(frames=frames, onPage=edges))
    document.build(story)
    return whole.getvalue(), truth


def drawn(*pages: list[tuple[float, float, str]], font: str = "Helvetica", size: int = 11) -> bytes:
    """Return a PDF with these words at these places (points from the bottom left)."""
    from reportlab.pdfgen.canvas import Canvas

    whole = io.BytesIO()
    canvas = Canvas(whole)
    for page in pages:
        for x, y, words in page:
            canvas.setFont(font, size)
            canvas.drawString(x, y, words)
        canvas.showPage()
    canvas.save()
    return whole.getvalue()


def down(lines: list[str], *, x: float = 72, top: float = 720, pitch: float = 14):
    """Return lines one under the other, for :func:`drawn`."""
    return [(x, top - pitch * at, line) for at, line in enumerate(lines)]

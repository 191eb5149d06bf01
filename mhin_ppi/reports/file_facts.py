"""What a file says about itself: language, title, date, and that it is meant to be accessible.

Source: ISO 32000-1, 14.3 (metadata); ISO 14289-1 (PDF/UA-1), 5 and 7.1.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pikepdf import Pdf

LANGUAGE = "en-GB"
# What XML 1.0 cannot hold at all.
_NOT_IN_XML = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the file says about itself.

    Args:
        title: Shown by viewers in place of the file's name.
        author: The board.
        subject: One line.
        made_on: Its date; the time of day is left at midnight, so that the same report gives the
            same bytes.
    """

    title: str
    author: str
    subject: str
    made_on: date


def describe(pdf: Pdf, facts: FileFacts) -> None:
    """Write language, title and date, in the catalogue, the old way and as XMP."""
    from pikepdf import Dictionary, Name, String

    pdf.Root.Lang = String(LANGUAGE)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    stamp = f"D:{facts.made_on:%Y%m%d}000000Z"
    texts = {
        "/Title": facts.title,
        "/Author": facts.author,
        "/Subject": facts.subject,
        "/Creator": "MHIN PPI",
        "/Producer": "MHIN PPI",
        "/CreationDate": stamp,
        "/ModDate": stamp,
    }
    for key in list(pdf.docinfo.keys()):
        del pdf.docinfo[key]
    for key, text in texts.items():
        pdf.docinfo[key] = String(_for_xml(text))
    packet = pdf.make_stream(_xmp(facts).encode())
    packet.Type, packet.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = packet


def _for_xml(text: str) -> str:
    return _NOT_IN_XML.sub("", text)


def _xmp(facts: FileFacts) -> str:
    """Return the metadata packet that PDF/UA asks for."""
    say: Callable[[str], str] = lambda text: escape(_for_xml(text))  # noqa: E731 - three short uses
    made = f"{facts.made_on:%Y-%m-%d}T00:00:00Z"
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
    xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
   <pdfuaid:part>1</pdfuaid:part>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{say(facts.title)}</rdf:li></rdf:Alt></dc:title>
   <dc:creator><rdf:Seq><rdf:li>{say(facts.author)}</rdf:li></rdf:Seq></dc:creator>
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{say(facts.subject)}</rdf:li></rdf:Alt>
   </dc:description>
   <dc:language><rdf:Bag><rdf:li>{LANGUAGE}</rdf:li></rdf:Bag></dc:language>
   <xmp:CreatorTool>MHIN PPI</xmp:CreatorTool>
   <xmp:CreateDate>{made}</xmp:CreateDate>
   <xmp:ModifyDate>{made}</xmp:ModifyDate>
   <pdf:Producer>MHIN PPI</pdf:Producer>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""

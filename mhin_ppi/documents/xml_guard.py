"""Parses foreign XML with everything switched off that a document does not need.

No entities are expanded, no DTD is loaded, nothing is fetched. A document that declares a DTD is
refused: neither Word nor OpenDocument writes one, and entity bombs need one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mhin_ppi.documents.refusals import Refusal, Why

if TYPE_CHECKING:
    from lxml.etree import _Element


def parse_xml(untrusted: bytes) -> _Element:
    """Return the root element.

    Raises:
        Refusal: It is not whole XML, or it declares a DTD or entities.
    """
    from lxml import etree

    if b"<!DOCTYPE" in untrusted or b"<!ENTITY" in untrusted:
        raise Refusal(Why.XML_TRICK)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(untrusted, parser)
    except (etree.XMLSyntaxError, ValueError) as cause:
        raise Refusal(Why.DAMAGED) from cause
    # The first look misses a DTD written in UTF-16; the parser does not.
    if root.getroottree().docinfo.internalDTD is not None:
        raise Refusal(Why.XML_TRICK)
    return root

"""Every limit on a foreign file in one place, so that they can be weighed against each other.

The limits keep a laptop safe from a hostile file and are far above any protocol seen. Sizes are in
bytes unless the name says otherwise.
"""

MIB = 1024 * 1024

FILE_BYTES = 200 * MIB
"""The largest file that is read at all."""

UNZIPPED_BYTES = 512 * MIB
"""All parts of one Word, PowerPoint or OpenDocument file together, as its directory states them."""

PART_BYTES = 48 * MIB
"""One XML part, counted while inflating, since a directory can state any size it likes.

The text of a 150-page protocol is about 2 MiB of XML; lxml needs four to six times the size.
"""

ZIP_PARTS = 10_000
"""How many parts a Word, PowerPoint or OpenDocument file may have."""

RATIO = 150
"""How many times a part may grow when it is unzipped, once it is larger than `RATIO_FROM`."""

RATIO_FROM = 8 * MIB
"""Small parts may be as repetitive as they like: they do no harm."""

PAGES = 2_000
"""How many pages a PDF, or slides a set, may have."""

BLOCKS = 200_000
"""How many paragraphs, cells and notes one file may give."""

NOTES = 20_000
"""How many comments one file may hold."""

NOTE_CHARACTERS = 100_000
"""One comment; what is longer is cut."""

PICTURE_BYTES = 16 * MIB
"""One picture; a larger one is left out with a note."""

PICTURE_PIXELS = 50_000_000
"""One picture, once opened; a page scanned at 600 dots an inch has 35 million."""

PAGE_PIXELS = 24_000_000
"""One page drawn to look at: A4 at 400 dots an inch, on a screen far larger than any sold."""

PICTURES_BYTES = 96 * MIB
"""All pictures of one file together."""

RECEIPT_BYTES = 15 * MIB
"""One receipt as it is chosen; a phone's photograph has 3 to 8 MB."""

RECEIPT_PIXELS = 60_000_000
"""A photograph of a receipt, once opened; phones take 12 to 50 million."""

RECEIPT_SIDE = 2_400
"""The longest side a receipt is kept at, in pixels: every line of a till roll can be read."""

RECEIPT_PAGES = 20
"""How many pages a receipt may have."""

ANSWER_BYTES = 256 * MIB
"""All that the child may send back for one file."""

CHILD_MEMORY_BYTES = 512 * MIB
"""Address space of the child, on systems that can limit it (SECURITY_DESIGN.md, 9)."""

SILENT_SECONDS = 20.0
"""A child that reports no progress for this long is stopped."""

"""Why a file is not read, and the plain sentences a person is told.

The child sends only the name of a reason; the sentences are made in the parent, so that nothing a
hostile file contains can reach the screen through an explanation.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mhin_ppi.documents import limits
from mhin_ppi.errors import DocumentError, UnreadableError, UnsupportedError

READ_ANOTHER = "You can save it as a Word file (.docx) or a PDF, and open that."
ASK_SENDER = "You can ask the person who sent it to send it again."


class Why(StrEnum):
    """The reasons for not reading a file."""

    EMPTY = "empty"
    DAMAGED = "damaged"
    CUT_SHORT = "cut_short"
    PASSWORD = "password"  # noqa: S105 - the name of a reason, not a password
    SCANNED = "scanned"
    NO_TEXT = "no_text"
    ZIP_BOMB = "zip_bomb"
    XML_TRICK = "xml_trick"
    MACROS = "macros"
    PAGES = "pages"
    TOO_LARGE = "too_large"
    MEMORY = "memory"
    PROGRAM = "program"
    OLD_WORD = "old_word"
    SHEET_OR_SLIDES = "sheet_or_slides"
    UNKNOWN = "unknown"
    SILENT = "silent"
    CRASHED = "crashed"
    MISSING = "missing"
    SIGNED = "signed"
    PROTECTED = "protected"
    NOT_PDF = "not_pdf"
    NOT_WORD = "not_word"
    MANY_NOTES = "many_notes"
    NOT_ANSWERS = "not_answers"
    NOT_RECEIPT = "not_receipt"
    HEIC = "heic"
    RECEIPT_LARGE = "receipt_large"
    RECEIPT_PIXELS = "receipt_pixels"
    RECEIPT_PAGES = "receipt_pages"


@dataclass(frozen=True, slots=True)
class _Sentences:
    error: type[DocumentError]
    what_happened: str
    next_step: str


_SEND_REPORT = (
    "You can send the comments as a report instead, or ask for a copy that can be changed."
)

_SAID: dict[Why, _Sentences] = {
    Why.EMPTY: _Sentences(UnreadableError, "“{name}” is empty.", ASK_SENDER),
    Why.DAMAGED: _Sentences(UnreadableError, "“{name}” is damaged and cannot be read.", ASK_SENDER),
    Why.CUT_SHORT: _Sentences(
        UnreadableError,
        "“{name}” stops before its end: part of the file is missing.",
        "You can copy or download it once more, or ask the person who sent it to send it again.",
    ),
    Why.PASSWORD: _Sentences(
        UnreadableError,
        "“{name}” is locked with a password.",
        "You can open it in the program it was made with, save a copy without the password, "
        "and open that copy here.",
    ),
    Why.SCANNED: _Sentences(
        UnreadableError,
        "“{name}” is a scan: it holds pictures of pages, and no words that can be read or marked.",
        "You can ask for the Word file or the PDF that was printed and scanned.",
    ),
    Why.NO_TEXT: _Sentences(
        UnreadableError,
        "There are no words in “{name}”.",
        "You can open it in the program it was made with and look at what it holds.",
    ),
    Why.ZIP_BOMB: _Sentences(
        UnsupportedError,
        "“{name}” is small but unpacks to something enormous, so it was not opened.",
        ASK_SENDER,
    ),
    Why.XML_TRICK: _Sentences(
        UnsupportedError,
        "“{name}” has instructions inside that a document does not need and that can do harm, "
        "so it was not opened.",
        "You can ask the person who sent it where it comes from.",
    ),
    Why.MACROS: _Sentences(
        UnsupportedError,
        "“{name}” carries macros (small programs), so it was not opened.",
        "You can open it in the program it was made with, save it without macros (.docx or .pptx), "
        "and open that here.",
    ),
    Why.PAGES: _Sentences(
        UnsupportedError,
        f"“{{name}}” has more than {limits.PAGES:,} pages, more than can be read here.",
        "You can save the pages you need as a file of their own, and open that.",
    ),
    Why.TOO_LARGE: _Sentences(
        UnsupportedError,
        f"“{{name}}” is larger than {limits.FILE_BYTES // limits.MIB} megabytes, more than can be "
        "read here.",
        "You can make the pictures in it smaller, or save the part you need as a file of its own.",
    ),
    Why.MEMORY: _Sentences(
        UnsupportedError,
        "“{name}” needs more memory than is given to one file, so reading it was stopped.",
        "You can save the part you need as a file of its own, and open that.",
    ),
    Why.PROGRAM: _Sentences(
        UnsupportedError,
        "“{name}” is a program, not a document, so it was not opened.",
        "You can ask the person who sent it what it is before you do anything with it.",
    ),
    Why.OLD_WORD: _Sentences(
        UnsupportedError,
        "“{name}” is in the old Word format (.doc).",
        "You can open it in Word or LibreOffice, save it as “Word document (.docx)”, "
        "and open that here.",
    ),
    Why.SHEET_OR_SLIDES: _Sentences(
        UnsupportedError,
        "“{name}” is a spreadsheet, or slides in a form that cannot be read here.",
        "You can save slides as PowerPoint (.pptx) and a spreadsheet as a PDF, and open that.",
    ),
    Why.UNKNOWN: _Sentences(
        UnsupportedError,
        "“{name}” is not a kind of file that can be read here. Word (.docx), PDF, PowerPoint "
        "(.pptx), OpenDocument (.odt), Markdown and plain text can.",
        READ_ANOTHER,
    ),
    Why.SILENT: _Sentences(
        UnreadableError,
        f"Reading “{{name}}” got no further for {limits.SILENT_SECONDS:.0f} seconds, "
        "so it was stopped.",
        READ_ANOTHER,
    ),
    Why.CRASHED: _Sentences(
        UnreadableError,
        "“{name}” could not be read: something inside it is not as it should be.",
        READ_ANOTHER,
    ),
    Why.MISSING: _Sentences(
        UnreadableError,
        "“{name}” could not be opened: it has been moved, or you may not read it.",
        "You can look where the file is now, and choose it again.",
    ),
    Why.SIGNED: _Sentences(
        UnsupportedError,
        "“{name}” carries a signature. Comments written into it would break the signature, so it "
        "was left as it is.",
        _SEND_REPORT,
    ),
    Why.PROTECTED: _Sentences(
        UnsupportedError,
        "“{name}” is protected against changes, so no comments were written into it.",
        _SEND_REPORT,
    ),
    Why.NOT_PDF: _Sentences(
        UnsupportedError,
        "“{name}” is not a PDF.",
        "You can choose the PDF that the comments belong to.",
    ),
    Why.NOT_WORD: _Sentences(
        UnsupportedError,
        "“{name}” is not a Word file (.docx), so it has no room for Word comments.",
        "You can choose the Word file, or save this one as “Word document (.docx)” first.",
    ),
    Why.NOT_ANSWERS: _Sentences(
        UnreadableError,
        "“{name}” is not an answer sheet: no row in it has a question's code.",
        "You can choose the Word or Excel file that the team filled in and sent back.",
    ),
    Why.NOT_RECEIPT: _Sentences(
        UnsupportedError,
        "“{name}” is neither a photograph (JPEG or PNG) nor a PDF, so it cannot be a receipt.",
        "You can take a photograph of the receipt, or save it as a PDF, and choose that.",
    ),
    Why.HEIC: _Sentences(
        UnsupportedError,
        "“{name}” is a photograph in the form HEIC or AVIF, which cannot be read here.",
        "You can open it in your photo program and save or export it as JPEG. On an iPhone, "
        "Settings, Camera, Formats, Most Compatible takes the next ones as JPEG.",
    ),
    Why.RECEIPT_LARGE: _Sentences(
        UnsupportedError,
        f"“{{name}}” is larger than {limits.RECEIPT_BYTES // limits.MIB} MB, the most a receipt "
        "can have.",
        "You can take the photograph again in a smaller size, or save only the page you need.",
    ),
    Why.RECEIPT_PIXELS: _Sentences(
        UnsupportedError,
        f"“{{name}}” has more than {limits.RECEIPT_PIXELS // 1_000_000} million dots, more than "
        "can be opened here.",
        "You can take the photograph again in a smaller size, and choose that.",
    ),
    Why.RECEIPT_PAGES: _Sentences(
        UnsupportedError,
        f"“{{name}}” has more than {limits.RECEIPT_PAGES} pages, more than a receipt can have.",
        "You can save the pages that show what you paid as a file of their own, and choose that.",
    ),
    Why.MANY_NOTES: _Sentences(
        UnsupportedError,
        f"“{{name}}” holds more than {limits.NOTES:,} comments, more than can be read here.",
        "You can save the pages you need as a file of their own, and open that.",
    ),
}


class Refusal(Exception):  # noqa: N818 - carries a reason from the child to the parent, never shown
    """The child's way of saying that a file is not read.

    Args:
        why: The reason.
    """

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


def as_error(why: Why, *, file_name: str) -> DocumentError:
    """Return the error that tells a person why ``file_name`` was not read."""
    said = _SAID[why]
    shown = "".join(c if c.isprintable() else " " for c in file_name)[:120] or "This file"
    return said.error(said.what_happened.format(name=shown), next_step=said.next_step)

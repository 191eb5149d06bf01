"""What money is spent on to take part: the categories, the miles, and the line of a claim.

Source: ``DOMAIN.md`` 4.2 (what is covered) and 4.4 (headings of the cost guide).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ..errors import InputError
from .british import pence_from
from .claim_lines import MOST_PENCE, ClaimLine, LineKind, refuse_amount
from .harmless import harmless

MOST_TENTHS = 20_000
"""2,000 miles: further than any one journey; a slip of the finger ends here."""

LONGEST_WHAT = 200
"""Characters that say what an expense was for; what is longer is cut."""

_EXPENSES, _OTHER = "Expenses", "Other"
_MILES = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,6})(?:\.([0-9]))?", re.ASCII)
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Category:
    """One sort of expense.

    Args:
        code: Stable name; what a claim's line keeps.
        words: What a person reads.
        heading: Heading of the cost guide it belongs under.
        vehicle: Code of the vehicle (``Rate.band``) where it is paid by the mile, or "".
        example: What helps to say what it was for.
    """

    code: str
    words: str
    heading: str = _EXPENSES
    vehicle: str = ""
    example: str = "For instance a bus fare."


CATEGORIES = (
    Category("public_transport", "Travel by bus, train, tram or taxi"),
    Category(
        "car", "Travel by car, by the mile", vehicle="car", example="From where to where, and back."
    ),
    Category(
        "bicycle",
        "Travel by bicycle, by the mile",
        vehicle="bicycle",
        example="From where to where, and back.",
    ),
    Category(
        "motorcycle",
        "Travel by motorcycle, by the mile",
        vehicle="motorcycle",
        example="From where to where, and back.",
    ),
    Category("food", "Food and drink", example="For instance lunch on the day of a meeting."),
    Category("overnight", "Staying overnight", example="For instance one night before a meeting."),
    Category("childcare", "Childcare", example="For instance three hours during a meeting."),
    Category("carer_cover", "Care for somebody while you were away"),
    Category("personal_assistant", "Your personal assistant"),
    Category("office", "Ink, paper and post", example="For instance paper to print a draft."),
    Category("phone_data", "Phone and data", example="For instance data for a video call."),
    Category(
        "access",
        "Other support that you need to take part",
        heading=_OTHER,
        example="For instance an interpreter.",
    ),
    Category("other", "Something else", example="Say in a few words what it was."),
)
"""In the order they are offered. Codes never change: claims already sent keep them."""

_BY_CODE: Mapping[str, Category] = {category.code: category for category in CATEGORIES}


def category_of(code: str) -> Category:
    """Return the category of this code; *something else* for one that is not known here.

    >>> category_of("food").words, category_of("").code
    ('Food and drink', 'other')
    """
    return _BY_CODE.get(code, _BY_CODE["other"])


def heading_of_category(code: str) -> str:
    """Return the heading of the cost guide that an expense belongs under."""
    return category_of(code).heading


def amount_from(written: str) -> int:
    """Return what a person wrote as an amount that a claim can hold, in pence.

    Raises:
        InputError: It is not an amount, is nothing, or is more than £100,000.
    """
    pence = pence_from(written)
    if pence > MOST_PENCE:
        raise refuse_amount("The amount")
    return pence


def tenths_from(written: str) -> int:
    """Return what a person wrote as miles, in tenths of a mile.

    Raises:
        InputError: It is not a number of miles, is nothing, or is more than 2,000.

    >>> tenths_from("12"), tenths_from("3.5"), tenths_from(" 1,204.0 miles")
    (120, 35, 12040)
    """
    plain = harmless(written).strip().removesuffix("miles").strip()
    found = _MILES.fullmatch(plain)
    if found is None:
        raise InputError(
            f"“{plain[:_SHOWN]}” is not a number of miles.",
            next_step="Write it like 12 or 12.5, then try again.",
        )
    tenths = int(found.group(1).replace(",", "")) * 10 + int(found.group(2) or 0)
    if not 0 < tenths <= MOST_TENTHS:
        raise InputError(
            f"A journey is between 0.1 and {MOST_TENTHS // 10:,} miles.",
            next_step="Put the miles right. A longer way can go in two lines.",
        )
    return tenths


def miles_words(tenths: int) -> str:
    """Return tenths of a mile in words.

    >>> miles_words(10), miles_words(125), miles_words(12040)
    ('1 mile', '12.5 miles', '1,204 miles')
    """
    whole, rest = divmod(tenths, 10)
    if tenths == 10:
        return "1 mile"
    return f"{whole:,}.{rest} miles" if rest else f"{whole:,} miles"


def tidy_what(written: str) -> str:
    r"""Return what an expense was for, on one line and without what cannot be seen.

    >>> tidy_what(" Bus\r\nto\u202e Hull\x00 ")
    'Bus to Hull'
    """
    return " ".join(harmless(written[: 4 * LONGEST_WHAT]).split())[:LONGEST_WHAT].strip()


@dataclass(frozen=True, slots=True)
class Spent:
    """Money that was spent, as a person fills it in.

    Args:
        id: What names this expense and no other.
        category: Code of its category.
        on: The day.
        what: What it was for.
        pence: What it came to.
        ask_pence: What the person asks for, when that is less; ``None`` for all of it.
        prepaid: Whether the organisation has paid it already.
        miles_tenths: Tenths of a mile, where it is paid by the mile.
        rate: Id of the rate a mile is paid at, or "".
        project: Id of the project, or "".
        receipts: Ids of its receipts.
    """

    id: str
    category: str
    on: date
    what: str
    pence: int
    ask_pence: int | None = None
    prepaid: bool = False
    miles_tenths: int = 0
    rate: str = ""
    project: str = ""
    receipts: tuple[str, ...] = ()

    def line(self) -> ClaimLine:
        """Return the line of a claim: what the organisation has paid is not asked for again."""
        asked = self.pence if self.ask_pence is None else self.ask_pence
        return ClaimLine(
            kind=LineKind.EXPENSE,
            on=self.on,
            what=tidy_what(self.what),
            pence=0 if self.prepaid else asked,
            rate=self.rate,
            project=self.project,
            category=self.category,
            id=self.id,
            receipts=self.receipts,
            full_pence=self.pence if asked < self.pence and not self.prepaid else 0,
            prepaid_pence=self.pence if self.prepaid else 0,
            miles_tenths=self.miles_tenths,
        )

"""How a noun's fields are marked, so that one declaration serves log, tables and packs.

A noun is a frozen dataclass whose first field is ``id``. A field is *personal* when it holds free
text or a name: in the log it travels as a salted reference, so that words can be taken back
everywhere while the graph stays valid (``SECURITY_DESIGN.md`` 6). A field is a *link* when it names
another noun, and is looked things up by.
"""

from __future__ import annotations

import dataclasses
from typing import Any

PERSONAL = {"personal": True}
LINK = {"link": True}


def words(default: str | None = None) -> Any:  # noqa: ANN401 - a dataclass field has every type
    """Return a field for free text or a name: erasable, never in a log entry itself.

    Args:
        default: The value when none is given; ``None`` makes the field required.
    """
    if default is None:
        return dataclasses.field(metadata=PERSONAL)
    return dataclasses.field(default=default, metadata=PERSONAL)


def optional_words() -> Any:  # noqa: ANN401 - a dataclass field has every type
    """Return a personal field that is ``None`` until it is given."""
    return dataclasses.field(default=None, metadata=PERSONAL)


def no_words_yet() -> Any:  # noqa: ANN401 - a dataclass field has every type
    """Return a personal field holding several texts, none at first."""
    return dataclasses.field(default=(), metadata=PERSONAL)


def link(**default: Any) -> Any:  # noqa: ANN401 - a dataclass field has every type
    """Return a field that names another noun and is indexed.

    Args:
        default: ``default=None`` for a link that may be absent.
    """
    return dataclasses.field(metadata=LINK, **default)

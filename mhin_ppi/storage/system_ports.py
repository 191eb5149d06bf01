"""The real clock and the real ids."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID


class SystemClock:
    """This computer's clock."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        return datetime.now(UTC)


class RandomIds:
    """Random identities."""

    def new(self) -> UUID:
        """Return an id no other laptop will make."""
        from ..crypto import hashing  # not before a board is made: a fast start

        return hashing.random_id()

"""The real clock and the real ids."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from ..crypto import hashing


class SystemClock:
    """This computer's clock."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        return datetime.now(UTC)


class RandomIds:
    """Random identities."""

    def new(self) -> UUID:
        """Return an id no other laptop will make."""
        return hashing.random_id()

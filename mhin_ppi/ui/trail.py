"""Where a person has been in the window: for Back and Forward, and for the place a lock keeps."""

from __future__ import annotations

from .pages.page import Place

LONGEST = 200
Stop = tuple[Place, object | None]


class Trail:
    """The places visited, and which of them is in view.

    Args:
        start: The first place.
    """

    def __init__(self, start: Place = Place.HOME) -> None:
        self._stops: list[Stop] = [(start, None)]
        self._at = 0

    @property
    def here(self) -> Stop:
        """The place in view, and the record it shows."""
        return self._stops[self._at]

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place before this one."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether the person has come back from somewhere."""
        return self._at < len(self._stops) - 1

    def go(self, place: Place, argument: object | None = None) -> None:
        """Go somewhere new; what lay ahead is forgotten."""
        if self.here == (place, argument):
            return
        self._stops = [*self._stops[: self._at + 1], (place, argument)][-LONGEST:]
        self._at = len(self._stops) - 1

    def back(self) -> None:
        """Go to the place before, if there is one."""
        self._at = max(0, self._at - 1)

    def forward(self) -> None:
        """Go where the person came back from, if anywhere."""
        self._at = min(len(self._stops) - 1, self._at + 1)

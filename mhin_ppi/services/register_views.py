"""Filters kept under a name: each person's own, on their own laptops only."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.facts import entity_of
from ..domain.log import SetOp
from ..domain.register import SavedView, SavedViewId
from ..domain.spaces import space_of
from ..errors import InputError, NotAllowedError
from .desk import Desk, alter, keep
from .outcome import Outcome
from .register_filters import RegisterFilter, filter_from

LONGEST_TITLE = 80


@dataclass(frozen=True)
class SavedViews:
    """The named views of the person at this laptop."""

    desk: Desk

    def all(self) -> list[tuple[SavedView, RegisterFilter]]:
        """Return the person's own views with what they let through, by their names."""
        with self.desk.store.unit_of_work() as work:
            mine = work.find(SavedView, person=self.desk.store.person)
        return [
            (view, filter_from(view.filters))
            for view in sorted(mine, key=lambda view: view.title.casefold())
        ]

    def keep(self, title: str, wanted: RegisterFilter) -> Outcome[SavedView]:
        """Keep a filter under a name; one of the same name is replaced.

        Raises:
            InputError: The name is empty, or too long.
        """
        name = " ".join(title.split())
        if not name:
            raise InputError("The view has no name yet.", next_step="Write a name for it.")
        if len(name) > LONGEST_TITLE:
            raise InputError(
                f"That name is {len(name):,} characters long; it holds {LONGEST_TITLE}.",
                what_is_safe="What you wrote is still in the box.",
                next_step="Use a few words.",
            )
        with self.desk.store.unit_of_work() as work:
            mine = work.find(SavedView, person=self.desk.store.person)
            same = [view for view in mine if view.title.casefold() == name.casefold()]
            if same:
                kept = alter(work, same[0], title=name, filters=wanted.to_text())
            else:
                kept = SavedView(
                    id=SavedViewId(self.desk.new_id()),
                    person=self.desk.store.person,
                    title=name,
                    filters=wanted.to_text(),
                )
                keep(work, kept)
            return Outcome(kept, work.commit())

    def remove(self, view: SavedViewId) -> Outcome[None]:
        """Take a view away; questions are not touched.

        Raises:
            NotAllowedError: It is somebody else's.
        """
        with self.desk.store.unit_of_work() as work:
            found = work.get(SavedView, view)
            if found.person != self.desk.store.person:
                raise NotAllowedError("This view is somebody else's.")
            work.record(space_of(found), [SetOp(entity_of(found), "gone", True)])
            return Outcome(None, work.commit())

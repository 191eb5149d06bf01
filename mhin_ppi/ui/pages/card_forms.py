"""Forms that are open on cards: they outlive the cards, which are made anew at every reading."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable

from PySide6.QtWidgets import QApplication, QWidget

from ..widgets.cards import Card
from .form import Form


class CardForms:
    """The open forms of a page's cards, so that nothing typed is lost when something arrives.

    Args:
        home: What holds them while their cards are made anew.
    """

    def __init__(self, home: QWidget) -> None:
        self._home = home
        self._open: dict[Hashable, Form] = {}
        self._focus: QWidget | None = None

    def open(
        self, key: Hashable, make: Callable[[], Form], card: Card, *, on_saved: Callable[[], object]
    ) -> None:
        """Open a form on a card; one that is open there already stays as it is.

        Args:
            key: What the card is about.
            make: Makes the form.
            card: Where it goes.
            on_saved: Called once it is saved and closed.
        """
        if key not in self._open:
            form = self._open[key] = make()

            def saved(_: object) -> None:
                self._close(key)
                on_saved()

            form.saved.connect(saved)
            form.cancelled.connect(lambda: self._close(key))
            card.add(form)
            form.show()
        self._open[key].focus_first()

    def take_out(self) -> None:
        """Hold the forms while the cards are let go of."""
        here, forms = QApplication.focusWidget(), self._open.values()
        inside = here is not None and any(form.isAncestorOf(here) for form in forms)
        self._focus = here if inside else None
        for form in forms:
            form.setParent(self._home)

    def put_back(self, key: Hashable, card: Card) -> None:
        """Show the form on its card again, if one is open."""
        form = self._open.get(key)
        if form is not None:
            card.add(form)
            self.show_again(form)

    def without(self, keys: Collection[Hashable]) -> list[Form]:
        """Return the forms whose cards are not there any more."""
        return [form for key, form in self._open.items() if key not in keys]

    def show_again(self, form: Form) -> None:
        """Show a form in its new place, and give it the focus if it had it."""
        form.show()
        if self._focus is not None and form.isAncestorOf(self._focus):
            self._focus.setFocus()

    def _close(self, key: Hashable) -> None:
        form, self._focus = self._open.pop(key), None
        form.hide()
        form.deleteLater()

"""Adding and changing codes, moving and merging them, and writing memos."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QLineEdit

from ...domain.code_tree import COLOURS, CodeTree
from ...domain.codebook import Code, CodeId
from ...domain.projects import Project, ProjectId
from ...services.boards import Services
from ..tasks import Tasks
from ..widgets.code_marks import swatch
from ..widgets.labels import WrapLabel
from .form import Form, Pick, WordsBox

COLOUR_WORDS = {
    **{"#1D5E8A": "Blue", "#B45309": "Orange", "#1E6B3A": "Green", "#8A2C6B": "Plum"},
    **{"#5B4B9A": "Violet", "#A33B2E": "Red", "#0F6E70": "Teal", "#6B5A10": "Olive"},
    **{"#3E5C1F": "Moss", "#7A3E10": "Brown", "#44546A": "Slate", "#9A2F56": "Rose"},
}


def path_words(tree: CodeTree, code: CodeId) -> str:
    """Return a code's name with those of the codes above it."""
    return " › ".join(each.name for each in tree.path(code))


def code_choices(tree: CodeTree, *, but: Sequence[CodeId] = ()) -> list[tuple[str, object]]:
    """Return the codes that can be picked, in the order of the tree."""
    return [(path_words(tree, code.id), code.id) for code, _ in tree.walk() if code.id not in but]


class CodeForm(Form):
    """Adding a code, or changing one.

    Args:
        services: The open board.
        tasks: Runs the saving.
        tree: The codebook.
        code: The code to change; ``None`` for a new one.
        project: The project a new one is for unless somebody says otherwise.
        projects: The projects to choose from.
        name: What is in the field of a new one's name at first.
    """

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        tree: CodeTree,
        *,
        code: Code | None = None,
        project: ProjectId | None = None,
        projects: Sequence[Project] = (),
        name: str = "",
    ) -> None:
        super().__init__(f"Change “{code.name}”" if code else "A new code", tasks=tasks)
        self._services, self._code = services, code
        self.name = QLineEdit(code.name if code else name)
        self.ask("What it is called", self.name)
        self.definition = WordsBox(lines=3, text=code.definition if code else "")
        self.ask("When to use it", self.definition, help_text="And when not, if that helps.")
        chosen = code.colour if code else tree.next_colour()
        known = list(COLOURS) if chosen in COLOURS or not chosen else [chosen, *COLOURS]
        self.colour = Pick(
            [(COLOUR_WORDS.get(each, "As it is"), each) for each in known], chosen=chosen
        )
        for at, each in enumerate(known):
            self.colour.setItemIcon(at, swatch(code.name if code else "Ab", each))
        self.ask("Its colour", self.colour)
        self.under = Pick([("No other code", None), *code_choices(tree)])
        self.project = Pick(
            [("Every project", None), *((p.title, p.id) for p in projects)], chosen=project
        )
        if code is None:
            self.ask("The code it stands under", self.under)
            if projects:
                self.ask(
                    "The project it is for",
                    self.project,
                    help_text="A code under another belongs to that one's project.",
                )

    def save(self) -> None:
        """Add or change it."""
        name, definition = self.name.text(), self.definition.words()
        colour, book = self.colour.value(), self._services.coding.codebook
        code, under, project = self._code, self.under.value(), self.project.value()
        if code is not None:
            which = code.id
            self.run(lambda: book.describe(which, name=name, definition=definition, colour=colour))
            return
        self.run(
            lambda: book.add(
                name, under=under, project=project, definition=definition, colour=colour
            )
        )


class MoveForm(Form):
    """Putting a code somewhere else in the tree.

    Args:
        services: The open board.
        tasks: Runs the saving.
        tree: The codebook.
        code: Which code.
    """

    def __init__(self, services: Services, tasks: Tasks, tree: CodeTree, code: Code) -> None:
        super().__init__(f"Move “{code.name}”", tasks=tasks, save_words="Move")
        self._services, self._code = services, code
        choices = code_choices(tree, but=list(tree.below(code.id)))
        self.under = Pick([("No other code", None), *choices], chosen=tree.parents.get(code.id))
        self.ask("The code it stands under", self.under)

    def save(self) -> None:
        """Move it."""
        code, under = self._code.id, self.under.value()
        self.run(lambda: self._services.coding.codebook.move(code, under=under))


class MergeForm(Form):
    """Letting a code become another.

    Args:
        services: The open board.
        tasks: Runs the saving.
        tree: The codebook.
        code: Which code.
    """

    def __init__(self, services: Services, tasks: Tasks, tree: CodeTree, code: Code) -> None:
        super().__init__(f"Merge “{code.name}”", tasks=tasks, save_words="Merge")
        self._services, self._code = services, code
        self.put(
            WrapLabel(
                "What it coded counts as the other code from now on. Nothing is deleted, and you "
                "can undo it."
            )
        )
        self.into = Pick(code_choices(tree, but=list(tree.below(code.id))))
        self.ask("The code it becomes", self.into)
        self.save_button.setEnabled(self.into.count() > 0)

    def save(self) -> None:
        """Merge them."""
        code, into = self._code.id, self.into.value()
        self.run(lambda: self._services.coding.codebook.merge(code, into=into))


class MemoForm(Form):
    """Writing a memo.

    Args:
        services: The open board.
        tasks: Runs the saving.
        heading: What it is about, in words.
        about: The one thing it is about (``code``, ``coding`` or ``version``).
    """

    def __init__(self, services: Services, tasks: Tasks, heading: str, **about: Any) -> None:  # noqa: ANN401
        super().__init__(heading, tasks=tasks)
        self._services, self._about = services, about
        self.body = WordsBox(lines=4)
        self.ask("Your thought", self.body, help_text="Coordinators can read it too.")

    def save(self) -> None:
        """Keep it."""
        body, about = self.body.words(), self._about
        self.run(lambda: self._services.coding.memos.write(body, **about))

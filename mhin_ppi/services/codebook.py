"""The codebook: its codes, their order, and what becomes of them. Nothing coded is ever lost."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..domain.code_tree import MOST_CODES, CodeTree
from ..domain.codebook import Code, CodeId
from ..domain.projects import ProjectId
from ..errors import InputError
from .coders import require_coder
from .desk import Desk, alter, keep
from .outcome import Outcome
from .ports import UnitOfWork

LONGEST_DEFINITION = 4_000
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True)
class Codebook:
    """The codes that peer researchers and coordinators work with."""

    desk: Desk

    def tree(self, project: ProjectId | None = None) -> CodeTree:
        """Return the codes.

        Args:
            project: Those for one project, and those for all; ``None`` for every code there is.
        """
        with self.desk.store.unit_of_work() as work:
            return tree_in(work, project)

    def add(
        self,
        name: str,
        *,
        under: CodeId | None = None,
        project: ProjectId | None = None,
        definition: str = "",
        colour: str = "",
    ) -> Outcome[Code]:
        """Add a code.

        Args:
            name: What it is called.
            under: The code it stands under; it then belongs to that one's project.
            project: The project it is for; ``None`` for all.
            definition: When to use it.
            colour: "#RRGGBB"; one that few codes have unless given.

        Raises:
            NotAllowedError: Only peer researchers and coordinators change the codebook.
            InputError: The name cannot be used here, or the codebook is full.
        """
        with self.desk.store.unit_of_work() as work:
            require_coder(self.desk, work, doing="add a code")
            tree = tree_in(work)
            if len(tree.by_id) >= MOST_CODES:
                raise InputError(
                    f"The codebook holds {MOST_CODES:,} codes already.",
                    next_step="Merge some that mean the same, then add this one.",
                )
            if under is not None:
                project = work.get(Code, under).project
                if tree.by_id[under].retired:
                    raise InputError("The code above it is not offered any more.")
            code = Code(
                id=CodeId(self.desk.new_id()),
                name=tree.checked_name(name, under=under),
                project=project,
                definition=_checked_definition(definition),
                colour=_checked_colour(colour) or tree.next_colour(),
                parent=under,
                made_by=self.desk.store.person,
            )
            keep(work, code)
            return Outcome(code, work.commit())

    def describe(
        self, code: CodeId, *, name: str, definition: str, colour: str = ""
    ) -> Outcome[Code]:
        """Rename a code, say when to use it, and give it a colour; what it coded stays.

        Raises:
            NotAllowedError: Only peer researchers and coordinators change the codebook.
            InputError: The name or colour cannot be used.
        """
        with self.desk.store.unit_of_work() as work:
            require_coder(self.desk, work, doing="change a code")
            old, tree = work.get(Code, code), tree_in(work)
            checked = tree.checked_name(name, under=tree.parents.get(code), but=code)
            new = alter(
                work,
                old,
                name=checked,
                definition=_checked_definition(definition),
                colour=_checked_colour(colour) or old.colour,
            )
            return Outcome(new, work.commit())

    def move(self, code: CodeId, *, under: CodeId | None) -> Outcome[Code]:
        """Put a code, and what stands under it, somewhere else in the tree.

        Raises:
            NotAllowedError: Only peer researchers and coordinators change the codebook.
            InputError: It would stand under itself, beside one of the same name, or in another
                project.
        """
        with self.desk.store.unit_of_work() as work:
            require_coder(self.desk, work, doing="move a code")
            old, tree = work.get(Code, code), tree_in(work)
            tree.check_move(code, under)
            tree.checked_name(old.name, under=under, but=code)
            _check_same_project(tree, code, under)
            new = alter(work, old, parent=under)
            return Outcome(new, work.commit())

    def merge(self, code: CodeId, *, into: CodeId) -> Outcome[Code]:
        """Let a code become another: what it coded counts as that one from now on.

        The codes under it move under the other.

        Raises:
            NotAllowedError: Only peer researchers and coordinators change the codebook.
            InputError: They are the same, or the other stands under it or is not offered.
        """
        with self.desk.store.unit_of_work() as work:
            require_coder(self.desk, work, doing="merge codes")
            tree = tree_in(work)
            tree.check_move(code, into)
            _check_same_project(tree, code, into)
            self._move_children(work, tree, code, under=into)
            new = alter(work, work.get(Code, code), parent=into, retired=True)
            return Outcome(new, work.commit())

    def retire(self, code: CodeId) -> Outcome[Code]:
        """Offer a code no more; what it coded stays, and the codes under it move up.

        Raises:
            NotAllowedError: Only peer researchers and coordinators change the codebook.
        """
        with self.desk.store.unit_of_work() as work:
            require_coder(self.desk, work, doing="retire a code")
            tree = tree_in(work)
            self._move_children(work, tree, code, under=tree.parents.get(code))
            new = alter(work, work.get(Code, code), parent=None, retired=True)
            return Outcome(new, work.commit())

    def bring_back(self, code: CodeId) -> Outcome[Code]:
        """Offer a retired or merged code again: what it coded is its own again.

        Raises:
            NotAllowedError: Only peer researchers and coordinators change the codebook.
            InputError: Another code has its name now.
        """
        with self.desk.store.unit_of_work() as work:
            require_coder(self.desk, work, doing="bring a code back")
            old, tree = work.get(Code, code), tree_in(work)
            above = tree.parents.get(code)
            under = tree.parents.get(above) if above is not None else None
            tree.checked_name(old.name, under=under, but=code)
            new = alter(work, old, parent=under, retired=False)
            return Outcome(new, work.commit())

    @staticmethod
    def _move_children(
        work: UnitOfWork, tree: CodeTree, code: CodeId, *, under: CodeId | None
    ) -> None:
        for child in tree.by_id.values():
            if tree.parents.get(child.id) == code and not child.retired:
                alter(work, child, parent=under)


def tree_in(work: UnitOfWork, project: ProjectId | None = None) -> CodeTree:
    """Return the codes of a project and those for all; every code when no project is given."""
    codes = work.find(Code)
    return CodeTree(c for c in codes if project is None or c.project in (None, project))


def offered(work: UnitOfWork, code: CodeId, *, project: ProjectId | None) -> Code:
    """Return a code that may be used on words of a project.

    Raises:
        NotFoundError: It is not on this board.
        InputError: It is offered no more, or belongs to another project.
    """
    found = work.get(Code, code)
    if found.retired:
        raise InputError(
            f"“{found.name}” is not offered any more.", next_step="Choose another code."
        )
    if found.project not in (None, project):
        raise InputError(
            f"“{found.name}” belongs to another project.",
            next_step="Choose a code of this project, or one that is for all.",
        )
    return found


def _check_same_project(tree: CodeTree, code: CodeId, other: CodeId | None) -> None:
    if other is None:
        return
    whose, theirs = tree.by_id[code].project, tree.by_id[other].project
    if theirs not in (None, whose):
        raise InputError(
            "The two codes belong to different projects.",
            next_step="Choose a code of the same project, or one that is for all.",
        )


def _checked_definition(definition: str) -> str:
    if len(definition.strip()) > LONGEST_DEFINITION:
        raise InputError(
            f"The definition is longer than {LONGEST_DEFINITION:,} characters.",
            what_is_safe="What you wrote is still in the box.",
            next_step="Make it shorter.",
        )
    return definition.strip()


def _checked_colour(colour: str) -> str:
    if colour and not _COLOUR.fullmatch(colour):
        raise InputError("That is not a colour.", next_step="Choose one of those shown.")
    return colour.upper()

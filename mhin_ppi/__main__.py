"""Start: without a subcommand the window opens, otherwise the command line does its work."""

from __future__ import annotations

import sys

from .documents.launch import CHILD_FLAG, PAGES_FLAG


def main() -> None:
    """Open the window (``mhin-ppi``, ``mhin-ppi --sample``) or run a subcommand."""
    arguments = sys.argv[1:]
    if arguments == [CHILD_FLAG]:
        from .documents.child import main as read_foreign_file

        read_foreign_file()
        return
    if arguments == [PAGES_FLAG]:
        from .documents.page_child import main as show_foreign_pages

        show_foreign_pages()
        return
    if arguments in ([], ["--sample"]):
        from . import app
        from .ui.application import run, sample_folder
        from .ui.start.flow import Makers

        makers = Makers(app.boards, app.sample_board, sample_folder(app.home_folder()))
        sys.exit(run(makers, sample=bool(arguments)))
    from .cli import commands

    commands()


if __name__ == "__main__":
    main()

"""Start: without a subcommand the window opens, otherwise the command line does its work."""

from __future__ import annotations

import sys


def main() -> None:
    """Open the window (``mhin-ppi``, ``mhin-ppi --sample``) or run a subcommand."""
    arguments = sys.argv[1:]
    if arguments in ([], ["--sample"]):
        from .ui.application import run

        sys.exit(run(sample=bool(arguments)))
    from .cli import commands

    commands()


if __name__ == "__main__":
    main()

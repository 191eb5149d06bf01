"""The command line: parse, call services through ``app``, print. Never the window."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal, NoReturn

import typer

from . import __version__, app
from .domain.blocks import Block, DraftText
from .domain.drafts import DraftVersion
from .errors import InputError, PPIError
from .services.boards import Boards, Services
from .services.ports import Progress

FOUND_SOMETHING = 3
"""Exit code of ``verify`` when a check failed. 1 is any other problem, 2 a wrong command line."""

commands = typer.Typer(
    name="mhin-ppi",
    help=(
        "An offline, encrypted program for the people of a patient and public involvement (PPI) "
        "advisory board.\n\n"
        "Without a command the window opens; `mhin-ppi --sample` opens it on the sample board. "
        "BOARD is the folder of one board on this laptop. The password is asked for, or read from "
        "the first line of a file given with --passphrase-file; it is never an argument."
    ),
    no_args_is_help=False,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Board = Annotated[Path, typer.Argument(metavar="BOARD", help="Folder of the board.")]
PassphraseFile = Annotated[
    Path | None,
    typer.Option(help="Read the password from the first line of this file instead of asking."),
]


@commands.callback(invoke_without_command=True)
def about(
    version: Annotated[bool, typer.Option("--version", help="Say which version this is.")] = False,
) -> None:
    """Say which version this is, when asked."""
    if version:
        typer.echo(f"mhin-ppi {__version__}")
        raise typer.Exit


@commands.command()
def sample(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to build it.")],
) -> None:
    """Build the sample board in DIR and write its impact report beside it.

    Makes DIR/coordinator and DIR/member, two laptops of one invented board, and
    DIR/impact-report.pdf. A sample board that is already there is used again. Everything in it is
    invented; its password is printed, because it protects nothing.
    """
    with plainly():
        from .services.sample_board import SAMPLE_PASSPHRASE

        made = app.sample_board(folder, progress=_progress("Building the sample board"))
        services = app.boards().open(made.coordinator, passphrase=SAMPLE_PASSPHRASE)
        try:
            report = _write(folder / "impact-report.pdf", services.reporting.impact_pdf())
        finally:
            services.close()
        typer.echo(f"Coordinator's board: {made.coordinator}")
        typer.echo(f"Member's board:      {made.member}")
        typer.echo(f"Impact report:       {report}")
        typer.echo(f"Password of both:    {SAMPLE_PASSPHRASE}")


@commands.command()
def new(
    board: Board,
    name: Annotated[str, typer.Option(help="What the board is called.")],
    your_name: Annotated[str, typer.Option(help="Your own name.")] = "Coordinator",
    passphrase_file: PassphraseFile = None,
) -> None:
    """Start a board in an empty folder, with you as its coordinator.

    Prints the spare key once. Keep it on paper: with neither password nor spare key, nobody can
    open the board again.
    """
    with plainly():
        passphrase = _passphrase(passphrase_file, twice=True)
        services, code = app.boards().start(
            board, board_name=name, person_name=your_name, passphrase=passphrase
        )
        services.close()
        typer.echo(f"The board is in {board}")
        groups = "-".join(code[at : at + 4] for at in range(0, len(code), 4))
        typer.echo(f"Spare key (write it down now, it is not shown again): {groups}")


@commands.command("import-draft")
def import_draft(
    board: Board,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="DOCX, PDF, ODT, Markdown, text.")],
    project: Annotated[str, typer.Option(help="Title of the project; added if it is new.")],
    title: Annotated[str, typer.Option(help="What people will call the draft.")],
    passphrase_file: PassphraseFile = None,
) -> None:
    """Read a file and add it to the board as the first version of a new draft."""
    with plainly(), _opened(board, passphrase_file) as services:
        untrusted = _file_bytes(file)
        known = {one.title: one.id for one in services.people.projects()}
        where = known.get(project) or services.people.add_project(project).value.id
        made = services.reviewing.add_draft(
            untrusted,
            file_name=file.name,
            project=where,
            title=title,
            progress=_progress(f"Reading {file.name}"),
        ).value
        pages = f", {made.pages} pages" if made.pages else ""
        typer.echo(f"Added “{title}” version {made.number}: {made.characters:,} characters{pages}")


@commands.command()
def read(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="DOCX, PDF, ODT, Markdown, text.")],
    as_json: Annotated[
        bool, typer.Option("--json", help="Blocks with kind, level, text and page.")
    ] = False,
) -> None:
    """Print what the reader would show of a file. Nothing is kept."""
    with plainly():
        text = app.boards().reader.read(
            _file_bytes(file), file_name=file.name, progress=_progress(f"Reading {file.name}")
        )
        typer.echo(_as_json(text) if as_json else "\n\n".join(map(_as_text, text.blocks)))


@commands.command()
def report(
    board: Board,
    out: Annotated[Path, typer.Option(help="Where to write it.")],
    kind: Annotated[Literal["impact"], typer.Option(help="Which report.")] = "impact",
    format: Annotated[Literal["pdf"], typer.Option(help="Which kind of file.")] = "pdf",  # noqa: A002
    passphrase_file: PassphraseFile = None,
) -> None:
    """Write a report about the board.

    An existing file is replaced only once the new one is whole.
    """
    with plainly(), _opened(board, passphrase_file) as services:
        drawn = services.reporting.impact_pdf(progress=_progress(f"Drawing the {kind} report"))
        typer.echo(f"Wrote {_write(out, drawn)} ({format}, {len(drawn):,} bytes)")


@commands.command()
def verify(board: Board, passphrase_file: PassphraseFile = None) -> None:
    """Run every check the board can make of itself.

    Checks the encrypted file, every record's signature and order, and that what the screens show is
    what the records say. Exit code 3 when something is wrong.
    """
    with plainly(), _opened(board, passphrase_file) as services:
        wrong = services.verify(progress=_progress("Checking"))
        for sentence in wrong:
            typer.echo(sentence)
        if wrong:
            typer.echo("Keep this folder as it is, and restore your last backup somewhere else.")
            raise typer.Exit(FOUND_SOMETHING)
        typer.echo("Everything checks out.")


@commands.command()
def backup(
    board: Board,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup to write.")],
    passphrase_file: PassphraseFile = None,
) -> None:
    """Write an encrypted copy of the whole board to one file, and check it."""
    with plainly(), _opened(board, passphrase_file) as services:
        services.backup(file)
        typer.echo(f"Wrote {file}. It opens with the same password.")


@commands.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup to read.")],
    board: Board,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Make a board from a backup, in an empty folder, and check it."""
    with plainly():
        passphrase = _passphrase(passphrase_file)
        services = app.boards().restore(file, board, passphrase=passphrase)
        services.close()
        typer.echo(f"The board is in {board}")


@commands.command()
def carry(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The version with the comments.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The next version.")],
    notes: Annotated[Path, typer.Argument(metavar="COMMENTS", help="W3C Web Annotations.")],
    out: Annotated[Path, typer.Option(help="Where to write them.")],
) -> None:
    """Carry comments from one version of a document to the next.

    Reads two documents (DOCX, PDF, ODT, Markdown, text) and a JSON-LD file of W3C Web Annotations
    on the first, and writes them as annotations on the second. None is left out: each says whether
    it is in the same place, moved, reworded, to be checked, or removed. No board is needed.
    """
    with plainly():
        from .exchange.web_annotation import read_notes, write_notes
        from .services.carrying import carry_notes

        reader = app.LaterReader()
        first = reader.read(_file_bytes(old), file_name=old.name)
        second = reader.read(_file_bytes(new), file_name=new.name)
        found = read_notes(_file_bytes(notes), file_name=notes.name)
        carried = carry_notes(first.text, second.text, found)
        _write(out, write_notes(carried.notes, source=second.digest))
        typer.echo(f"Wrote {out}: {len(carried.notes)} comments.")
        for state, count in sorted(carried.counts.items()):
            typer.echo(f"  {state.replace('_', ' ')}: {count}")
        if carried.is_another_document:
            typer.echo(f"{new.name} is another document, not a next version: nothing was placed.")


@commands.command()
def comments(
    board: Board,
    draft: Annotated[str, typer.Option(help="Title of the draft.")],
    into: Annotated[Path, typer.Option(metavar="FILE", help="FILE.docx, FILE.pdf or FILE.jsonld.")],
    version: Annotated[
        int | None, typer.Option(help="Number of the version; the newest with notes otherwise.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write here, and leave FILE as it is.")] = None,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Put the board's comments on a draft into the researchers' own file.

    A Word or PDF FILE that is there is taken as the team's copy: the comments are added to it, and
    it is replaced once the new one is whole. If it is not there, the file that the version was read
    from is taken, and written to FILE. A JSON-LD file gets W3C Web Annotations. Comments kept to
    the coordinator or to their writer never leave; everybody is named as they chose.
    """
    with plainly(), _opened(board, passphrase_file) as services:
        found = _version_of(services, draft, version)
        leaving = services.team_files.leaving(found.id)
        if into.suffix.lower() in (".jsonld", ".json"):
            written, apart = services.team_files.as_annotations(leaving), 0
        else:
            base, name = _base(services, found, into)
            placed = services.team_files.into(
                leaving, base, file_name=name, progress=_progress(f"Writing into {name}")
            )
            written, apart = placed.file, len(placed.lost_words)
        _write(out or into, written)
        typer.echo(f"Wrote {out or into}: {len(leaving.notes)} comments on version {found.number}.")
        if apart:
            typer.echo(f"  {apart} could not stand on their words; they stand at the start.")
        if leaving.kept_back:
            typer.echo(f"  {leaving.kept_back} stay here: kept to the coordinator or the writer.")


def _base(services: Services, version: DraftVersion, into: Path) -> tuple[bytes, str]:
    """Return the file that takes the comments, and its name."""
    if into.exists():
        return _file_bytes(into), into.name
    own, name = services.team_files.original(version.id)
    if Path(name).suffix.lower() != into.suffix.lower():
        ending = Path(name).suffix.lower()
        also = f", or a name that ends in {ending}" if ending in (".docx", ".pdf") else ""
        raise InputError(
            f"There is no file {into}, and this version was read from “{name}”.",
            next_step=f"Give the team's own Word or PDF file{also}.",
        )
    return own, name


def _version_of(services: Services, draft: str, number: int | None) -> DraftVersion:
    """Return the version of a draft whose comments are wanted."""
    shelf = services.reviewing.shelf()
    wanted = draft.strip().casefold()
    named = [one for one in shelf if wanted in (str(one.draft.id), one.draft.title.casefold())]
    if len(named) != 1:
        titles = "; ".join(f"{one.draft.title} (id {one.draft.id})" for one in named or shelf)
        raise InputError(
            f"{len(named) or 'No'} drafts are called “{draft}”.",
            next_step=f"Give the title, or the id, of one of these: {titles}",
        )
    versions = named[0].versions
    if number is not None:
        for one in versions:
            if one.number == number:
                return one
        raise InputError(f"“{draft}” has {len(versions)} versions; there is no {number}.")
    with_notes = [one for one in versions if services.team_files.leaving(one.id).notes]
    return (with_notes or versions)[-1]


@contextmanager
def plainly() -> Iterator[None]:
    """Tell a person what happened in plain words, and end with exit code 1."""
    try:
        yield
    except PPIError as problem:
        _give_up(problem)
    except OSError as problem:
        name = problem.filename or "A file"
        _give_up(PPIError(f"{name}: {problem.strerror or 'it cannot be used'}."))


def _give_up(problem: PPIError) -> NoReturn:
    for sentence in (problem.what_happened, problem.what_is_safe, problem.next_step):
        typer.echo(sentence, err=True)
    raise typer.Exit(1) from problem


@contextmanager
def _opened(board: Path, passphrase_file: Path | None) -> Iterator[Services]:
    every: Boards = app.boards()
    services = every.open(board, passphrase=_passphrase(passphrase_file))
    try:
        yield services
    finally:
        services.close()


def _passphrase(file: Path | None, *, twice: bool = False) -> str:
    if file is not None:
        if not file.exists():
            raise InputError(f"There is no file {file}.", next_step="Check the name.")
        lines = file.read_text(encoding="utf-8").splitlines()
        if not lines or not lines[0]:
            raise InputError(f"{file} holds no password.", next_step="Put it on the first line.")
        return lines[0]
    asked: str = typer.prompt("Password", hide_input=True, confirmation_prompt=twice, err=True)
    return asked


def _file_bytes(file: Path) -> bytes:
    if not file.is_file():
        raise InputError(f"There is no file {file}.", next_step="Check the name, then try again.")
    return file.read_bytes()


def _write(to: Path, content: bytes) -> Path:
    half = to.with_name(f".{to.name}.half")
    half.write_bytes(content)
    return half.replace(to)


def _progress(what: str) -> Progress:
    shown = sys.stderr.isatty()

    def tell(done: int, total: int) -> None:
        if shown:
            end = "\n" if done >= total else ""
            typer.echo(f"\r{what}: {done} of {total}{end}", nl=False, err=True)

    return tell


def _as_json(text: DraftText) -> str:
    plain = [
        {"kind": b.kind.value, "level": b.level, "text": b.text, "page": b.page, "marker": b.marker}
        for b in text.blocks
    ]
    body = {"title": text.title, "pages": text.pages, "notes": list(text.notes), "blocks": plain}
    return json.dumps(body, ensure_ascii=False, indent=1)


def _as_text(block: Block) -> str:
    return (
        f"{'#' * block.level} {block.text}"
        if block.kind.value == "heading"
        else (f"{block.marker} {block.text}".strip())
    )

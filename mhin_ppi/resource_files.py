"""Finds the files that ship with the program: typefaces, icons, catalogues, the sample board.

Run from a source tree they lie in ``<repository>/resources``; in an installed wheel they lie in
``mhin_ppi/resources``. Only ``app.py``, ``cli.py`` and ``ui/`` may ask; other rooms are given
paths or text.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resources_folder() -> Path:
    """Return the folder that holds everything that ships with the program.

    Raises:
        FileNotFoundError: The program was installed without its resources; that is a fault of the
            installer, so it is not a ``PPIError``.
    """
    for folder in (_PACKAGE / "resources", _PACKAGE.parent / "resources"):
        if (folder / "fonts").is_dir():
            return folder
    raise FileNotFoundError(f"resources not found beside {_PACKAGE}")


def resource(*parts: str) -> Path:
    """Return the path of one file or folder under the resources.

    Args:
        parts: Folder and file names below ``resources``, for example ``"icons", "lock.svg"``.

    Raises:
        FileNotFoundError: There is no such file.
    """
    path = resources_folder().joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(str(path))
    return path

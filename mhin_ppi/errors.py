"""The one tree of errors a person may see.

Lives here: every error this program raises on purpose, each able to tell a person three things in
plain words. Never here: how an error is shown (``ui/messages.py`` and ``cli.py`` do that), or the
causes of library errors (they stay in ``__cause__``). Imports nothing of ours.

::

    PPIError
    |- InputError                  what was typed or chosen cannot be used
    |- NotAllowedError             this person, or this state, does not permit the step
    |- NotFoundError               nothing with this identity is on the board
    |- StoreError
    |  |- CannotOpenBoardError     wrong password or damaged file: SQLCipher cannot tell them apart
    |  |- StoreDamagedError        the board opened but a check failed
    |  |- StoreTooNewError         written by a newer version of this program
    |  |- StoreBusyError           the board is open in another window
    |  `- StoreFullError           no room, no permission, or the disk refuses
    |- DocumentError
    |  |- UnreadableError          damaged, locked, or no text inside
    |  `- UnsupportedError         a kind of file we do not read, or beyond a limit
    |- ExchangeError
    |  `- EntryRefusedError        an entry from another laptop failed a check
    `- ReportError                 a report could not be made

    Stopped                        a person pressed Stop; not an error, never shown
"""


class PPIError(Exception):
    """Something went wrong that a person can be told about in plain words.

    Args:
        what_happened: One short sentence, naming the file or field where there is one.
        what_is_safe: What has not been lost or changed.
        next_step: The one thing to try now.
    """

    def __init__(
        self,
        what_happened: str,
        *,
        what_is_safe: str = "Nothing has been changed.",
        next_step: str = "You can try again, or ask your coordinator.",
    ) -> None:
        super().__init__(what_happened)
        self.what_happened = what_happened
        self.what_is_safe = what_is_safe
        self.next_step = next_step

    def in_full(self) -> str:
        """Return the three sentences as one paragraph."""
        return f"{self.what_happened} {self.what_is_safe} {self.next_step}"


class InputError(PPIError):
    """What was typed or chosen cannot be used."""


class NotAllowedError(PPIError):
    """This person's role, or the state something is in, does not permit the step."""


class NotFoundError(PPIError):
    """Nothing with this identity is on the board."""


class StoreError(PPIError):
    """The encrypted board on this laptop could not do what was asked."""


class CannotOpenBoardError(StoreError):
    """The password is wrong or the files are damaged; the two look the same to SQLCipher."""


class StoreDamagedError(StoreError):
    """A check of the store's own contents failed."""


class StoreTooNewError(StoreError):
    """The store was written by a newer version of this program."""


class StoreBusyError(StoreError):
    """Another window has this board open."""


class StoreFullError(StoreError):
    """The disk is full, read-only, or refuses to write."""


class DocumentError(PPIError):
    """A person's own file could not be read."""


class UnreadableError(DocumentError):
    """The file is damaged, locked with a password, or holds no text."""


class UnsupportedError(DocumentError):
    """The file is of a kind we do not read, or beyond a limit that keeps the laptop safe."""


class ExchangeError(PPIError):
    """Something that came from another laptop could not be used."""


class EntryRefusedError(ExchangeError):
    """A log entry failed its signature, shape or permission check."""


class ReportError(PPIError):
    """A report could not be made."""


class Stopped(Exception):  # noqa: N818 - not an error: a person's own choice, never shown
    """A person pressed Stop; what was under way has been undone."""

"""What can go wrong, each told in one plain sentence, with the exit code it leads to."""

from __future__ import annotations

from collections.abc import Sequence


class TuiDigestError(Exception):
    """A failure that the user is told about in one sentence, never as a traceback.

    The message says what happened, what was kept, and what the user can do.
    """

    exit_code = 1

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is told, each on a line of its own."""
        return (str(self),)


class UsageError(TuiDigestError):
    """The command line or the settings ask for something that cannot be."""

    exit_code = 2


class SettingsError(UsageError):
    """Mistakes in config.toml or the environment, a sentence each."""

    def __init__(self, mistakes: Sequence[str]) -> None:
        super().__init__(" ".join(mistakes))
        self._mistakes = tuple(mistakes)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The mistakes, in the order of the file."""
        return self._mistakes


class ArxivError(TuiDigestError):
    """arXiv could not be reached, or answered with something that is not an answer."""

    exit_code = 3


class ModelError(TuiDigestError):
    """A language model failed, refused or stopped early."""

    exit_code = 4


class LibraryError(TuiDigestError):
    """The library cannot be read or written."""


class ExportError(TuiDigestError):
    """A file could not be written as asked."""

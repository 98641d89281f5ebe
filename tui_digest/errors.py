"""What can go wrong, each told in one plain sentence, with the exit code it leads to."""

from __future__ import annotations


class TuiDigestError(Exception):
    """A failure that the user is told about in one sentence, never as a traceback.

    The message says what happened, what was kept, and what the user can do.
    """

    exit_code = 1


class UsageError(TuiDigestError):
    """The command line or the settings ask for something that cannot be."""

    exit_code = 2


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

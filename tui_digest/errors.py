"""Errors with a message of one plain sentence and an exit code."""

from __future__ import annotations

from collections.abc import Sequence

KEPT = "What was stored is kept."
"""Part of most messages about arXiv: nothing that was stored is lost."""

HOW_TO_UPDATE = "in its clone, `git pull && pipx install --force .`"
"""How the program is updated; the one line to change once it is in the package index."""


class TuiDigestError(Exception):
    """A failure that is reported to the user in one sentence, without a traceback.

    The message says what happened, what was kept, and what the user can do.
    """

    exit_code = 1

    @property
    def sentences(self) -> tuple[str, ...]:
        """The messages, each for a line of its own."""
        return (str(self),)


class UsageError(TuiDigestError):
    """The command line or the settings are wrong."""

    exit_code = 2


class SettingsError(UsageError):
    """Mistakes in config.toml or the environment, with a sentence for each."""

    def __init__(self, mistakes: Sequence[str]) -> None:
        super().__init__(" ".join(mistakes))
        self._mistakes = tuple(mistakes)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The mistakes, in the order of the file."""
        return self._mistakes


class ArxivError(TuiDigestError):
    """arXiv could not be reached, or its answer is unusable."""

    exit_code = 3


class ModelError(TuiDigestError):
    """A language model failed, refused or stopped early."""

    exit_code = 4


class LibraryError(TuiDigestError):
    """The library cannot be read or written."""


class ExportError(TuiDigestError):
    """A file could not be written as asked."""


def without_kept(sentence: str) -> str:
    """Return a message for where nothing is stored yet that could have been kept."""
    return sentence.replace(f" {KEPT}", "")

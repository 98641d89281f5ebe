"""The standard streams, made ready before anything is read or written.

Every command begins here, so nothing but the standard library's own modules is imported.
"""

from __future__ import annotations

import io
import os
import sys

from tui_digest.errors import KEPT, TuiDigestError, UsageError

_stdin_closed = False


def prepare_streams() -> None:
    """Use UTF-8 for pipes and files; a terminal shows `?` for what it cannot show.

    A stream that is closed (`>&-`) becomes the null device: otherwise the next file that is opened would
    be taken for it.
    """
    global _stdin_closed
    _stdin_closed = sys.stdin is None
    for name, number, mode in (("stdin", 0, "r"), ("stdout", 1, "w"), ("stderr", 2, "w")):
        if getattr(sys, name) is None:
            null = os.open(os.devnull, os.O_RDWR)
            if null == number:
                os.set_inheritable(number, True)
            else:
                os.dup2(null, number)
                os.close(null)
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115
            setattr(sys, f"__{name}__", getattr(sys, name))
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def require_input() -> None:
    """Check that standard input can be read.

    Raises:
        UsageError: it is closed: nothing is not the same as an empty text.
    """
    if _stdin_closed:
        raise UsageError("Standard input is closed, so nothing can be read from it; nothing was changed.")


def require_open_files(count: int) -> None:
    """Check that so many more files can be opened.

    asyncio reports a loop that it could not open with tracebacks, besides its error.

    Raises:
        TuiDigestError: they cannot.
    """
    opened: list[int] = []
    try:
        for _ in range(count):
            opened.append(os.open(os.devnull, os.O_RDONLY))
    except OSError:
        raise TuiDigestError(
            f"Too few files can be opened at once. {KEPT} Raise the limit (`ulimit -n` shows it), "
            "or close other programs."
        ) from None
    finally:
        for number in opened:
            os.close(number)


def terminal_columns() -> int:
    """Return the width for text: COLUMNS, else the terminal's, else 80.

    It is `shutil.get_terminal_size().columns` without `shutil`, which imports three compressors.
    """
    try:
        given = int(os.environ["COLUMNS"])
    except (KeyError, ValueError):
        given = 0
    if given > 0:
        return given
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or 80  # type: ignore[union-attr]
    except (AttributeError, OSError, ValueError):  # closed, or no terminal
        return 80

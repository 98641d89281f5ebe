"""The commands; the one place where the parts are wired together."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from tui_digest.errors import TuiDigestError

INTERRUPTED = 130
"""The exit code of a program that was stopped with Ctrl-C."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `tui-digest`; the exit code comes back: 0 done, else as `--help` says.

    Failures are told in one sentence on standard error. When whoever reads standard output has
    had enough (`| head`), the program ends as Unix programs do: silently and at once.
    """
    from tui_digest.cli.arguments import parse

    try:
        command = parse(sys.argv[1:] if arguments is None else arguments)
        code = command.run(command)
        sys.stdout.flush()
    except TuiDigestError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Python flushes standard output once more at exit; that must not complain either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return int(code)

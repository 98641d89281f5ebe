"""The command line; the one place where the parts of the program are wired."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from tui_digest.errors import ArxivError, TuiDigestError, without_kept

INTERRUPTED = 130
"""The exit code of a program that was stopped with Ctrl-C."""

_NO_MEMORY = ("can't start new thread", "failed to map segment")
"""What Python says, as RuntimeError and ImportError, of no memory for a thread, a library."""

_WITHOUT_PARSER = ((), ("read",), ("--offline",), ("read", "--offline"))
"""Command lines that open the reader at once: the parser and argparse take a fiftieth of its start."""

_WHOLE_COMMANDS = {
    ("config", "path"): "config.print_path",
    ("config", "show"): "config.print_settings",
    ("keys",): "tools.print_keys",
    ("cache", "info"): "tools.print_cache_size",
}
"""Command lines that need no parser, which takes a fifth of their time, and their functions."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `tui-digest`, and return its exit code, as `--help` lists them.

    Failures are one sentence on standard error. When the reader of standard output closes it
    (`| head`), the program ends silently, as Unix programs do.
    """
    from tui_digest.cli.streams import prepare_streams

    try:
        prepare_streams()
        code = _run(sys.argv[1:] if arguments is None else arguments)
        sys.stdout.flush()
    except TuiDigestError as error:
        sentences = error.sentences
        if isinstance(error, ArxivError) and _nothing_is_stored():
            sentences = tuple(map(without_kept, sentences))
        return _failed(*sentences, code=error.exit_code)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _give_up_output()
        return 0
    except OSError as error:
        _give_up_output()
        return _failed(refusal(error))
    except Exception as error:
        return _failed(report(error))
    return int(code)


def report(error: Exception) -> str:
    """Report a fault of the program, and return the sentence for the user.

    It never fails: where no more files can be opened, the module that writes it cannot be read either.
    A lack of memory is no fault of the program.
    """
    if isinstance(error, MemoryError) or any(words in str(error) for words in _NO_MEMORY):
        return "There is not enough memory. What was stored is kept; close other programs and try again."
    try:
        from tui_digest.cli.system.crash_report import report_crash
    except OSError as problem:
        return refusal(problem)
    return report_crash(error)


def refusal(error: OSError) -> str:
    """Return the sentence for what the system refused."""
    where = f" ({error.filename})" if error.filename else ""
    reason = (error.strerror or str(error)).lower()
    return f"The system refused{where}: {reason}. What was stored is kept."


def _run(words: Sequence[str]) -> int:
    if tuple(words) in _WITHOUT_PARSER:
        from tui_digest.cli.reader import NO_ARGUMENTS, OFFLINE, read

        return read(OFFLINE if "--offline" in words else NO_ARGUMENTS)
    if (file := _file_of_latex(words)) is not None:
        from tui_digest.cli.process_start import start_collector
        from tui_digest.cli.tools import convert_file

        start_collector()
        return convert_file(file)
    if (function := _WHOLE_COMMANDS.get(tuple(words))) is not None:
        from tui_digest.cli.process_start import load_function, start_collector

        run = load_function(function)
        start_collector()
        return run()
    from tui_digest.cli.parser import parse_arguments

    try:
        command = parse_arguments(words)
    except SystemExit:  # after `--help` or `--version`
        return 0
    return command.run(command)


def _file_of_latex(words: Sequence[str]) -> str | None:
    """Return the file that `latex` is to convert; None if it needs the parser."""
    if not words or words[0] != "latex" or len(words) > 2:
        return None
    file = words[1] if len(words) == 2 else "-"
    return file if file == "-" or not file.startswith("-") else None


def _nothing_is_stored() -> bool:
    from tui_digest.folders import places
    from tui_digest.library.integrity import is_empty

    return is_empty(places().library_file)


def _failed(*sentences: str, code: int = TuiDigestError.exit_code) -> int:
    """Print error messages, sanitised: they may quote arXiv or a model."""
    from tui_digest.saved_screen import withdraw
    from tui_digest.text.sanitise import one_line

    withdraw()
    for sentence in sentences:
        print(one_line(sentence), file=sys.stderr)
    return code


def _give_up_output() -> None:
    """Replace standard output, which Python flushes again at exit: it must not fail."""
    from contextlib import suppress

    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

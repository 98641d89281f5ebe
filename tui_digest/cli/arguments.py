"""Argument types and groups that several commands share."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from tui_digest.cli.process_start import import_msgspec, load_function, start_collector
from tui_digest.cli.streams import terminal_columns
from tui_digest.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date
    from typing import Any, Final, NoReturn

    from _typeshed import SupportsWrite

    from tui_digest.paper import ArxivId

    Commands = argparse._SubParsersAction["Parser"]

PICK_OF_SETTINGS: Final = -1
"""The value of `--picked` without a number."""


class Arguments(argparse.Namespace):
    """The parsed command line, and the function that runs it."""

    run: Callable[[argparse.Namespace], int]


class HelpFormatter(argparse.RawDescriptionHelpFormatter):
    """A help as wide as the terminal, with the line breaks of its texts."""

    def __init__(self, prog: str) -> None:
        """Take argparse's own width, for which it would import `shutil`."""
        super().__init__(prog, width=terminal_columns() - 2)


class Parser(argparse.ArgumentParser):
    """A parser that reports wrong usage in one sentence, as every other error."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  (argparse's own options)
        """Allow no abbreviations, and keep the line breaks of the help."""
        super().__init__(formatter_class=HelpFormatter, allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        """Report wrong usage.

        Raises:
            UsageError: always.
        """
        raise UsageError(f"{self.prog}: {message}; `{self.prog} --help` says what can be given.")

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        """Write help or version; argparse itself keeps silent where that fails."""
        print(message, end="", file=file)


def add_command(
    commands: Commands, name: str, function: str, summary: str, *, about: str = "", example: str = ""
) -> Parser:
    """Add a command.

    Args:
        commands: the subparsers to add it to.
        name: the name of the command.
        function: `module.function` in `tui_digest.cli`, imported only when the command runs.
        summary: the line in the list of all commands.
        about: the beginning of its own help, instead of the summary.
        example: example command lines at the end of its own help.
    """
    parser = commands.add_parser(
        name,
        help=summary,
        description=about or f"{summary}.",
        epilog=f"examples:\n{example}" if example else None,
    )
    parser.set_defaults(run=_function(function))
    return parser


_WITHOUT_RECORDS: Final = ("config.config", "tools.latex", "tools.keys", "tools.cache")
"""Commands that need no msgspec, or not always."""


def _function(path: str) -> Callable[[argparse.Namespace], int]:
    def run(arguments: argparse.Namespace) -> int:
        if path not in _WITHOUT_RECORDS:
            import_msgspec()
        command = load_function(path)
        start_collector()
        return command(arguments)

    return run


def add_day(parser: Parser) -> None:
    """Add `--date`, `--digest` or `--category`, and `--offline`."""
    parser.add_argument(
        "--date",
        type=parse_day,
        metavar="D",
        help="the day of the mailing, as 2026-11-20 (default: the newest)",
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--digest", metavar="NAME", help="the digest [digest.NAME] of config.toml, or a ready-made one"
    )
    which.add_argument(
        "--category",
        action="append",
        metavar="C",
        help="this category instead of the settings'; may be repeated",
    )
    add_offline(parser)


def add_offline(parser: Parser) -> None:
    """Add `--offline`."""
    parser.add_argument("--offline", action="store_true", help="open no socket; use what is stored")


def forbid_asking_offline(arguments: argparse.Namespace) -> None:
    """Reject `--explain` together with `--offline`.

    Raises:
        UsageError: both were given.
    """
    if arguments.offline:
        raise UsageError("--explain asks a language model, and --offline asks nobody; leave one of them out.")


def add_selection(parser: Parser, default: str) -> None:
    """Add the arguments of SELECTION; `default` describes what is selected without."""
    group = parser.add_argument_group("selection", f"Which papers; without any, {default}.")
    which = group.add_mutually_exclusive_group()
    which.add_argument(
        "ids", type=parse_paper_id, nargs="*", default=[], metavar="ID", help="these papers, in this order"
    )
    which.add_argument("--marked", action="store_true", help="those marked to read, of all days or of --date")
    which.add_argument(
        "--picked",
        type=parse_positive,
        nargs="?",
        const=PICK_OF_SETTINGS,
        metavar="N",
        help="the pick of the day: the first N, or as many as the settings say",
    )
    which.add_argument("--tag", metavar="TAG", help="those with this tag, of all days or of --date")
    which.add_argument("--all", action="store_true", help="all of the day")
    which.add_argument(
        "--filter",
        metavar="QUERY",
        help="those that a search query matches, of all days or of --date; write --filter=-word for a"
        " query that begins with a dash",
    )


def add_format(parser: Parser, *formats: str, default: str) -> None:
    """Add `--format`."""
    parser.add_argument(
        "--format",
        choices=formats,
        default=default,
        metavar="F",
        help=f"{', '.join(formats)} (default: {default})",
    )


def add_id(parser: Parser) -> None:
    """Add the argument ID."""
    parser.add_argument("id", type=parse_paper_id, metavar="ID", help="as 2512.21208 or hep-th/9901001v2")


def parse_day(text: str) -> date:
    """Parse a day written as 2026-11-20, not before arXiv existed."""
    from datetime import date

    arxiv_began = date(1991, 8, 14)
    try:
        wanted = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write it as 2026-11-20") from None
    if wanted < arxiv_began:
        raise argparse.ArgumentTypeError(f"arXiv began on {arxiv_began}, after {text}")
    return wanted


def parse_paper_id(text: str) -> ArxivId:
    """Parse an arXiv id in any of its forms."""
    from tui_digest.arxiv_id import parse_arxiv_id

    try:
        number, version = parse_arxiv_id(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    from tui_digest.paper import ArxivId

    return ArxivId(number, version)


def is_paper_id(text: str) -> bool:
    """Tell whether this is an arXiv id in any of its forms."""
    from tui_digest.arxiv_id import parse_arxiv_id

    try:
        parse_arxiv_id(text)
    except ValueError:
        return False
    return True


def parse_whole(text: str) -> int:
    """A whole number from 0 to a million."""
    return 0 if text == "0" else parse_positive(text)


def parse_positive(text: str) -> int:
    """Parse a whole number from 1 to a million."""
    if text.isascii() and text.isdigit() and 1 <= int(text[:8]) <= 1_000_000:
        return int(text[:8])
    raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 1000000")


def nearest_word(word: str, known: Sequence[str]) -> str:
    """Return the most similar known name as a question; "" if none is similar."""
    from difflib import get_close_matches

    found = get_close_matches(word, known, n=1)
    return f" did you mean {found[0]}?" if found else ""

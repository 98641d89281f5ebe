"""What the commands' arguments are made of: types, groups that several commands share, and their help."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, NoReturn

from tui_digest.errors import UsageError
from tui_digest.paper import ArxivId

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction["Parser"]

PICK_OF_SETTINGS: Final = -1
"""What `--picked` without a number stands for."""

_ARXIV_BEGAN = date(1991, 8, 14)


class Arguments(argparse.Namespace):
    """The parsed command line, and the function that runs it."""

    run: Callable[[argparse.Namespace], int]


class Parser(argparse.ArgumentParser):
    """A parser that tells wrong usage in one sentence, as every other error is told."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  (argparse's own options)
        """Names are never abbreviated, and help keeps its line breaks."""
        super().__init__(formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        """End the parsing.

        Raises:
            UsageError: always.
        """
        raise UsageError(f"{self.prog}: {message}; `{self.prog} --help` says what can be given.")


class ShowVersion(argparse.Action):
    """Shows the version. It is looked up only here: that costs more than all other arguments together."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Print the version and end."""
        from importlib.metadata import PackageNotFoundError, version

        try:
            known = version("tui_digest")
        except PackageNotFoundError:
            known = "(not installed)"
        print(f"tui-digest {known}")
        parser.exit()


def add_command(
    commands: Commands, name: str, function: str, summary: str, *, about: str = "", example: str = ""
) -> Parser:
    """Add a command.

    Args:
        commands: where to.
        name: what the user writes.
        function: `module.function` in `tui_digest.cli`, imported only when the command runs.
        summary: one line in the list of all commands.
        about: what its own help begins with, instead of the summary.
        example: command lines that its own help ends with.
    """
    parser = commands.add_parser(
        name,
        help=summary,
        description=about or f"{summary}.",
        epilog=f"examples:\n{example}" if example else None,
    )
    parser.set_defaults(run=_function(function))
    return parser


def _function(path: str) -> Callable[[argparse.Namespace], int]:
    module, _, name = path.partition(".")

    def run(arguments: argparse.Namespace) -> int:
        result: int = getattr(import_module(f"tui_digest.cli.{module}"), name)(arguments)
        return result

    return run


def add_day(parser: Parser) -> None:
    """Which day and categories, and whether arXiv may be asked."""
    parser.add_argument(
        "--date", type=day, metavar="D", help="the day of the mailing, as 2026-11-20 (default: the newest)"
    )
    parser.add_argument(
        "--category",
        action="append",
        metavar="C",
        help="this category instead of the settings'; may be repeated",
    )
    add_offline(parser)


def add_offline(parser: Parser) -> None:
    """Whether arXiv may be asked."""
    parser.add_argument("--offline", action="store_true", help="open no socket; use what is stored")


def forbid_asking_offline(arguments: argparse.Namespace) -> None:
    """Look that nobody wants the model asked and no socket opened.

    Raises:
        UsageError: `--explain` and `--offline` were given together.
    """
    if arguments.offline:
        raise UsageError("--explain asks a language model, and --offline asks nobody; leave one of them out.")


def add_selection(parser: Parser, default: str) -> None:
    """SELECTION; `default` says in words what is selected when nothing is."""
    group = parser.add_argument_group("selection", f"Which papers; without any, {default}.")
    which = group.add_mutually_exclusive_group()
    which.add_argument(
        "ids", type=paper_id, nargs="*", default=[], metavar="ID", help="these papers, in this order"
    )
    which.add_argument("--marked", action="store_true", help="those marked to read, of all days or of --date")
    which.add_argument(
        "--picked",
        type=positive,
        nargs="?",
        const=PICK_OF_SETTINGS,
        metavar="N",
        help="the pick of the day: the first N, or as many as the settings say",
    )
    which.add_argument("--all", action="store_true", help="all of the day")
    which.add_argument(
        "--filter",
        metavar="QUERY",
        help="those that a search query matches, of all days or of --date; write --filter=-word for a"
        " query that begins with a dash",
    )


def add_format(parser: Parser, *formats: str, default: str) -> None:
    """The format of the result."""
    parser.add_argument(
        "--format",
        choices=formats,
        default=default,
        metavar="F",
        help=f"{', '.join(formats)} (default: {default})",
    )


def add_id(parser: Parser) -> None:
    """One paper."""
    parser.add_argument("id", type=paper_id, metavar="ID", help="as 2512.21208 or hep-th/9901001v2")


def day(text: str) -> date:
    """A day written as 2026-11-20, not before there was an arXiv."""
    try:
        wanted = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write it as 2026-11-20") from None
    if wanted < _ARXIV_BEGAN:
        raise argparse.ArgumentTypeError(f"arXiv began on {_ARXIV_BEGAN}, after {text}")
    return wanted


def paper_id(text: str) -> ArxivId:
    """An arXiv id as people write it."""
    try:
        return ArxivId.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def whole(text: str) -> int:
    """A whole number from 0 to a million."""
    return 0 if text == "0" else positive(text)


def positive(text: str) -> int:
    """A whole number from 1 to a million."""
    if text.isascii() and text.isdigit() and 1 <= int(text[:8]) <= 1_000_000:
        return int(text[:8])
    raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 1000000")


def nearest_word(word: str, known: Sequence[str]) -> str:
    """The name that a misspelt one stands for most likely, as a question; "" when none is like it."""
    from difflib import get_close_matches

    found = get_close_matches(word, known, n=1)
    return f" did you mean {found[0]}?" if found else ""

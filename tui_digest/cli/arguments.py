"""The command line: every command, what it takes, and which function runs it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Final

from tui_digest.paper import ArxivId

if TYPE_CHECKING:
    _SubParsers = argparse._SubParsersAction[argparse.ArgumentParser]

PICK_OF_SETTINGS: Final = -1
"""What `--picked` without a number stands for."""

EPILOG: Final = """\
exit codes: 0 done; 1 failed; 2 wrong usage or settings; 3 arXiv could not be reached and nothing
was stored; 4 the model failed or stopped early; 130 interrupted. Results go to standard output,
messages to standard error."""


class Arguments(argparse.Namespace):
    """The parsed command line, and the function that runs it."""

    run: Callable[[argparse.Namespace], int]


def _function(module: str, name: str) -> Callable[[argparse.Namespace], int]:
    """The function of a command, whose module is imported only when the command runs."""

    def run(arguments: argparse.Namespace) -> int:
        result: int = getattr(import_module(f"tui_digest.cli.{module}"), name)(arguments)
        return result

    return run


def parse(words: Sequence[str]) -> Arguments:
    """The command line as a record. Without a command it is `read`.

    Raises:
        SystemExit: with 2 and argparse's message for wrong usage, with 0 after `--help`.
    """
    parser, commands = _parser()
    words = list(words)
    first = next((word for word in words if not word.startswith("-")), None)
    asks_for_itself = bool(words) and words[0] in ("-h", "--help", "--version")
    if not asks_for_itself and (first not in commands or words[0].startswith("-")):
        words.insert(0, "read")
    return parser.parse_args(words, Arguments())


def day(text: str) -> date:
    """A day written as 2026-11-20."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write it as 2026-11-20") from None


def paper_id(text: str) -> ArxivId:
    """An arXiv id as people write it."""
    try:
        return ArxivId.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _parser() -> tuple[argparse.ArgumentParser, frozenset[str]]:
    parser = argparse.ArgumentParser(
        prog="tui-digest",
        description="Read the day's arXiv papers in the terminal. Without a command it opens the reader.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and end")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_reading(commands)
    _add_papers(commands)
    _add_program(commands)
    return parser, frozenset(commands.choices)


class _Version(argparse.Action):
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


def _add(
    commands: _SubParsers, name: str, help: str, module: str, function: str, description: str = ""
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=help, description=description or f"{help}.")
    parser.set_defaults(run=_function(module, function))
    return parser


def _add_day(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--date", type=day, metavar="D", help="the day of the mailing, as 2026-11-20 (default: the newest)"
    )
    parser.add_argument(
        "--category",
        action="append",
        metavar="C",
        help="instead of the settings' categories; may be repeated",
    )
    parser.add_argument("--offline", action="store_true", help="open no socket; use what is stored")


def _add_reading(commands: _SubParsers) -> None:
    read = _add(commands, "read", "Open the reader (the default)", "reader", "read")
    _add_day(read)
    read.add_argument(
        "--demo", action="store_true", help="a made-up day in a home of its own, without a network"
    )
    fetch = _add(
        commands,
        "fetch",
        "Fetch the day's papers",
        "papers",
        "fetch",
        "Fetch the day's papers when something new can be there; safe to run every hour.",
    )
    _add_day(fetch)


def _add_papers(commands: _SubParsers) -> None:
    papers = _add(commands, "list", "List papers", "papers", "list_papers")
    _add_day(papers)
    _add_selection(papers)
    papers.add_argument("--format", choices=("text", "json", "jsonl"), default="text", help="default: text")
    show = _add(commands, "show", "Show one paper", "papers", "show")
    show.add_argument("id", type=paper_id, metavar="ID", help="as 2512.21208 or hep-th/9901001")
    show.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    show.add_argument("--tex", action="store_true", help="TeX as written, not rendered")
    show.add_argument("--offline", action="store_true", help="open no socket; use what is stored")


def _add_selection(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "ids", type=paper_id, nargs="*", default=[], metavar="ID", help="these papers, in this order"
    )
    which.add_argument("--marked", action="store_true", help="the papers marked to read, of all days")
    which.add_argument(
        "--picked", type=int, nargs="?", const=PICK_OF_SETTINGS, metavar="N", help="the pick, or its first N"
    )
    which.add_argument("--all", action="store_true", help="all papers of the day (the default)")
    which.add_argument("--filter", metavar="QUERY", help="the papers that a search query matches")


def _add_program(commands: _SubParsers) -> None:
    latex = _add(
        commands,
        "latex",
        "Turn TeX into Unicode",
        "program",
        "latex",
        "A filter: text with TeX in, Unicode out, line by line.",
    )
    latex.add_argument("file", nargs="?", default="-", metavar="FILE", help="default: standard input")
    keys = _add(commands, "keys", "List the reader's keys", "program", "keys")
    keys.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    cache = _add(commands, "cache", "Show or clear the cache of arXiv's answers", "program", "cache")
    cache.add_argument("what", choices=("info", "clear"))
    config = _add(commands, "config", "Show the settings, or write a first config.toml", "program", "config")
    config.add_argument("what", choices=("path", "show", "init"))
    doctor = _add(
        commands, "doctor", "Check that all is well, and say how to mend what is not", "doctor", "doctor"
    )
    doctor.add_argument("--offline", action="store_true", help="do not ask arXiv whether it answers")

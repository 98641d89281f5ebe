"""`latex`, `keys`, `config`, `cache`: the light commands, which open neither network nor library."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import msgspec

from tui_digest.cli.output import print_json
from tui_digest.cli.wiring import utc_now
from tui_digest.errors import UsageError
from tui_digest.settings import Settings, load_settings, places, private_folder


def latex(arguments: argparse.Namespace) -> int:
    """Text with TeX in, Unicode out, line by line."""
    from tui_digest.latex import to_unicode
    from tui_digest.sanitise import sanitise

    for line in _lines(arguments.file):
        print(to_unicode(sanitise(line.rstrip("\n"))))
    return 0


def _lines(file: str) -> Iterable[str]:
    if file == "-":
        yield from sys.stdin
        return
    try:
        with Path(file).open(encoding="utf-8", errors="replace") as lines:
            yield from lines
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {(error.strerror or 'it failed').lower()}.") from error


def keys(arguments: argparse.Namespace) -> int:
    """The reader's keys, with the user's own over them."""
    from tui_digest.tui.keymap import Keymap, key_label

    keymap = Keymap(own=load_settings(places().config_file).keys)
    if arguments.format == "json":
        print_json(
            [
                {"id": c.id, "keys": keymap.keys_of(c), "title": c.title, "help": c.help, "group": c.group}
                for c in keymap.commands
            ]
        )
        return 0
    group = ""
    for command in keymap.commands:
        if command.group != group:
            print(f"{'' if not group else chr(10)}{command.group}")
            group = command.group
        labels = " ".join(key_label(keys) for keys in keymap.keys_of(command))
        print(f"  {labels:14}  {command.title:20}  {command.help}")
    for problem in keymap.problems:
        print(f"config.toml: {problem}.", file=sys.stderr)
    return 0


def config(arguments: argparse.Namespace) -> int:
    """Where the settings are, what they are, or a first file of them."""
    file = places().config_file
    if arguments.what == "path":
        print(file)
    elif arguments.what == "show":
        print_json(msgspec.to_builtins(load_settings(file)))
    else:
        _write_first(file)
    return 0


def _write_first(file: Path) -> None:
    """A config.toml in which every setting stands as a comment, unless there is one already."""
    if file.exists():
        raise UsageError(f"{file} is there already; it was left as it is.")
    private_folder(file.parent)
    file.write_text(first_config(), encoding="utf-8")
    file.chmod(0o600)
    print(f"Wrote {file}: every setting is in it as a comment.")


def first_config() -> str:
    """Every setting with its default, commented out, as TOML."""
    lines = ["# Settings of tui-digest. Every line shows a default; take the # away to change one."]
    defaults = msgspec.to_builtins(Settings())
    tables = {name: value for name, value in defaults.items() if isinstance(value, dict)}
    lines += [_toml_line(name, value) for name, value in defaults.items() if name not in tables]
    for name, table in tables.items():
        inner = {key: value for key, value in table.items() if isinstance(value, dict)}
        lines += ["", f"[{name}]"]
        lines += [_toml_line(key, value) for key, value in table.items() if key not in inner]
        for key, value in inner.items():
            lines += ["", f"[{name}.{key}]", *(_toml_line(word, number) for word, number in value.items())]
    return "\n".join(lines) + "\n"


def _toml_line(name: str, value: object) -> str:
    bare = name if name.replace("_", "").isalnum() and name.isascii() else msgspec.json.encode(name).decode()
    return f"# {bare} = {msgspec.json.encode(value).decode()}"


def cache(arguments: argparse.Namespace) -> int:
    """What the cache of arXiv's answers holds, or an empty cache."""
    from tui_digest.arxiv.cache import AnswerCache

    answers = AnswerCache(places().cache, now=utc_now)
    with closing(answers):
        if arguments.what == "clear":
            print(f"{answers.clear()} answers of arXiv were removed. Nothing of yours was in there.")
        else:
            info = answers.info()
            print(
                f"{info.answers} answers of arXiv, {info.bytes / 1e6:.1f} MB of at most "
                f"{info.limit / 1e6:.0f} MB, in {info.folder}"
            )
    return 0

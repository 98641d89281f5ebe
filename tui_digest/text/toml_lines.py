"""The lines of a TOML file on which its keys are."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping

_LONGEST_STATEMENT = 500  # lines

KeyPath = tuple[str, ...]


def key_lines(text: str) -> dict[KeyPath, int]:
    """Return the line of each key of a valid file, by parsing each statement again."""
    found: dict[KeyPath, int] = {}
    table: KeyPath = ()
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    at = 0
    while at < len(lines):
        for end in range(at + 1, min(len(lines), at + _LONGEST_STATEMENT) + 1):
            try:
                statement = tomllib.loads("\n".join(lines[at:end]))
            except tomllib.TOMLDecodeError:
                continue
            paths = list(_paths(statement))
            if lines[at].lstrip().startswith("["):
                table = paths[-1] if paths else ()
            else:
                paths = [(*table, *path) for path in paths]
            for path in paths:
                found.setdefault(path, at + 1)
            at = end
            break
        else:
            at += 1
    return found


def _paths(table: object, path: KeyPath = ()) -> Iterator[KeyPath]:
    if isinstance(table, list) and table and path:
        table = table[0]
    if isinstance(table, dict) and len(path) < 4:
        for key, value in table.items():
            yield (*path, key)
            yield from _paths(value, (*path, key))


def line_of_key(lines: Mapping[KeyPath, int], path: KeyPath) -> int:
    """Return the line of a key, else of its table, else 0."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 0)

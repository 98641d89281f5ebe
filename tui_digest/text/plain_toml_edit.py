"""Plain TOML files, changed without importing a whole parser."""

from __future__ import annotations

from collections.abc import Sequence

from tui_digest.text.plain_toml import is_bare_key, parse_plain_toml


def set_plain_value(text: str, name: str, value: object) -> str | None:
    """Return the text of a plain TOML file with one setting changed or added.

    Importing `tomlkit` takes 0.8 MiB, and most settings are on a line of their own.

    Args:
        text: the file; its last line has an end.
        name: the setting's dotted name.
        value: what is set.

    Returns:
        None where the file, the name or the value is not plain, or a new setting has no certain place.
    """
    before, written = parse_plain_toml(text), _plain_literal(value)
    *tables, key = name.split(".")
    if before is None or written is None or not all(map(is_bare_key, (*tables, key))):
        return None
    lines = text.splitlines(keepends=True)
    start, end = _lines_of_table(lines, tables)
    for at in range(start, end):
        old_key, _, old = lines[at].partition("=")
        if old_key.strip(" ") == key:
            spaces = " " * (len(old) - len(old.lstrip(" ")))
            return "".join((*lines[:at], f"{old_key}={spaces}{written}\n", *lines[at + 1 :]))
    while end > start and lines[end - 1].strip(" \n")[:1] in ("", "#"):
        end -= 1  # comments behind the last setting usually belong to the next table
    added = [f"{key} = {written}\n"]
    if not start:
        if len(tables) != 1 or tables[0] in before:
            return None
        end = len(lines)
        added = ["\n"] * bool(lines and lines[-1].strip()) + [f"[{tables[0]}]\n", *added]
    return "".join((*lines[:end], *added, *lines[end:]))


def _lines_of_table(lines: Sequence[str], names: Sequence[str]) -> tuple[int, int]:
    """Where a table's settings begin and end: twice 0 where it has no header."""
    headers = [at for at, line in enumerate(lines) if line.lstrip(" ").startswith("[")]
    ends = [*headers, len(lines)]
    if not names:
        return 0, ends[0]
    for at, end in zip(headers, ends[1:], strict=True):
        if lines[at].strip(" \n")[1:-1].split(".") == [*names]:
            return at + 1, end
    return 0, 0


def _plain_literal(value: object) -> str | None:
    """Return a value as TOML writes it; None for any that is not plain."""
    if isinstance(value, (list, tuple)):
        each = [_plain_literal(item) if isinstance(item, str) else None for item in value]
        words = [word for word in each if word is not None]
        return f"[{', '.join(words)}]" if len(words) == len(each) else None
    if isinstance(value, str):
        return f'"{value}"' if value.isprintable() and not {'"', "\\"} & {*value} else None
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else None

"""Plain TOML files, read without importing a whole parser."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

TomlTable = dict[str, "Any"]


def parse_plain_toml(text: str) -> TomlTable | None:
    """Parse a TOML file of plain lines; None: it needs a whole parser.

    Importing `tomllib` takes 7 ms, a twentieth of the reader's start, and most files have nothing but
    headers, comments, and settings on a line of their own: strings, numbers, booleans, lists of strings.
    """
    root: TomlTable = {}
    table: TomlTable = root
    for line in text.split("\n"):
        stripped = line.strip(" ")
        if not stripped.isprintable():
            return None
        if not stripped or stripped[0] == "#":
            continue
        if stripped[0] == "[" and stripped[-1] == "]":
            added = _add_table(root, stripped[1:-1].split("."))
            if added is None:
                return None
            table = added
            continue
        key, _, value = (part.strip(" ") for part in stripped.partition("="))
        if not is_bare_key(key) or key in table or (read := _parse_plain_value(value)) is None:
            return None
        table[key] = read
    return root


def _add_table(root: TomlTable, names: Sequence[str]) -> TomlTable | None:
    """Return a new table below others; None if it is there, or a name is not bare."""
    table = root
    for name in names[:-1]:
        table = table.setdefault(name, {})
        if not isinstance(table, dict):
            return None
    new: TomlTable = {}
    return new if all(map(is_bare_key, names)) and table.setdefault(names[-1], new) is new else None


def is_bare_key(key: str) -> bool:
    """Tell whether a key needs no quotes."""
    return key.isascii() and key.replace("-", "").replace("_", "").isalnum()


def _parse_plain_value(text: str) -> object | None:
    """Parse a value that TOML and JSON write alike; None for any other."""
    if text in ("true", "false"):
        return text == "true"
    whole, point, fraction = text.partition(".")
    if text.isascii() and whole.isdecimal() and len(text) <= 15 and (whole == "0" or whole[0] != "0"):
        if not point:
            return int(text)
        return float(text) if fraction.isdecimal() else None
    if "\\" in text:
        return None
    if text[:1] == '"':
        return text[1:-1] if text[-1] == '"' and text.count('"') == 2 else None
    return _parse_plain_list(text[1:-1]) if text[:1] == "[" and text[-1] == "]" else None


def _parse_plain_list(items: str) -> list[str] | None:
    """Parse strings with commas between them, none of which has a quote in it."""
    parts = items.split('"')
    if len(parts) == 1:
        return None if items.strip(" ") else []
    if len(parts) % 2 == 0:
        return None
    first, *between, last = (gap.strip(" ") for gap in parts[::2])
    return parts[1::2] if not first and not last and set(between) <= {","} else None

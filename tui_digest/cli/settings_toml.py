"""Settings as the text of a config.toml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from tui_digest.settings import Settings


def first_config() -> str:
    """Return every setting with its default, commented out, as TOML."""
    head = "# Settings of tui-digest. Every line shows a default; take the # away to change one.\n"
    return head + as_toml(Settings(), comment="# ")


def as_toml(settings: Settings, comment: str = "") -> str:
    """Format settings as TOML, each with `comment` before it."""
    lines = _table_lines(msgspec.to_builtins(settings), (), comment)
    return "\n".join(lines) + "\n"


def _table_lines(table: Mapping[str, object], path: tuple[str, ...], comment: str) -> Iterator[str]:
    """Yield the lines of a table, then those of its tables."""
    inner = {name: value for name, value in table.items() if isinstance(value, dict)}
    for name, value in table.items():
        if name not in inner and value is not None:  # None: the setting outside of the digest applies
            yield f"{comment}{_line(name, value)}"
    for name, value in inner.items():
        here = (*path, name)
        if value or not path:
            yield from ("", f"{comment if path else ''}[{'.'.join(map(_key, here))}]")
            yield from _table_lines(value, here, comment)


def _line(name: str, value: object) -> str:
    """Format a key and its value; JSON writes strings, numbers and lists as TOML does."""
    return f"{_key(name)} = {_json(value)}"


def _key(name: str) -> str:
    is_bare = name.replace("_", "").replace("-", "").isalnum() and name.isascii()
    return name if is_bare else _json(name)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()

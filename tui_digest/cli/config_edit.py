"""Change single settings in config.toml, and leave everything else as it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from tui_digest.config_file import parse_settings
from tui_digest.config_text import read_config
from tui_digest.errors import UsageError
from tui_digest.folders import private_folder, shown_path
from tui_digest.settings import VARIABLES

if TYPE_CHECKING:
    from tomlkit.container import Container
    from tomlkit.items import AbstractTable

Changes = Mapping[str, object]
"""Values by the dotted names of their settings, as TOML writes them: `pick.words."a b"`."""


def with_settings(text: str, changes: Changes) -> str:
    """Return the text of a config.toml with settings changed or added.

    A value replaces the one that is there, whose comment stays; a new setting goes into its table, in the
    form (header, dotted key or inline table) that the table has. None takes a setting out.

    Args:
        text: valid TOML.
        changes: the settings to change.

    Raises:
        UsageError: no way was found to change one of them and nothing else.
    """
    from tui_digest.text.plain_toml_edit import set_plain_value

    # tomlkit ends new lines with \n and takes no byte order mark.
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(mark)
    has_crlf = "\r\n" in text and text.count("\r\n") == text.count("\n")
    text = text.replace("\r\n", "\n") if has_crlf else text
    changed = f"{text}\n" if text and not text.endswith("\n") else text
    for name, value in changes.items():
        plain = msgspec.to_builtins(value, builtin_types=(date,))
        changed = set_plain_value(changed, name, plain) or _with_setting(changed, name, plain)
    return mark + (changed.replace("\n", "\r\n") if has_crlf else changed)


def _with_setting(text: str, name: str, value: object) -> str:
    """Return the text with one setting changed, in the first form that is right.

    Some shapes of a file lead tomlkit to write a table's header in the midst of dotted keys, where it
    would take the keys behind it along; a dotted key at the head of the file does not.
    """
    from tomlkit.exceptions import TOMLKitError

    wanted = _without_empty(_plainly_set(_parse_toml(text), _path(name), value))
    for write in (_edited, _put_first, _put_first_instead):
        try:
            changed = write(text, name, value)
            if _without_empty(_parse_toml(changed)) == wanted:
                return changed
        except (TOMLKitError, ValueError):
            continue
    raise UsageError(f"The setting {name} cannot be changed in the form of this config.toml; write it there.")


def _put_first(text: str, name: str, value: object) -> str:
    import tomlkit

    item = tomlkit.item(value)
    if isinstance(value, dict):  # a table has its header before it, an inline one none
        item = tomlkit.inline_table()
        item.update(value)
    return f"{name} = {item.as_string()}\n{text}"


def _put_first_instead(text: str, name: str, value: object) -> str:
    return _put_first(_edited(text, name, None), name, value)


def _edited(text: str, name: str, value: object) -> str:
    import tomlkit

    document = tomlkit.parse(text)
    _set(document, _path(name), value)
    return tomlkit.dumps(document)


def _plainly_set(table: dict[str, Any], path: tuple[str, ...], value: object) -> dict[str, Any]:
    """Return the values of a file with one of them changed, or without it (None)."""
    key, *rest = path
    if rest:
        return {**table, key: _plainly_set(table.get(key, {}), tuple(rest), value)}
    kept = {name: known for name, known in table.items() if name != key}
    return kept if value is None else {**kept, key: value}


def _without_empty(table: dict[str, Any]) -> dict[str, Any]:
    """Return values as TOML reads them back, without empty tables: those mean nothing."""
    read = {key: _read_back(value) for key, value in table.items()}
    return {key: value for key, value in read.items() if value != {}}


def _read_back(value: object) -> object:
    if isinstance(value, dict):
        return _without_empty(value)
    return [_read_back(each) for each in value] if isinstance(value, (list, tuple)) else value


def _path(name: str) -> tuple[str, ...]:
    """The parts of a dotted name."""
    table: dict[str, Any] = _parse_toml(f"{name} = 0")
    path: tuple[str, ...] = ()
    while isinstance(table, dict):
        ((key, table),) = table.items()
        path = (*path, key)
    return path


def _set(table: Container | AbstractTable, path: tuple[str, ...], value: object) -> None:
    """Set the value at a path below a table; of a dict only entries that differ."""
    import tomlkit
    from tomlkit.items import InlineTable

    key, *rest = path
    known: Any = table.get(key)
    if rest:
        if known is None and value is not None:
            _add(table, key, tomlkit.inline_table() if isinstance(table, InlineTable) else tomlkit.table())
        if key in table:
            _set(table[key], tuple(rest), value)
    elif value is None:
        if key in table:
            del table[key]
    elif isinstance(value, dict) and isinstance(known, dict):
        for entry in {**known, **value}:
            _set(known, (entry,), value.get(entry))  # type: ignore[arg-type]
    elif known is None:
        _add(table, key, value)
    else:
        table[key] = value


def _add(table: Container | AbstractTable, key: str, value: object) -> None:
    """Add a key after the last one: later comments usually belong to the next table."""
    from tomlkit.items import Table

    body, trailing = table.value.body if isinstance(table, Table) else [], []
    while body and body[-1][0] is None:
        trailing.append(body.pop())
    table.append(key, value)
    body.extend(reversed(trailing))


def _parse_toml(text: str) -> dict[str, Any]:
    import tomllib

    return tomllib.loads(text)


class UserConfig:
    """The user's config.toml, to be shown and changed.

    Args:
        file: its path; it need not exist.
        environment: the variables that override it.
    """

    def __init__(self, file: Path, environment: Mapping[str, str] | None = None) -> None:
        self._file = file
        self._environment = environment or {}

    def path(self) -> str:
        """Return the path of the file, as the user would type it."""
        return shown_path(self._file)

    def lines(self, changes: Changes) -> str:
        """Return the changes as TOML, with a comment on variables that override them."""
        variables = [VARIABLES.get(name, "") for name in changes]
        overriding = [variable for variable in variables if self._environment.get(variable)]
        note = f"# As long as they are set, these go before the lines below: {', '.join(overriding)}.\n"
        return (note if overriding else "") + with_settings("", changes).strip()

    def write(self, changes: Changes) -> None:
        """Change settings in the file, in one step.

        Raises:
            UsageError: the file has a mistake, before or after, or cannot be written; it is unchanged.
        """
        from tui_digest.text.files import write_atomic

        before = read_config(self._file)
        parse_settings(before, self._file)
        after = with_settings(before, changes)
        parse_settings(after, self._file)
        try:
            file = self._file.resolve()  # a link to a file kept elsewhere stays a link
            private_folder(file.parent)
            write_atomic(file, after.encode())
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise UsageError(f"{self._file} could not be written: {reason}. It is as it was.") from error

"""Read config.toml and the environment into settings, and report every mistake."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from datetime import date, time
from enum import Enum
from pathlib import Path
from types import UnionType
from typing import Annotated, Literal, TypeVar, Union, get_args, get_origin, get_type_hints
from urllib.parse import urlsplit

import msgspec

from tui_digest.config_text import join_command_ids, read_config
from tui_digest.errors import SettingsError
from tui_digest.settings import DEFAULT_DIGEST, PDF_NAME_FIELDS, VARIABLES, PdfSettings, Settings
from tui_digest.text.plain_toml import TomlTable, parse_plain_toml

_LONGEST_SHOWN = 40
_MOST_MISTAKES = 20  # told one by one
_LONGEST_INTERVAL_S = 3600
_LONGEST_DIGEST_NAME = 60

_WRONG = object()  # a setting of a wrong type, which is left out

KeyPath = tuple[str, ...]
Record = TypeVar("Record", bound=msgspec.Struct)

ADDRESSES = ("arxiv.api_url", "arxiv.feed_url", "arxiv.html_url", "arxiv.pdf_url", "zotero.url")
"""The settings that are web addresses."""


def load_settings(file: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings of a config.toml, overridden by the environment.

    Args:
        file: the config.toml; a missing one means the defaults.
        environment: None means the process's own.

    Raises:
        SettingsError: the file cannot be read, is not TOML, or has unknown or wrong settings; each
            mistake is named with its line, its key and what is allowed.
    """
    return with_environment(parse_settings(read_config(file), file), environment)


def parse_settings(text: str, file: Path) -> Settings:
    """Read the settings from the text of a config.toml; `file` is named in messages.

    Raises:
        SettingsError: as `load_settings`.
    """
    table = _parse_toml(text, file)
    join_command_ids(table)
    mistakes: dict[KeyPath, str] = {}
    try:
        settings = msgspec.convert(table, Settings)
    except msgspec.ValidationError:  # its message names only the first mistake, and not the key of an entry
        settings = _record(table, Settings, (), mistakes)
    for path, words in _wrong_values(table, settings):
        mistakes.setdefault(path, words)
    if mistakes:
        from tui_digest.text.toml_lines import key_lines, line_of_key

        lines = key_lines(text)
        told = sorted((line_of_key(lines, path), words) for path, words in mistakes.items())
        sentences = [f"{file}{f', line {line}' if line else ''}: {words}" for line, words in told]
        if more := len(sentences[_MOST_MISTAKES:]):
            sentences[_MOST_MISTAKES:] = [f"{file} has {more:,} more mistake{'s' if more > 1 else ''}."]
        raise SettingsError(sentences)
    return settings


def _parse_toml(text: str, file: Path) -> TomlTable:
    if (table := parse_plain_toml(text)) is not None:
        return table
    import tomllib

    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError([_syntax_mistake(str(error), text, file)]) from error
    except ValueError as error:  # Python reads no integer of more than 4,300 digits
        digits = re.search(r"\d[\d_]{4000,}", text)
        line = f", line {_line_of(text, digits.start())}" if digits else ""
        raise SettingsError([f"{file}{line}: a number is too long to be read."]) from error
    except RecursionError as error:
        raise SettingsError([f"{file}: lists or tables are nested too deep to be read."]) from error


def _syntax_mistake(message: str, text: str, file: Path) -> str:
    """Return tomllib's message, `… (at line 3, column 10)`, with the line in front."""
    problem, _, place = message.partition(" (at ")
    number = re.match(r"line (\d+)", place)
    line = int(number[1]) if number else _line_of(text.rstrip(), len(text.rstrip()))
    if problem == "Cannot overwrite a value":
        problem = f"{_key_before(text, line)} is given twice"
    elif declared := re.match(r"Cannot (?:declare|mutate immutable namespace) \((.*?),?\)", problem):
        names = re.findall(r"'(.*?)'", declared[1])
        problem = f"the table [{'.'.join(names)}] is given twice"
    else:
        problem = f"this is not TOML: {problem[:1].lower()}{problem[1:]}"
    return f"{file}, line {line}: {problem}."


def _key_before(text: str, line: int) -> str:
    """Return the key of the last statement up to a line, as it is written."""
    for written in reversed(text.split("\n")[:line]):
        if key := re.match(r"\s*([\w.-]+)\s*=", written, re.ASCII):
            return _shortened(key[1])
    return "a setting"


def _line_of(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


def _record(table: TomlTable, kind: type[Record], path: KeyPath, mistakes: dict[KeyPath, str]) -> Record:
    """Convert a table setting by setting, and note those that are unknown or wrong."""
    hints = get_type_hints(kind, include_extras=True)
    known: TomlTable = {}
    for key, value in table.items():
        here = (*path, key)
        if key not in hints:
            mistakes[here] = f"there is no setting {_dotted(here)}; {_alternatives(key, hints, path)}."
            continue
        known[key] = _value(value, hints[key], here, mistakes)
    return kind(**{key: value for key, value in known.items() if value is not _WRONG})


def _value(value: object, hint: object, path: KeyPath, mistakes: dict[KeyPath, str]) -> object:
    """Convert one setting, or each entry of a table whose keys are the user's own."""
    if isinstance(value, dict):
        if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
            return _record(value, hint, path, mistakes)
        if entry := _entry_type(hint):
            entries = {key: _value(each, entry, (*path, key), mistakes) for key, each in value.items()}
            return {key: each for key, each in entries.items() if each is not _WRONG}
    try:
        return msgspec.convert(value, hint)
    except msgspec.ValidationError:
        mistakes[path] = f"{_dotted(path)} is {_shown(value)}, but must be {_allowed(hint)}."
        return _WRONG


def _wrong_values(table: TomlTable, settings: Settings) -> Iterator[tuple[KeyPath, str]]:
    """Yield settings of the right type with a useless value, and what is wrong."""
    for path, text in _texts(table):
        if "\x00" in text:
            yield path, f"{_dotted(path)} has a NUL character in it, which no text, path or command may have."
    for name in ADDRESSES:
        section, _, key = name.partition(".")
        url = getattr(getattr(settings, section), key)
        if not is_web_address(url):
            yield (section, key), f"{name} is {_shown(url)}, but must be {_ADDRESS}."
    if words := _pattern_flaw(settings.pdf.name):
        yield ("pdf", "name"), words
    if words := _recipient_flaw(settings.export.mail_to):
        yield ("export", "mail_to"), words
    for name in settings.digest:
        if words := _name_flaw(name):
            yield ("digest", name), words
    yield from _wrong_categories(settings)


def _wrong_categories(settings: Settings) -> Iterator[tuple[KeyPath, str]]:
    from tui_digest.arxiv.taxonomy import category_complaint

    named: dict[KeyPath, tuple[str, ...]] = {("categories",): settings.categories}
    named |= {("pick", "categories", name): (name,) for name in settings.pick.categories}
    named |= {("digest", name, "categories"): each.categories for name, each in settings.digest.items()}
    for path, categories in named.items():
        if words := next(filter(None, map(category_complaint, categories)), ""):
            key = _dotted(path[:-1] if path[0] == "pick" else path)
            yield path, f"{key} is wrong: {words}"


def _name_flaw(name: str) -> str:
    if name == DEFAULT_DIGEST:
        return (
            f"the digest {DEFAULT_DIGEST} is what the settings outside of [digest.…] say;"
            " write its settings there, or give this one another name."
        )
    if name.isprintable() and name == name.strip() and 0 < len(name) <= _LONGEST_DIGEST_NAME:
        return ""
    return (
        f"{_shown(name)} is no name of a digest; a name has 1 to {_LONGEST_DIGEST_NAME} printable characters,"
        " with no space before or after it."
    )


_ADDRESS = "an address that begins with https:// (or http://) and a host"


def is_web_address(url: str) -> bool:
    """Tell whether this is an http or https address with a host."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _pattern_flaw(pattern: str) -> str:
    if pattern == PdfSettings().name:
        return ""
    import string

    allowed = ", ".join(f"{{{name}}}" for name in PDF_NAME_FIELDS)
    try:
        parts = list(string.Formatter().parse(pattern))
    except ValueError:
        return "pdf.name has a brace without its other half; a brace is written twice: {{ or }}."
    for _, field, options, conversion in parts:
        if field is not None and (field not in PDF_NAME_FIELDS or options or conversion):
            return f"pdf.name has {{{field}}}, but only {allowed} can be filled in."
    if not any(field for _, field, _, _ in parts):
        return f"pdf.name gives all files one name; put one of {allowed} into it."
    return ""


def _recipient_flaw(addresses: str) -> str:
    if not addresses:
        return ""
    from email.headerregistry import HeaderRegistry

    try:
        header = HeaderRegistry()("To", " ".join(addresses.split()))
        known = [address for address in getattr(header, "addresses", ()) if address.username]
    except (ValueError, LookupError, AttributeError):  # Python's parser fails on halves of brackets
        known = []
    if known and "@" in addresses.strip("@"):
        return ""
    return (
        f"export.mail_to is {_shown(addresses)}, but must be an address such as group@example.org, or several"
        " with commas between them."
    )


def _texts(table: TomlTable) -> Iterator[tuple[KeyPath, str]]:
    """Yield every text in a table, keys included, with its path."""
    waiting: list[tuple[KeyPath, object]] = [((), table)]
    while waiting:  # no recursion: dotted keys can be thousands deep
        path, value = waiting.pop()
        if isinstance(value, str):
            yield path, value
        elif isinstance(value, list):
            waiting += [(path, each) for each in value]
        elif isinstance(value, dict):
            for key, each in value.items():
                yield (*path, key)[:4], key
                waiting.append(((*path, key)[:4], each))


def _shown(value: object) -> str:
    """Format a value as in TOML, shortened."""
    match value:
        case bool():
            return "true" if value else "false"
        case dict():
            return "a table"
        case list() if not value:
            return "an empty list"
        case list() if all(isinstance(each, dict) for each in value):
            return "a list of tables"
        case list():
            text = f"[{', '.join(map(_shown, value[:3]))}{', …' if len(value) > 3 else ''}]"
        case int() if abs(value) > 10**_LONGEST_SHOWN:
            return "a very large number"
        case int() | float() | date() | time():
            return str(value)
        case _:
            text = repr(value)
    return _shortened(text)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _allowed(hint: object) -> str:
    """Describe the values of a type."""
    options = [each for each in get_args(hint) if each is not type(None)]
    match get_origin(hint):
        case origin if origin is Annotated:
            return _bounded(*get_args(hint))
        case origin if origin is Literal:
            return f"one of {', '.join(map(str, options))}"
        case origin if origin in (Union, UnionType):
            return " or ".join(map(_allowed, options))
        case origin if origin is tuple and options[-1] is Ellipsis:
            return f"a list, each entry {_allowed(options[0])}"
        case origin if origin is tuple:
            return f"a list of {len(options)} numbers, each {_allowed(options[0])}"
        case origin if origin is dict:
            return f"a table, each entry {_allowed(options[1])}"
    if isinstance(hint, type) and issubclass(hint, Enum):
        return f"one of {', '.join(str(member.value) for member in hint)}"
    names: dict[object, str] = {
        str: "text in quotes",
        bool: "true or false",
        int: "a whole number",
        float: "a number",
        date: "a date, as 2026-12-25",
    }
    return names.get(hint, "a table")


def _bounded(hint: object, bounds: msgspec.Meta) -> str:
    low = next((each for each in (bounds.ge, bounds.gt) if each is not None), None)
    if bounds.min_length:
        return f"{_allowed(hint)}, with at least one entry"
    above = "above" if bounds.gt is not None else "from"
    if bounds.le is None:
        return f"{_allowed(hint)}, {low:.9g} or more"
    return f"{_allowed(hint)} {above} {low:.9g} to {bounds.le:.9g}"


def _entry_type(hint: object) -> object:
    """Return the type of the entries of a table with the user's own keys, else None."""
    tables = (get_args(each)[1] for each in (hint, *get_args(hint)) if get_origin(each) is dict)
    return next(tables, None)


def _alternatives(key: str, known: Mapping[str, object], path: KeyPath) -> str:
    from difflib import get_close_matches

    near = get_close_matches(key, known, n=1)
    hint = f"did you mean {near[0]}? " if near else ""
    where = f"settings of [{_dotted(path)}]" if path else "settings and tables"
    return f"{hint}{where} are {', '.join(known)}"


def _dotted(path: KeyPath) -> str:
    """Format a path as a dotted key."""
    return ".".join(
        _shortened(name) if re.fullmatch(r"[\w-]+", name, re.ASCII) else _shown(name) for name in path
    )


def with_environment(settings: Settings, environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings, overridden by the variables of `VARIABLES` that are set.

    `environment` None means the process's own.

    Raises:
        SettingsError: a variable has a value that its setting cannot have.
    """
    environment = os.environ if environment is None else environment
    found: dict[str, TomlTable] = {}
    mistakes = []
    for name, variable in VARIABLES.items():
        if text := environment.get(variable):
            table, _, key = name.partition(".")
            value = _seconds(text) if key == "interval" else text
            if value is None:
                mistakes.append(
                    f"{variable} is {_shown(text)}, but must be seconds from 0 to {_LONGEST_INTERVAL_S}."
                )
            elif name in ADDRESSES and not is_web_address(text):
                mistakes.append(f"{variable} is {_shown(text)}, but must be {_ADDRESS}.")
            found.setdefault(table, {})[key] = value
    if mistakes:
        raise SettingsError(mistakes)
    replace = msgspec.structs.replace
    return replace(
        settings, **{table: replace(getattr(settings, table), **values) for table, values in found.items()}
    )


def _seconds(text: str) -> float | None:
    try:
        seconds = float(text)
    except ValueError:
        return None
    return seconds if 0 <= seconds <= _LONGEST_INTERVAL_S else None

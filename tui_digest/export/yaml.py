"""YAML front matter that every reader reads back equal: double-quoted strings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

YamlValue = str | bool | int | date | Sequence[str]

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
# What a YAML stream may not hold as it is (YAML 1.1, 5.1), and line ends that a reader would fold.
_NOT_PLAIN = re.compile('[\\\\"\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]')
_WORD = re.compile(r"[a-z][a-z0-9-]*")
_NOT_WORDS = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))


def yaml_text(text: str) -> str:
    r"""The text as a double-quoted string on one line, in YAML and JSON alike.

    Lone surrogates become U+FFFD.
    """
    return f'"{_NOT_PLAIN.sub(_escape, text)}"'


def yaml_list(values: Sequence[str]) -> str:
    """A list on one line; plain where a value is one word that means nothing to YAML."""
    return f"[{', '.join(value if _is_word(value) else yaml_text(value) for value in values)}]"


def front_matter(fields: Mapping[str, YamlValue]) -> str:
    """The fields between two lines of `---`, a field a line, in the order given."""
    lines = [f"{name}: {_value(value)}" for name, value in fields.items()]
    return "\n".join(["---", *lines, "---", ""])


def _value(value: YamlValue) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return yaml_text(value)
    if isinstance(value, (int, date)):
        return str(value)
    return f"[{', '.join(yaml_text(item) for item in value)}]"


def _is_word(value: str) -> bool:
    return _WORD.fullmatch(value) is not None and value not in _NOT_WORDS


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    code = ord(character)
    if character in _ESCAPES:
        return _ESCAPES[character]
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    return f"\\u{code:04x}"

r"""Macros that a text defines for itself: `\newcommand`, `\def`, `\DeclareMathOperator`.

Definitions are taken out of the source, and what they define is replaced, before anything is rendered.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_DEFINITION = re.compile(
    r"\\(?P<kind>(?:re)?newcommand|providecommand|DeclareRobustCommand|[gex]?def|let|DeclareMathOperator)\*?(?![A-Za-z])"
)
_NAME = re.compile(r"\s*(?:\{\s*(\\[A-Za-z@]+|\\.)\s*\}|(\\[A-Za-z@]+|\\.))", re.DOTALL)
_OPTION = re.compile(r"\s*\[([^\]]*)\]")
_PARAMETERS = re.compile(r"\s*((?:#\d[^#{]{0,20})*)\s*(?=\{)")
_ALIAS = re.compile(r"\s*=?\s*(\\[A-Za-z@]+|\\.|[^\s\\{}])", re.DOTALL)
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_MACRO = re.compile(r"\\(?:[A-Za-z@]+|.)", re.DOTALL)
_PLACE = re.compile(r"(?P<before>\\[A-Za-z]+)?#(?P<number>[1-9])")
_ENDS_WITH_MACRO = re.compile(r"\\[A-Za-z]+$")
_NAMES = (
    "newcommand renewcommand providecommand DeclareRobustCommand DeclareMathOperator def gdef edef xdef let"
)
DEFINING = frozenset(f"\\{name}" for name in [*_NAMES.split(), "let"])
"""The commands that define macros."""

# A text that grows beyond this, or needs more steps, defines something endless: it stays as it is.
_LONGEST, _MOST_STEPS = 20_000, 2_000


class _Definition(NamedTuple):
    """What a macro stands for; `default` is its first argument where that may be left out."""

    body: str
    arguments: int = 0
    default: str | None = None


def expand_definitions(source: str) -> str:
    """The source without its definitions, each use of a macro they define replaced by what it stands for."""
    if _DEFINITION.search(source) is None:
        return source
    definitions: dict[str, _Definition] = {}
    rest = _collected(source, definitions)
    return _expanded(rest, definitions) if definitions else source


def _collected(source: str, definitions: dict[str, _Definition]) -> str:
    """The source without its definitions, which are added to a dictionary by the macro's name."""
    kept: list[str] = []
    position = 0
    while match := _DEFINITION.search(source, position):
        read = _read(source, match)
        if read is None:
            kept.append(source[position : match.end()])
            position = match.end()
            continue
        name, definition, end = read
        definitions[name] = definition
        kept.append(source[position : match.start()])
        position = end
    return "".join([*kept, source[position:]])


def _read(source: str, opening: re.Match[str]) -> tuple[str, _Definition, int] | None:
    """The macro's name, its definition and where that ends; None where it is not written out."""
    name = _NAME.match(source, opening.end())
    if name is None:
        return None
    macro, position = name[1] or name[2], name.end()
    kind = opening["kind"]
    if kind == "let":
        alias = _ALIAS.match(source, position)
        return (macro, _Definition(alias[1]), alias.end()) if alias else None
    arguments, default = 0, None
    if kind.endswith("def"):
        parameters = _PARAMETERS.match(source, position)
        if parameters is None:
            return None
        arguments, position = parameters[1].count("#"), parameters.end()
    elif kind != "DeclareMathOperator" and (option := _OPTION.match(source, position)):
        arguments, position = int(option[1]) if option[1].strip().isdigit() else 0, option.end()
        if option := _OPTION.match(source, position):
            default, position = option[1], option.end()
    body, end = _argument(source, position)
    if end == position:
        return None
    if kind == "DeclareMathOperator":
        star = "*" if opening[0].endswith("*") else ""
        body = rf"\operatorname{star}{{{body}}}"
    return macro, _Definition(body, arguments, default), end


def _expanded(text: str, definitions: dict[str, _Definition]) -> str:
    """The text with defined macros replaced, also in what they stand for; as it was if that never ends."""
    position = steps = 0
    expanded = text
    while match := _MACRO.search(expanded, position):
        definition = definitions.get(match[0])
        if definition is None:
            position = match.end()
            continue
        steps += 1
        if steps > _MOST_STEPS or len(expanded) > _LONGEST:
            return text
        body, end = _applied(definition, expanded, match.end())
        expanded = expanded[: match.start()] + body + expanded[end:]
        position = match.start()
    return expanded


def _applied(definition: _Definition, text: str, position: int) -> tuple[str, int]:
    """What a macro stands for with its arguments, which begin at `position`, and where they end."""
    arguments: list[str] = []
    if definition.default is not None:
        option = _OPTION.match(text, position)
        arguments.append(option[1] if option else definition.default)
        position = option.end() if option else position
    while len(arguments) < definition.arguments:
        argument, position = _argument(text, position)
        arguments.append(argument)
    body = _PLACE.sub(lambda place: _filled(place, arguments), definition.body)
    return _beside(body, text[position : position + 1]), position


def _filled(place: re.Match[str], arguments: list[str]) -> str:
    """An argument in its place in a macro's body, apart from the macro before it."""
    number = int(place["number"])
    argument = arguments[number - 1] if number <= len(arguments) else ""
    return _beside(place["before"] or "", argument[:1]) + argument


def _beside(text: str, following: str) -> str:
    """A text with a space behind it where its last macro would grow into what follows."""
    return f"{text} " if following.isalpha() and _ENDS_WITH_MACRO.search(text) else text


def _argument(text: str, position: int) -> tuple[str, int]:
    """A group in braces, a macro or a character, and where it ends; "" where nothing comes."""
    while text[position : position + 1].isspace():
        position += 1
    if not text.startswith("{", position):
        match = _MACRO.match(text, position)
        end = match.end() if match else min(position + 1, len(text))
        return text[position:end], end
    depth = 0
    for match in _BRACE.finditer(text, position):
        depth += (match[0] == "{") - (match[0] == "}")
        if depth == 0:
            return text[position + 1 : match.start()], match.end()
    return text[position + 1 :], len(text)

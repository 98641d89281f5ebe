r"""What a text defines, or spells otherwise, brought to LaTeX before it is read.

Definitions of macros, by `\newcommand` and its kin, `\def`, `\let` and `\DeclareMathOperator`, in a formula
or in prose, are collected, applied, and never shown.
"""

import re
from typing import NamedTuple

_NAMES = (
    "newcommand renewcommand providecommand DeclareRobustCommand DeclareMathOperator DeclarePairedDelimiter "
    "def gdef edef xdef"
)
DEFINING = frozenset(f"\\{name}" for name in [*_NAMES.split(), "let"])
"""The commands that define macros."""

# Compiled when a text has one: few do, and a start that shows titles need not wait for it.
_MENTIONED = (
    r"\\(?:(?:re|provide)?newcommand|renewcommand|providecommand|DeclareMathOperator|DeclarePairedDelimiter"
    r"|DeclareRobustCommand"
    r"|[egx]?def|let)(?![A-Za-z])"
)
_COMMAND = (
    r"\\(?:newcommand|renewcommand|providecommand|DeclareRobustCommand)\*?\s*"
    r"(?:\{\s*\\(?P<braced>[A-Za-z]+|.)\s*\}|\\(?P<name>[A-Za-z]+|.))\s*"
    r"(?:\[(?P<count>\d)\])?\s*(?P<default>\[[^\[\]]{0,80}\])?\s*(?=[{\\])"
)
_OPERATOR = (
    r"\\DeclareMathOperator(?P<star>\*?)\s*"
    r"(?:\{\s*\\(?P<braced>[A-Za-z]+)\s*\}|\\(?P<name>[A-Za-z]+))\s*(?=\{)"
)
_DELIMITERS = (
    r"\\DeclarePairedDelimiter\s*(?:\{\s*\\(?P<braced>[A-Za-z]+)\s*\}|\\(?P<name>[A-Za-z]+))"
    r"\s*\{(?P<left>[^{}]*)\}\s*\{(?P<right>[^{}]*)\}"
)
_SIZE = r"\s*(?:\*|\[\s*\\[A-Za-z]+\s*\])"
_DEF = r"\\[egx]?def\s*\\(?P<name>[A-Za-z]+|.)\s*(?P<parameters>(?:#\d)*)\s*(?=\{)"
_LET = r"\\let\s*\\(?P<name>[A-Za-z]+)\s*=?\s*(?P<body>\\[A-Za-z]+|\S)"
_MACRO = r"\\([A-Za-z]+|.)"
_EMPTY_FORMULA = r"(?<![\\$])\$\s*\$(?!\$)\s*"
_ARGUMENT = r"(?s)\s*(\\[A-Za-z]+|\\.|[^\s\\])"
# A definition may use others, and itself: bounds, not errors.
_MOST_ROUNDS = 8
_MOST_GROWTH = 20_000
_LONGEST_BODY = 1000
_LONGEST_ARGUMENT = 4000


# Environments of AMS-TeX, which LaTeX writes `\\begin{matrix} … \\end{matrix}`.
_AMSTEX_NAMES = "[pbvBV]?matrix|smallmatrix|cases|aligned|gathered|split|align|gather|multline"
_AMSTEX_BEGIN = rf"\\({_AMSTEX_NAMES})(?![A-Za-z]|\s*\{{)"
_AMSTEX_END = rf"\\end({_AMSTEX_NAMES})(?![A-Za-z])"


class _Definition(NamedTuple):
    """A macro's replacement text with `#1` to `#9` for its arguments.

    `default` is that of the first argument, if it is optional. One that `is_sized` may have a star or a
    size of its delimiters before its argument.
    """

    body: str
    arguments: int
    default: str | None = None
    is_sized: bool = False


def amstex_to_latex(text: str) -> str:
    r"""Return the text with AMS-TeX's environments as LaTeX's.

    For example `\matrix a & b \endmatrix`.
    """
    ended = sorted(match[1] for match in re.finditer(_AMSTEX_END, text))
    if not ended or sorted(match[1] for match in re.finditer(_AMSTEX_BEGIN, text)) != ended:
        return text
    return re.sub(_AMSTEX_END, r"\\end{\1}", re.sub(_AMSTEX_BEGIN, r"\\begin{\1}", text))


def apply_definitions(text: str) -> str:
    r"""Return the text with its own macros replaced, and without their definitions.

    A definition that cannot be read stays as it is written. What a text says is never more than a
    fixed length longer, whatever its macros would come to in TeX.
    """
    if re.search(_MENTIONED, text) is None:
        return text
    definitions: dict[str, _Definition] = {}
    pieces: list[str] = []
    position, mentioned = 0, re.compile(_MENTIONED)
    while mention := mentioned.search(text, position):
        end = _read_definition(text, mention.start(), definitions)
        pieces.append(text[position : mention.start()])
        if end == mention.start():
            end = mention.end()
            pieces.append(mention[0])
        position = end
    pieces.append(text[position:])
    if not definitions:
        return text
    return _apply_definitions(re.sub(_EMPTY_FORMULA, "", "".join(pieces)), definitions)


def _read_definition(text: str, start: int, definitions: dict[str, _Definition]) -> int:
    """Note the definition that begins at `start`.

    Return where it ends, or `start` if it is none.
    """
    if match := re.compile(_COMMAND).match(text, start):
        name, count = match["braced"] or match["name"], int(match["count"] or 0)
        default = match["default"][1:-1] if match["default"] is not None and count else None
        body, end = _read_group(text, match.end(), _LONGEST_BODY)
        definition = _Definition(body, count, default)
    elif match := re.compile(_OPERATOR).match(text, start):
        name = match["braced"] or match["name"]
        body, end = _read_group(text, match.end(), _LONGEST_BODY)
        definition = _Definition(f"\\operatorname{match['star']}{{{body}}}", 0)
    elif match := re.compile(_DELIMITERS).match(text, start):
        name, end = match["braced"] or match["name"], match.end()
        definition = _Definition(f"\\left{match['left']}#1\\right{match['right']}", 1, is_sized=True)
    elif match := re.compile(_DEF).match(text, start):
        name = match["name"]
        body, end = _read_group(text, match.end(), _LONGEST_BODY)
        definition = _Definition(body, match["parameters"].count("#"))
    elif match := re.compile(_LET).match(text, start):
        name, end = match["name"], match.end()
        definition = _Definition(match["body"], 0)
    else:
        return start
    uses_itself = re.search(rf"\\{re.escape(name)}(?![A-Za-z])", definition.body) is not None
    if end < 0 or len(definition.body) > _LONGEST_BODY or uses_itself:
        return start
    definitions[name] = definition
    while text[end : end + 1].isspace():
        end += 1
    return end


def _apply_definitions(text: str, definitions: dict[str, _Definition]) -> str:
    most = len(text) + _MOST_GROWTH
    for _ in range(_MOST_ROUNDS):
        expanded = _one_round(text, definitions, most)
        if expanded == text:
            break
        text = expanded
    return text


def _one_round(text: str, definitions: dict[str, _Definition], most: int) -> str:
    """The text with its macros replaced once, as far as it does not get too long."""
    macro = re.compile(_MACRO, re.DOTALL)
    pieces: list[str] = []
    position = 0
    length = len(text)
    while match := macro.search(text, position):
        definition = definitions.get(match[1])
        if definition is None:
            pieces.append(text[position : match.end()])
            position = match.end()
            continue
        replacement, end = _replacement(text, match.end(), definition)
        length += len(replacement) - (end - match.start())
        if length > most:
            break
        pieces += (text[position : match.start()], replacement)
        position = end
    pieces.append(text[position:])
    return "".join(pieces)


def _replacement(text: str, position: int, definition: _Definition) -> tuple[str, int]:
    """Return what a macro is replaced by, and where its arguments end."""
    arguments: list[str] = []
    if definition.default is not None:
        optional = re.compile(r"\s*\[([^\[\]]*)\]").match(text, position)
        arguments.append(optional[1] if optional else definition.default)
        position = optional.end() if optional else position
    if definition.is_sized and (size := re.compile(_SIZE).match(text, position)):
        position = size.end()
    while len(arguments) < definition.arguments:
        match = re.compile(_ARGUMENT).match(text, position)
        if match is None:
            arguments.append("")
        elif match[1] == "{":
            argument, position = _read_group(text, match.end() - 1, _LONGEST_ARGUMENT)
            if position < 0:
                return definition.body, len(text)
            arguments.append(argument)
        else:
            arguments.append(match[1])
            position = match.end()
    body = re.sub(
        r"(\\[A-Za-z]+)?#([1-9])",
        lambda place: _join_argument(place[1] or "", _argument(arguments, int(place[2]))),
        definition.body,
    )
    # A macro's name ends where a letter does not follow; what replaces it needs not to.
    if re.search(r"\\[A-Za-z]+\Z", body) and text[position : position + 1].isalpha():
        body += " "
    return body, position


def _join_argument(macro: str, argument: str) -> str:
    return f"{macro} {argument}" if macro and argument[:1].isalpha() else macro + argument


def _argument(arguments: list[str], number: int) -> str:
    return arguments[number - 1] if number <= len(arguments) else ""


def _read_group(text: str, start: int, longest: int) -> tuple[str, int]:
    """The group or macro that begins at `start`, and where it ends.

    -1 when it is not closed, or longer than `longest`.
    """
    if text[start] == "\\":
        macro = re.compile(r"\\(?:[A-Za-z]+|.)").match(text, start)
        return (macro[0], macro.end()) if macro else ("", -1)
    depth = 0
    for match in re.compile(r"(?s)\\.|[{}]").finditer(text, start, start + longest + 2):
        depth += (match[0] == "{") - (match[0] == "}")
        if depth == 0:
            return text[start + 1 : match.start()], match.end()
    return "", -1

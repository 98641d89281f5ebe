"""The tokens of a formula, and what is read of them without a grammar.

Raw arguments, lengths, delimiters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, cached_property

from tui_digest.latex.nodes import Space, Symbol
from tui_digest.latex.symbols.lookup import command_or_symbol
from tui_digest.latex.symbols.table import COMMANDS

# Most tokens are single characters of ASCII, which come first. `1,000` is a number, `[100,200]` and `(0,500)`
# are not.
_TOKENS = (
    r"[!-/;<>-\[\]-~]|\\(?:(?:lx|pgfsys|voidb)@[A-Za-z@]+|[A-Za-z]+)|\\.|"
    r"(?<!\[)(?<!\[-)[1-9]\d{0,2}(?:,\d{3})+(?![\d\]])|\d+(?:\.\d+)?|:=|=:|\S"
)
_TOKEN = re.compile(_TOKENS, re.DOTALL)
SPELLED_NAMES = (
    "log", "polylog", "max", "min", "argmax", "argmin", "exp", "sin", "cos", "tan", "sinh", "cosh", "tanh",
    "Tr", "dim", "deg", "mod", "Var", "poly", "rank", "Aut", "Spec", "diam", "div", "const",
)  # fmt: skip
"""Names of functions that authors spell in letters, `O(n log n)`: a token each, where no letter touches
them; `log` also in `nlogn`."""
# Compiled for the first formula with a name: a start that shows titles need not wait for it.
_SPELLED = (
    rf"(?<![A-Za-z\\])(?:{'|'.join(SPELLED_NAMES)})(?![A-Za-z])"
    r"|(?:(?<![A-Za-z\\])|(?<=[^A-Za-z\\][A-Za-z])|(?<=\A[A-Za-z]))log(?![A-Za-z]{2})"
)
_END = ("", "")
_LONGEST_OPTION = 100
_DIMENSION = (
    r"(?P<number>[+-]?\s*(?:\d+(?:\.\d*)?|\.\d+))\s*(?:true\s*)?(?P<unit>mu|pt|em|ex|cm|mm|in|bp|pc|sp)"
)
_STRETCH = rf"(?:plus|minus){_DIMENSION}"
_ROW_SPACE = r"\[-?[\d.]+[a-z]{2}\]"
_LENGTHS = frozenset(("\\kern", "\\mkern", "\\hskip", "\\mskip", "\\hspace", "\\mspace"))
_MOVES = _LENGTHS | {f"\\{name}" for name, node in COMMANDS.items() if isinstance(node, Space)} | {"~"}
_OPENING_BRACKETS, _CLOSING_BRACKETS = frozenset("([{"), frozenset(")]}")
_EMS = {
    "mu": 1 / 18,
    "pt": 0.1,
    "bp": 0.1,
    "em": 1.0,
    "ex": 0.43,
    "cm": 2.85,
    "mm": 0.28,
    "in": 7.2,
    "pc": 1.2,
    "sp": 0.0,
}


def _may_spell_name(source: str) -> bool:
    """Tell whether a formula could have a name in letters, faster than a search."""
    # By a vowel first: most formulas have few of them.
    return (
        ("o" in source and ("log" in source or "cos" in source or "mod" in source or "pol" in source
                            or "const" in source))
        or ("i" in source and ("min" in source or "sin" in source or "dim" in source or "dia" in source
                               or "div" in source))
        or ("a" in source and ("max" in source or "tan" in source or "rank" in source or "Var" in source))
        or ("e" in source and ("exp" in source or "deg" in source or "Spec" in source))
        or "Tr" in source or "Aut" in source
    )  # fmt: skip


@cache
def _spelled() -> re.Pattern[str]:
    return re.compile(_SPELLED)


@cache
def _token_or_name() -> re.Pattern[str]:
    """Return what cuts a formula with names in letters, once there is one."""
    return re.compile(f"{_SPELLED}|{_TOKENS}", re.DOTALL)


def _width(dimension: re.Match[str]) -> float:
    """Return the ems of a length; a space may be behind its sign, as in `- 5pt`."""
    return float("".join(dimension["number"].split())) * _EMS[dimension["unit"]]


class Tokens:
    """The tokens of one formula and the place where reading is.

    Spaces are no tokens; after the last one comes "", twice, so that two tokens can be looked ahead.
    """

    _places: Sequence[int] = ()

    def __init__(self, source: str) -> None:
        """Cut the source into tokens: commands, numbers, characters."""
        has_names = len(source) > 2 and _may_spell_name(source) and _spelled().search(source) is not None
        self._token = _token_or_name() if has_names else _TOKEN
        tokens: list[str] = self._token.findall(source)
        tokens += _END
        self.tokens = tokens
        self.position = 0
        self._source = source

    def peek(self) -> str:
        """The next token, without taking it; "" at the end."""
        return self.tokens[self.position]

    def take(self) -> str:
        """Take the next token; "" at the end."""
        token = self.tokens[self.position]
        if token:
            self.position += 1
        return token

    def skip(self, token: str) -> bool:
        """Take the next token if it is this one."""
        if token and self.tokens[self.position] == token:
            self.position += 1
            return True
        return False

    def skip_spaces(self) -> None:
        r"""Pass over what only moves what comes next: `\!`, `\,`, `~`, `\kern-2pt`, `{}`."""
        while (token := self.peek()) in _MOVES or (token == "{" and self.tokens[self.position + 1] == "}"):
            self.position += 1
            if token == "{":
                self.position += 1
            elif token in _LENGTHS:
                self.length()

    def length(self) -> float:
        r"""Take a length, in braces or not.

        Its width in ems, 1 where it is no plain number.
        """
        if self.peek() != "{":
            return self.dimension()
        raw = self.raw().strip()
        match = re.match(_DIMENSION, raw)
        if match is None:
            return 0.0 if not raw or raw.startswith("-") else 1.0
        return _width(match)

    def skip_row_space(self) -> None:
        r"""Pass over what belongs to a row's end: `\\*`, `\\[2pt]`.

        Other brackets there belong to the next row.
        """
        if self.peek() == "*" and self.touches():
            self.position += 1
        if self.peek() == "[" and re.match(_ROW_SPACE, self._ahead()):
            while self.take() != "]":
                pass

    def _ahead(self) -> str:
        """The next tokens, more than a length has."""
        return "".join(self.tokens[self.position : self.position + 16])

    def raw(self) -> str:
        """Take a macro's argument as it was written, with its spaces, without its braces."""
        if self.peek() != "{":
            return self.take()
        level = 0
        start = self._place() + 1
        while token := self.take():
            level += (token == "{") - (token == "}")
            if level == 0:
                return self._source[start : self._place(-1)]
        return self._source[start:]

    def skip_options(self) -> None:
        """Take arguments in square brackets, if any come next and are closed."""
        while self.peek() == "[" and self.closes():
            self.raw_option()

    def raw_option(self) -> str:
        """Take an argument in square brackets as it was written.

        "" when none comes that is closed.
        """
        if self.peek() != "[" or not self.closes():
            return ""
        start = self._place() + 1
        level = 0
        while token := self.take():
            level += (token == "{") - (token == "}")
            if token == "]" and level == 0:
                break
        return self._source[start : self._place(-1)]

    def skip_word(self, word: str) -> bool:
        """Take the letters of a keyword such as TeX's `to`, if they come next."""
        end = self.position + len(word)
        if "".join(self.tokens[self.position : end]) != word:
            return False
        self.position = end
        return True

    def raw_environment(self) -> str:
        r"""Take the body of an environment as written, and its end.

        The `\begin{…}` is taken already.
        """
        start = self._place()
        level = 0
        while token := self.take():
            if token == "\\end" and level == 0:
                body = self._source[start : self._place(-1)]
                self.raw()
                return body
            level += (token == "\\begin") - (token == "\\end")
        return self._source[start:]

    def up_to(self, closing: str) -> str:
        """Take what comes before a closing bracket, and the bracket.

        Those in braces or other brackets close nothing.
        """
        start = self._place()
        level = 0
        while token := self.take():
            if token == closing and level == 0:
                return self._source[start : self._place(-1)]
            level += (token in _OPENING_BRACKETS) - (token in _CLOSING_BRACKETS)
        return self._source[start:]

    def _place(self, offset: int = 0) -> int:
        """Return where in the source the next token, or one this far from it, begins."""
        if not self._places:
            places = [match.start() for match in self._token.finditer(self._source)]
            self._places = [*places, len(self._source)]
        return self._places[self.position + offset]

    def written(self, count: int) -> str:
        """Return so many of the next tokens as they were written."""
        return self._source[self._place() : self._place(count)]

    def source_from(self, position: int) -> str:
        """Return what was read since a token, as it was written."""
        return self._source[self._place(position - self.position) : self.offset()]

    def offset(self) -> int:
        """Return how much of the source was read."""
        if not self.position:
            return 0
        start = self._place(-1)
        match = self._token.match(self._source, start)
        end = match.end() if match else start
        token = self.tokens[self.position]
        if token and (rest := self._token.match(self._source, self._place())) and rest[0] != token:
            return rest.end() - len(token)
        return end

    @cached_property
    def has_spaces(self) -> bool:
        """Whether any tokens are apart."""
        return len(self._source.split(None, 1)) > 1

    def touches(self, offset: int = 0) -> bool:
        """Tell whether no space is before the next token, or before one this far from it."""
        before = self._place(offset - 1) + len(self.tokens[self.position + offset - 1])
        return self._place(offset) == before

    def dimension(self) -> float:
        """Take a length such as `2pt` or `-3mu`, perhaps `plus` another.

        Its width in ems, roughly.
        """
        match = re.match(_DIMENSION, self._ahead())
        if match is None:
            return 0.0
        self._skip_characters(match.end())
        while stretch := re.match(_STRETCH, self._ahead()):
            self._skip_characters(stretch.end())
        return _width(match)

    def _skip_characters(self, count: int) -> None:
        while count > 0 and self.peek():
            count -= len(self.take())

    def delimiter(self) -> str:
        r"""Take the delimiter after `\left`, `\big` and the like; "" for the invisible one."""
        token = self.take()
        if token == "{" and self.tokens[self.position + 1 : self.position + 2] == ["}"]:
            token = self.take()
            self.take()
        if token in (".", ""):
            return ""
        if token in ("<", ">"):
            return "⟨" if token == "<" else "⟩"
        if token[0] == "\\":
            known = command_or_symbol(token[1:])
            return known.text if isinstance(known, Symbol) else token[1:]
        return token

    def closing_parenthesis(self) -> int:
        """Return the place of what closes the parenthesis that comes next.

        0 if nothing in its group does.
        """
        level = 0
        for place in range(self.position, len(self.tokens)):
            token = self.tokens[place]
            level += (token in _OPENING_BRACKETS) - (token in _CLOSING_BRACKETS)
            if level == 0 and token == ")":
                return place
            if level <= 0 or token in ("", "&", "\\\\"):
                return 0
        return 0

    def closes(self) -> bool:
        """Tell whether the square bracket that comes next is closed before its group ends."""
        level = 0
        for token in self.tokens[self.position + 1 : self.position + _LONGEST_OPTION]:
            level += (token == "{") - (token == "}")
            if level < 0:
                return False
            if token == "]" and level == 0:
                return True
        return False


_CELL_END = r"(?s)\\\\(?:\s*\[-?[\d.]+[a-z]{2}\])?|\\cr(?![A-Za-z])|&|\\(?:begin|end)(?![A-Za-z])|\\.|[{}]"


def cells_of(source: str) -> list[list[str]]:
    """The cells of the rows of a table, as they are written.

    Those of tables inside stay together.
    """
    rows: list[list[str]] = [[]]
    depth = start = 0
    for match in re.finditer(_CELL_END, source):
        token = match[0]
        depth += (token in ("{", "\\begin")) - (token in ("}", "\\end"))
        if depth or (token != "&" and not token.startswith(("\\\\", "\\cr"))):
            continue
        rows[-1].append(source[start : match.start()])
        start = match.end()
        if token != "&":
            rows.append([])
    rows[-1].append(source[start:])
    return rows

"""The tokens of a formula, and what is read of them without a grammar: raw arguments, lengths, delimiters."""

from __future__ import annotations

import re

from tui_digest.latex.nodes import Symbol
from tui_digest.latex.symbols.table import COMMANDS

# Most tokens are single characters: those come first.
_TOKEN = re.compile(r"[^\\\s\d:=]|\\[A-Za-z]+|\\.|\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?|:=|=:|\S", re.DOTALL)
_LONGEST_OPTION = 100
_DIMENSION = r"(?P<number>-?(?:\d+\.?\d*|\.\d+))(?P<unit>mu|pt|em|ex|cm|mm|in|bp|pc|sp)"
_ROW_SPACE = r"\[-?[\d.]+[a-z]{2}\]"
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


class Tokens:
    """The tokens of one formula and the place where reading is.

    Spaces are no tokens; after the last one comes "", twice, so that one may look two tokens ahead.
    """

    def __init__(self, source: str) -> None:
        """Cut the source into tokens: commands, numbers, characters."""
        self.tokens: list[str] = _TOKEN.findall(source)
        self.tokens += ("", "")
        self.position = 0
        self._source = source
        self._places: list[int] = []

    def peek(self) -> str:
        """The next token, without taking it; "" at the end."""
        return self.tokens[self.position]

    def take(self) -> str:
        """Take the next token; "" at the end."""
        token = self.peek()
        if token:
            self.position += 1
        return token

    def skip(self, token: str) -> bool:
        """Take the next token if it is this one."""
        if token and self.peek() == token:
            self.position += 1
            return True
        return False

    def skip_row_space(self) -> None:
        r"""Pass over the extra space of a row end, `\\[2pt]`; other brackets there belong to the next row."""
        if self.peek() == "[" and re.match(_ROW_SPACE, self._ahead()):
            while self.take() != "]":
                pass

    def _ahead(self) -> str:
        """The next tokens, more than a length has."""
        return "".join(self.tokens[self.position : self.position + 8])

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

    def _place(self, offset: int = 0) -> int:
        """Where in the source the next token, or one this far from it, begins."""
        if not self._places:
            self._places = [match.start() for match in _TOKEN.finditer(self._source)]
            self._places.append(len(self._source))
        return self._places[self.position + offset]

    def offset(self) -> int:
        """How much of the source was read."""
        if not self.position:
            return 0
        start = self._place(-1)
        match = _TOKEN.match(self._source, start)
        end = match.end() if match else start
        token = self.tokens[self.position]
        if token and (rest := _TOKEN.match(self._source, self._place())) and rest[0] != token:
            return rest.end() - len(token)
        return end

    def touches(self) -> bool:
        """Whether there is no space between the last token and the next."""
        return self._place() == self._place(-1) + len(self.tokens[self.position - 1])

    def dimension(self) -> float:
        """Take a length such as `2pt` or `-3mu`; its width in ems, roughly."""
        match = re.match(_DIMENSION, self._ahead())
        if match is None:
            return 0.0
        taken = 0
        while taken < match.end() and self.peek():
            taken += len(self.take())
        return float(match["number"]) * _EMS[match["unit"]]

    def delimiter(self) -> str:
        r"""Take the delimiter after `\left`, `\big` and the like; "" for the invisible one."""
        token = self.take()
        if token in (".", ""):
            return ""
        if token in ("<", ">"):
            return "⟨" if token == "<" else "⟩"
        if token[0] == "\\":
            known = COMMANDS.get(token[1:])
            return known.text if isinstance(known, Symbol) else token[1:]
        return token

    def closes(self) -> bool:
        """Whether the square bracket that comes next is closed before its group ends."""
        level = 0
        for token in self.tokens[self.position + 1 : self.position + _LONGEST_OPTION]:
            level += (token == "{") - (token == "}")
            if level < 0:
                return False
            if token == "]" and level == 0:
                return True
        return False

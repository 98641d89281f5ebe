r"""What a macro of prose is given.

The text behind it, and where its arguments and words go.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod

from tui_digest.latex.find import Formula
from tui_digest.latex.symbols.glyphs import Level

BULLETED, NUMBERED, DESCRIBED = "itemize", "enumerate", "description"
"""The kinds of lists, by the names of LaTeX's environments."""

_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_WORDS = r"(?<![\\A-Za-z])[A-Za-z]{2,}\s+(?!\\)\S|\$"
# Each alternative begins with a literal, which a search finds several times as fast.
_BRACE = re.compile(r"\\[\\{}]|\{|\}")
_ASCII_QUOTES = str.maketrans({**dict.fromkeys("“”„", '"'), **dict.fromkeys("‘’‚", "'"), "«": '"', "»": '"'})


class OpenList:
    """A list that was begun.

    Its kind, how its items are labelled, and how many it had.
    """

    __slots__ = ("count", "kind", "label")

    def __init__(self, kind: str, label: tuple[str, str, str]) -> None:
        """Begin a list of a kind, with the text before, in and behind its numbers."""
        self.kind = kind
        self.label = label
        self.count = 0

    def next_label(self, is_ascii: bool) -> str:
        """The mark or number of the next item."""
        self.count += 1
        if self.kind != NUMBERED:
            return "" if self.kind == DESCRIBED else "*" if is_ascii else "•"
        before, sign, behind = self.label
        return f"{before}{_number(self.count, sign)}{behind}"


class MacroContext(ABC):
    """The text around a macro, read up to `position`, to take arguments from."""

    def __init__(self, text: str, formulas: list[Formula], level: Level) -> None:
        """Begin before the first character of a text whose formulas were found."""
        self.text = text
        self.position = 0
        self.formulas = formulas
        self.level: Level = level
        self.lists: list[OpenList] = []
        self._matched: dict[int, int] | None = None

    @abstractmethod
    def read_part(self, text: str) -> str:
        """Return an argument as Unicode."""

    @abstractmethod
    def append_plain(self, text: str) -> None:
        """Append words in the style around them."""

    @abstractmethod
    def append_formula(self, text: str, tex: str) -> None:
        """Append a formula that has no delimiters, and its source."""

    @abstractmethod
    def last_text(self) -> str:
        """Return the piece that was read last, of those with any text."""

    @abstractmethod
    def take_last(self) -> str:
        """Take back the plain piece that was read last, of those with any text."""

    @abstractmethod
    def drop_space_before(self) -> None:
        """Take back the space that was read last."""

    @abstractmethod
    def space_between_words(self) -> str:
        """Return a space, where the words before and after would touch without one."""

    @abstractmethod
    def closings(self, closing: str) -> int:
        """Return how many open groups end with this text."""

    def in_level(self, text: str) -> str:
        """Quotation marks in the glyphs of the level."""
        return text.translate(_ASCII_QUOTES) if self.level == "ascii" else text

    def group(self) -> str:
        """Take a group in braces that comes next, as it is written; "" when none does."""
        start = self._group_start()
        if start < 0:
            return ""
        end = self._group_ends(start)[start]
        self.position = end + 1
        return self.text[start + 1 : end]

    def has_group(self) -> bool:
        """Tell whether a group in braces comes next."""
        return self._group_start() >= 0

    def opens_prose(self) -> bool:
        """Tell whether the group that comes next holds words or a formula with delimiters."""
        start = self._group_start()
        if start < 0:
            return False
        return re.compile(_WORDS).search(self.text, start + 1, self._group_ends(start)[start]) is not None

    def _group_start(self) -> int:
        start = self.position
        while self.text[start : start + 1].isspace():
            start += 1
        return start if self.text.startswith("{", start) and start in self._group_ends(start) else -1

    def _group_ends(self, start: int) -> dict[int, int]:
        """Where each group from `start` on ends, by where it begins.

        Found out once, at the first brace that is met: reading never goes back.
        """
        if self._matched is None:
            self._matched = _matched_braces(self.text, start, self.formulas)
        return self._matched

    def option(self) -> str:
        """Take an argument in square brackets that comes next; "" when none does."""
        return self.option_or_none() or ""

    def option_or_none(self) -> str | None:
        """Take an argument in square brackets that comes next, perhaps an empty one.

        None when none does.
        """
        if self.text.startswith("[", self.position):
            end = self.text.find("]", self.position, self.position + 200)
            if end > 0:
                option = self.text[self.position + 1 : end]
                self.position = end + 1
                return option
        return None

    def between_bars(self) -> str:
        r"""Take an argument such as `\verb`'s, between two signs of one kind.

        "" when it is not closed.
        """
        start = self.position
        bar = self.text[start : start + 1]
        end = self.text.find(bar, start + 1, start + 200) if bar and not bar.isalnum() else -1
        if end < 0 or bar.isspace():
            return ""
        self.position = end + 1
        return self.text[start + 1 : end]

    def skip_space(self) -> None:
        """TeX takes the space after a macro's name for its end."""
        text = self.text
        while text[self.position : self.position + 1].isspace():
            self.position += 1

    def skip_star(self) -> None:
        r"""Pass over the star of `\enquote*` and its like."""
        if self.text.startswith("*", self.position):
            self.position += 1


def _number(number: int, sign: str) -> str:
    if sign == "1":
        return str(number)
    if sign in "aA":
        letter = chr(ord("a") + (number - 1) % 26)
        return letter.upper() if sign == "A" else letter
    roman = ""
    rest = number % 40
    for value, letters in _ROMAN:
        roman += letters * (rest // value)
        rest %= value
    return roman.upper() if sign == "I" else roman


def _matched_braces(text: str, position: int, formulas: list[Formula]) -> dict[int, int]:
    """Where each group of the prose from `position` on ends, by where it begins.

    Escaped braces and formulas are passed over.
    """
    matched: dict[int, int] = {}
    opened: list[int] = []
    for start, end, _, _ in (*formulas, Formula(len(text), len(text), "", False)):
        if start < position:
            continue
        if text.find("{", position, start) >= 0 or (opened and text.find("}", position, start) >= 0):
            for match in _BRACE.finditer(text, position, start):
                sign = match[0]
                if sign == "{":
                    opened.append(match.start())
                elif sign == "}" and opened:
                    matched[opened.pop()] = match.start()
        position = end
    return matched

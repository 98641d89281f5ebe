"""The prose between the formulas: accents, groups, quotes, dashes, ties, addresses, to styled segments.

One pass from left to right with a stack of open groups: no recursion, so nothing can be nested too deep.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tui_digest.latex.find import Formula
from tui_digest.latex.inline.layout import formula_to_unicode
from tui_digest.latex.segment import Macro, Segment, Style
from tui_digest.latex.symbols.glyphs import Level

# Every alternative begins with a literal, so that the search skips quickly what is plain.
_TOKEN = re.compile(
    r"\\([A-Za-z]+)|\\(.)|h(ttps?://[^\s{}\\$<>\"]+)|``|''|---*|~|\{|\}|\^(?=\{)|_(?=\{)", re.DOTALL
)
_WORD, _SIGN, _URL = 1, 2, 3
# Compiled when a text first needs them, which few do.
_SINGLE_QUOTES = r"(?<![`\w\\])`(?!`)([^`'\n]{1,300}(?:'(?=[A-Za-z])[^`'\n]{1,300}){0,5})(?<!\\)'(?!')"
_PROTECTED = r"[A-Z][A-Za-z0-9-]*|[^\x00-\x7f]{1,2}"
_PLAIN_SCRIPT = r"-?[^\W_]+|\\[A-Za-z]+"
_TRAILING = r"[.,;:!?'\"*]+$"
_BRACE = r"(?s)\\.|[{}]"
_DISPLAYED = Style.FORMULA | Style.DISPLAY


class _Group(NamedTuple):
    """An open brace: the style before it, and what is printed at its end."""

    style: Style
    url: str
    closing: str


class Reader:
    """Reads one text; `text` and `position` are for the macros, which take their arguments themselves."""

    def __init__(
        self, text: str, formulas: list[Formula], level: Level, has_tex: bool, styled: bool = True
    ) -> None:
        """A reader of a text whose formulas were found; without TeX, braces are braces.

        When not `styled` it makes no segments, which is quicker.
        """
        self.text = re.sub(_SINGLE_QUOTES, "‘\\1’", text) if "`" in text else text
        self.position = 0
        self.level: Level = level
        self.has_tex = has_tex
        self.segments: list[Segment] = []
        self._formulas = formulas
        self._styled = styled
        self._plain: list[str] = []
        self._style = Style.PLAIN
        self._url = ""
        self._groups: list[_Group] = []
        self._pending: Macro | None = None
        self._matched: dict[int, int] | None = None

    def read(self) -> tuple[Segment, ...]:
        """The whole text as segments."""
        self._read()
        self._flush()
        return tuple(self.segments)

    def read_plain(self) -> str:
        """The whole text, if the reader is not `styled`."""
        self._read()
        return "".join(self._plain)

    def _read(self) -> None:
        for formula in self._formulas:
            self._prose(formula.start)
            self._formula(formula)
        self._prose(len(self.text))

    def _formula(self, formula: Formula) -> None:
        if self.position > formula.start:
            return
        text = formula_to_unicode(formula.tex, self.level)
        # A display stands apart from the words around it, though its source may touch them.
        if formula.display and formula.start and self.text[formula.start - 1].isalnum():
            self._plain.append(" ")
        self._append(text, _DISPLAYED if formula.display else Style.FORMULA, formula.tex, self._url)
        if formula.display and self.text[formula.end : formula.end + 1].isalnum():
            self._plain.append(" ")
        self.position = formula.end

    def _prose(self, end: int) -> None:
        """Read up to `end`, where a formula begins or the text ends."""
        text = self.text
        while self.position < end:
            match = _TOKEN.search(text, self.position, end)
            if match is None:
                self._plain.append(text[self.position : end])
                self.position = end
                return
            self._plain.append(text[self.position : match.start()])
            self.position = match.end()
            group = match.lastindex
            if group is None:
                self._mark(match[0], match.start())
            elif group == _URL:
                self._address(match[0])
            else:
                self._macro(match[group], end)

    def _macro(self, name: str, end: int) -> None:
        # Titles seldom have one; the macros are imported when the first is met.
        from tui_digest.latex.prose.macros import read_macro

        macro = read_macro(self, name, end)
        if macro.url:
            self.link(macro.text, macro.url)
        else:
            self._plain.append(macro.text)
        if macro.opens:
            self._pending = macro
        elif macro.style is not Style.PLAIN and self._groups:
            self._restyle(self._style | macro.style, self._url)

    def _mark(self, mark: str, start: int) -> None:
        if mark == "{":
            self._open(start)
        elif mark == "}":
            self._close(start)
        elif mark == "~":
            self._plain.append(self._tie(start))
        elif mark == "``":
            self._plain.append('"' if self.level == "ascii" else "“")
        elif mark == "''":
            self._plain.append('"' if self.level == "ascii" else "”")
        elif mark[0] == "-":
            self._plain.append(self._dash(mark, start))
        else:
            self._script(mark)

    def _open(self, start: int) -> None:
        pending, self._pending = self._pending, None
        end = self._group_ends().get(start)
        if end is None:
            between_words = (
                self.text[start - 1 : start].isalnum() and self.text[start + 1 : start + 2].isalnum()
            )
            self._plain.append(" " if between_words and self.has_tex else "" if self.has_tex else "{")
            return
        if not self.has_tex and not re.compile(_PROTECTED).fullmatch(self.text, start + 1, end):
            self._plain.append("{")
            self._groups.append(_Group(self._style, self._url, "}"))
            return
        self._groups.append(_Group(self._style, self._url, pending.closing if pending else ""))
        if pending is not None and pending.style is not Style.PLAIN:
            self._restyle(self._style | pending.style, self._url)

    def _close(self, start: int) -> None:
        if not self._groups:
            self._plain.append("" if self.has_tex else "}")
            return
        group = self._groups.pop()
        self._plain.append(group.closing)
        self._restyle(group.style, group.url)

    def _script(self, mark: str) -> None:
        """A script outside of any formula: raised or lowered when it is plain, else prose in parentheses."""
        if not self.has_group():
            self._plain.append(mark)
            return
        start = self.position
        body = self.group()
        if re.fullmatch(_PLAIN_SCRIPT, body):
            self._plain.append(formula_to_unicode(f"{mark}{{{body}}}", self.level))
            return
        enclosed = body.startswith("(") and body.endswith(")")
        self.position = start
        self._plain.append(mark if enclosed else mark + "(")
        self._pending = Macro(opens=True, closing="" if enclosed else ")")

    def _tie(self, start: int) -> str:
        """A tie is a space, unless it says "about" or stands in an address."""
        before = self.text[start - 1] if start else " "
        after = self.text[start + 1] if start + 1 < len(self.text) else " "
        if before.isspace() or before == "(":
            return "~" if after.isdigit() or after in "$\\./" or after.isspace() else ""
        if after.isspace():
            return ""
        return "~" if before == "/" or (before.isdigit() and after.isdigit()) else " "

    def _dash(self, mark: str, start: int) -> str:
        """Two hyphens are a dash, three a long one; an option such as ` --all` stays."""
        end = start + len(mark)
        is_option = (
            mark == "--" and self.text[end : end + 1].isalpha() and self.text[start - 1 : start] in (" ", "")
        )
        if len(mark) > 3 or self.level == "ascii" or is_option:
            return mark
        return "–" if mark == "--" else "—"

    def _address(self, url: str) -> None:
        tail = re.search(_TRAILING, url)
        address = url[: tail.start()] if tail else url
        while (
            address
            and address[-1] in ")]"
            and address.count(address[-1]) > address.count("(["[address[-1] == "]"])
        ):
            address = address[:-1]
        self.link(address, address)
        self._plain.append(url[len(address) :])

    def link(self, text: str, url: str) -> None:
        """Append a link of its own."""
        self._append(text, Style.LINK, "", url)

    def _append(self, text: str, style: Style, tex: str, url: str) -> None:
        """Append a piece in a style of its own, beside the one around it."""
        if not self._styled:
            self._plain.append(text)
            return
        self._flush()
        if self._style is not Style.PLAIN:
            style |= self._style
        self.segments.append(Segment(text, style, tex, url))

    def group(self) -> str:
        """Take a group in braces that comes next, as it is written; "" when none does."""
        start = self._group_start()
        if start < 0:
            return ""
        end = self._group_ends()[start]
        self.position = end + 1
        return self.text[start + 1 : end]

    def has_group(self) -> bool:
        """Whether a group in braces comes next."""
        return self._group_start() >= 0

    def _group_start(self) -> int:
        start = self.position
        while self.text[start : start + 1].isspace():
            start += 1
        return start if self.text.startswith("{", start) and start in self._group_ends() else -1

    def _group_ends(self) -> dict[int, int]:
        """Where each group ends, by where it begins; found out when the prose has its first brace."""
        if self._matched is None:
            self._matched = _matched_braces(self.text, self._formulas)
        return self._matched

    def option(self) -> str:
        """Take an argument in square brackets that comes next; "" when none does."""
        if self.text.startswith("[", self.position):
            end = self.text.find("]", self.position, self.position + 200)
            if end > 0:
                option = self.text[self.position + 1 : end]
                self.position = end + 1
                return option
        return ""

    def _restyle(self, style: Style, url: str) -> None:
        if self._styled and (style is not self._style or url != self._url):
            self._flush()
            self._style, self._url = style, url

    def _flush(self) -> None:
        plain = self._plain
        if not plain:
            return
        text = plain[0] if len(plain) == 1 else "".join(plain)
        plain.clear()
        if text:
            self.segments.append(Segment(text, self._style, url=self._url))


def _matched_braces(text: str, formulas: list[Formula]) -> dict[int, int]:
    """Where each group of the prose ends, by where it begins. Escaped braces and formulas are passed over."""
    matched: dict[int, int] = {}
    opened: list[int] = []
    position = 0
    brace = re.compile(_BRACE)
    places = [(formula.start, formula.end) for formula in formulas]
    for start, end in (*places, (len(text), len(text))):
        for match in brace.finditer(text, position, start):
            if match[0] == "{":
                opened.append(match.start())
            elif match[0] == "}" and opened:
                matched[opened.pop()] = match.start()
        position = end
    return matched


def read_prose(text: str) -> str:
    r"""Prose without formulas, such as the argument of `\text`, as Unicode."""
    if not any(character in text for character in "\\{}`'~-"):
        return text
    return Reader(text, [], "full", has_tex=True, styled=False).read_plain()

r"""Words inside a formula.

The argument of `\text` and its kin, read as TeX reads text.

Accents, quotes, dashes and ties are those of prose; `$…$` and `\(…\)` are formulas again, and so is a
macro of mathematics that an author wrote without dollars.
"""

from __future__ import annotations

import re
from typing import TypeGuard

from tui_digest.latex.formula.context import FormulaContext
from tui_digest.latex.formula.scripts import read_scripts
from tui_digest.latex.nodes import Alphabet, FormulaText, Name, Node, Row, Space, Symbol
from tui_digest.latex.symbols.text_accents import ACCENTS, LETTERS, take_accented

_SPECIAL = re.compile(r"[\\${}~`'-]|[_^]\{")
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[_^](?=\{)|``|''|-{1,3}|[^\\${}~`'_^-]+|.", re.DOTALL)
_CHARACTERS = {"~": " ", "``": "“", "''": "”", "`": "‘", "--": "–", "---": "—", "{": "", "}": "", "\\\\": " "}
# What sets the words in another type, or is only there for the typesetter.
_SILENT_NAMES = """
text textrm textit texttt textsf textsc textnormal textbf textmd textsl textup mbox hbox emph mathrm mathit
mathsf mathtt mathbf it rm bf sf tt sc em sl bfseries itshape rmfamily sffamily ttfamily upshape slshape
scshape mdseries normalfont tiny small footnotesize scriptsize normalsize large Large LARGE huge Huge
displaystyle textstyle scriptstyle protect relax leavevmode nobreak noindent centering raggedright xspace
par null boldmath unboldmath selectfont ignorespaces unskip underline uline fbox
"""
_SILENT = frozenset(_SILENT_NAMES.split())
_MOSTLY, _LONGEST_NAME = 120, 40
# Macros whose first arguments say how the last is set.
_SETTINGS = {"textcolor": 1, "color": 1, "colorbox": 1, "href": 1, "raisebox": 1, "parbox": 1, "fontsize": 2}
_SETTINGS |= {"hspace": 1, "vspace": 1, "label": 1, "definecolor": 3, "hypertarget": 1, "hyperlink": 1}


def read_text(parser: FormulaContext, raw: str) -> FormulaText:
    """The words, as Unicode, and the formulas of a text inside a formula.

    Every space counts once.
    """
    if _SPECIAL.search(raw) is None:
        return FormulaText((re.sub(r"\s+", " ", raw),) if raw else ())
    return _TextReader(parser, raw).read()


class _TextReader:
    """Reads one text.

    Formulas in it are read by parsers nested in the one that met the text.
    """

    def __init__(self, parser: FormulaContext, raw: str) -> None:
        self._parser = parser
        self._raw = raw
        self._position = 0
        self._parts: list[str | Row] = []
        self._font = ""

    def read(self) -> FormulaText:
        raw = self._raw
        while match := _TOKEN.match(raw, self._position):
            token = match[0]
            self._position = match.end()
            if token == "$" or token == "\\(":
                self._formula(token)
            elif token in _CHARACTERS:
                self._add(_CHARACTERS[token])
            elif token[0] == "\\" and len(token) > 1:
                self._macro(token[1:], match.start())
            elif token[0] in "_^" and raw[match.end() : match.end() + 1] == "{":
                self._mathematics(match.start())
            else:
                self._add(token)
        parts = (re.sub(r"\s+", " ", part) if isinstance(part, str) else part for part in self._parts)
        return FormulaText(tuple(part for part in parts if part != ""))

    def _add(self, part: str | Row) -> None:
        """Append words, which join those before them, or a formula."""
        if isinstance(part, str) and self._parts and isinstance(before := self._parts[-1], str):
            self._parts[-1] = before + part
        else:
            self._parts.append(part)

    def _formula(self, opening: str) -> None:
        """Read a formula up to its closing delimiter outside of braces.

        To the end where none comes.
        """
        closing = "$" if opening == "$" else "\\)"
        depth = 0
        start = end = self._position
        for match in _TOKEN.finditer(self._raw, start):
            end = match.start()
            if match[0] == closing and depth <= 0:
                self._position = match.end()
                break
            depth += (match[0] == "{") - (match[0] == "}")
        else:
            end = self._position = len(self._raw)
        row = self._parser.nested_parser(self._font + self._raw[start:end]).formula()
        if row.items:
            self._add(row)

    def _macro(self, name: str, start: int) -> None:
        if name in ("boldmath", "unboldmath"):
            self._font = "\\boldmath " if name == "boldmath" else ""
        if name in _SILENT:
            self._skip_space()
        elif name in LETTERS:
            self._skip_space()
            self._add(LETTERS[name])
        elif name in ACCENTS:
            self._accent(name)
        elif name in _SETTINGS:
            self._skip_space()
            self._group("[", "]")
            for _ in range(_SETTINGS[name]):
                self._group("{", "}")
        else:
            self._mathematics(start)

    def _accent(self, name: str) -> None:
        """Put an accent on the letter that follows, perhaps under another accent."""
        letters, self._position = take_accented(self._raw, self._position, name, len(self._raw))
        self._add(letters or _CHARACTERS.get(name, ""))

    def _mathematics(self, start: int) -> None:
        """Read what begins at `start` as in a formula."""
        # Most are short: a parser of all the rest, for each, would read it as often as there are macros.
        parser, node = self._nucleus(self._raw[start : start + _MOSTLY])
        if len(self._raw) - start > _MOSTLY and parser.offset() >= _MOSTLY - _LONGEST_NAME:
            parser, node = self._nucleus(self._raw[start:])
        self._position = start + max(parser.offset(), 1)
        if isinstance(node, Space):
            self._add(" " if node.width > 0 else "")
        elif _is_plain(node):
            self._add(node.text)
        elif node is not None:
            self._add(node if isinstance(node, Row) else Row((node,)))

    def _nucleus(self, source: str) -> tuple[FormulaContext, Node | None]:
        """What a formula begins with, with its scripts, and the parser behind it."""
        parser = self._parser.nested_parser(source)
        return parser, read_scripts(parser, parser.nucleus(parser.take()))

    def _skip_space(self) -> None:
        """TeX takes the space after a macro's name for its end."""
        while self._raw[self._position : self._position + 1].isspace():
            self._position += 1

    def _group(self, opening: str, closing: str) -> str:
        """Take a group in these brackets that comes next, without them; "" when none does."""
        self._skip_space()
        if not self._raw.startswith(opening, self._position):
            return ""
        depth = 0
        start = self._position + 1
        for match in _TOKEN.finditer(self._raw, self._position):
            depth += match[0].count(opening) - match[0].count(closing)
            if depth <= 0:
                self._position = match.end()
                return self._raw[start : match.start()]
        self._position = len(self._raw)
        return self._raw[start:]


def _is_plain(node: Node | None) -> TypeGuard[Symbol | Name]:
    """Return whether this is a character or word that needs no formula around it."""
    return isinstance(node, (Symbol, Name)) and node.alphabet in (Alphabet.NORMAL, Alphabet.ROMAN)

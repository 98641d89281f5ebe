r"""The formulas in a title or an abstract, and the prose between them made readable.

arXiv's texts are TeX prose with formulas in `$…$`, now and then in `$$…$$`, `\(…\)`, `\[…\]` or an
environment. Exports keep the formulas as TeX and write the prose as Unicode.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a segment of a text is."""

    TEXT = "text"
    EMPHASIS = "emphasis"
    STRONG = "strong"
    INLINE = "inline"
    DISPLAY = "display"


class Segment(NamedTuple):
    """A run of one kind: readable Unicode, or a formula's TeX without its delimiters."""

    kind: Kind
    text: str


class Formula(NamedTuple):
    """A formula and where it stands in the text, with its delimiters."""

    start: int
    end: int
    tex: str
    display: bool


_ENVIRONMENTS = {
    "equation": "",
    "displaymath": "",
    "math": "",
    "align": "aligned",
    "eqnarray": "aligned",
    "gather": "gathered",
    "multline": "gathered",
}
_OPENING = re.compile(
    r"\\begin\{(?P<environment>" + "|".join(_ENVIRONMENTS) + r")(?P<star>\*?)\}"
    r"|(?P<bracket>\\[(\[])|\\.|(?P<dollars>\$\$?)",
    re.DOTALL,
)
_DOLLAR = re.compile(r"\\.|(?P<end>\$)", re.DOTALL)
_TWO_DOLLARS = re.compile(r"\\.|(?P<end>\$\$)", re.DOTALL)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")

_WORDS_IN_FORMULA = re.compile(r"\\(?:text\w*|mbox|hbox|math\w+|operatorname\*?)\s*\{[^{}]*\}|\\[A-Za-z]+")
_FOUR_WORDS = re.compile(r"(?:(?<![^\s(])[A-Za-z]{2,}[,;.]?\s+){3}[A-Za-z]{2,}")
_WORD = re.compile(r"(?<![A-Za-z\\])[A-Za-z]{2,}")

# What TeX or MathJax would do, rather than draw: read and write files, follow a link, load a
# package, style the page, or change what the formulas after it mean.
_ACTIVE = re.compile(
    r"\\(?P<name>input|include|includegraphics|InputIfFileExists|openin|openout|read|write|immediate|special"
    r"|directlua|catcode|csname|endcsname|def|edef|gdef|xdef|let|futurelet|global|newcommand|renewcommand"
    r"|providecommand|newenvironment|renewenvironment|DeclareMathOperator|usepackage|RequirePackage|require"
    r"|href|url|class|cssId|style|data|html[A-Z][A-Za-z]*|mmlToken|unicode|loop|expandafter|everymath"
    r"|verbatiminput|lstinputlisting|textbackslash|newwrite|newread|jobname|toks)(?![A-Za-z])"
)
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*\n")
_PER_CENT = re.compile(r"(?<!\\)((?:\\\\)*)%")


def formulas(text: str) -> tuple[Formula, ...]:
    r"""The formulas of a text, in order.

    A dollar sign that stands for money is none: `from $5 to $10` has no formula, nor has a pair of
    dollars with a sentence between, nor one with an empty line.
    """
    found: list[Formula] = []
    position = 0
    while (match := _OPENING.search(text, position)) is not None:
        formula = _formula_at(text, match)
        if formula is not None:
            found.append(formula)
        position = formula.end if formula is not None else match.end()
    return tuple(found)


def _formula_at(text: str, opening: re.Match[str]) -> Formula | None:
    start, inside = opening.span()
    if opening["environment"]:
        return _environment_at(text, opening)
    if opening["bracket"]:
        closing = r"\)" if opening["bracket"] == r"\(" else r"\]"
        end = text.find(closing, inside)
        return _made(text, start, inside, end, end + 2, display=closing == r"\]")
    if opening["dollars"] == "$$":
        end = _closing(_TWO_DOLLARS, text, inside)
        return _made(text, start, inside, end, end + 2, display=True)
    if opening["dollars"] == "$":
        end = _closing(_DOLLAR, text, inside)
        if end >= 0 and not _is_money(text[inside:end], text[end + 1 : end + 2]):
            return _made(text, start, inside, end, end + 1, display=False)
    return None


def _environment_at(text: str, opening: re.Match[str]) -> Formula | None:
    closing = f"\\end{{{opening['environment']}{opening['star']}}}"
    end = text.find(closing, opening.end())
    formula = _made(text, opening.start(), opening.end(), end, end + len(closing), display=True)
    inner = _ENVIRONMENTS[opening["environment"]]
    if formula is None or not inner:
        return formula
    return formula._replace(tex=f"\\begin{{{inner}}} {formula.tex} \\end{{{inner}}}")


def _closing(pattern: re.Pattern[str], text: str, position: int) -> int:
    for match in pattern.finditer(text, position):
        if match["end"]:
            return match.start()
    return -1


def _made(text: str, start: int, inside: int, end: int, after: int, *, display: bool) -> Formula | None:
    if end < 0 or _BLANK_LINE.search(text, inside, end):
        return None
    tex = harmless(text[inside:end])
    return Formula(start, after, tex, display) if tex else None


def _is_money(inside: str, following: str) -> bool:
    bare = _WORDS_IN_FORMULA.sub(" ", inside)
    if _FOUR_WORDS.search(bare):
        return True
    if not inside[:1].isdigit():
        return False
    return following.isdigit() or (inside[-1:].isspace() and _WORD.search(bare) is not None)


def harmless(tex: str) -> str:
    r"""A formula on one line, without comments, and without commands that do more than draw.

    Such a command is printed instead: `\href` reads `\backslash href`. A `%` that no line break
    follows is meant as per cent.
    """
    tex = _PER_CENT.sub(r"\1\\%", _COMMENT.sub(r"\1 ", tex)).replace("^^", "^{}^")
    tex = " ".join(_ACTIVE.sub(r"\\backslash \g<name> ", tex).split())
    ends_in_command = (len(tex) - len(tex.rstrip("\\"))) % 2
    return f"{tex} {{}}" if ends_in_command else tex

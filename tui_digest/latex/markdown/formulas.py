r"""Formulas in Markdown: found before Markdown can touch them.

A plugin for markdown-it with one rule for lines that open a display formula, one for formulas inside
a line and one that keeps the bars of formulas from splitting the cells of a table. Formulas are
written `$…$`, `\(…\)`, `$$…$$`, `\[…\]` or as an environment such as `align`. Prices and prose
between two dollar signs are left alone.
"""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from tui_digest.latex.find import Formula, find_formulas, formula_at, is_formula

INLINE, DISPLAY, UNCLOSED = "formula", "display_formula", "unclosed_formula"

# Keys of markdown-it's `env`: whether the text is still growing; the first line of a display formula
# that the text's end left open; the formulas of the inline text that is being read.
GROWING, OPEN_LINE, _FOUND = "growing", "open_line", "formulas"

_ENVIRONMENTS = "equation|displaymath|math|align|alignat|gather|multline|eqnarray|flalign|dmath"
_LONGEST = 4000
_DISPLAY_OPENER = re.compile(rf"\$\$|\\\[|\\begin\{{(?P<environment>(?:{_ENVIRONMENTS})\*?)\}}")
_BLANK_LINE = re.compile(r"\n[ ]*\n")
_UNCLOSED_OPENER = rf"\$(?![\d\s])\$?[^$]*\Z|\\[(\[]|\\begin\{{(?:{_ENVIRONMENTS})\*?\}}"
_TRAILING = re.compile(r"[ ]*([.,;:]?)[ ]*(?:\n|\Z)")

_PIPE, _ESCAPED_PIPE = "\ue000", "\ue001\ue000"
_DELIMITER_ROW = re.compile(r"[ >]*[|:-][-:|\s]*")


def plugin(parser: MarkdownIt) -> None:
    """Teach a markdown-it parser the formulas."""
    parser.block.ruler.before(
        "fence", DISPLAY, _display_rule, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    parser.inline.ruler.before("escape", INLINE, _inline_rule)
    table_rule = next(rule.fn for rule in parser.block.ruler.__rules__ if rule.name == "table")

    def guarded_table_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if start + 1 >= end or not _DELIMITER_ROW.fullmatch(_line(state, start + 1)):
            return False
        source, first = state.src, len(state.tokens)
        state.src = _guard_pipes(source, state.bMarks[start], state.eMarks[state.lineMax])
        try:
            found = bool(table_rule(state, start, end, silent))
        finally:
            state.src = source
        for token in state.tokens[first:]:
            token.content = token.content.replace(_ESCAPED_PIPE, r"\|").replace(_PIPE, "|")
        return found

    parser.block.ruler.at("table", guarded_table_rule, {"alt": ["paragraph", "reference"]})


def _guard_pipes(source: str, start: int, limit: int) -> str:
    """The source with the bars of formulas hidden, up to a blank line.

    Each is as many characters long as before.
    """
    blank = _BLANK_LINE.search(source, start, limit)
    limit = blank.start() if blank else limit
    pieces = [source[:start]]
    position = start
    for formula in find_formulas(source[start:limit], markdown=True):
        end = start + formula.end
        hidden = source[start + formula.start : end]
        if "\n" not in hidden:
            pieces.append(source[position : start + formula.start])
            pieces.append(hidden.replace(r"\|", _ESCAPED_PIPE).replace("|", _PIPE))
            position = end
    pieces.append(source[position:])
    return "".join(pieces)


def _line(state: StateBlock, line: int) -> str:
    """A line without its indentation."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _display_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Block rule: a display formula that begins a line.

    A blank line ends the search, as it ends a display formula in TeX. Text after the closing
    delimiter is read as the beginning of a new block; where all is one line, the inline rule has it.
    """
    opener = None if state.is_code_block(start) else _DISPLAY_OPENER.match(_line(state, start))
    if opener is None:
        return False
    text, ended = _up_to_closing(state, start, opener)
    formula = formula_at(text, 0)
    if formula is None:
        return ended and _unclosed_formula(state, start, text, silent)
    trailing = _TRAILING.match(text, formula.end)
    last = start + text.count("\n", 0, formula.end)
    if trailing is None and last == start:
        return False
    if silent:
        return True
    token = state.push(DISPLAY, "", 0)
    token.content = formula.tex.strip() + (trailing[1] if trailing else "")
    token.map = [start, last + 1]
    state.line = last + 1
    if trailing is None:
        rest = text[formula.end :].split("\n", 1)[0].lstrip()
        state.bMarks[last] = state.eMarks[last] - len(rest)
        state.tShift[last], state.sCount[last] = 0, state.blkIndent
        state.line = last
    return True


def _up_to_closing(state: StateBlock, start: int, opener: re.Match[str]) -> tuple[str, bool]:
    """The lines of a display formula up to its closing delimiter.

    Whether the text ends before that.
    """
    delimiter = _stop(opener["environment"] or opener[0])
    lines = [_line(state, start)]
    found = delimiter.search(lines[0], opener.end())
    size, line = 0, start + 1
    while found is None:
        if line >= state.lineMax or state.isEmpty(line):
            return "\n".join(lines), state.eMarks[line - 1] + 1 >= len(state.src)
        lines.append(_line(state, line))
        found = delimiter.search(lines[-1])
        size, line = size + len(lines[-1]), line + 1
        if size > _LONGEST:
            break
    return "\n".join(lines), False


@cache
def _stop(opener: str) -> re.Pattern[str]:
    """Return what ends a display formula, or its hope to be one.

    Its closing delimiter, or another opening one.
    """
    if opener == "$$":
        return re.compile(r"\$\$")
    if opener == r"\[":
        return re.compile(r"(?<!\\)(?:\\\\)*\\[\[\]]")
    return re.compile(rf"\\(?:begin|end)\{{{re.escape(opener)}\}}")


def _unclosed_formula(state: StateBlock, start: int, text: str, silent: bool) -> bool:
    """A display formula that the text's end left open.

    Noted, and kept as written while text comes.
    """
    state.env[OPEN_LINE] = min(start, state.env.get(OPEN_LINE, start))
    if not state.env.get(GROWING):
        return False
    if not silent:
        token = state.push(UNCLOSED, "", 0)
        token.content = text
        state.line = state.lineMax
        token.map = [start, state.line]
    return True


def _inline_rule(state: StateInline, silent: bool) -> bool:
    """Inline rule: a formula inside a line.

    In a growing text also the one that is still open.
    """
    if state.src[state.pos] not in "$\\":
        return False
    formula = _formulas(state).get(state.pos)
    if formula is None or formula.end > state.posMax:
        return bool(state.env.get(GROWING)) and _still_open(state, silent)
    if not silent:
        token = state.push(DISPLAY if formula.display else INLINE, "", 0)
        token.content = formula.tex.strip()
    state.pos = formula.end
    return True


def _formulas(state: StateInline) -> dict[int, Formula]:
    """The formulas of the inline text by where they begin, found once for all rules."""
    source: str
    formulas: dict[int, Formula]
    source, formulas = state.env.get(_FOUND, ("", {}))
    if source is not state.src:
        formulas = {formula.start: formula for formula in find_formulas(state.src, markdown=True)}
        state.env[_FOUND] = (state.src, formulas)
    return formulas


def _still_open(state: StateInline, silent: bool) -> bool:
    """Keep the rest as written when it looks like the beginning of a formula."""
    rest = state.src[state.pos : state.posMax]
    if re.match(_UNCLOSED_OPENER, rest) is None or not is_formula(rest):
        return False
    if not silent:
        state.push("text", "", 0).content = rest
    state.pos = state.posMax
    return True

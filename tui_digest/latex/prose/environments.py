r"""Environments of prose.

Lists with their marks and numbers, theorems with their names, small tables.
"""

from __future__ import annotations

import re

from tui_digest.latex.prose.context import BULLETED, DESCRIBED, NUMBERED, MacroContext, OpenList
from tui_digest.latex.segment import Macro
from tui_digest.latex.symbols.glyphs import cells

_NOTHING = Macro()
_SILENT_NAMES = """
center flushleft flushright quote quotation verse abstract document figure table minipage small footnotesize
sloppypar spacing singlespace doublespace otherlanguage multicols titlepage thebibliography verbatim comment
list trivlist tabbing sidewaystable large normalsize raggedright subequations em it bf sl equation eqnarray
align aligned alignat gather gathered multline flalign split displaymath math array matrix cases
"""
_SILENT = frozenset(_SILENT_NAMES.split())
_STATEMENT_NAMES = """
theorem Theorem thm Theorem theo Theorem lemma Lemma lem Lemma proposition Proposition prop Proposition
corollary Corollary cor Corollary coro Corollary definition Definition defn Definition defi Definition
def Definition remark Remark rem Remark rmk Remark example Example ex Example exa Example conjecture
Conjecture conj Conjecture claim Claim assumption Assumption assum Assumption problem Problem prob Problem
question Question hypothesis Hypothesis fact Fact observation Observation obs Observation notation Notation
proof Proof exercise Exercise algorithm Algorithm property Property axiom Axiom condition Condition
"""
_STATEMENTS = dict(zip(_STATEMENT_NAMES.split()[::2], _STATEMENT_NAMES.split()[1::2], strict=True))
_TABLES = frozenset(("tabular", "tabularx", "tabulary", "longtable"))
_LISTS = frozenset((BULLETED, NUMBERED, DESCRIBED))
# The label of an item in an inline or a compact list: `\begin{enumerate}[(i)]`.
_LABEL_FORMAT = (
    r"(?:label\s*=\s*)?(?P<before>[([]?)"
    r"(?:\\(?P<macro>arabic|alph|Alph|roman|Roman)\*?|(?P<sign>[1aAiI]))(?P<behind>[)\].]?)"
)
_SIGNS = {"arabic": "1", "alph": "a", "Alph": "A", "roman": "i", "Roman": "I"}
_DEFAULT_FORMATS = ("", "1", "."), ("(", "a", ")"), ("", "i", "."), ("", "A", ".")
_RULES = r"\\(?:hline|toprule|midrule|bottomrule|(?:cline|cmidrule)(?:\([a-z]*\))?\s*\{[^{}]*\})"
_CELL = r"(?<!\\)&"
_ROW = r"\\\\(?:\[[^\]]*\])?|\\tabularnewline|\\cr(?![A-Za-z])"
_MOST_CELLS = 400


def begin_environment(reader: MacroContext, _: str) -> Macro:
    r"""Read `\begin{…}`: a list is opened, a theorem named, a table read as a whole."""
    name = reader.group().strip()
    kind = name.removesuffix("*").lower()
    kind = {"inparaenum": NUMBERED, "compactenum": NUMBERED, "compactitem": BULLETED}.get(kind, kind)
    if kind in _TABLES:
        return _table(reader, name)
    if kind in _LISTS:
        reader.lists.append(OpenList(kind, _label_format(reader)))
        return Macro(_space(reader))
    if kind in _STATEMENTS:
        about = reader.option()
        about = f" ({reader.read_part(about)})" if about else ""
        space = _space(reader)
        reader.skip_space()
        return Macro(f"{space}{_STATEMENTS[kind]}{about}. ")
    if kind in _SILENT or not kind:
        while reader.option():
            pass
        return Macro(_space(reader))
    return Macro(f"{_space(reader)}{name} ")


def end_environment(reader: MacroContext, _: str) -> Macro:
    r"""Read `\end{…}`; a list that ends is the last one that was begun."""
    name = reader.group().strip()
    if name.removesuffix("*") in _LISTS and reader.lists:
        reader.lists.pop()
    return Macro(_space(reader))


def read_item(reader: MacroContext, _: str) -> Macro:
    r"""Read `\item` or `\item[label]`.

    The label, number or bullet of an item in a list.
    """
    label = reader.option()
    reader.skip_space()
    is_ascii = reader.level == "ascii"
    if not reader.lists:
        number = "*" if is_ascii else "•"
    else:
        number = reader.lists[-1].next_label(is_ascii) if not label else ""
    words = reader.read_part(label) or number
    return Macro(f"{_space(reader)}{words}{' ' if words else ''}")


def _space(reader: MacroContext) -> str:
    """Return a space if there is none on either side.

    Of two that are there, one is passed over.
    """
    start = reader.text.rfind("\\", 0, reader.position)
    if start <= 0 or reader.text[start - 1] == " ":
        reader.skip_space()
    return reader.space_between_words()


def _label_format(reader: MacroContext) -> tuple[str, str, str]:
    wanted = re.fullmatch(_LABEL_FORMAT, reader.option().strip())
    if wanted is not None:
        return wanted["before"], wanted["sign"] or _SIGNS[wanted["macro"]], wanted["behind"]
    depth = sum(opened.kind == NUMBERED for opened in reader.lists)
    return _DEFAULT_FORMATS[depth % len(_DEFAULT_FORMATS)]


def _table(reader: MacroContext, name: str) -> Macro:
    r"""Read a table of text up to its `\end`, its columns aligned."""
    text = reader.text
    closing = f"\\end{{{name}}}"
    end = text.find(closing, reader.position)
    reader.option()
    if name != "tabular":
        reader.group()
    reader.group()
    if end < reader.position:
        return _NOTHING
    body = re.sub(_RULES, " ", text[reader.position : end])
    rows = [re.split(_CELL, row) for row in re.split(_ROW, body)]
    reader.position = end + len(closing)
    if sum(map(len, rows)) > _MOST_CELLS:
        return Macro(f"\n{reader.read_part(body.replace('&', ' '))}\n")
    table = [[" ".join(reader.read_part(cell.strip()).split()) for cell in row] for row in rows]
    table = [row for row in table if any(row)]
    columns = max(map(len, table), default=0)
    widths = [max((cells(row[i]) for row in table if i < len(row)), default=0) for i in range(columns)]
    bar = " | " if reader.level == "ascii" else " │ "
    lines = (
        bar.join(cell + " " * (widths[i] - cells(cell)) for i, cell in enumerate(row)).rstrip()
        for row in table
    )
    return Macro("\n" + "\n".join(lines) + "\n")

"""Checking an explanation, in code, against the title and abstract that it was made from.

Found and flagged in the text: quotations, numbers, rates, symbols and names of theorems that title
and abstract do not have. A statement that the model itself marks as interpretation may use symbols
of its own, but no more than that.
"""

from __future__ import annotations

import re

import msgspec

from tui_digest.explain.checking.evidence import Evidence
from tui_digest.explain.checking.normalise import Fold
from tui_digest.explain.checking.spans import find_spans, formulas, prose
from tui_digest.explain.checking.statements import MARK, Mark, Statement, find_statements
from tui_digest.paper import Paper

FLAG = "(not in the abstract)"

# Link targets, addresses, entities and tags: their numbers are no statements.
_ADDRESS = re.compile(
    r"(?<=\])\([^()\s]{0,500}(?:\([^()\s]{0,500}\))?[^()\s]{0,500}\)|<?\bhttps?://[^\s>]*>?|&#?\w{1,8};|</?[a-z][^<>\n]{0,200}>"
)
_LEAD = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,3}[.)])[ \t]+)?")


class Checked(msgspec.Struct, frozen=True):
    """The explanation with its flags, and how many statements were flagged."""

    text: str
    unsupported: int


def check(text: str, paper: Paper, fold: Fold) -> Checked:
    """The explanation with every unsupported statement flagged behind it, never inside a formula."""
    evidence = Evidence(paper, fold)
    pieces = []
    place = flagged = 0
    for statement in find_statements(text):
        if _is_unsupported(text[statement.start : statement.end], statement.mark, evidence):
            flagged += 1
            end, flag = (
                _flag_display(text, statement) if statement.is_display else (statement.end, f" {FLAG}")
            )
            pieces += [text[place:end], flag]
            place = end
    return Checked("".join([*pieces, text[place:]]), flagged)


def _is_unsupported(statement: str, mark: Mark | None, evidence: Evidence) -> bool:
    quoted = [found["words"] for found in MARK.finditer(statement) if found["words"]]
    bare = MARK.sub(" ", statement)
    spans = find_spans(bare)
    said = formulas(bare, spans)
    words = _ADDRESS.sub(" ", prose(bare, spans))
    return (
        any(evidence.lacks_marked(words) for words in quoted)
        or evidence.lacks_quotation(bare)
        or evidence.lacks_number(words, said)
        or evidence.lacks_rate(bare)
        or evidence.lacks_name(words)
        or (mark is not Mark.INTERPRETATION and evidence.lacks_symbol(words, said))
    )


def _flag_display(text: str, formula: Statement) -> tuple[int, str]:
    """Where the flag of a formula on lines of its own goes, as a paragraph indented as the formula is.

    Words right behind such a formula would make it part of a line, for many that read Markdown.
    """
    line_end = text.find("\n", formula.end)
    line_end = len(text) if line_end < 0 else line_end
    if text[formula.end : line_end].strip(" \t.,;:"):
        return formula.end, f" {FLAG}"
    lead = _LEAD.match(text, text.rfind("\n", 0, formula.start) + 1)
    indent = re.sub(r"[^>\s]", " ", lead[0]) if lead else ""
    blank = f"\n{indent.rstrip()}"
    next_line = text[line_end + 1 : line_end + 200].partition("\n")[0]
    gap = blank if next_line.strip(" \t>") else ""
    return line_end, f"{blank}\n{indent}{FLAG}{gap}"

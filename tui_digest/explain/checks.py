"""Checking an explanation, in code, against the title and abstract that it was made from.

Found and flagged in the text: quotations, numbers, rates, symbols and names of theorems that title
and abstract do not have. A statement that the model itself marks as interpretation may use symbols
of its own, but no more than that.
"""

from __future__ import annotations

import re

import msgspec

from tui_digest.explain.evidence import Evidence
from tui_digest.explain.folding import Fold
from tui_digest.explain.spans import find_spans, formulas, prose
from tui_digest.explain.statements import MARK, Mark, Statement, find_statements
from tui_digest.paper import Paper

FLAG = "(not in the abstract)"

# Link targets, addresses, entities and tags: their numbers are no statements.
_ADDRESS = re.compile(
    r"(?<=\])\([^()\s]*(?:\([^()\s]*\))?[^()\s]*\)|<?\bhttps?://[^\s>]*>?|&#?\w{1,8};|</?[a-z][^<>\n]{0,200}>"
)
_LEAD = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,3}[.)])[ \t]+)?")


class Checked(msgspec.Struct, frozen=True):
    """The explanation with its flags, and how many statements were flagged."""

    text: str
    unsupported: int


def check(text: str, paper: Paper, fold: Fold) -> Checked:
    """The explanation with every unsupported statement flagged behind it, never inside a formula."""
    evidence = Evidence(paper, fold)
    flagged = [statement for statement in find_statements(text) if _is_unsupported(text, statement, evidence)]
    for statement in reversed(flagged):
        text = _flag_display(text, statement) if statement.is_display else _flag_words(text, statement)
    return Checked(text, len(flagged))


def _is_unsupported(text: str, statement: Statement, evidence: Evidence) -> bool:
    whole = text[statement.start : statement.end]
    quoted = [mark["words"] for mark in MARK.finditer(whole) if mark["words"]]
    bare = MARK.sub(" ", whole)
    spans = find_spans(bare)
    said = formulas(bare, spans)
    words = _ADDRESS.sub(" ", prose(bare, spans))
    return (
        any(evidence.lacks_marked(words) for words in quoted)
        or evidence.lacks_quotation(bare)
        or evidence.lacks_number(words, said)
        or evidence.lacks_rate(bare)
        or evidence.lacks_name(words)
        or (statement.mark is not Mark.INTERPRETATION and evidence.lacks_symbol(words, said))
    )


def _flag_words(text: str, statement: Statement) -> str:
    """The flag behind a sentence, or as the last words of a table cell."""
    return f"{text[: statement.end]} {FLAG}{text[statement.end :]}"


def _flag_display(text: str, statement: Statement) -> str:
    """The flag in a paragraph of its own behind a formula on lines of its own, indented as that is.

    Words right behind such a formula would make it part of a line, for many that read Markdown.
    """
    line_start = text.rfind("\n", 0, statement.start) + 1
    rest, newline, after = text[statement.end :].partition("\n")
    if rest.strip(" \t.,;:"):
        return _flag_words(text, statement)
    lead = _LEAD.match(text, line_start)
    indent = re.sub(r"[^>\s]", " ", lead[0]) if lead else ""
    blank = indent.rstrip()
    flagged = f"{text[: statement.end]}{rest}\n{blank}\n{indent}{FLAG}"
    if not newline:
        return flagged
    next_line = after.partition("\n")[0]
    return f"{flagged}\n{after}" if not next_line.strip(" \t>") else f"{flagged}\n{blank}\n{after}"

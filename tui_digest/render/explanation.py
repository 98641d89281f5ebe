"""An explanation's text with what the checks say of its statements, in words."""

from __future__ import annotations

import re

import msgspec

from tui_digest.entry import CUT_OFF, NO_MARK, REFUSAL, Explanation, Statement, StatementState

FLAGGED = "flagged"
WITHOUT_EVIDENCE = "without evidence"
NO_MARKS = "No statement of this answer quotes the paper, so nothing in it could be checked."
DECLINED = "The model declined to answer; this is no explanation."

_SPECIAL = r"[\\`*_{}\[\]<>$|#~^]"
_LEAD = r"[ \t>]*(?:(?:[-*+]|\d{1,3}[.)])[ \t]+)?"
_DISPLAY_ENDS = ("$$", r"\]")
_DISPLAY_ENVIRONMENT = r"\\end\{[A-Za-z]+\*?\}$"


def annotate(explanation: Explanation) -> str:
    """Return the Markdown with notes on statements flagged or without evidence.

    Statements with evidence and interpretations have the model's own marks. An answer without any
    mark says so in its first line instead of behind every statement.
    """
    text, statements = explanation.text, explanation.statements
    if first_line := unchecked_reason(explanation):
        return f"{first_line}\n\n{text}"
    pieces = []
    place = 0
    for statement in statements:
        note = note_of(statement)
        if note:
            end, inserted = _placed(text, statement, f"({re.sub(_SPECIAL, _escaped, note)})")
            if end >= place:
                pieces += [text[place:end], inserted]
                place = end
    return "".join([*pieces, text[place:]])


def unchecked_reason(explanation: Explanation) -> str:
    """Return the first line of an answer that could not be checked at all, or ""."""
    if explanation.receipt.stopped == REFUSAL:
        return DECLINED
    statements = explanation.statements
    return (
        NO_MARKS
        if statements and all(statement.why in (NO_MARK, CUT_OFF) for statement in statements)
        else ""
    )


class StateSigns(msgspec.Struct, frozen=True):
    """A sign for each state, of one cell; a word always is beside it."""

    evidence: str
    interpretation: str
    none: str
    flagged: str

    def of(self, state: StatementState) -> str:
        """The sign of a state."""
        return {
            StatementState.EVIDENCE: self.evidence,
            StatementState.INTERPRETATION: self.interpretation,
            StatementState.NONE: self.none,
            StatementState.FLAGGED: self.flagged,
        }[state]


STATE_START, STATE_END, STATE_NUMBER = "\ue010", "\ue011", "\ue012"
"""What `with_states` puts around the words on a state, for the page to find them.

Behind `STATE_NUMBER` is the number of the statement, where its words are from a place of the text.
"""


def with_states(explanation: Explanation, signs: StateSigns) -> str:
    """Replace the marks of each statement by its state, as a sign and a word.

    The words are between `STATE_START` and `STATE_END`; the quoted words are left out. A statement
    that shares the mark of what follows it has no words of its own unless it is flagged.
    """
    text, statements = explanation.text, explanation.statements
    pieces: list[str] = []
    place = 0
    for number, statement in enumerate(statements):
        said = note_of(statement)
        if statement.marks and not said:
            said = statement.place if statement.state is StatementState.EVIDENCE else statement.state.value
            said = said or "abstract"
        if not said or statement.start < place:
            continue
        shown = re.sub(_SPECIAL, _escaped, said)
        told = f"{STATE_NUMBER}{number}" if is_from_text(statement) else ""
        words = f"{STATE_START}{signs.of(statement.state)} {shown}{told}{STATE_END}"
        if statement.marks and not _is_quotation_alone(statement):
            for start, end in statement.marks:
                before = text[place : statement.start + start].rstrip(" ")
                pieces += [before, " " if words and before[-1:] not in ("", "\n") else "", words]
                place = statement.start + end
                words = ""
        else:
            end, inserted = _placed(text, statement, words)
            pieces += [text[place:end], inserted]
            place = end
    return "".join([*pieces, text[place:]])


def _is_quotation_alone(statement: Statement) -> bool:
    """Tell whether a statement is nothing but its marks, so that these are to be read."""
    place, rest = 0, ""
    for start, end in statement.marks:
        rest += statement.text[place:start]
        place = end
    return not re.search(r"[^\W_]", rest + statement.text[place:])


def is_from_text(statement: Statement) -> bool:
    """Tell whether the quoted words are from the paper's text, not from its record."""
    return statement.quoted is not None and statement.place.lower() not in ("", "abstract", "title")


def note_of(statement: Statement) -> str:
    """Return the note on a statement, as `flagged: the abstract says ≥`; may be ""."""
    match statement.state:
        case StatementState.FLAGGED:
            return f"{FLAGGED}: {statement.why}"
        case StatementState.NONE:
            return f"{WITHOUT_EVIDENCE}: {statement.why}" if statement.why else WITHOUT_EVIDENCE
        case _:
            return ""


def _escaped(sign: re.Match[str]) -> str:
    return f"\\{sign[0]}"


def _placed(text: str, statement: Statement, note: str) -> tuple[int, str]:
    """Return where a note goes, and the note with the space around it.

    Words right behind a formula on lines of its own would make it part of a line for many that
    read Markdown, so there the note is a paragraph, indented as the formula is.
    """
    end = statement.end
    if not _ends_in_display(text[statement.start : end]):
        return end, f" {note}"
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    if text[end:line_end].strip(" \t.,;:"):
        return end, f" {note}"
    lead = re.match(_LEAD, text[text.rfind("\n", 0, statement.start) + 1 :])
    indent = re.sub(r"[^>\s]", " ", lead[0]) if lead else ""
    blank = f"\n{indent.rstrip()}"
    next_line = text[line_end + 1 : line_end + 200].partition("\n")[0]
    gap = blank if next_line.strip(" \t>") else ""
    return line_end, f"{blank}\n{indent}{note}{gap}"


def _ends_in_display(statement: str) -> bool:
    bare = statement.rstrip(" .,;:")
    return bare.endswith(_DISPLAY_ENDS) or re.search(_DISPLAY_ENVIRONMENT, bare) is not None

"""Taking out of a model's answer what is no content, and what reaches out of it."""

from __future__ import annotations

import re

from tui_digest.explain.answer_wrapping import unwrap
from tui_digest.explain.checking.marks import find_marks
from tui_digest.explain.checking.spans import find_spans, mask

_HEADING = re.compile(r"^[ \t]{0,3}(#{1,6})[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_PREAMBLE = re.compile(
    r"(?:(?:sure|certainly|absolutely|of course|okay|here(?:['’]s| is| are))\b[^\n]{0,200}[:.!]"
    r"|[^\n]{0,200}\b(?:explanation|summary|breakdown|overview|answer)\b[^\n]{0,100}:)",
    re.IGNORECASE,
)
_OFFER = re.compile(
    r"\n\s*\n(?:please )?(?:let me know|feel free|i(?: really)? hope this|hope this|happy to|would you like"
    r"|if you (?:would like|want|need|have))\b[^\n\[\]$\d]{0,200}\s*\Z",
    re.IGNORECASE,
)
_NOT_STATED = re.compile(
    r"[-*+_\s]*(?:this is\s+|these are\s+|\w+\s+(?:is|are)\s+)?"
    r"(?:not|none(?:\s+(?:is|are))?)\s+(?:explicitly\s+)?(?:stated|specified|given|provided|mentioned|discussed)"
    r"(?:\s+in\s+(?:(?:the\s+)?abstract|what\s+(?:was|is)\s+shown))?[.*_\s]*(?:\[[^\]\n]*\])?[.*_\s]*",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"[-*+_\s]*(?:n/?a|none|nothing|tbd|-+|…|\.{3})?[.*_\s]*(?:\[(?:interpretation|abstract)\])?[.*_\s]*",
    re.IGNORECASE,
)
_LONGEST_FILLER = 200
_OPENED = re.compile(r"[ \t]*[*_]*\[(?P<name>[A-Za-z]*)(?=(?P<rest>[^\n]?))")
_MARK_NAMES = ("abstract", "interpretation")
_BREAK = re.compile(r"[ \t]*<br\s*/?>[ \t]*", re.IGNORECASE)
_IMAGE = re.compile(r"!(?=\[)")
_LINK = re.compile(r"\[(?P<words>[^\[\]\n]*)\]\((?P<address>[^()\n]*(?:\([^()\n]*\)[^()\n]*)*)\)")
_WEB = re.compile(r"\s*<?https?://[^\s/]", re.IGNORECASE)


def tidy(text: str, source: str = "the abstract") -> str:
    """The answer with its content alone; `source` is what it was made from, in words.

    What is wrapped around an answer, a preamble, an offer of help at the end and empty sections go.
    Sections that only say that nothing is stated become one line at the end. Images become links, for no
    reader shall fetch one; links that do not lead to the web become their words.
    """
    return _drop_filler(_defuse_links(unwrap(text)), source).strip()


def drop_open_mark(text: str) -> str:
    """Return an answer that was cut off without the mark that was being written."""
    line = text.rfind("\n") + 1
    closed = {mark.start for mark in find_marks(text[line:])}
    for opening in _OPENED.finditer(text, line):
        name = opening["name"].lower()
        is_begun = (
            not opening["rest"]
            and opening[0][0] in " \t*"
            and any(word.startswith(name) for word in _MARK_NAMES)
        )
        if (is_begun or name in _MARK_NAMES) and opening.start("name") - 1 - line not in closed:
            return text[: opening.start()]
    return text


def _drop_filler(text: str, source: str) -> str:
    text = _OFFER.sub("", text)
    headings = list(_HEADING.finditer(mask(text, find_spans(text))))
    if not headings:
        return text
    opening = text[: headings[0].start()]
    kept = [] if _PREAMBLE.fullmatch(opening.strip()) else [opening]
    silent = []
    edges = [heading.start() for heading in headings] + [len(text)]
    for place, heading in enumerate(headings):
        body = text[heading.end() : edges[place + 1]]
        is_short = len(body) <= _LONGEST_FILLER
        has_parts = place + 1 < len(headings) and len(headings[place + 1][1]) > len(heading[1])
        if is_short and _NOT_STATED.fullmatch(body):
            silent.append(text[heading.start(2) : heading.end(2)].strip("*_: "))
        elif has_parts or not (is_short and _NOTHING.fullmatch(body)):
            kept.append(text[heading.start() : edges[place + 1]])
    content = "".join(kept).rstrip()
    return f"{content}\n\nNot stated in {source}: {', '.join(silent)}." if silent else content


def _defuse_links(text: str) -> str:
    """Replace images by links, other links by their words, and breaks by spaces.

    Formulas and code stay.
    """
    pieces = []
    place = 0
    for span in [*find_spans(text), None]:
        end = len(text) if span is None else span.start
        pieces.append(_LINK.sub(_only_web, _IMAGE.sub("", _BREAK.sub(" ", text[place:end]))))
        if span is not None:
            pieces.append(text[span.start : span.end])
            place = span.end
    return "".join(pieces)


def _only_web(match: re.Match[str]) -> str:
    return match[0] if _WEB.match(match["address"]) else match["words"]

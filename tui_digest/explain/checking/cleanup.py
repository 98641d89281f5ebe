"""Taking out of a model's answer what is no content, and what reaches out of it."""

from __future__ import annotations

import re

from tui_digest.explain.checking.spans import find_spans, mask

_HEADING = re.compile(r"^[ \t]{0,3}(#{1,6})[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_PREAMBLE = re.compile(
    r"(?:sure|certainly|of course|okay|here(?:'s| is| are))\b[^\n]{0,200}[:.!]", re.IGNORECASE
)
_NOT_STATED = re.compile(
    r"[-*+_\s]*(?:this is\s+|these are\s+|\w+\s+(?:is|are)\s+)?"
    r"(?:not|none(?:\s+(?:is|are))?)\s+(?:explicitly\s+)?(?:stated|specified|given|provided|mentioned|discussed)"
    r"(?:\s+in\s+(?:(?:the\s+)?abstract|what\s+(?:was|is)\s+shown))?[.*_\s]*(?:\[[^\]\n]*\])?[.*_\s]*",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"[-*+_\s]*(?:n/?a|none|nothing|tbd|-+|…|\.{3})?[.*_\s]*(?:\[[^\]\n]*\])?\s*", re.IGNORECASE
)
_LONGEST_FILLER = 200
# What a service leaves of harmony's channels when it drops their tags.
_CHANNELS = re.compile(r"\A\s*(?:analysis(?=[A-Z\s]).*?assistant)?final(?=[#A-Z*\s])", re.DOTALL)
_FENCE = re.compile(r"(?:[^`#]{0,200}\n)?[ \t]*(?P<fence>`{3,}|~{3,})[ \t]*(?P<language>[A-Za-z]*)[ \t]*\n")
_FENCE_END = re.compile(r"\n[ \t]*(?:`{3,}|~{3,})[ \t]*(?=\n|\Z)")
_MARKDOWN = frozenset(("", "markdown", "md", "text", "txt", "latex", "tex"))
_IMAGE = re.compile(r"!(?=\[)")
_LINK = re.compile(r"\[(?P<words>[^\[\]\n]*)\]\((?P<address>[^()\n]*(?:\([^()\n]*\)[^()\n]*)*)\)")
_WEB = re.compile(r"\s*<?https?://[^\s/]", re.IGNORECASE)


def tidy(text: str, source: str = "the abstract") -> str:
    """The answer with its content alone; `source` is what it was made from, in words.

    An answer in a block of code or behind a channel's name is unwrapped. A preamble and empty
    sections go. Sections that only say that nothing is stated become one line at the end. Images
    become links, for no reader shall fetch one; links that do not lead to the web become their words.
    """
    return _drop_filler(_defuse_links(_unwrapped(text)), source).strip()


def _unwrapped(text: str) -> str:
    """Return the answer without a fence around all of it and without channel names."""
    text = _CHANNELS.sub("", text).strip()
    opening = _FENCE.match(text)
    if opening is None:
        return text
    inside = text[opening.end() :]
    language = opening["language"].lower()
    if language not in _MARKDOWN or (not language and not inside.lstrip().startswith("#")):
        return text
    closing = None
    for match in _FENCE_END.finditer(inside):
        closing = match
    if closing is None:
        return inside
    behind = inside[closing.end() :]
    return inside[: closing.start()] if len(behind) <= _LONGEST_FILLER and "#" not in behind else text


def _drop_filler(text: str, source: str) -> str:
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
    """Replace images by links, and links to anything but the web by their words.

    Formulas and code stay.
    """
    pieces = []
    place = 0
    for span in [*find_spans(text), None]:
        end = len(text) if span is None else span.start
        pieces.append(_LINK.sub(_only_web, _IMAGE.sub("", text[place:end])))
        if span is not None:
            pieces.append(text[span.start : span.end])
            place = span.end
    return "".join(pieces)


def _only_web(match: re.Match[str]) -> str:
    return match[0] if _WEB.match(match["address"]) else match["words"]

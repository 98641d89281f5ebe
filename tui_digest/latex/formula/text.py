r"""Prose inside a formula: the argument of `\text` and its kin."""

from __future__ import annotations

import re

from tui_digest.latex.nodes import Row, Text

_WRAPPED = r"\{(\$[^$]*\$)\}"
_FORMULA = r"\$([^$]*)\$"


def read_text(raw: str) -> Text:
    """The words, as Unicode, and the formulas of a text inside a formula. Every space counts once."""
    from tui_digest.latex.formula.parse import parse
    from tui_digest.latex.prose.reader import read_prose

    parts: list[str | Row] = []
    position = 0
    raw = re.sub(_WRAPPED, r"\1", raw)
    for match in re.finditer(_FORMULA, raw):
        parts.append(read_prose(raw[position : match.start()]))
        parts.append(parse(match[1]))
        position = match.end()
    parts.append(read_prose(raw[position:].replace("$", "")))
    return Text(
        tuple(re.sub(r"\s+", " ", part) if isinstance(part, str) else part for part in parts if part != "")
    )

r"""Segments of titles and abstracts for exports: the screen's reading, safe TeX.

Prose is Unicode (`R\'enyi` reads `Rényi`, `--` reads `–`), formulas keep their TeX. What an author wrote
without delimiters, as `\Lambda` in `\Lambda-type`, has both: each format takes what it can show.
"""

from __future__ import annotations

import re

from tui_digest.export.mathjax_safety import exported_tex
from tui_digest.latex import Segment, Style, paragraphs, to_segments
from tui_digest.text.sanitise import sanitise

# Code points that Unicode reserves for use inside a program; our formats mark places with some.
_OWN = re.compile("[\ufdd0-\ufdd3]")


def text_segments(text: str) -> tuple[Segment, ...]:
    """Return a text on one line as segments; their `tex` is safe between delimiters."""
    found: list[Segment] = []
    for segment in to_segments(_OWN.sub("", sanitise(text))):
        tex = exported_tex(segment.tex) if segment.tex else ""
        if segment.tex and not tex:
            continue
        line = re.sub(r"\s+", " ", segment.text)
        if not found or found[-1].text.endswith(" "):
            line = line.removeprefix(" ")
        if line or tex:
            found.append(segment._replace(text=line, tex=tex))
    if found and not found[-1].tex:
        last = found.pop()
        if last.text.rstrip():
            found.append(last._replace(text=last.text.rstrip()))
    return tuple(found)


def text_paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of an abstract, in TeX."""
    return paragraphs(sanitise(text))


def is_formula_segment(segment: Segment) -> bool:
    """Tell whether a segment is a formula that the author set between delimiters."""
    return Style.FORMULA in segment.style and Style.UNDELIMITED not in segment.style


def readable(text: str) -> str:
    """Return a text on one line, its prose in Unicode and its formulas in `$…$`."""
    return "".join(
        f"${segment.tex}$" if is_formula_segment(segment) else segment.text for segment in text_segments(text)
    )


def readable_paragraphs(text: str) -> str:
    """Return an abstract like `readable`, with an empty line between its paragraphs."""
    return "\n\n".join(filter(None, map(readable, text_paragraphs(text))))

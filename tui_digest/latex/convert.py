"""Whole texts, titles and abstracts, as Unicode or as styled segments."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui_digest.latex.segment import Segment
    from tui_digest.latex.symbols.glyphs import Level

_ENTITY = r"&#?\w{1,9};"
# A blank line; or a sentence's end before an indented line, or an indented item of a list.
_PARAGRAPH = (
    r"\n[ \t]*\n\s*|(?<=[.!?:;)\]}”’\"'$])[ \t]*\n[ \t]{2,}(?=[^\W\d_a-z]|[\d$\\“‘\"(\[{])"
    r"|\n[ \t]{2,}(?=[-*•][ \t]|\(?(?:\d{1,2}|[ivx]{1,4}|[a-z])\))"
)
# The sign that folds a line, beside a display: `where,% \begin{align}`, `\end{align}% The`.
_FOLD_AT_DISPLAY = r"(?<=[a-z.,;:}])%(?=\s+\\begin\{)|(?<=\*\})%(?=\s)"
# Authors' short names of displays: `\be … \ee`, `\bea … \eea`.
_SHORT_DISPLAY = r"\\be([aqn]{0,2}n?)(?![A-Za-z^_])([^$]{1,600}?)\\ee\1(?![A-Za-z])"
_GERMAN_QUOTES = r"\"`([^\"`]{1,300})\"'"
# Patterns that begin with a literal are searched for faster than Python finds two characters.
_TWO_HYPHENS = re.compile("--")
_TAG = r"</|<[bB][rR]"
# What is looked for in one search: definitions, environments of AMS-TeX, ends of short displays.
_REWRITTEN = (
    r"\\(?:new|renew|prov|Decl|def|[egx]def|let|ee|end(?:[pbvBV]|small)?matrix"
    r"|end(?:cases|aligned|gather|split|align|multline))"
)


def to_unicode(text: str, glyphs: Level = "full") -> str:
    r"""A text as arXiv or a model writes it, in TeX, as one running text in Unicode.

    Total: it never raises and loses no word, digit, symbol or bracket; a macro that nobody knows
    shows its name. A text without TeX comes back as the same object.

    Args:
        text: prose with formulas between `$…$`, `$$…$$`, `\(…\)`, `\[…\]` or in environments.
        glyphs: `full`; `basic` without the mathematical alphabets and most raised letters, for
            modest fonts; `ascii` with formulas in ASCII.
    """
    if not _is_special(text):
        return text
    read_unicode, _ = _readers()
    return read_unicode(written_out(text), glyphs)


def to_segments(text: str, glyphs: Level = "full") -> tuple[Segment, ...]:
    """The same reading as `to_unicode`, as styled pieces.

    Their texts together are its result.
    """
    if is_shown_as_written(text):
        from tui_digest.latex.segment import Segment

        return (Segment(text),) if text else ()
    _, read_segments = _readers()
    return read_segments(written_out(text), glyphs)


def is_shown_as_written(text: str) -> bool:
    """Tell whether a text is shown as it is: it has neither TeX nor a link."""
    return not (_is_special(text) or "https://" in text or "http://" in text)


def _is_special(text: str) -> bool:
    """Tell whether the text has anything that may have to be read.

    TeX, HTML, two hyphens or apostrophes.
    """
    # Looking for each character is many times as fast as looking for two, or for all with a pattern.
    if (
        "$" in text or "\\" in text or "{" in text or "}" in text or "~" in text or "`" in text
        or _TWO_HYPHENS.search(text) is not None or ("'" in text and "''" in text)
    ):  # fmt: skip
        return True
    if "<" in text and re.search(_TAG, text) is not None:
        return True
    return "&" in text and re.search(_ENTITY, text) is not None


def paragraphs(text: str) -> tuple[str, ...]:
    r"""Return the paragraphs of an abstract, each on one line, in TeX as written.

    arXiv begins a paragraph with a new line and two spaces; authors also indent lines in the middle of a
    sentence or of a formula, which part nothing. A blank line always parts.
    """
    if "\n" not in text:
        return (text.strip(),) if text.strip() else ()
    from tui_digest.latex.find import find_formulas

    inside = [(formula.start, formula.end) for formula in find_formulas(text)]
    parts: list[str] = []
    position = 0
    for match in re.finditer(_PARAGRAPH, text):
        if not any(start < match.start() < end for start, end in inside):
            parts.append(text[position : match.start()])
            position = match.end()
    parts.append(text[position:])
    return tuple(line for part in parts if (line := " ".join(part.split())))


def written_out(text: str) -> str:
    """Return the text in plain TeX.

    HTML's entities and tags read, the macros that it defines applied.
    """
    if "&" in text or ("<" in text and re.search(_TAG, text)):
        from tui_digest.latex.prose.markup import html_to_tex

        text = html_to_tex(text)
    if "`" in text and '"`' in text:
        text = re.sub(_GERMAN_QUOTES, "„\\1“", text)
    is_rewritten = "\\" in text and _rewritten().search(text) is not None
    if is_rewritten:
        from tui_digest.latex.definitions import amstex_to_latex, apply_definitions

        text = apply_definitions(amstex_to_latex(text))
    if "%" in text and "\\begin{" in text:
        text = re.sub(_FOLD_AT_DISPLAY, "", text)
    if is_rewritten and "\\be" in text:
        text = re.sub(_SHORT_DISPLAY, r"\\begin{eqnarray*}\2\\end{eqnarray*}", text)
    return text


@cache
def _rewritten() -> re.Pattern[str]:
    return re.compile(_REWRITTEN)


@cache
def _readers() -> tuple[Callable[[str, Level], str], Callable[[str, Level], tuple[Segment, ...]]]:
    """The rest of the package; plain texts are shown without it."""
    from tui_digest.latex.prose.reader import read_segments, read_unicode

    return read_unicode, read_segments

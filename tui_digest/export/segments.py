r"""TeX prose as readable text: accents, emphasis, dashes and quotes as Unicode, formulas kept as TeX."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui_digest.export.bibtex_accents import accents_to_unicode
from tui_digest.export.mathjax_safety import Kind, Segment, formulas
from tui_digest.latex.find import Formula
from tui_digest.text.sanitise import sanitise

# Code points that Unicode reserves for use inside a program stand for formulas and for the ends of
# emphasis while the prose around them is read, since a group of TeX may span formulas.
_FORMULA = "\ufdd0"
_EMPHASIS = "\ufdd1"
_STRONG = "\ufdd2"
_END = "\ufdd3"
_OWN = re.compile("[\ufdd0-\ufdd3]")
_PARTS = re.compile("([\ufdd0-\ufdd3])")

_GROUP = re.compile(
    r"\\(?P<command>emph|text(?:bf|it|sl|tt|sc|rm|sf|up|normal)?|mbox|underline)\s*\{(?P<content>[^{}]*)\}"
    r"|\{\s*\\(?P<switch>em|it|sl|bf|tt|sc|rm|sf)(?![A-Za-z])\s*(?P<switched>[^{}]*)\}"
    r"|\\url\s*\{(?P<url>[^{}]*)\}|\\href\s*\{[^{}]*\}\s*\{(?P<link>[^{}]*)\}"
)
_WORD_IN_BRACES = re.compile(r"(?<![{\\\w])(?P<before>\w*)\{(?P<word>[^\W\d_]+)\}(?!\})")
_ESCAPES = re.compile(r"\\(?P<sign>[%&#$_{}])")
_SIGN = re.compile(r"\\(?P<name>[A-Za-z]+)(?:\{\}|(?![A-Za-z]) ?)")
_THIN_SPACE = re.compile(r"\\[ ,;:](?=\S)")
_NOTHING = re.compile(r"\\[/!-](?=\w)")
_ADDRESS = re.compile(r"(https?://[^\s\\{}]+)")
_TIE = re.compile(r"(?<=[\w.,)\ufdd0-\ufdd3])~(?=[\w(\\\ufdd0-\ufdd3])")
_LONG_DASH = re.compile(r"(?<!-)---(?!-)")
_DASH = re.compile(r"(?<![-\s])--(?![-\s])|(?<=\s)--(?=\s)")
_QUOTED = re.compile(r"(?<![\w`])`(?P<words>\w[^`'\n]{0,80})'(?!\w)")
_SIGNS = {
    "ldots": "…",
    "dots": "…",
    "textendash": "–",
    "textemdash": "—",
    "textquoteright": "’",
    "textquoteleft": "‘",
    "S": "§",
    "copyright": "©",
    "pounds": "£",
    "LaTeX": "LaTeX",
    "TeX": "TeX",
    "textbackslash": "\\",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
}


def segments(text: str) -> tuple[Segment, ...]:
    r"""A title or an abstract as readable text, emphasis and formulas, in order.

    The text is sanitised and set on one line. Prose is Unicode (`R\'enyi` reads `Rényi`, `--` reads
    `–`); commands that are not known stay visible; formulas are TeX without delimiters.
    """
    text = _OWN.sub("", sanitise(text)).strip()
    found = formulas(text)
    prose = _read_prose(_without(text, found))
    return tuple(_joined(prose, found))


def readable(text: str) -> str:
    """The text on one line, its prose readable and its formulas in `$…$`: for names and plain fields."""
    return "".join(
        f"${segment.text}$" if segment.kind in (Kind.INLINE, Kind.DISPLAY) else segment.text
        for segment in segments(text)
    )


def _without(text: str, found: tuple[Formula, ...]) -> str:
    """The text with one placeholder for each formula."""
    pieces: list[str] = []
    position = 0
    for formula in found:
        pieces += (text[position : formula.start], _FORMULA)
        position = formula.end
    return " ".join("".join([*pieces, text[position:]]).split())


def _read_prose(text: str) -> str:
    text = accents_to_unicode(text)
    if "\\" in text or "{" in text:
        text = _read_groups(text)
        text = _WORD_IN_BRACES.sub(r"\g<before>\g<word>", text)
        text = _SIGN.sub(lambda match: _SIGNS.get(match["name"], match[0]), text)
        text = _ESCAPES.sub(r"\g<sign>", _NOTHING.sub("", _THIN_SPACE.sub(" ", text)))
    pieces = _ADDRESS.split(text)
    pieces[::2] = map(_read_signs, pieces[::2])
    return "".join(pieces)


def _read_signs(text: str) -> str:
    """Ties, dashes and quotation marks, as they are read outside addresses."""
    text = _DASH.sub("–", _LONG_DASH.sub("—", _TIE.sub(" ", text)))
    if "`" in text:
        text = _QUOTED.sub(r"‘\g<words>’", text.replace("``", "“").replace("''", "”"))
    return text


def _read_groups(text: str) -> str:
    """The text without the commands of emphasis, from the innermost outwards."""
    while (read := _GROUP.sub(_group, text)) != text:
        text = read
    return text


def _group(match: re.Match[str]) -> str:
    command = match["command"] or match["switch"] or ""
    content = next(part for part in match.group("content", "switched", "url", "link") if part is not None)
    if command in ("emph", "textit", "textsl", "em", "it", "sl"):
        return f"{_EMPHASIS}{content}{_END}"
    if command in ("textbf", "bf"):
        return f"{_STRONG}{content}{_END}"
    return content


def _joined(prose: str, found: tuple[Formula, ...]) -> Iterator[Segment]:
    """The segments of prose with placeholders, the innermost emphasis counting."""
    remaining = iter(found)
    styles = [Kind.TEXT]
    for part in _PARTS.split(prose):
        if part == _FORMULA:
            formula = next(remaining)
            yield Segment(Kind.DISPLAY if formula.display else Kind.INLINE, formula.tex)
        elif part == _END:
            styles.pop()
        elif part in (_EMPHASIS, _STRONG):
            styles.append(Kind.EMPHASIS if part == _EMPHASIS else Kind.STRONG)
        elif part:
            yield Segment(styles[-1], part)

"""Escaping of titles, names and abstracts, so that Markdown shows them as written.

Prose has every character escaped that would mean something; formulas stay TeX. Three readers are
written for: CommonMark with dollar mathematics (GitHub, VS Code, pandoc), Obsidian, and kramdown
behind Liquid as Jekyll 3 and 4 run it. kramdown knows no `$…$`: it sees the formula as prose and
the page's MathJax finds it afterwards, so there the formula is escaped too, character by character.
"""

from __future__ import annotations

import re
from enum import StrEnum
from urllib.parse import quote

from tui_digest.export.segments import is_formula_segment, text_segments
from tui_digest.latex.segment import Segment, Style
from tui_digest.text.sanitise import one_line


class Dialect(StrEnum):
    """Which program reads the Markdown."""

    MARKDOWN = "markdown"
    OBSIDIAN = "obsidian"
    KRAMDOWN = "kramdown"


_SPECIAL = re.compile(r"%(?=%)|(?<=%)%|=(?==)|(?<==)=|-(?=-)|>(?=>)|&(?=[#A-Za-z])|[\\`*_<\[\]{#|~$^]")
_BLOCK_START = re.compile(r"(?P<number>\d{1,9})(?=[.)](?:\s|$))|(?=[-+:>=^])")

# Spaces that change nothing in a formula, put where a reader without mathematics would see a tag,
# a link, a comment or a template.
_ACTIVE_PAIRS = re.compile(r"(?<=<)(?=[A-Za-z/!?])|(?<=\])(?=[(:\[])|(?<=\[)(?=\[)|(?<=%)(?=%)")
_TEMPLATE_PAIRS = re.compile(r"(?<=\{)(?=[{%:])")
_KRAMDOWN_FORMULA = re.compile(
    r"""\\(?=[^A-Za-z0-9])|_(?![^\W\d_]|\d)|&(?=[#A-Za-z])|[`*<>\[\]#|~'"]|-(?=-)|\.(?=\.\.)"""
)
_INNER_DOLLARS = re.compile(r"(?<!\\)\$([^$]*)\$")


def inline_markdown(text: str, dialect: Dialect) -> str:
    """A TeX text on one line of Markdown."""
    return segments_markdown(text_segments(text), dialect)


def paragraph_markdown(text: str, dialect: Dialect) -> str:
    """Return a TeX text as a one-line paragraph, never read as a list or a heading."""
    line = inline_markdown(text, dialect).strip()
    start = _BLOCK_START.match(line)
    if start is None:
        return line
    number = start["number"] or ""
    return f"&#{ord(line[0])};{line[1:]}" if not number else f"{number}\\{line[len(number) :]}"


def segments_markdown(parts: tuple[Segment, ...], dialect: Dialect) -> str:
    """Segments as Markdown."""
    parts = _with_neighbours_joined(parts)
    pieces: list[str] = []
    for index, part in enumerate(parts):
        previous = pieces[-1][-1:] if pieces else ""
        following = parts[index + 1].text[:1] if index + 1 < len(parts) else ""
        stressed = part.style & (Style.EMPHASIS | Style.STRONG)
        if is_formula_segment(part):
            pieces.append(formula(part.tex, dialect, display=Style.DISPLAY in part.style))
        elif stressed:
            pieces.append(_stressed(stressed, part.text, dialect, previous + following))
        else:
            prose = escape_prose(part.text, dialect)
            closes_formula = previous == "$" and dialect is not Dialect.KRAMDOWN
            pieces.append(_after_formula(prose) if closes_formula else prose)
    return "".join(pieces)


def literal_markdown(text: str, dialect: Dialect) -> str:
    """Text that is not TeX, an id or a model's name, on one line of Markdown."""
    return escape_prose(one_line(text), dialect)


def escape_prose(prose: str, dialect: Dialect) -> str:
    """Clean prose that reads as it did, whatever characters are in it."""

    def write(match: re.Match[str]) -> str:
        return escaped_sign(match[0], prose[match.end() : match.end() + 1], dialect)

    return _SPECIAL.sub(write, prose)


def escaped_sign(sign: str, following: str, dialect: Dialect) -> str:
    """Escape a character that would have a meaning before the character `following`."""
    if sign == "_":
        # Emphasis cannot end before a letter or digit, so such an underscore does nothing.
        return "_" if following.isalpha() or following.isdecimal() else r"\_"
    if sign == "&":
        return "&amp;"
    if dialect is Dialect.KRAMDOWN:
        return _escape_for_kramdown(sign, following)
    if sign in "{->" or (sign in "%=" and dialect is Dialect.MARKDOWN):
        return sign
    return f"\\{sign}"


def formula(tex: str, dialect: Dialect, *, display: bool = False) -> str:
    """A formula between the delimiters that the dialect's readers take."""
    tex = _INNER_DOLLARS.sub(r"\\(\1\\)", tex)
    tex = break_markup(re.sub(r"(?<!\\)\$", r"\\$", tex), dialect)
    if dialect is not Dialect.KRAMDOWN:
        return f"$${tex}$$" if display else f"${tex}$"
    tex = _KRAMDOWN_FORMULA.sub(_escape_in_formula, tex)
    return f"\\\\\\[{tex}\\\\\\]" if display else f"${tex}$"


def break_markup(text: str, dialect: Dialect) -> str:
    """Insert spaces into a formula or code that a program could take for markup."""
    text = _ACTIVE_PAIRS.sub(" ", text)
    return _TEMPLATE_PAIRS.sub(" ", text) if dialect is Dialect.KRAMDOWN else text


def address(url: str) -> str:
    """An address that ends where it ends, as the target of a link."""
    return quote(one_line(url), safe=":/._-")


def _with_neighbours_joined(parts: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """Join formulas that touch, since two dollars in a row would mean something else."""
    joined: list[Segment] = []
    for part in parts:
        if joined and is_formula_segment(part) and is_formula_segment(joined[-1]):
            joined[-1] = joined[-1]._replace(tex=f"{joined[-1].tex} {part.tex}")
        else:
            joined.append(part)
    return tuple(joined)


def _escape_for_kramdown(sign: str, following: str) -> str:
    if sign == "{":
        return "&#123;"  # Liquid reads the page before kramdown does, and knows no backslash
    if sign == "$":
        return "<span>$</span>"  # MathJax pairs dollars only within one element
    if sign == "\\":
        return sign if following.isalnum() and following.isascii() else "&#92;"
    return sign if sign in "%=^" else f"\\{sign}"


def _escape_in_formula(match: re.Match[str]) -> str:
    return "&amp;" if match[0] == "&" else f"\\{match[0]}"


def _after_formula(prose: str) -> str:
    """Return prose behind a formula, a first digit as an entity so that `$` closes."""
    return f"&#{ord(prose[0])};{prose[1:]}" if prose[:1].isdigit() and prose[0].isascii() else prose


def _stressed(style: Style, text: str, dialect: Dialect, neighbours: str) -> str:
    """Emphasis, where Markdown can have it: around whole words."""
    words = escape_prose(text, dialect)
    bare = words.strip()
    if not bare or words != bare or any(neighbour.isalnum() for neighbour in neighbours):
        return words
    stars = "**" if Style.STRONG in style else "*"
    return f"{stars}{bare}{stars}"

"""The daily feeds' one string of authors, taken apart into names."""

from __future__ import annotations

from tui_digest.text.sanitise import one_line


def split_authors(text: str) -> tuple[str, ...]:
    """The names in a feed's author string, without the affiliations in parentheses.

    The string is a list with commas; an affiliation may hold commas and parentheses of its own,
    and a name of one part leaves an empty place behind. TeX accents stay as they are.
    """
    outside = _without_parentheses(one_line(text))
    names = (one_line(name) for name in outside.split(","))
    return tuple(name for name in names if name)


def _without_parentheses(text: str) -> str:
    """The text outside of parentheses; with one left open, to its end, nothing is dropped."""
    kept: list[str] = []
    depth = 0
    for character in text:
        if character == "(":
            depth += 1
        elif character == ")" and depth:
            depth -= 1
        elif depth == 0:
            kept.append(character)
    return "".join(kept) if depth == 0 else text.replace("(", " ").replace(")", " ")

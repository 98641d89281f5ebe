"""Split the author string of arXiv's daily feeds into names."""

from __future__ import annotations

from tui_digest.text.sanitise import one_line


def split_authors(text: str) -> tuple[str, ...]:
    """Return the names in a feed's author string, without affiliations.

    Names are separated by commas. An affiliation stands in parentheses and may hold commas and
    parentheses itself; a name of one part is followed by two spaces. TeX accents are kept.
    """
    outside = _without_parentheses(one_line(text))
    names = (one_line(name) for name in outside.split(","))
    return tuple(name for name in names if name)


def _without_parentheses(text: str) -> str:
    """Return the text outside of parentheses; an unclosed one is kept."""
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

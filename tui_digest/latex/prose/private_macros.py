r"""Authors' own macros as words of a sentence.

What `author_macros` guesses by a name is what it means in a formula. In a sentence the same name is often
a word's or an abbreviation's: "in \ep collisions" is about electrons and protons, not about ε.
"""

from __future__ import annotations

import re

from tui_digest.latex.formula.author_macros import SHORT_GREEK, guess

# Letters and alphabets by names that abbreviate words too: charged currents, infrared, Brillouin zones.
_GREEK = frozenset(SHORT_GREEK) - {"veps", "vep", "vph", "vphi"}
_ANY_GREEK = "|".join(_GREEK)
_ABBREVIATIONS = frozenset(("ep", "vp", "cp"))
_DOUBLED = r"([CDEFHKNPQRTZ])\1|SS|I[CDEFHKNPQRZ]|B[CFNPQZ]"
_SINGLE = frozenset("CEFNPQRZ")
_BEFORE = r"(?:\A|[\s(“\"`‘/])\Z"
# The end of what is no sentence: an operator, a number, a letter, another macro.
_FORMULA_BEFORE = r"(?:[-+*=<>|/^_&\d]|(?<![A-Za-z'])[A-Zb-z]|\\[A-Za-z]+)\s*[(“\"`‘]?\Z"
_BEHIND = r"(?:\\ |\{\})(?!\\)|\s+[A-Za-z]{2,}(?![A-Za-z_^(])|-[A-Za-z]{2,}|[.,;:)'](?:\s|\Z)|\s*\Z"
# A space that belongs to the numbers: over \RR, and.
_SPACE_BEFORE = r"(?:over|in|on|into|onto|to|from|of|and|field|ring|=)\s+\Z"
_SPACE_BEHIND = (
    r"(?:\\ |\{\})?(?:[.,;:)]|-|\s*\Z|\s*(?:and|or|is|are|with|by|as|at|for|where|which|to|on|of|in|if)\b)"
)
_PROGRAM_BEHIND = (
    r"(?:\{\}|\\ )?\s*(?:packages?|software|language|code|programming|librar|script|environment)"
)
_PROGRAM_BEFORE = (
    r"(?:(?:packages?|software|language|programming)(?: for| in)?|(?:implemented|written) in)\s+\Z"
)
_LONGEST_BEFORE = 30
_MARKED_WORD = re.compile(r"\s*\{[a-z]{3,}[\s}]")
# A háček or cedilla whose space was lost: `Gurevi{\vc}`.
_LOST_SPACE = re.compile(r"[a-zà-ž]\{\\[vcukHr][a-z]\}")


def is_word_of_sentence(text: str, name: str, start: int, end: int) -> bool:
    r"""Tell whether an author's macro is a word, so that its name is to be shown.

    Args:
        text: The prose.
        name: The macro's name without the backslash.
        start: The place of its backslash.
        end: The place behind its name.
    """
    if name in _GREEK:
        return _is_never_in_formulas(text, _ANY_GREEK)
    if name in _ABBREVIATIONS:
        return _is_never_in_formulas(text, name)
    if name in _SINGLE:
        return _is_program(text, start, end)
    if len(name) == 2 and re.fullmatch(_DOUBLED, name):
        return _is_never_in_formulas(text, name) and not _is_space_of_numbers(text, start, end)
    return _MARKED_WORD.match(text, end) is not None and guess(name) is not None


def lost_accent(text: str, name: str, start: int) -> str:
    r"""Return the accent of a macro inside a word: `v` for `Gurevi{\vc}`, else ""."""
    is_inside = _LOST_SPACE.match(text, max(0, start - 2)) is not None
    return name[0] if is_inside else ""


def _is_never_in_formulas(text: str, names: str) -> bool:
    """Tell whether these macros are among words wherever they are."""
    places = re.finditer(rf"\\(?:{names})(?![A-Za-z])", text)
    return all(_is_among_words(text, *place.span()) for place in places)


def _is_among_words(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - _LONGEST_BEFORE) : start]
    if re.search(_BEFORE, before) is None or re.search(_FORMULA_BEFORE, before) is not None:
        return False
    return re.compile(_BEHIND).match(text, end) is not None


def _is_space_of_numbers(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - _LONGEST_BEFORE) : start]
    return (
        re.search(_SPACE_BEFORE, before) is not None
        and re.compile(_SPACE_BEHIND).match(text, end) is not None
    )


def _is_program(text: str, start: int, end: int) -> bool:
    r"""Tell whether a letter is the name of a language, as in "the \R{} package"."""
    if re.compile(_PROGRAM_BEHIND).match(text, end):
        return True
    return re.search(_PROGRAM_BEFORE, text[max(0, start - _LONGEST_BEFORE) : start]) is not None

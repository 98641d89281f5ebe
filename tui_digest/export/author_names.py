"""Author names as reference managers want them: family, given, particle and suffix apart."""

from __future__ import annotations

import re
from typing import NamedTuple

from tui_digest.export.segments import readable


class Name(NamedTuple):
    """A person's name in its parts, or, in `family` alone and `whole`, a name that has none."""

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""
    whole: bool = False

    @property
    def inverted(self) -> str:
        """The name as `particle Family, Given, Suffix`, as RIS wants it."""
        family = f"{self.particle} {self.family}".strip()
        return ", ".join(part for part in (family, self.given, self.suffix) if part)


_GROUP = re.compile(
    r"\b(?:collaborations?|consortium|team|group|network|observatory|initiative|committee|project|survey"
    r"|alliance|institute|laboratory|university|foundation|society|association|community)\b",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"(?:[JS]r\.?|I{2,3}|IV|VI{0,3})", re.IGNORECASE)
_PARTICLE_WORDS = """
von van der den de del della dello dei di da dal das dos do du la le les lo ter ten te zu zum zur am
af av al el bin ibn ben 't 's d' st. in op y e
"""
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
# Written with a capital they belong to the family name: Lieven De Lathauwer, Luc Van Gool.
_CAPITAL_WORDS = "De Del Della Di Da Dos Du Den Der Von Van Vander Vanden Ten Ter El Al Ben Ibn St."
_CAPITAL = frozenset(_CAPITAL_WORDS.split())
# First among these, a capital Van is a middle name.
_VIETNAMESE_WORDS = "Nguyen Nguyễn Tran Trần Le Lê Pham Phạm Hoang Hoàng Phan Vu Vũ Vo Võ Dang Bui Ngo"
_VIETNAMESE = frozenset(_VIETNAMESE_WORDS.split())


def split_names(authors: tuple[str, ...]) -> tuple[Name, ...]:
    """The names of a paper's authors; what has no character that can be seen is left out."""
    return tuple(name for name in map(split_name, authors) if name.family)


def split_name(text: str) -> Name:
    """The parts of a name as arXiv prints it, `Given particle Family Suffix`.

    A collaboration stays whole; a single word is a family name. A lower-case particle begins the
    family name; what stands before it is given.
    """
    name = readable(text).strip()
    if _GROUP.search(name) or not name:
        return Name(name, whole=True)
    before, comma, after = name.partition(",")
    suffix = ""
    if comma and _SUFFIX.fullmatch(after.strip()):
        name, suffix = before, after.strip()
    elif comma and before.strip() and after.strip():
        return _inverted(before.strip(), after.strip())
    words = name.replace(",", " ").split()
    if len(words) > 2 and not suffix and _SUFFIX.fullmatch(words[-1]):
        suffix = words.pop()
    return _from_words(words, suffix)


def _inverted(family: str, rest: str) -> Name:
    """A name that came with its family name first."""
    given, _, suffix = (part.strip() for part in rest.partition(","))
    words = family.split()
    particles = _leading_particles(words)
    return Name(" ".join(words[particles:]), given, " ".join(words[:particles]), suffix)


def _from_words(words: list[str], suffix: str) -> Name:
    if len(words) < 2:
        return Name(" ".join(words), suffix=suffix)
    start = _family_start(words)
    family = words[start:]
    particles = _leading_particles(family)
    return Name(" ".join(family[particles:]), " ".join(words[:start]), " ".join(family[:particles]), suffix)


def _family_start(words: list[str]) -> int:
    """Where the family name begins: at the first particle after the first word, else at the last word."""
    for index, word in enumerate(words[1:-1], start=1):
        if word in ("y", "e"):
            return max(index - 1, 1)  # José Ramón y Cajal
        if word in _PARTICLES or (word in _CAPITAL and words[0] not in _VIETNAMESE):
            return index
    return len(words) - 1


def _leading_particles(words: list[str]) -> int:
    count = 0
    while count < len(words) - 1 and words[count] in _PARTICLES:
        count += 1
    return count

"""Names of theorems and of authors that a text appeals to."""

from __future__ import annotations

import re

_CAPITAL = r"(?<![^\W_])[^\W\d_a-zß-öø-ÿ][^\W\d_]{1,40}"
_NAME = rf"{_CAPITAL}(?:['’]s?)?"
_JOINED = rf"{_NAME}(?:(?:\s*[-–—]+\s*|\s+(?:and\s+)?){_NAME}){{0,4}}"
_KIND = (
    r"(?:theorem|lemma|corollary|proposition|inequality|inequalities|conjecture|criterion|principle|identity"
    r"|formula|bound|condition|duality|hypothesis)s?"
)
_NAMED = re.compile(rf"(?P<names>{_JOINED})(?P<between>(?:\s+[a-z][a-z-]+){{0,2}})\s+(?i:{_KIND})\b")
_NUMBERED = re.compile(
    r"\b(?P<kind>Theorem|Lemma|Corollary|Proposition|Assumption|Definition|Algorithm|Section|Figure|Table|Equation"
    r"|Eq\.|Appendix)\s+\(?(?P<number>[A-Z]?\d+(?:\.\d+)*|[A-Z])\)?(?![^\W_])"
)
_CITED = re.compile(rf"(?P<names>{_NAME})\s+(?:et\s+al\b|\(\d{{4}}\)|and\s+{_NAME}\s+\(\d{{4}}\))")
_PART = re.compile(_CAPITAL)
# Capitals at the beginning of a sentence, and words that praise a theorem without naming it.
_NO_NAMES = re.compile(
    r"the|this|that|these|those|their|its|our|an?|any|all|each|every|no|one|two|both|such|some|another|which|main"
    r"|key|first|second|new|central|classical|standard|generali[sz]ed|general|fundamental|basic|usual|well|known"
    r"|resulting|following|as|by|for|from|if|in|of|on|under|using|via|when|with|where|while|since|then|thus"
    r"|hence|here",
    re.IGNORECASE,
)


def find_names(prose: str) -> list[list[str]]:
    """The proper names in each name of a theorem or citation, as in Robbins–Monro theorem, Banach et al.

    A lone capitalised word that opens a sentence is no name unless it is possessive: Convergence
    theorems, but Jensen's inequality.
    """
    found = []
    for match in [*_NAMED.finditer(prose), *_CITED.finditer(prose)]:
        names = [name for name in _PART.findall(match["names"]) if not _NO_NAMES.fullmatch(name)]
        before = prose[max(0, match.start() - 8) : match.start()].rstrip(" \n*_")
        opens = not before or before[-1] in ".!?:"
        lone = len(names) == 1 and match["names"].startswith(names[0])
        possessive = re.search(r"['’]", match["names"]) is not None
        if names and not (opens and lone and not possessive and match.re is _NAMED):
            found.append(names)
    return found


def find_numbered(prose: str) -> list[str]:
    """Numbered theorems, sections and the like: Theorem 3.1, Section 4."""
    return [match[0] for match in _NUMBERED.finditer(prose)]

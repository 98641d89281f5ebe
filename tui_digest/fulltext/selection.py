"""Choice of the parts that a model is shown: the mathematics, within a budget.

The budget is in tokens.

Whole papers have some 14,000 tokens, 47,000 at most; without proofs and appendices 12,000 and
16,000. Related work and references are never sent.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tui_digest.fulltext.addresses import PlaceFinder, targets_in
from tui_digest.fulltext.blocks import Document, Picture, Place, Reference, TextHeading, TextParagraph
from tui_digest.fulltext.source_text import block_source, source_text

DEFAULT_TOKENS = 16_000
"""The most that is sent of a paper by default: what nine of ten need without proofs and appendices."""

_BYTES_A_TOKEN = 3
_OPENING = re.compile(
    r"abstract|introduction|overview|motivation|main results?|(?:our )?contributions?", re.I
)
_CLOSING = re.compile(r"conclu|discussion|summary|outlook|limitation|future", re.I)
_NEVER = re.compile(
    r"(?:related|previous|prior) (?:work|literature|research)|references|bibliography|acknowledge?ments?"
    r"|index|(?:author )?contributions of|funding|conflicts?|data availability|ethics|reproducibility"
    r"|declaration|supplementary material|code availability|appendi(?:x|ces)",
    re.I,
)


class Excerpt(NamedTuple):
    """The text that a model is sent, its sections, and its approximate tokens.

    Sections are those of the first level, by their addresses; `partly` are those that are not whole,
    their proofs aside. A section that is not named is not sent.
    """

    text: str
    sections: tuple[str, ...]
    tokens: int
    partly: tuple[str, ...] = ()


def estimated_tokens(text: str) -> int:
    """An upper estimate of a text's tokens: TeX takes one for some three bytes."""
    return -(-len(text.encode("utf-8", "replace")) // _BYTES_A_TOKEN)


def select(document: Document, most_tokens: int = DEFAULT_TOKENS) -> Excerpt:
    """The parts of a paper to explain it from, within a budget.

    First abstract, introduction and conclusion, then the statements of all theorems, then the other
    sections in order, without proofs and appendices.
    """
    chooser = _Chooser(document, most_tokens)
    tops = [place for place in document.places if place.kind == "section" and place.level == 1]
    body = [place for place in tops if not place.appendix and not _NEVER.match(place.title)]
    opening = [place for place in body if _OPENING.match(place.title) or place is _first(body)]
    closing = [place for place in body if _CLOSING.search(place.title)]
    others = [place for place in body if place not in opening and place not in closing]
    for place in (*opening, *closing):
        chooser.take(range(place.first, place.end))
    statements = [place for place in document.places if place.kind == "statement"]
    for place in statements:
        if any(section.has(place.first) for section in body):
            chooser.take(range(place.first, place.end))
    for place in others:
        chooser.take(range(place.first, place.end))
    # Letters have no sections: what is in none is their body.
    covered = {number for place in tops for number in range(place.first, place.end)}
    for number in range(len(document.blocks)):
        if number not in covered:
            chooser.take(range(number, number + 1))
    return chooser.excerpt()


def select_place(document: Document, place: Place, most_tokens: int = DEFAULT_TOKENS) -> Excerpt:
    """Select a section or statement with proof, what it refers to, and the abstract."""
    chooser = _Chooser(document, most_tokens, proofs=True)
    chooser.take(range(place.first, place.end))
    finder = PlaceFinder(document)
    if place.kind == "statement":
        proof = finder.find(f"Proof of {place.address}")
        if proof is not None:
            chooser.take(range(proof.first, proof.end))
    reached = [place]
    for _ in range(2):
        following: list[Place] = []
        for source in reached:
            for target in targets_in(document.blocks[source.first : source.end]):
                found = finder.of_target(target)
                if found is not None and found.kind not in ("reference", "section", "note"):
                    following.append(found)
                    chooser.take(range(found.first, found.end))
        reached = following
    section = finder.section_of(place.first)
    if section is not None:
        chooser.take(range(section.first, min(place.first, section.end)))
    abstract = finder.find("Abstract")
    if abstract is not None:
        chooser.take(range(abstract.first, abstract.end))
    return chooser.excerpt()


def _first(body: list[Place]) -> Place | None:
    return body[0] if body else None


class _Chooser:
    """Collector of blocks while there is room; the text keeps the paper's order."""

    def __init__(self, document: Document, most_tokens: int, proofs: bool = False) -> None:
        self._document = document
        self._room = most_tokens
        self._taken: set[int] = set()
        self._finder = PlaceFinder(document)
        self._skipped: set[int] = set()
        for place in document.places:
            skipped = place.kind == "section" and _NEVER.match(place.title) is not None
            if skipped or (place.kind == "proof" and not proofs):
                self._skipped.update(range(place.first, place.end))

    def take(self, numbers: range) -> None:
        """Take these blocks in order, up to the first that does not fit, with headings."""
        for number in numbers:
            if number not in self._taken and self._may_take(number) and not self._take(number):
                return

    def _take(self, number: int) -> bool:
        wanted = [number]
        section = self._finder.section_of(number)
        if section is not None and section.first not in self._taken and section.first != number:
            wanted.insert(0, section.first)
        cost = sum(estimated_tokens(block_source(self._document.blocks[block])) + 2 for block in wanted)
        if cost > self._room:
            return False
        self._room -= cost
        self._taken.update(wanted)
        return True

    def excerpt(self) -> Excerpt:
        """Return what was taken."""
        document, taken = self._document, self._taken
        kept = [
            number for number in sorted(taken) if not self._is_heading(number) or self._has_text_below(number)
        ]
        text = source_text(document.blocks[number] for number in kept)
        sent, partly = [], []
        for place in document.places:
            if place.kind != "section" or place.level > 1:
                continue
            inside = range(place.first, place.end)
            wanted = [number for number in inside if self._may_take(number) and not self._is_heading(number)]
            has = sum(number in taken for number in wanted)
            if has:
                sent.append(place.address)
            if 0 < has < len(wanted):
                partly.append(place.address)
        return Excerpt(text, tuple(sent), estimated_tokens(text), tuple(partly))

    def _is_heading(self, number: int) -> bool:
        return isinstance(self._document.blocks[number], TextHeading)

    def _may_take(self, number: int) -> bool:
        block = self._document.blocks[number]
        if isinstance(block, TextParagraph) and block.role in ("authors", "affiliation"):
            return False
        return number not in self._skipped and not isinstance(block, Reference | Picture)

    def _has_text_below(self, heading: int) -> bool:
        for place in self._document.places:
            if place.kind == "section" and place.first == heading:
                below = range(heading + 1, place.end)
                return any(number in self._taken and not self._is_heading(number) for number in below)
        return True

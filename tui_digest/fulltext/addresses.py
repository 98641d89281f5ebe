"""Places of a paper by their usual names: "§3.1", "Theorem 2.1", "(5)", "[12]"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui_digest.fulltext.blocks import Block, Document, Equation, Place, runs_in
from tui_digest.fulltext.source_text import row_source, source_text

_FULL_NAMES = {
    "thm": "theorem", "th": "theorem", "theo": "theorem", "lem": "lemma", "lm": "lemma",
    "prop": "proposition", "cor": "corollary", "coro": "corollary", "def": "definition",
    "defn": "definition", "defi": "definition", "rem": "remark", "rmk": "remark", "ex": "example",
    "exa": "example", "ass": "assumption", "assump": "assumption", "conj": "conjecture", "fig": "figure",
    "figs": "figure", "tab": "table", "tbl": "table", "alg": "algorithm", "algo": "algorithm",
    "lst": "listing", "obs": "observation",
}  # fmt: skip
_SECTION = re.compile(r"(?:sections?|sec|sect|subsection|appendix|app|§+)\.?\s*(?=[\w(])(.+)")
_EQUATION = re.compile(r"(?:(?:equations?|eqns?|eqs?|formula|display)\.?\s*)?\((.+?)\)|"
                       r"(?:equations?|eqns?|eqs?)\.?\s*(\S+)")  # fmt: skip
_NUMBER = re.compile(r"(?:\d+|[a-z]|[ivx]+)(?:\.\d+)*")
_NAMED = re.compile(r"([a-z]+)\.?\s*(.*)")
_PROOF_OF = re.compile(r"proof of (?:the )?(.+)")


def address_key(address: str) -> str:
    """Return an address in one spelling: "§3.1" for "Sec. 3.1", "(5)" for "Eq. (5)"."""
    text = " ".join(address.casefold().split()).strip(" .,:;")
    if match := _PROOF_OF.fullmatch(text):
        return f"proof of {address_key(match[1])}"
    if match := _SECTION.fullmatch(text):
        return f"§{match[1].strip(' .')}"
    if match := _EQUATION.fullmatch(text):
        return f"({(match[1] or match[2]).strip(' ()')})"
    if match := _NAMED.fullmatch(text):
        name, rest = match.groups()
        return f"{_FULL_NAMES.get(name, name)} {rest}".strip()
    return text


class PlaceFinder:
    """Finds the places of one paper."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._by_key: dict[str, Place] = {}
        for place in document.places:
            # A section's name, where no other place has it for its address, is as good as its number.
            self._by_key.setdefault(address_key(place.address), place)
        for place in document.places:
            if place.kind == "section" and place.title:
                self._by_key.setdefault(address_key(place.title), place)

    def find(self, address: str) -> Place | None:
        """The place of that address, however it is spelled; a bare number is a section's."""
        key = address_key(address)
        return self._by_key.get(key) or (self._by_key.get(f"§{key}") if _NUMBER.fullmatch(key) else None)

    def of_target(self, target: str) -> Place | None:
        """Return the place of a reference's id, else the innermost place around it."""
        for place in self._document.places:
            if target in place.ids:
                return place
        number = self._document.anchors.get(target)
        return None if number is None else self.around(number)

    def around(self, block: int) -> Place | None:
        """The innermost place that a block is in."""
        inside = [place for place in self._document.places if place.has(block)]
        return min(inside, key=lambda place: place.end - place.first, default=None)

    def section_of(self, block: int) -> Place | None:
        """The innermost section that a block is in."""
        sections = [place for place in self._document.places if place.kind == "section" and place.has(block)]
        return max(sections, key=lambda place: place.level, default=None)


def place_blocks(document: Document, place: Place) -> tuple[Block, ...]:
    """The blocks of a place; of a numbered row of a display, that row alone."""
    blocks = document.blocks[place.first : place.end]
    if place.row < 0:
        return blocks
    (block,) = blocks
    if not isinstance(block, Equation) or place.row >= len(block.rows):
        return blocks
    return (Equation(rows=(block.rows[place.row],)),)


def place_texts(document: Document) -> dict[str, str]:
    """Return the text with TeX of every place by address, for checking quotations.

    Places that share an address, as unnumbered remarks do, share one text.
    """
    texts: dict[str, str] = {}
    for place in document.places:
        if place.kind == "equation" and place.row >= 0:
            block = document.blocks[place.first]
            text = row_source(block.rows[place.row]) if isinstance(block, Equation) else source_text([block])
        else:
            text = source_text(document.blocks[place.first : place.end])
        known = texts.get(place.address)
        texts[place.address] = f"{known}\n\n{text}" if known else text
    return texts


def targets_in(blocks: Sequence[Block]) -> list[str]:
    """The ids that blocks refer to, in order, each once."""
    return list(dict.fromkeys(run.target for block in blocks for run in runs_in(block) if run.target))

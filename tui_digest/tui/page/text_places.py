"""Sections, statements and figures of a paper's text, by their blocks."""

from __future__ import annotations

from typing import NamedTuple

from tui_digest.fulltext.addresses import PlaceFinder
from tui_digest.fulltext.blocks import Document, Picture, Place, PlaceKind, TextHeading


class FigurePictures(NamedTuple):
    """A figure's pictures: its name, their addresses on the page, the chosen one."""

    title: str
    sources: tuple[str, ...]
    number: int = 0


class TextPlaces:
    """The places of one paper's text."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._finder = PlaceFinder(document)

    def sections(self) -> list[int]:
        """The blocks of all headings, in order."""
        blocks = enumerate(self.document.blocks)
        return [number for number, block in blocks if isinstance(block, TextHeading)]

    def statements(self) -> list[int]:
        """The first blocks of theorem-like statements, in order."""
        return sorted({place.first for place in self.document.places if place.kind == "statement"})

    def contents(self) -> list[Place]:
        """Sections and statements, in order."""
        return [place for place in self.document.places if place.kind in ("section", "statement")]

    def find(self, address: str) -> Place | None:
        """The place of an address such as "Theorem 2.1", however it is spelled."""
        return self._finder.find(address)

    def of_target(self, target: str) -> Place | None:
        """Return the place of a reference's id, else the innermost place around it."""
        return self._finder.of_target(target)

    def section_at(self, block: int) -> Place | None:
        """The innermost section that a block is in."""
        return self._finder.section_of(block) if block >= 0 else None

    def statement_at(self, block: int) -> Place | None:
        """The innermost theorem-like statement that a block is in."""
        return self._innermost(block, "statement")

    def subject_at(self, block: int) -> Place | None:
        """The statement of a block, or the one that it proves, else its section."""
        proof = self._innermost(block, "proof")
        proved = self._finder.find(proof.address.removeprefix("Proof of ")) if proof else None
        return self.statement_at(block) or proved or self.section_at(block)

    def _innermost(self, block: int, kind: PlaceKind) -> Place | None:
        """The last place of a kind that a block is in."""
        places = reversed(self.document.places)
        return next((place for place in places if place.kind == kind and place.has(block)), None)

    def picture_at(self, block: int) -> str:
        """Return the address of the picture in a block or the one below it, or ""."""
        for number in (block, block + 1):
            if 0 <= number < len(self.document.blocks):
                found = self.document.blocks[number]
                if isinstance(found, Picture) and found.sources:
                    return found.sources[0]
        return ""

    def figure_of(self, source: str) -> FigurePictures:
        """The figure that has a picture."""
        for number, block in enumerate(self.document.blocks):
            if isinstance(block, Picture) and source in block.sources:
                place = self._finder.around(number)
                title = place.address if place is not None and place.kind == "figure" else "Picture"
                return FigurePictures(title, block.sources, block.sources.index(source))
        return FigurePictures("Picture", (source,))

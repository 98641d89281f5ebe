"""A paper's whole text in `read --plain`, section by section or one place of it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from tui_digest.core.texts import PaperText, TextPlace
from tui_digest.errors import TuiDigestError
from tui_digest.fulltext.addresses import PlaceFinder, place_blocks
from tui_digest.fulltext.blocks import TextHeading
from tui_digest.latex import spoken, to_unicode
from tui_digest.render.fulltext.spoken import Speak, spoken_blocks, spoken_lines
from tui_digest.settings import Mathematics

END = "This is the end of the text."


class TextReading:
    """Position in a text; a section ends at the next heading, of whatever level.

    Args:
        text: the text.
        sentences: where it came from and what it lacks.
        place: where the reader was in it, if it was read before.
    """

    def __init__(
        self, text: PaperText, sentences: Sequence[str] = (), place: TextPlace | None = None
    ) -> None:
        self.text = text
        self._sentences = sentences
        self._finder = PlaceFinder(text.document)
        blocks = text.document.blocks
        self._starts = [
            0,
            *(number for number, block in enumerate(blocks) if number and isinstance(block, TextHeading)),
        ]
        self._next = 0
        if place is not None and not place.finished:
            self._next = max(start for start in self._starts if start <= place.block)

    @property
    def place(self) -> TextPlace:
        """The section that is read next, or that the text was read to its end."""
        return TextPlace(min(self._next, max(0, len(self.text.document.blocks) - 1)), self.is_over)

    @property
    def is_over(self) -> bool:
        """Whether the last section was read."""
        return self._next >= len(self.text.document.blocks)

    def go_on(self, mathematics: Mathematics) -> str:
        """The next section; after the last one, that the text ends."""
        if self.is_over:
            return END
        start = self._next
        self._next = next((later for later in self._starts if later > start), len(self.text.document.blocks))
        lines = self._lines(start, self._next, _speak(mathematics))
        return f"{lines}\n\n{END}" if self.is_over else lines

    def at(self, address: str, mathematics: Mathematics) -> str:
        """Return a section by number or name, to continue from, or another place alone.

        Raises:
            TuiDigestError: the text has no such place.
        """
        place = self._finder.find(address)
        if place is None:
            raise TuiDigestError(f"The text has no {address[:40]}; contents lists its sections.")
        if place.kind == "section":
            self._next = place.first
            return self.go_on(mathematics)
        return "\n".join(spoken_blocks(place_blocks(self.text.document, place), _speak(mathematics)))

    def contents(self, mathematics: Mathematics) -> str:
        """The headings, a line each."""
        headings = [block for block in self.text.document.blocks if isinstance(block, TextHeading)]
        lines = filter(None, spoken_blocks(headings, _speak(mathematics)))
        return "\n".join(lines) or "The text has no sections."

    def _lines(self, start: int, end: int, speak: Speak) -> str:
        document = msgspec.structs.replace(self.text.document, blocks=self.text.document.blocks[start:end])
        lines = (
            spoken_blocks(document.blocks, speak) if start else spoken_lines(document, self._sentences, speak)
        )
        return "\n".join(lines)


def _speak(mathematics: Mathematics) -> Speak:
    return spoken if mathematics == "spoken" else to_unicode

"""A paper's text while it is read: current line, places, links, search, way back.

It knows no widget.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import NamedTuple

from tui_digest.core.texts import PaperText, TextPlace
from tui_digest.fulltext.blocks import Document, Place
from tui_digest.fulltext.source_text import block_source
from tui_digest.latex import search_key
from tui_digest.render.fulltext.layout import TextLayout, TextLine
from tui_digest.render.fulltext.styled import StyledSpan
from tui_digest.tui.page.text_card import TextCard, card_of_target
from tui_digest.tui.page.text_lines import TextLines
from tui_digest.tui.page.text_places import TextPlaces
from tui_digest.tui.page.text_search import LineMatch, TextSearch, Where, find_quoted

MARGIN = 3
"""Lines that stay in view above and below the current one while it moves."""

_SLICE_S = 0.004


class TextLink(NamedTuple):
    """Something on a line that leads somewhere: a reference, a link, a picture."""

    line: int
    span: StyledSpan


class _Spot(NamedTuple):
    """Position of the current line: lines below its block's first, and below the top."""

    block: int
    in_block: int
    below_top: int


class TextView:
    """The visible part of a paper's text, its lines, and the current line.

    Args:
        text: the paper.
        sentences: what is under the title.
        where: finds the folded words of a search in a shown line.

    Attributes:
        places: sections, statements and figures of the paper.
        current: the number of the current line.
        top: the first line in view.
        height: how many lines are in view.
        matches: what the last search found.
        link: the link that Tab went to.
        card: the place that is shown over the text.
        quoted: where on which lines the words are that an explanation quotes.
    """

    def __init__(self, text: PaperText, sentences: Sequence[str], where: Where) -> None:
        self.text = text
        self.places = TextPlaces(text.document)
        self.current = 0
        self.top = 0
        self.height = 1
        self.matches: tuple[LineMatch, ...] = ()
        self.query = ""
        self.link: TextLink | None = None
        self.card: TextCard | None = None
        self.quoted: dict[int, tuple[tuple[int, int], ...]] = {}
        self.finished = False

        self._laid = TextLines(text.document, sentences, shifted=self._shift, replaced=self._forget_lines)
        self._search = TextSearch(text.document.blocks, where, self.line_of)
        self._match_of_line: dict[int, LineMatch] = {}
        self._back: list[_Spot] = []

    @property
    def document(self) -> Document:
        """The paper."""
        return self.text.document

    @property
    def lines(self) -> list[TextLine]:
        """The lines that are laid out; all of them once `complete`."""
        return self._laid.lines

    @property
    def complete(self) -> bool:
        """Whether all lines are laid out."""
        return self._laid.is_complete

    @property
    def layout(self) -> TextLayout:
        """Layout settings of the lines."""
        return self._laid.layout

    def lay_out(self, layout: TextLayout, height: int, block: int | None = None) -> None:
        """Lay out what is in view again, with the same text or a block at the top."""
        kept = self.block_at(self.top) if block is None else block
        inside = self.block_at(self.current) if block is None else block
        share = self._share_of_block(self.current) if block is None else 0.0
        self._laid.layout, self.height = layout, max(1, height)
        self._laid.lay_out_from(kept, self.height)
        above = MARGIN if block is not None else 0
        while self._laid.start_of(kept) < above and self._laid.extend_up():
            pass
        self.top = max(0, self.line_of(kept) - above) if kept > 0 else 0
        self.current = self._line_at_share(inside, share) if inside >= 0 else 0
        self._clamp()
        if self.query:
            self.search(self.query, move=False)

    def _forget_lines(self) -> None:
        """Forget what is said of lines: others take their place."""
        self._search.forget_lines()
        self.link = self.card = None
        self.quoted = {}

    def _shift(self, added: int) -> None:
        """Move what is said of lines down: some were added above."""
        self.current += added
        self.top += added
        self.quoted = {line + added: spans for line, spans in self.quoted.items()}
        if self.link is not None:
            self.link = self.link._replace(line=self.link.line + added)

    def resize(self, height: int) -> None:
        """Show another number of lines; the current one stays in view."""
        self.height = max(1, height)
        if self.current >= self.top + self.height:
            self.top = self.current - self.height + 1
        self._clamp()

    def _share_of_block(self, line: int) -> float:
        """Return how far down in its block a line is, from 0 to 1."""
        block = self.block_at(line)
        if block < 0:
            return 0.0
        first, last = self._laid.words_of(block), self._laid.last_of(block)
        return (line - first) / (last - first) if last > first else 0.0

    def _line_at_share(self, block: int, share: float) -> int:
        first = self.line_of(block)
        return first + round(max(0.0, share) * (self._laid.last_of(block) - first))

    def fill(self, seconds: float = _SLICE_S) -> bool:
        """Lay out more for some seconds; tell whether there is still more to do."""
        until = time.perf_counter() + seconds
        while not self.complete and time.perf_counter() < until:
            if not self._laid.extend_down():
                self._laid.extend_up()
        return not self.complete or not self._search.fold(self.lines, until)

    def complete_now(self) -> None:
        """Lay out all that is left."""
        while self._laid.extend_down() or self._laid.extend_up():
            pass

    def block_at(self, line: int) -> int:
        """The block of a line; -1 above the first."""
        return self._laid.block_at(line)

    def line_of(self, block: int) -> int:
        """The first line of a block, after blank ones; it is laid out if it is not."""
        if not 0 <= block < len(self.document.blocks):
            return 0
        self._laid.require(block, self.height)
        return self._laid.words_of(block)

    def _clamp(self) -> None:
        last = max(0, len(self.lines) - 1)
        self.current = max(0, min(self.current, last))
        self.top = max(0, min(self.top, self._last_top()))
        if self._shows_end():
            self.finished = True

    def _shows_end(self) -> bool:
        return self._laid.has_end and self.top + self.height >= len(self.lines) > 0

    def _last_top(self) -> int:
        return max(0, len(self.lines) - self.height)

    def _need(self, above: int, below: int) -> None:
        """Lay out lines above and below the current one, as far as there are any."""
        while self.current + below >= len(self.lines) and self._laid.extend_down():
            pass
        while self.current < above and self._laid.extend_up():
            pass

    def move(self, lines: int) -> None:
        """Move the current line; the text follows before it leaves the view."""
        self._need(self.height - lines, self.height + lines)
        target = self.current + lines
        self.current = max(0, min(target, len(self.lines) - 1))
        self.link = None
        margin = min(MARGIN, max(0, (self.height - 1) // 2))
        if self.current < self.top + margin:
            self.top = self.current - margin
        elif self.current >= self.top + self.height - margin:
            self.top = self.current - self.height + 1 + margin
        self._clamp()

    def scroll(self, lines: int) -> None:
        """Move the text, and the current line with it where it would leave the view."""
        self._need(self.height - lines, 2 * self.height + lines)
        self.top += lines
        self._clamp()
        self.current = max(self.top, min(self.current, self.top + self.height - 1))
        self.link = None
        self._clamp()

    def page(self, share: float) -> None:
        """Move text and current line by a share of the view."""
        step = max(1, round(self.height * abs(share)))
        step = step if share > 0 else -step
        offset = self.current - self.top
        self._need(2 * self.height - step, 2 * self.height + step)
        top = max(0, min(self.top + step, self._last_top()))
        if top == self.top:
            self.current = 0 if step < 0 else len(self.lines) - 1
        else:
            self.top = top
            self.current = top + offset
        self.link = None
        self._clamp()

    def go_to_line(self, line: int, *, remember: bool = True) -> None:
        """Make a line current, a little below the top; `back` records the previous place."""
        if remember:
            self._remember()
        self.current = line
        self.top = line - min(MARGIN, self.height // 3)
        self.link = self.card = None
        self._clamp()

    def go_to_block(self, block: int, *, remember: bool = True) -> None:
        """Go to the beginning of a block."""
        if remember:
            self._remember()
        self.go_to_line(self.line_of(block), remember=False)

    def first(self) -> None:
        """Go to the top."""
        self._remember()
        self._laid.require(0, self.height)
        self.go_to_line(0, remember=False)

    def last(self) -> None:
        """Go to the end."""
        self._remember()
        self._laid.require(len(self.document.blocks) - 1, self.height)
        self.current, self.top = len(self.lines) - 1, self._last_top()
        self._clamp()

    def _remember(self) -> None:
        """Remember the current line for `back`."""
        block = self.block_at(self.current)
        in_block = self.current - self._laid.start_of(block)
        self._back.append(_Spot(block, in_block, self.current - self.top))

    def back(self) -> bool:
        """Go back to where the last jump began; tell whether there was one."""
        if not self._back:
            return False
        spot = self._back.pop()
        self._laid.require(max(0, spot.block), self.height)
        self.current = self._laid.start_of(spot.block) + spot.in_block
        self.top = self.current - spot.below_top
        self.link = self.card = None
        self._clamp()
        return True

    def step(self, blocks: Sequence[int], count: int) -> bool:
        """Go to the next of some blocks, negative: previous; tell whether there is one."""
        here = self.block_at(self.current)
        beyond = (
            [block for block in blocks if block > here]
            if count > 0
            else [block for block in reversed(blocks) if block < here or self._is_below_start(block, here)]
        )
        if not beyond:
            return False
        self.go_to_block(beyond[min(abs(count), len(beyond)) - 1])
        return True

    def _is_below_start(self, block: int, here: int) -> bool:
        """Tell whether the current line is in a block below its first line.

        Going back leads there then.
        """
        return block == here and self.current > self.line_of(block)

    def section(self) -> Place | None:
        """The section of the current line."""
        return self.places.section_at(self.block_at(self.current))

    def statement(self) -> Place | None:
        """The theorem-like statement of the current line."""
        return self.places.statement_at(self.block_at(self.current))

    def subject(self) -> Place | None:
        """The statement of the current line, or the one that it proves, else its section."""
        return self.places.subject_at(self.block_at(self.current))

    def picture(self) -> str:
        """Return the address of the picture on the current line, or ""."""
        return self.places.picture_at(self.block_at(self.current))

    def share(self) -> int:
        """Return how far down the view is, in per cent."""
        if self._shows_end():
            return 100
        if not self.complete:
            blocks = max(1, len(self.document.blocks))
            return round(100 * max(0, self.block_at(self.top + self.height - 1)) / blocks)
        return min(100, round(100 * (self.top + self.height) / max(1, len(self.lines))))

    def place(self) -> TextPlace:
        """Return where the reader is, to be remembered."""
        return TextPlace(max(0, self.block_at(self.current)), self.finished)

    def links(self, line: int) -> list[TextLink]:
        """Return what leads somewhere on a line."""
        spans = self.lines[line].spans if 0 <= line < len(self.lines) else ()
        return [TextLink(line, span) for span in spans if span.target or span.url]

    def step_link(self, step: int) -> bool:
        """Go to the next or previous reference, link or picture; tell if there is one."""
        if step < 0:
            self.complete_now()
        here = self.link
        line = here.line if here is not None else self.current
        while 0 <= line < len(self.lines):
            if line + 1 == len(self.lines):
                self._laid.extend_down()
            found = self.links(line)[::step]
            for link in found:
                if here is None or link.line != here.line or (link.span.start - here.span.start) * step > 0:
                    self._show_line(line)
                    self.link = link
                    return True
            line += step
        return False

    def _show_line(self, line: int) -> None:
        self.current = line
        if not self.top + 1 <= line < self.top + self.height - 1:
            self.top = line - self.height // 3
        self.card = None
        self._clamp()

    def chosen_link(self) -> TextLink | None:
        """Return the link chosen by Tab, else the current line's first, else a picture.

        Pictures are those of the line's block.
        """
        if self.link is not None:
            return self.link
        found = self.links(self.current)
        return found[0] if found else None

    def follow(self, target: str) -> bool:
        """Go to what a reference leads to; tell whether the paper has it."""
        number = self.document.anchors.get(target)
        place = self.places.of_target(target)
        if place is None and number is None:
            return False
        self._remember()
        line = self._line_of_place(place) if place is not None else self.line_of(number or 0)
        self.go_to_line(line, remember=False)
        return True

    def _line_of_place(self, place: Place) -> int:
        """The first line of a place; of a row of a display, the line with its number."""
        first = self.line_of(place.first)
        if place.kind != "equation":
            return first
        for line in range(first, len(self.lines)):
            if self.block_at(line) != place.first:
                break
            if self.lines[line].text.endswith(place.address):
                return line
        return first

    def show_quotation(self, address: str, words: str) -> bool:
        """Go to the words quoted from a place and mark them; tell if the place exists."""
        place = self.places.find(address)
        if place is None:
            return False
        self._remember()
        line = self._line_of_place(place)
        self._laid.extend_to(place.end)
        passage = range(self._laid.start_of(place.first), self._laid.start_of(place.end, len(self.lines)))
        self.quoted = find_quoted(self.lines, passage, words)
        self.go_to_line(min(self.quoted, default=line), remember=False)
        return True

    def show_card(self, target: str) -> bool:
        """Show what a reference leads to over the text; tell whether the paper has it."""
        card = card_of_target(self.places, target, self.layout, self.height // 2)
        if card is None:
            return False
        self.card = card
        return True

    def search(self, query: str, *, move: bool = True) -> None:
        """Find words in all lines; with `move`, go to the first match from here on."""
        self.query = query
        words = search_key(query).split()
        if not words:
            self.matches = ()
            return
        self.complete_now()
        self.matches = tuple(self._search.find(self.lines, words))
        self._match_of_line = {match.line: match for match in self.matches}
        if move and self.matches:
            following = next((match for match in self.matches if match.line >= self.current), self.matches[0])
            self._show_line(following.line)

    def step_match(self, step: int) -> int:
        """Go to the next or previous match, wrapping; return its number from 1, or 0."""
        if not self.matches:
            return 0
        lines = [match.line for match in self.matches]
        beyond = [line for line in lines[::step] if (line - self.current) * step > 0]
        line = beyond[0] if beyond else lines[::step][0]
        self._remember()
        self._show_line(line)
        self.link = None
        return lines.index(line) + 1

    def spans_of_match(self, line: int) -> tuple[tuple[int, int], ...] | None:
        """Return where searched words are on a line; None if the line does not match."""
        if line in self.quoted:
            return self.quoted[line]
        if not self.matches:
            return None
        match = self._match_of_line.get(line)
        if match is None:
            return None
        return match.spans or ((0, len(self.lines[line].text)),)

    def tex(self) -> str:
        """Return the TeX of the current line's formulas, or its block with its TeX."""
        if not 0 <= self.current < len(self.lines):
            return ""
        formulas = [span.tex for span in self.lines[self.current].spans if span.tex]
        if self.link is None and formulas:
            return "\n".join(dict.fromkeys(formulas))
        block = self.block_at(self.current)
        return block_source(self.document.blocks[block]) if block >= 0 else ""

    def address(self) -> str:
        """The address of the current section on arXiv's page."""
        section = self.section()
        anchor = section.ids[0] if section is not None and section.ids else ""
        return f"{self.text.page_address}#{anchor}" if anchor else self.text.page_address

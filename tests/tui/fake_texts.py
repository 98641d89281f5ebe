"""Texts of papers in memory, and a made-up paper with something of every kind of place to move to."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tests.fulltext.pages import equation, math, page, paragraph, section
from tui_digest.core.texts import PaperText, Progress, TextPlace
from tui_digest.errors import ArxivError, TuiDigestError
from tui_digest.fulltext.blocks import Document
from tui_digest.fulltext.read_page import read_page
from tui_digest.paper import ArxivId, Paper

FETCHED = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


def statement(head: str, html: str, name: str) -> str:
    title = f'<h6 class="ltx_title"><span class="ltx_tag ltx_tag_theorem">{head}</span>.</h6>'
    return f'<div id="{name}" class="ltx_theorem ltx_theorem_theorem">{title}{html}</div>'


def reference(target: str, words: str) -> str:
    return f'<a href="#{target}" class="ltx_ref"><span class="ltx_text ltx_ref_tag">{words}</span></a>'


FILLER = "Words that fill the lines of a page, so that there is something to scroll through. " * 12
FIGURE = (
    '<figure id="S2.F1" class="ltx_figure"><img src="x1.png" class="ltx_graphics" alt="Refer to caption">'
    '<figcaption class="ltx_caption"><span class="ltx_tag">Figure 1: </span>Curves.</figcaption></figure>'
)
BIBLIOGRAPHY = (
    '<ul class="ltx_biblist"><li id="bib.bib1" class="ltx_bibitem">'
    '<span class="ltx_tag ltx_tag_bibitem">[1]</span>'
    '<span class="ltx_bibblock">A. Author. <a href="https://example.org/paper">A title</a>.</span></li></ul>'
)


def made_up_paper(fill: str = FILLER) -> str:
    """A page with two sections, a theorem, a numbered equation, a figure and one reference."""
    return page(
        f'<div class="ltx_abstract">{paragraph("In short.")}</div>'
        + section(
            "Setup",
            paragraph(
                f"Let {math(chr(92) + 'varepsilon')} be small; see {reference('Thm1', 'Theorem 1')}. {fill}"
            )
            + paragraph(
                f"By ({reference('S1.E1', '1')}) and [{reference('bib.bib1', '1')}] we have it. {fill}"
            ),
        )
        + section(
            "Rates",
            statement("Theorem 1", paragraph(f"The rate in {math(chr(92) + 'ell_2')} is sublinear."), "Thm1")
            + paragraph(fill)
            + equation((["x", "=y+z"], "(1)"))
            + FIGURE,
            "2",
            "S2",
        )
        + section("References", BIBLIOGRAPHY, "", "bib", "bibliography"),
        title="A made-up paper",
    )


def make_text(paper: Paper, document: Document | None = None, **changes: object) -> PaperText:
    """The text of a paper."""
    fields: dict[str, object] = {
        "paper": ArxivId(paper.id, paper.version),
        "document": document or read_page(made_up_paper()),
        "body_hash": "aa",
        "fetched_at": FETCHED,
        "page_address": f"https://arxiv.org/html/{paper.arxiv_id}",
    }
    return PaperText(**{**fields, **changes})  # type: ignore[arg-type]


@dataclass
class FakeTexts:
    """Texts that are made as they are asked for. `gate`, when set, holds every fetch until it is opened."""

    html: str = field(default_factory=made_up_paper)
    error: str = ""
    gate: asyncio.Event | None = None
    stored_ids: set[str] = field(default_factory=set)
    asked: list[tuple[str, bool]] = field(default_factory=list)
    places: dict[str, TextPlace] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    changes: dict[str, object] = field(default_factory=dict)

    def stored(self, paper: Paper) -> PaperText | None:
        return self._text(paper) if paper.id in self.stored_ids else None

    async def fetch(self, paper: Paper, *, again: bool, progress: Progress) -> PaperText:
        self.asked.append((paper.id, again))
        progress("asking arXiv")
        if self.gate is not None:
            await self.gate.wait()
        if self.error:
            raise ArxivError(self.error)
        self.stored_ids.add(paper.id)
        return self._text(paper)

    def _text(self, paper: Paper) -> PaperText:
        return make_text(paper, read_page(self.html), **self.changes)

    async def picture(self, text: PaperText, source: str, progress: Progress) -> bytes:
        raise TuiDigestError("There are no pictures.")

    def place(self, text: PaperText) -> TextPlace | None:
        return self.places.get(text.paper.number)

    def remember(self, text: PaperText, place: TextPlace) -> None:
        self.places[text.paper.number] = place

    def keep(self, paper: Paper) -> None:
        self.kept.append(paper.id)

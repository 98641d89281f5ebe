"""A paper as an item of Zotero's type `preprint`, with its tags and notes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from tui_digest.entry import Entry
from tui_digest.export.citation_keys import issued
from tui_digest.export.segments import readable, readable_paragraphs
from tui_digest.paper import Paper
from tui_digest.render.author_names import read_authors
from tui_digest.render.receipt import receipt_line
from tui_digest.text.sanitise import sanitise

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererProtocol
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict


def item(entry: Entry) -> dict[str, object]:
    """Return the item as `/connector/saveItems` takes it; formulas stay TeX.

    Fields: https://api.zotero.org/schema, item type `preprint`.
    """
    paper = entry.paper
    day = issued(paper)
    fields = {
        "id": paper.id,
        "itemType": "preprint",
        "title": readable(paper.title),
        "creators": _creators(paper),
        "abstractNote": readable_paragraphs(paper.abstract),
        "date": "-".join(f"{part:02}" for part in day) if day else "",
        "repository": "arXiv",
        "archiveID": f"arXiv:{paper.id}",
        "DOI": arxiv_doi(paper.id),
        "url": f"https://arxiv.org/abs/{paper.id}",
        "libraryCatalog": "arXiv.org",
        "extra": "\n".join(_extra(paper)),
        "notes": [{"note": note} for note in item_notes(entry)],
    }
    return {name: value for name, value in fields.items() if value not in ("", [])}


def arxiv_doi(paper_id: str) -> str:
    """Return the DOI that arXiv registers for a paper.

    https://info.arxiv.org/help/doi.html
    """
    return f"10.48550/arXiv.{paper_id}"


def tags(entry: Entry) -> list[str]:
    """Return the tags that the item gets: the reader's own."""
    return list(entry.tags)


def item_notes(entry: Entry) -> list[str]:
    """Return the reader's note and the explanation with its receipt, as HTML."""
    found = [_html(entry.reading.note)] if entry.reading.note else []
    if entry.explanation is not None:
        receipt = receipt_line(entry.explanation.receipt)
        found.append(_html(f"{entry.explanation.text}\n\n*{receipt}*"))
    return found


def _creators(paper: Paper) -> list[dict[str, str]]:
    return [
        {
            "firstName": f"{name.given}, {name.suffix}" if name.suffix else name.given,
            "lastName": name.short,
            "creatorType": "author",
        }
        if name.given
        else {"name": name.family, "creatorType": "author"}
        for name in read_authors(paper.authors).names
    ]


def _extra(paper: Paper) -> list[str]:
    lines = [f"arXiv:{paper.id} [{paper.primary}]"]
    if paper.doi:
        lines.append(f"Journal DOI: {paper.doi}")
    if paper.journal_ref:
        lines.append(f"Journal: {readable(paper.journal_ref)}")
    return lines


def _html(markdown: str) -> str:
    """Return Markdown as HTML with the formulas of Zotero's notes; HTML is text."""
    html: str = _parser().render(sanitise(markdown))
    return html


@cache
def _parser() -> MarkdownIt:
    """CommonMark with tables and formulas, without pictures, which are fetched."""
    from markdown_it import MarkdownIt

    from tui_digest.latex.markdown import formulas

    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    parser.use(formulas.plugin)
    for name in (formulas.INLINE, formulas.DISPLAY):
        parser.add_render_rule(name, _formula)
    return parser


def _formula(
    renderer: RendererProtocol, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType
) -> str:
    r"""Return a formula as Zotero's editor of notes keeps it.

    `<span class="math">$…$</span>` in a line, `<pre class="math">$$…$$</pre>` displayed:
    https://github.com/zotero/note-editor
    """
    token = tokens[place]
    tex = escape(token.content, quote=False)
    return f'<pre class="math">$${tex}$$</pre>\n' if token.block else f'<span class="math">${tex}$</span>'

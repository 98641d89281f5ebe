"""HTML export: one file, inline CSS, light and dark, no scripts, nothing external."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from urllib.parse import quote

from tui_digest.entry import Entry
from tui_digest.export.collection import EVERYTHING, Collection
from tui_digest.export.html_text import html_line, html_markdown, html_paragraphs
from tui_digest.export.markdown import completeness_line
from tui_digest.render.author_names import author_line
from tui_digest.render.explanation import annotate
from tui_digest.render.labels import announce_label, day_name
from tui_digest.render.receipt import receipt_line
from tui_digest.settings import ExportContents
from tui_digest.text.sanitise import one_line

_STYLE = """\
:root { color-scheme: light dark; --ink: #1d2126; --quiet: #5b6470; --ground: #fff; --line: #d9dde2; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #dcd9d2; --quiet: #99a0a8; --ground: #15171b; --line: #333a43; }
}
body { color: var(--ink); background: var(--ground); font: 1rem/1.55 Georgia, serif; margin: 0 auto;
  max-width: 44rem; padding: 2rem 1.25rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin: 0 0 .2rem; }
article { border-top: 1px solid var(--line); padding: 1.4rem 0; }
.facts { color: var(--quiet); font-size: .9rem; margin: .1rem 0; }
.math { white-space: pre-wrap; } .display { text-align: center; overflow-x: auto; }
blockquote { border-left: 3px solid var(--line); margin: .8rem 0; padding-left: 1rem; }
pre { overflow-x: auto; } table { border-collapse: collapse; }
th, td { border: 1px solid var(--line); padding: .2rem .5rem; }
a { color: inherit; }"""


def render_html(collection: Collection, contents: ExportContents = EVERYTHING) -> str:
    """Return the papers as one HTML file, readable without scripts."""
    title = escape(collection_title(collection))
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title}</title>",
            f"<style>\n{_STYLE}\n</style>",
            "</head>",
            "<body>",
            f"<h1>{title}</h1>",
            *_digest_facts(collection),
            *(html_article(entry, contents) for entry in collection.entries),
            "</body>",
            "</html>",
            "",
        ]
    )


def collection_title(collection: Collection) -> str:
    """Return what the papers are, in a line."""
    day = f", {day_name(collection.date)} {collection.date.year}" if collection.date else ""
    name = f" ({collection.name})" if collection.name else ""
    return one_line(f"arXiv digest{day}{name}")


def html_article(entry: Entry, contents: ExportContents) -> str:
    """Return one paper as an `article`."""
    return "\n".join(["<article>", *_paper(entry, contents), "</article>"])


def _digest_facts(collection: Collection) -> Iterator[str]:
    if collection.categories:
        yield f'<p class="facts">{escape(", ".join(collection.categories))}</p>'
    if incomplete := completeness_line(collection.completeness):
        yield f'<p class="facts"><em>{escape(incomplete)}</em></p>'


def _paper(entry: Entry, contents: ExportContents) -> Iterator[str]:
    paper = entry.paper
    yield f'<h2><a href="{escape(paper.abs_url)}">{html_line(paper.title) or "Untitled"}</a></h2>'
    yield f'<p class="facts">{escape(author_line(paper.authors))}</p>'
    yield f'<p class="facts">{" · ".join(_facts(entry, contents))}</p>'
    if contents.abstract and paper.abstract.strip():
        yield f"<blockquote>\n{html_paragraphs(paper.abstract)}\n</blockquote>"
    if contents.explanation and entry.explanation is not None:
        yield "<h3>Explanation</h3>"
        yield html_markdown(annotate(entry.explanation), 4)
        yield f'<p class="facts"><em>{escape(receipt_line(entry.explanation.receipt))}</em></p>'
    if contents.notes and entry.reading.note.strip():
        yield "<h3>Note</h3>"
        yield html_markdown(entry.reading.note, 4)


def _facts(entry: Entry, contents: ExportContents) -> Iterator[str]:
    paper = entry.paper
    yield f'{escape(str(paper.arxiv_id))} (<a href="{escape(paper.pdf_url)}">pdf</a>)'
    yield escape(" ".join(paper.categories))
    if paper.announce_type is not None:
        yield escape(announce_label(paper.announce_type))
    if paper.comment:
        yield html_line(paper.comment)
    if paper.journal_ref:
        yield html_line(paper.journal_ref)
    if doi := one_line(paper.doi or ""):
        yield f'<a href="https://doi.org/{escape(quote(doi, errors="replace"))}">{escape(doi)}</a>'
    if contents.marks and entry.reading.mark is not None:
        yield escape(entry.reading.mark.replace("-", " "))
    if contents.marks and entry.tags:
        yield escape(" ".join(f"#{tag}" for tag in entry.tags))
    if entry.reasons:
        yield f"picked for {'; '.join(map(html_line, entry.reasons))}"

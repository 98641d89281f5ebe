"""Papers as plain text with rendered mathematics, for standard output."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from textwrap import indent

from tui_digest.entry import Entry
from tui_digest.latex import paragraphs, to_unicode
from tui_digest.latex.symbols.glyphs import cells
from tui_digest.paper import Paper
from tui_digest.render.author_names import author_line
from tui_digest.render.explanation import annotate
from tui_digest.render.labels import ASCII_MARKS, announce_label, licence_name, reasons_words, tag_line
from tui_digest.render.receipt import receipt_line
from tui_digest.render.wrapping import line_starts
from tui_digest.text.sanitise import one_line, sanitise

_AUTHORS_LISTED = 3


def plain_row(entry: Entry, width: int) -> str:
    """Format a paper for a list: mark, id, type, categories, tags, title and more.

    The authors and the reasons of a pick come last.
    """
    paper = entry.paper
    mark = entry.reading.mark
    sign = ASCII_MARKS[mark] if mark is not None else " "
    kind = announce_label(paper.announce_type)
    parts = (str(paper.arxiv_id), kind, " ".join(paper.categories), one_line(tag_line(entry.tags)))
    head = "  ".join(filter(None, parts))
    authors = author_line(paper.authors, _AUTHORS_LISTED)
    lines = [
        _filled(f"{sign} {head}", width, hang=2),
        _indented(_rendered(paper.title), width),
        _indented(authors, width),
    ]
    if entry.reasons:
        lines.append(_indented(_picked_for(entry), width))
    return "\n".join(lines)


def plain_page(entry: Entry, width: int, *, tex: bool = False) -> str:
    """Format a paper with all its data, in lines of at most `width` columns.

    With `tex` the texts are not rendered.
    """
    render = one_line if tex else _rendered
    filled = (_filled(paragraph, width) for paragraph in _paragraphs(entry, render))
    return "\n\n".join(
        ["\n".join(_head(entry.paper, render, width)), *filled, *_longer_texts(entry, width, tex=tex)]
    )


def _filled(text: str, width: int, hang: int = 0) -> str:
    """Break a text between words, and words and addresses that are wider than a line.

    Args:
        text: one paragraph.
        width: columns of a line, with its indentation.
        hang: the indentation of lines after the first.
    """
    places = [0, *line_starts(text, width, cells, hang=hang), len(text)]
    lines = [text[start:end].rstrip() for start, end in pairwise(places)]
    return f"\n{' ' * hang}".join(lines)


def _indented(text: str, width: int) -> str:
    return indent(_filled(text, width - 2), "  ")


def _picked_for(entry: Entry) -> str:
    words = reasons_words([one_line(reason) for reason in entry.reasons])
    return f"{words[:1].lower()}{words[1:]}"


def _rendered(text: str) -> str:
    return to_unicode(one_line(text))


def _head(paper: Paper, render: Callable[[str], str], width: int) -> Iterator[str]:
    yield _filled(render(paper.title), width)
    yield _filled(author_line(paper.authors), width)
    parts = str(paper.arxiv_id), announce_label(paper.announce_type), " ".join(paper.categories)
    yield _filled(" · ".join(filter(None, parts)), width)
    yield _filled(f"{paper.abs_url} · {paper.pdf_url}", width)
    for label, text in (("Comment", paper.comment), ("Journal", paper.journal_ref), ("DOI", paper.doi)):
        if text:
            yield _filled(f"{label}: {render(text)}", width)
    if paper.licence:
        yield _filled(f"Licence: {licence_name(paper.licence)}", width)


def _paragraphs(entry: Entry, render: Callable[[str], str]) -> Iterator[str]:
    if entry.tags:
        yield f"Tags: {one_line(tag_line(entry.tags))}"
    if entry.reasons:
        yield _picked_for(entry)
    if entry.paper.abstract:
        yield from map(render, paragraphs(sanitise(entry.paper.abstract)))


def _longer_texts(entry: Entry, width: int, *, tex: bool) -> Iterator[str]:
    """Yield the explanation with its receipt, and the reader's note."""
    if entry.explanation is not None:
        yield f"Explanation\n\n{_markdown(annotate(entry.explanation), width, tex=tex)}"
        yield _filled(one_line(receipt_line(entry.explanation.receipt)), width)
    if entry.reading.note:
        yield f"Note\n\n{_markdown(entry.reading.note, width, tex=tex)}"


def _markdown(text: str, width: int, *, tex: bool) -> str:
    if tex:
        return sanitise(text)
    from tui_digest.render.plain_markdown import markdown_text

    return markdown_text(text, width)

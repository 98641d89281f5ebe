"""Papers as plain text, their mathematics rendered: for standard output, pipes and screen readers."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator

from tui_digest.latex import to_unicode
from tui_digest.paper import Paper
from tui_digest.reading import Entry
from tui_digest.sanitise import one_line, sanitise

_SIGNS = {"to-read": "*", "done": "x", "dismissed": "-"}
_AUTHORS_LISTED = 3

Render = Callable[[str], str]


def row(entry: Entry, width: int) -> str:
    """A paper in a list: mark, id, announce type and categories; title; authors."""
    paper = entry.paper
    sign = _SIGNS.get(entry.reading.mark or "", " ")
    kind = paper.announce_type or ""
    head = "  ".join(part for part in (str(paper.arxiv_id), kind, " ".join(paper.categories)) if part)
    hidden = len(paper.authors) - _AUTHORS_LISTED
    authors = ", ".join(_rendered(name) for name in paper.authors[:_AUTHORS_LISTED])
    more = f" and {hidden} more" if hidden > 0 else ""
    title = textwrap.fill(_rendered(paper.title), width, initial_indent="  ", subsequent_indent="  ")
    return f"{sign} {head}\n{title}\n  {authors}{more}"


def page(entry: Entry, width: int, *, tex: bool = False) -> str:
    """A paper with all that is known of it, in lines of at most `width` columns where words allow it.

    With `tex` title, abstract and comment are as the authors wrote them.
    """
    render = one_line if tex else _rendered
    paragraphs = (textwrap.fill(paragraph, width) for paragraph in _paragraphs(entry, render))
    return "\n\n".join(
        ["\n".join(_head(entry.paper, render, width)), *paragraphs, *_own_words(entry, render)]
    )


def _rendered(text: str) -> str:
    return to_unicode(one_line(text))


def _head(paper: Paper, render: Render, width: int) -> Iterator[str]:
    yield textwrap.fill(render(paper.title), width)
    yield textwrap.fill(", ".join(_rendered(name) for name in paper.authors), width)
    yield " · ".join(filter(None, (str(paper.arxiv_id), paper.announce_type, " ".join(paper.categories))))
    yield f"{paper.abs_url} · {paper.pdf_url}"
    for label, text in (("Comment", paper.comment), ("Journal", paper.journal_ref), ("DOI", paper.doi)):
        if text:
            yield textwrap.fill(f"{label}: {render(text)}", width, subsequent_indent="  ")


def _paragraphs(entry: Entry, render: Render) -> Iterator[str]:
    if entry.reasons:
        yield f"Picked: {'; '.join(one_line(reason) for reason in entry.reasons)}"
    if entry.paper.abstract:
        yield render(entry.paper.abstract)


def _own_words(entry: Entry, render: Render) -> Iterator[str]:
    """The reader's note and the model's explanation: text of several lines, set as it was written."""
    if entry.explanation is not None:
        receipt = entry.explanation.receipt
        yield f"Explanation by {one_line(receipt.model)} ({receipt.shown} of v{receipt.paper_version})"
        yield "\n".join(render(line) for line in sanitise(entry.explanation.text).split("\n"))
    if entry.reading.note:
        yield f"Note: {sanitise(entry.reading.note)}"

"""Papers in sentences for screen readers: no columns, no symbols."""

from __future__ import annotations

from collections.abc import Iterator

from tui_digest.entry import Entry
from tui_digest.latex import paragraphs, spoken, to_unicode
from tui_digest.paper import Paper
from tui_digest.render.author_names import author_line
from tui_digest.render.explanation import annotate
from tui_digest.render.labels import MARK_LABELS, announce_label, licence_name, reasons_words
from tui_digest.render.receipt import receipt_line
from tui_digest.settings import Mathematics
from tui_digest.text.sanitise import one_line

_AUTHORS_NAMED = 3


def spoken_line(text: str, mathematics: Mathematics = "spoken") -> str:
    """Return a text on one line, its TeX in words or in Unicode."""
    clean = one_line(text)
    return spoken(clean) if mathematics == "spoken" else to_unicode(clean)


def spoken_headline(entry: Entry, mathematics: Mathematics = "spoken") -> str:
    """Return a paper in short lines: title, first authors, type, state, reasons."""
    paper = entry.paper
    kind = f"{announce_label(paper.announce_type).capitalize()}, in" if paper.announce_type else "In"
    state = [f"Marked {MARK_LABELS[entry.reading.mark]}"] if entry.reading.mark else []
    state += ["Read"] if entry.reading.read else []
    state += ["Has a note"] if entry.reading.note else []
    state += [f"Tagged {', '.join(entry.tags)}"] if entry.tags else []
    state += ["Explained"] if entry.explanation is not None else []
    lines = [
        _sentence(spoken_line(paper.title, mathematics)),
        _sentence(f"By {_authors(paper, _AUTHORS_NAMED)}"),
        " ".join(map(_sentence, (f"{kind} {', '.join(paper.categories)}", *state))),
    ]
    if entry.reasons:
        lines.append(_sentence(reasons_words([one_line(reason) for reason in entry.reasons])))
    return "\n".join(map(one_line, lines))


def spoken_details(entry: Entry) -> str:
    """Return the authors, id, dates and addresses of a paper."""
    return "\n".join(map(one_line, _details(entry.paper)))


def _details(paper: Paper) -> Iterator[str]:
    yield _sentence(f"Authors: {_authors(paper, len(paper.authors))}")
    yield f"arXiv {paper.id}, version {paper.version}."
    if paper.announced is not None:
        yield f"Announced on {paper.announced}."
    if paper.published is not None:
        yield f"Submitted on {paper.published.date()}."
    if paper.licence:
        yield _sentence(f"Licence: {licence_name(paper.licence)}")
    yield f"Abstract page: {paper.abs_url}"
    yield f"PDF: {paper.pdf_url}"


def spoken_abstract(entry: Entry, mathematics: Mathematics = "spoken") -> str:
    """Return the abstract, with comment, journal and DOI if there are any."""
    paper = entry.paper
    lines = [spoken_line(part, mathematics) for part in paragraphs(paper.abstract)]
    lines = lines or ["arXiv gave no abstract with this paper."]
    for label, text in (("Comment", paper.comment), ("Journal", paper.journal_ref), ("DOI", paper.doi)):
        if text:
            lines.append(_sentence(f"{label}: {spoken_line(text, mathematics)}"))
    return "\n".join(lines)


def spoken_explanation(entry: Entry, mathematics: Mathematics = "spoken") -> str:
    """Return the explanation and its receipt; empty if there is none."""
    if entry.explanation is None:
        return ""
    receipt = entry.explanation.receipt
    older = (
        f"This explains version {receipt.paper_version}; the paper is at version {entry.paper.version}.\n"
        if receipt.paper_version != entry.paper.version
        else ""
    )
    text = _markdown(annotate(entry.explanation), mathematics)
    return f"Explanation:\n{older}{text}\n{one_line(receipt_line(receipt)).replace(' · ', ', ')}."


def spoken_note(entry: Entry, mathematics: Mathematics = "spoken") -> str:
    """Return the reader's note; empty if there is none."""
    return f"Note:\n{_markdown(entry.reading.note, mathematics)}" if entry.reading.note else ""


def spoken_paper(entry: Entry, mathematics: Mathematics = "spoken") -> str:
    """Return all data of a paper, in parts."""
    parts = (
        spoken_headline(entry, mathematics),
        spoken_details(entry),
        spoken_abstract(entry, mathematics),
        spoken_explanation(entry, mathematics),
        spoken_note(entry, mathematics),
    )
    return "\n\n".join(filter(None, parts))


def _authors(paper: Paper, named: int) -> str:
    return author_line(paper.authors, named) or "unknown authors"


def _sentence(words: str) -> str:
    return words if words.endswith((".", "?", "!")) else f"{words}."


def _markdown(text: str, mathematics: Mathematics) -> str:
    from tui_digest.render.spoken_markdown import linear_text

    return linear_text(text, spoken if mathematics == "spoken" else to_unicode)

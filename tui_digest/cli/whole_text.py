"""Whole texts of papers on the command line: show, fetch, search and export."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from tui_digest.cli.adapters.texts import PaperTexts
from tui_digest.cli.container import Parts
from tui_digest.cli.output import paper_name, show_progress, terminal_width, warn
from tui_digest.core.texts import PaperText
from tui_digest.entry import Entry
from tui_digest.errors import TuiDigestError, UsageError
from tui_digest.export.whole_text import ExportedText
from tui_digest.fulltext.addresses import PlaceFinder
from tui_digest.fulltext.blocks import Document, Place
from tui_digest.paper import ArxivId, Paper
from tui_digest.render.fulltext.layout import TextLayout, lay_out_text
from tui_digest.render.fulltext.source_line import text_sentences
from tui_digest.text.sanitise import one_line

if TYPE_CHECKING:
    from tui_digest.explain.shown_text import ShownText
    from tui_digest.library.text_index import TextMatch

_PLACES_NAMED = 12


def print_text(parts: Parts, entry: Entry, arguments: argparse.Namespace) -> None:
    """Print the text of a paper, or one section or statement of it.

    Raises:
        UsageError: the paper has no such place.
        TuiDigestError: the text is not stored and cannot be fetched.
    """
    text = fetched_text(parts, entry.paper, offline=arguments.offline)
    document = text.document
    if arguments.section:
        document = part_of(document, _place(document, arguments.section))
    sentences = () if arguments.section else source_sentences(parts, text)
    if arguments.spoken:
        from tui_digest.render.fulltext.spoken import spoken_lines

        print("\n".join(spoken_lines(document, sentences)))
        return
    layout = TextLayout(terminal_width(), tex=arguments.tex, page_address=text.page_address)
    lines = lay_out_text(document, layout, sentences)
    print("\n".join(line.text for line in lines).strip("\n"))


def text_shown(parts: Parts, paper: Paper, address: str = "") -> ShownText:
    """Choose what a model is shown: a text's main parts, or a place and what it uses.

    Raises:
        UsageError: the paper has no such place.
        TuiDigestError: the text is not stored and cannot be fetched.
    """
    from tui_digest.explain.shown_text import choose_shown_text

    document = fetched_text(parts, paper, offline=False).document
    return choose_shown_text(document, _place(document, address) if address else None)


def exported_text(parts: Parts, entry: Entry, *, offline: bool, section: str = "") -> ExportedText:
    """The text of a paper as exports and JSON take it.

    Raises:
        UsageError: the paper has no such place.
        TuiDigestError: the text is not stored and cannot be fetched.
    """
    text = fetched_text(parts, entry.paper, offline=offline)
    exported = _exported(parts, text)
    if not section:
        return exported
    return msgspec.structs.replace(exported, document=part_of(text.document, _place(text.document, section)))


def exported_texts(parts: Parts, entries: Iterable[Entry], *, offline: bool) -> dict[str, ExportedText]:
    """The texts of papers by their ids; why one is missing is told on standard error."""
    texts: dict[str, ExportedText] = {}
    for entry in entries:
        try:
            texts[entry.paper.id] = exported_text(parts, entry, offline=offline)
        except TuiDigestError as error:
            warn(error)
    return texts


def fetch_texts(parts: Parts, entries: Sequence[Entry]) -> int:
    """Fetch texts that are not stored, print a line for each, return the exit code."""
    texts = parts.texts()
    missing = [entry for entry in entries if not _has_newest(texts, entry.paper)]
    print(f"{len(entries) - len(missing)} of {len(entries)} texts are stored")
    code = 0
    for entry in missing:
        try:
            text = fetched_text(parts, entry.paper, offline=False)
            print(f"{paper_name(entry.paper)}: {source_sentences(parts, text)[0]}", flush=True)
        except TuiDigestError as error:
            warn(error)
            code = max(code, error.exit_code)
    return code


def _has_newest(texts: PaperTexts, paper: Paper) -> bool:
    stored = texts.stored(paper)
    return stored is not None and stored.paper.version == paper.version


def search_texts(parts: Parts, query: str, limit: int, format_name: str) -> int:
    """Print the sections of stored texts in which a query is found, the best first."""
    refresh_index(parts)
    matches = parts.text_index.find(query, limit)
    if not matches:
        warn("None of the stored texts matches.")
        return 0
    titles = {
        number: paper.title
        for number in dict.fromkeys(match.paper.number for match in matches)
        if (paper := parts.library.mailings.paper(number)) is not None
    }
    if format_name == "text":
        _print_matches(matches, titles)
    else:
        _print_records(matches, titles, format_name)
    return 0


def _print_matches(matches: Sequence[TextMatch], titles: Mapping[str, str]) -> None:
    from tui_digest.latex import to_unicode

    for match in matches:
        print(f"{match.paper}  {match.address}  {match.title}".rstrip())
        if title := to_unicode(one_line(titles.get(match.paper.number, ""))):
            print(f"  {title}")
        print(f"  {to_unicode(match.excerpt)}\n")


def _print_records(matches: Sequence[TextMatch], titles: Mapping[str, str], format_name: str) -> None:
    """Print the matches as one array, or as an object a line."""
    from tui_digest.export.json_records import to_json, to_json_line

    records = [
        {
            "id": match.paper.number,
            "version": match.paper.version,
            "title": titles.get(match.paper.number),
            "address": match.address or None,
            "section": match.title or None,
            "text": match.excerpt,
        }
        for match in matches
    ]
    print(to_json(records) if format_name == "json" else "".join(map(to_json_line, records)), end="")


def refresh_index(parts: Parts) -> None:
    """Bring the full-text file up to date with the stored texts."""
    from tui_digest.arxiv.cache import AnswerCache
    from tui_digest.arxiv.text_store import TextStore
    from tui_digest.fulltext.stored_text import decode_document

    store = TextStore(AnswerCache(parts.places.cache, now=parts.now))
    kept = parts.library.texts

    def read(paper: ArxivId) -> Document | None:
        stored = store.get(paper) or kept.get(paper)
        return decode_document(stored.blocks) if stored is not None else None

    parts.text_index.refresh({*store.papers(), *kept.papers()}, read)


def fetched_text(parts: Parts, paper: Paper, *, offline: bool) -> PaperText:
    """The newest text of a paper, from what is stored or from arXiv.

    Raises:
        TuiDigestError: it is not stored and cannot be fetched.
    """
    texts = parts.texts(offline=offline)
    stored = texts.stored(paper)
    if stored is not None and stored.paper.version == paper.version:
        return stored
    return parts.run(texts.fetch(paper, progress=show_progress))


def source_sentences(parts: Parts, text: PaperText) -> tuple[str, ...]:
    """Return where a text came from and what it lacks."""
    return text_sentences(
        text.paper.version or 0,
        text.fetched_at,
        text.document.losses,
        parts.now(),
        warnings=text.warnings,
        later=text.later,
    )


def _exported(parts: Parts, text: PaperText) -> ExportedText:
    return ExportedText(
        document=text.document,
        source=" ".join(f"{sentence.rstrip('.')}." for sentence in source_sentences(parts, text)),
        version=text.paper.version or 0,
        fetched_at=text.fetched_at,
        page_address=text.page_address,
    )


def _place(document: Document, address: str) -> Place:
    place = PlaceFinder(document).find(address)
    if place is None:
        named = [section.address for section in document.places if section.kind == "section"]
        more = ", …" if len(named) > _PLACES_NAMED else ""
        raise UsageError(
            f"The paper has no {address!r}; its sections are {', '.join(named[:_PLACES_NAMED])}{more}."
            if named
            else f"The paper has no {address!r}; its text has no sections."
        )
    return place


def part_of(document: Document, place: Place) -> Document:
    """The document with the blocks of one place alone, and the places in it."""
    inside = [
        msgspec.structs.replace(inner, first=inner.first - place.first, end=inner.end - place.first)
        for inner in document.places
        if place.first <= inner.first and inner.end <= place.end
    ]
    anchors = {name: number - place.first for name, number in document.anchors.items() if place.has(number)}
    return msgspec.structs.replace(
        document,
        title=(),
        blocks=document.blocks[place.first : place.end],
        places=tuple(inside),
        anchors=anchors,
    )

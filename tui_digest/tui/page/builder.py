"""The page of a paper: its parts in order, each a block."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec
from msgspec.structs import replace
from textual.content import Content

from tui_digest.entry import Entry, Explanation, ReadText
from tui_digest.latex import paragraphs
from tui_digest.paper import Paper
from tui_digest.render.author_names import read_authors
from tui_digest.render.labels import (
    MARK_LABELS,
    announce_label,
    licence_name,
    reasons_words,
    short_date,
    tag_line,
)
from tui_digest.settings import Glyphs
from tui_digest.tui.page.blocks import NOTE_MARK, PLACE_MARK, PageBlock
from tui_digest.tui.text import highlight_matches, plain, tex_line, tex_parts
from tui_digest.tui.theme.symbols import UNICODE, SymbolSet

_AUTHORS_SHOWN = 12


def never_outdated(explanation: Explanation, paper: Paper) -> str:
    """No explanation is older than anything."""
    return ""


class PageOptions(msgspec.Struct, frozen=True):
    """Options of a page, and what is special about its paper.

    `followed` are the followed authors and words that the paper has, `earlier` its version that was
    read when a later one is shown; `highlight` gives the places in a shown text that a search found;
    `unfold` is the key that shows all authors, empty where there is none;
    `outdated` says what an explanation is older than; `explanations` gives all that are kept of a
    paper, the newest first; `unfinished` and `failure` are what came of asking for one last, when
    that was not a complete one.
    """

    glyphs: Glyphs = "full"
    symbols: SymbolSet = UNICODE
    tex: bool = False
    all_authors: bool = False
    unfold: str = ""
    notation: bool = False
    category_names: Mapping[str, str] = msgspec.field(default_factory=dict)
    followed: Sequence[str] = ()
    earlier: Paper | None = None
    highlight: Callable[[str], Sequence[tuple[int, int]]] | None = None
    outdated: Callable[[Explanation, Paper], str] = never_outdated
    explanations: Callable[[str], Sequence[Explanation]] | None = None
    unfinished: Explanation | None = None
    failure: str = ""
    read_text: ReadText | None = None


def page(entry: Entry, options: PageOptions) -> tuple[PageBlock, ...]:
    """Build the page of one paper, its parts in reading order."""
    paper = entry.paper
    return (
        PageBlock(_highlight(_tex(paper.title, options), options), "title"),
        PageBlock(_authors(paper, options), "authors"),
        PageBlock(_identity(entry, options), "meta", hang=2),
        *_withdrawn(paper, options),
        *_abstract(paper, options),
        *_notation(paper, options),
        *_reasons(entry, options),
        *_publication(paper, options),
        *_changes(entry, options),
        *_note(entry, options),
        *_explanation(entry, options),
    )


def _tex(text: str, options: PageOptions) -> Content:
    return plain(" ".join(text.split())) if options.tex else tex_line(text, options.glyphs)


def _abstract(paper: Paper, options: PageOptions) -> Iterable[PageBlock]:
    """The abstract in its paragraphs; a display formula has lines of its own."""
    if not paper.abstract:
        yield PageBlock(Content("arXiv gave no abstract with this paper."), "muted", gap=1)
    elif options.tex:
        for paragraph in paragraphs(paper.abstract):
            yield PageBlock(_highlight(plain(paragraph), options), "body", gap=1)
    else:
        for part in tex_parts(paper.abstract, options.glyphs):
            if part.formula:
                yield PageBlock(part.content, "display", gap=1, formula=part.formula, glyphs=options.glyphs)
            else:
                yield PageBlock(_highlight(part.content, options), "body", gap=1)


def _notation(paper: Paper, options: PageOptions) -> Iterable[PageBlock]:
    """The notation card is imported only where it is wanted."""
    if not options.notation:
        return ()
    from tui_digest.tui.page.notation import notation_blocks

    return notation_blocks(paper.abstract, options.glyphs)


def _explanation(entry: Entry, options: PageOptions) -> Iterable[PageBlock]:
    """Markdown is imported only for a paper that has an explanation."""
    explanation, unfinished, failure = entry.explanation, options.unfinished, options.failure
    if explanation is None and unfinished is None and not failure:
        return ()
    from tui_digest.tui.page.explanation import explanation_blocks

    outdated = options.outdated(explanation, entry.paper) if explanation is not None else ""
    return explanation_blocks(
        all_explanations(entry, options),
        options.glyphs,
        outdated,
        symbols=options.symbols,
        unfinished=unfinished,
        failure=failure,
    )


def all_explanations(entry: Entry, options: PageOptions) -> Sequence[Explanation]:
    """Return the shown explanation, then the other stored ones, the newest first."""
    if entry.explanation is None:
        return ()
    kept = options.explanations(entry.paper.id) if options.explanations is not None else ()
    return (entry.explanation, *(other for other in kept if other != entry.explanation))


def _authors(paper: Paper, options: PageOptions) -> Content:
    authors = read_authors(paper.authors)
    names = [author.full for author in authors.names]
    if len(names) > _AUTHORS_SHOWN and not options.all_authors:
        hidden = len(names) - _AUTHORS_SHOWN
        how = f" ({options.unfold} shows them)" if options.unfold else ""
        return Content(f"{', '.join(names[:_AUTHORS_SHOWN])} and {hidden} more{how}")
    return Content(", ".join(names) + " et al." * authors.others if names else "authors unknown")


def _identity(entry: Entry, options: PageOptions) -> Content:
    """Return mark, tags, id, announce type, categories and day in one line."""
    paper, mark = entry.paper, entry.reading.mark
    parts = [f"{options.symbols.of_mark(mark)} {MARK_LABELS[mark]}"] if mark is not None else []
    if entry.tags:
        parts.append(tag_line(entry.tags))
    parts.append(str(paper.arxiv_id))
    if paper.announce_type is not None:
        parts.append(announce_label(paper.announce_type))
    parts.append(" ".join(paper.categories))
    day = paper.announced or (paper.published.date() if paper.published is not None else None)
    if day is not None:
        parts.append(short_date(day))
    return plain(f" {options.symbols.dot} ".join(parts))


def _withdrawn(paper: Paper, options: PageOptions) -> Iterable[PageBlock]:
    """Yield the notice of a withdrawn paper, with the comment that says why.

    It is above the abstract.
    """
    if paper.is_withdrawn:
        words = plain(f"{options.symbols.withdrawn} This paper was withdrawn.")
        if "withdrawn" in (paper.comment or "").casefold():
            words = plain(f"{options.symbols.withdrawn} Withdrawn: ") + _tex(paper.comment or "", options)
        yield PageBlock(words, "warning", gap=1, hang=2)


def _publication(paper: Paper, options: PageOptions) -> Iterable[PageBlock]:
    """Yield what else is known of the paper, a line each, behind the abstract."""
    facts = [
        ("Comment", _tex(paper.comment, options) if paper.comment else None),
        ("Journal", _tex(paper.journal_ref, options) if paper.journal_ref else None),
        ("DOI", _tex(paper.doi, options) if paper.doi else None),
        ("Dates", plain(f" {options.symbols.dot} ".join(_dates(paper)))),
        ("Categories", _categories(paper, options)),
        ("Licence", plain(licence_name(paper.licence)) if paper.licence else None),
        ("Whole text", _read_text(paper, options.read_text)),
    ]
    known = [(label, content) for label, content in facts if content is not None and content.plain]
    for number, (label, content) in enumerate(known):
        yield PageBlock(
            Content.assemble((f"{label}: ", "label"), content), "meta", gap=int(not number), hang=2
        )


def _read_text(paper: Paper, read: ReadText | None) -> Content | None:
    """Return how far the whole text was read, and the version if it is another one."""
    if read is None or not (read.finished or read.address):
        return None
    version = f", v{read.version}" if read.version != paper.version else ""
    how_far = "read to the end" if read.finished else f"read as far as {read.address}"
    return plain(f"{how_far}{version}")


def _dates(paper: Paper) -> Iterable[str]:
    if paper.announced is not None:
        yield f"announced {short_date(paper.announced)}"
    if paper.published is not None:
        yield f"submitted {short_date(paper.published.date())}"
    if paper.updated is not None and paper.version > 1:
        yield f"v{paper.version} of {short_date(paper.updated.date())}"


def _categories(paper: Paper, options: PageOptions) -> Content:
    """The categories with their names, where those are known."""
    named = [
        f"{category} {options.category_names[category]}"
        for category in paper.categories
        if category in options.category_names
    ]
    return plain(f" {options.symbols.dot} ".join(named))


def _highlight(content: Content, options: PageOptions) -> Content:
    """A text with the words highlighted that a search found."""
    return highlight_matches(content, options.highlight(content.plain)) if options.highlight else content


def _reasons(entry: Entry, options: PageOptions) -> Iterable[PageBlock]:
    """Why the paper is picked, and what is followed in it if that is not said there."""
    if entry.reasons:
        words = reasons_words(entry.reasons)
        yield PageBlock(tex_line(words, options.glyphs), "reasons", gap=1, hang=2)
    if options.followed and not any(reason.startswith("follows ") for reason in entry.reasons):
        words = f"{options.symbols.followed} follows {', '.join(options.followed)}"
        yield PageBlock(tex_line(words, options.glyphs), "followed", gap=int(not entry.reasons), hang=2)


def _changes(entry: Entry, options: PageOptions) -> Iterable[PageBlock]:
    """Yield what changed since the version that was read."""
    paper, read = entry.paper, entry.reading.version_read
    if read is not None and read < paper.version:
        yield PageBlock(plain(f"You read v{read}; this is v{paper.version}."), "mark", gap=1)
    if options.earlier is None:
        return
    from tui_digest.tui.page.version_diff import changed_parts

    versions = f"v{options.earlier.version}"
    parts = tuple(
        changed_parts(options.earlier, paper, lambda text: _tex(text, options), options.symbols.more)
    )
    if not parts:
        words = f"Title, comment and abstract are as they were in {versions}."
        yield PageBlock(Content(words), "muted", gap=1)
        return
    yield PageBlock(Content(f"Changed since {versions}"), "section", gap=2)
    for name_of_part, content in parts:
        yield PageBlock(Content.assemble((f"{name_of_part}: ", "label"), content), "body", gap=1, hang=2)


def _note(entry: Entry, options: PageOptions) -> Iterable[PageBlock]:
    """The reader's note. Markdown is imported only for a paper that has one."""
    if not entry.reading.note:
        return
    from tui_digest.tui.page.markdown import markdown_blocks

    yield PageBlock(Content("Note"), "section", gap=2)
    if options.tex:
        yield PageBlock(plain(entry.reading.note), "body", gap=1)
        return
    for number, (anchor, text) in enumerate(note_parts(entry.reading.note)):
        if anchor:
            mark = f"{PLACE_MARK}:{NOTE_MARK}.{number}"
            yield PageBlock(plain(anchor).stylize(mark), "body", gap=1)
        for place, block in enumerate(markdown_blocks(text, options.glyphs)):
            gap = 0 if anchor and not place else block.gap
            yield replace(block, content=_highlight(block.content, options), gap=gap)


def note_parts(note: str) -> list[tuple[str, str]]:
    """Split a note at lines that name a place; each part is the line and its text."""
    from tui_digest.fulltext.note_anchors import read_anchor

    parts: list[tuple[str, list[str]]] = [("", [])]
    for line in note.split("\n"):
        if anchor := read_anchor(line):
            parts.append((anchor, []))
        else:
            parts[-1][1].append(line)
    return [(anchor, "\n".join(lines)) for anchor, lines in parts]

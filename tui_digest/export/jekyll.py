"""A digest as a Jekyll post, for Jekyll 3 (GitHub Pages) and 4.

The post is public, so the reader's own marks and notes never go in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from tui_digest.entry import Entry
from tui_digest.errors import UsageError
from tui_digest.export.collection import EVERYTHING, Collection
from tui_digest.export.markdown import (
    abstract_quotation,
    anchor_name,
    completeness_line,
    explanation_markdown,
    paper_links,
)
from tui_digest.export.markdown_escape import Dialect, address, inline_markdown, literal_markdown
from tui_digest.export.whole_text import ExportedText, text_section
from tui_digest.export.yaml import yaml_list, yaml_text
from tui_digest.paper import Paper
from tui_digest.render.author_names import author_line
from tui_digest.render.labels import licence_name, may_be_published
from tui_digest.settings import ExportContents

_NOTICE = (
    "> Auto-generated from arXiv metadata + an LLM reading only titles/abstracts.\n"
    "> Equations are **interpretive**; always verify with the PDF."
)
_NOTICE_OF_TEXTS = _NOTICE.replace("only titles/abstracts", "titles, abstracts and, where it says so, texts")
_EXPLANATION = "### Math explanation (LLM)"
_TEXT = "### Text"
_PAPER = re.compile(r"## \d+\) .*")
_OUR_LINE = re.compile(
    r"---|layout: post|title: \".*\"|categories: \[arxiv\]|tags: \[.*\]|mathjax: true|>.*|## \d+\) .*"
    r"|- \*\*(?:Authors|arXiv|Categories):\*\* .*|### Abstract|"
)
_NO_MODEL = (
    "_(No LLM key configured — showing abstract only. "
    "Set `LLM_PROVIDER` + an API key secret to enable math explanations.)_"
)
_NOT_EXPLAINED = "_(This paper was not explained — showing abstract only.)_"


def render_jekyll(collection: Collection, contents: ExportContents = EVERYTHING) -> str:
    """The digest as a post.

    Raises:
        UsageError: the collection has no date, which a post must have.
    """
    head = [_front_matter(_dated(collection), collection.name), _notice(collection)]
    return "\n".join([*head, *_sections(collection, contents)])


def is_untouched_post(text: str, day: date) -> bool:
    """Tell whether a file is our unedited post for a day, but for texts in it.

    Ours has our title, our notice, and outside explanations and whole texts only lines of the kinds
    that we write; a line of any other kind is somebody's own, and the post is then not ours to replace.
    What somebody changed within an explanation or a text cannot be told from what a model or the
    paper's authors wrote.
    """
    lines = text.split("\n")
    if not lines[2:3] or not lines[2].startswith(f'title: "Daily arXiv Digest — {day}'):
        return False
    if _NOTICE not in text and _NOTICE_OF_TEXTS not in text:
        return False
    written_by_others = False
    for line in lines:
        if line.startswith("### ") or _PAPER.match(line):
            written_by_others = line in (_EXPLANATION, _TEXT)
        if not written_by_others and _OUR_LINE.fullmatch(line) is None:
            return False
    return True


def _dated(collection: Collection) -> date:
    if collection.date is None:
        raise UsageError(
            "A Jekyll post needs the day of a digest: name it with --date, or write it while a day is shown."
        )
    return collection.date


def _front_matter(day: date, name: str) -> str:
    title = f"Daily arXiv Digest — {day}" + (f" ({name})" if name else "")
    tags = ["arxiv", "digest", *re.findall(r"[^\W_]+", name.lower())]
    lines = [
        "---",
        "layout: post",
        f"title: {yaml_text(title)}",
        "categories: [arxiv]",
        f"tags: {yaml_list(tags)}",
        "mathjax: true",
        "---",
        "",
    ]
    return "\n".join(lines)


def _notice(collection: Collection) -> str:
    """Return what made the post, what it read, and what of the day is missing."""
    explanations = [entry.explanation for entry in collection.entries if entry.explanation is not None]
    read_texts = any(explanation.receipt.shows_text for explanation in explanations)
    notice = _NOTICE_OF_TEXTS if read_texts else _NOTICE
    incomplete = completeness_line(collection.completeness)
    if not incomplete:
        return f"{notice}\n"
    return f"{notice}\n>\n> {literal_markdown(incomplete, Dialect.KRAMDOWN)}\n"


def _sections(collection: Collection, contents: ExportContents) -> Iterator[str]:
    explained = collection.model_configured or any(entry.explanation for entry in collection.entries)
    missing = _NOT_EXPLAINED if explained else _NO_MODEL
    for number, entry in enumerate(collection.entries, start=1):
        yield "\n".join(_section(number, entry, contents, missing))
        text = collection.texts.get(entry.paper.id)
        if text is not None:
            yield "\n".join(_text(entry.paper, text))


def _text(paper: Paper, text: ExportedText) -> Iterator[str]:
    """The whole text where its licence lets anyone publish it; else that it does not."""
    dialect = Dialect.KRAMDOWN
    if not may_be_published(paper.licence):
        yield _TEXT
        yield "_(The text is not published here: the paper's licence does not allow it.)_"
        yield ""
        return
    name = literal_markdown(licence_name(paper.licence or ""), dialect)
    yield from text_section(text, dialect, 3, anchor_name(paper.id))
    yield f"_(The text is by the paper's authors, under {name}: <{address(paper.licence or '')}>)_"
    yield ""


def _section(number: int, entry: Entry, contents: ExportContents, missing: str) -> Iterator[str]:
    paper = entry.paper
    dialect = Dialect.KRAMDOWN
    yield f"## {number}) {inline_markdown(paper.title, dialect)}"
    yield f"- **Authors:** {literal_markdown(author_line(paper.authors), dialect)}"
    yield f"- **arXiv:** {paper_links(paper, dialect)}"
    yield f"- **Categories:** {literal_markdown(', '.join(paper.categories), dialect)}"
    if contents.abstract:
        yield "\n### Abstract"
        yield abstract_quotation(paper.abstract, dialect)
    if contents.explanation:
        yield f"\n{_EXPLANATION}"
        if entry.explanation is not None:
            yield explanation_markdown(entry.explanation, dialect, 3)
        else:
            yield missing
    yield ""

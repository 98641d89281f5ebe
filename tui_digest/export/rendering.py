"""A collection of papers as text or files of a format, and the names of the files."""

from __future__ import annotations

from tui_digest.errors import UsageError
from tui_digest.export import EXTENSIONS, FORMATS
from tui_digest.export.collection import EVERYTHING, Collection
from tui_digest.paper import Paper
from tui_digest.settings import ExportContents


def render(format_name: str, collection: Collection, contents: ExportContents = EVERYTHING) -> str:
    """Return the collection as one text, for output, a preview or the clipboard.

    Obsidian's notes follow one another. The same input gives the same text.

    Raises:
        UsageError: there is no such format, or it needs what the collection has not.
    """
    return "\n".join(render_files(format_name, collection, contents).values())


def render_files(
    format_name: str, collection: Collection, contents: ExportContents = EVERYTHING
) -> dict[str, str]:
    """Return the collection as files, text by name: one, or for Obsidian one a paper.

    Raises:
        UsageError: as `render`.
    """
    if format_name == "obsidian":
        from tui_digest.export.obsidian import render_notes

        return {f"{name}.md": text for name, text in render_notes(collection, contents).items()}
    return {file_name(format_name, collection): _render_one(format_name, collection, contents)}


def file_name(format_name: str, collection: Collection) -> str:
    """Return a collection's file name: by the day of its digest, or by its only paper."""
    _check(format_name)
    if collection.date is not None:
        stem = f"{collection.date}-arxiv-digest"
    elif len(collection.entries) == 1:
        stem = _stem(collection.entries[0].paper)
    else:
        stem = "arxiv-papers"
    return stem + EXTENSIONS[format_name]


def export_warning(format_name: str, contents: ExportContents) -> str:
    """Return what an export lacks to be of use, as a sentence; empty if nothing."""
    if format_name == "eml" and not contents.mail_to:
        return "The mail has no recipient: name one as mail_to under [export] in config.toml."
    return ""


def numbered_name(name: str, format_name: str, number: int) -> str:
    """The name of a further file of a format: `name-2.md`."""
    extension = EXTENSIONS[format_name]
    return f"{name.removesuffix(extension)}-{number}{extension}"


def _render_one(format_name: str, collection: Collection, contents: ExportContents) -> str:
    _check(format_name)
    match format_name:
        case "markdown":
            from tui_digest.export.markdown import render_markdown as write
        case "jekyll":
            from tui_digest.export.jekyll import render_jekyll as write
        case "bibtex":
            from tui_digest.export.bibtex import render_bibtex as write
        case "ris":
            from tui_digest.export.ris import render_ris as write
        case "csl-json":
            from tui_digest.export.csl import render_csl as write
        case "atom":
            from tui_digest.export.atom import render_atom as write
        case "html":
            from tui_digest.export.html import render_html as write
        case "eml":
            from tui_digest.export.mail import render_mail as write
        case "jsonl":
            from tui_digest.export.json_records import render_json_lines as write
        case _:
            from tui_digest.export.json_records import render_json as write
    return write(collection, contents)


def _check(format_name: str) -> None:
    if format_name not in FORMATS:
        raise UsageError(f"There is no export format {format_name!r}; formats are {', '.join(FORMATS)}.")


def _stem(paper: Paper) -> str:
    return "".join(c if c.isalnum() or c in ".-" else "-" for c in str(paper.arxiv_id))

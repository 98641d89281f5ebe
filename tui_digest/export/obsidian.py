"""One Obsidian note a paper, which the reader may write into: what is theirs is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui_digest.export.collection import EVERYTHING, Collection, Contents
from tui_digest.export.markdown import paper_section
from tui_digest.export.markup import Dialect, inline, literal
from tui_digest.export.readable import readable
from tui_digest.export.yaml import Value, front_matter
from tui_digest.reading import Entry
from tui_digest.sanitise import one_line

BEGIN = "%% tui-digest: begin. What stands up to the end mark is written anew by each export. %%"
END = "%% tui-digest: end. What stands below is yours. %%"

# The reader adds to these in Obsidian, so they are written once and theirs from then on.
_WRITTEN_ONCE = frozenset(("aliases", "tags"))
_OUR_FIELDS = "title arxiv version authors categories announced published journal doi url pdf mark read"
_OURS = frozenset(_OUR_FIELDS.split())
_OUR_PART = re.compile(f"{re.escape(BEGIN)}(?:(?!{re.escape(BEGIN)}).)*?{re.escape(END)}", re.DOTALL)
_FRONT_MATTER = re.compile(
    r"\ufeff?---[ \t]*\r?\n(?P<fields>.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_FIELD = re.compile(
    r"""^(?P<name>"[^"\n]*"|'[^'\n]*'|[^\s#'"-][^:\n]*|-[^\s][^:\n]*):(?=\s|$)""", re.MULTILINE
)

_MOST_LINKS = 30


def render_notes(collection: Collection, contents: Contents = EVERYTHING) -> dict[str, str]:
    """The text of each paper's note by its name, without `.md`: the id, with `-` for `/`.

    A note links to the papers that share an author, and to those exported with it: all of them,
    or, where they are more than thirty, the one before and the one after.
    """
    entries = collection.entries
    return {
        note_name(entry): _note(entry, contents, _links(index, entries))
        for index, entry in enumerate(entries)
    }


def note_name(entry: Entry) -> str:
    """The name of a paper's note, the same for all its versions."""
    return re.sub(r"[^A-Za-z0-9.-]", "-", entry.paper.id) or "paper"


def merge(old: str, new: str) -> str:
    """The note as it is to be written where there is one already.

    Our properties and the part between our marks are new. The reader's own properties, tags,
    aliases and all other text stay; where the marks are gone, our part follows at the end.
    """
    properties, body = _split(old)
    new_properties, new_body = _split(new)
    ours = _OUR_PART.search(new_body)
    assert ours is not None  # every note of ours has its marks
    fields = "".join(_merged(properties, new_properties).values())
    if _OUR_PART.search(body):
        body = _OUR_PART.sub(lambda _: ours[0], body, count=1)
    else:
        body = f"{body.rstrip()}\n\n{ours[0]}\n".lstrip()
    return f"---\n{fields}---\n{body}"


def _note(entry: Entry, contents: Contents, related: list[str]) -> str:
    section = "\n".join(paper_section(entry, contents, Dialect.OBSIDIAN, level=1))
    lines = [BEGIN, section]
    if related:
        lines += ["## Related", "", *related, ""]
    return front_matter(_properties(entry, contents)) + "\n".join([*lines, END, ""])


def _properties(entry: Entry, contents: Contents) -> dict[str, Value]:
    paper, reading = entry.paper, entry.reading
    title = readable(paper.title)
    fields: dict[str, Value | None] = {
        "title": title,
        "aliases": [title],
        "arxiv": paper.id,
        "version": paper.version,
        "authors": [readable(author) for author in paper.authors],
        "categories": [one_line(category) for category in paper.categories],
        "announced": paper.announced,
        "published": paper.published.date() if paper.published else None,
        "journal": readable(paper.journal_ref) if paper.journal_ref else None,
        "doi": one_line(paper.doi) if paper.doi else None,
        "url": one_line(paper.abs_url),
        "pdf": one_line(paper.pdf_url),
        "mark": str(reading.mark) if contents.marks and reading.mark else None,
        "read": reading.read if contents.marks else None,
        "tags": ["arxiv"],
    }
    return {name: value for name, value in fields.items() if value is not None}


def _links(index: int, entries: tuple[Entry, ...]) -> list[str]:
    lines: list[str] = []
    for other, why in _related(index, entries):
        lines.append(f"- [[{note_name(other)}]] {inline(other.paper.title, Dialect.OBSIDIAN)} — {why}")
    return lines


def _related(index: int, entries: tuple[Entry, ...]) -> Iterator[tuple[Entry, str]]:
    authors = {readable(author) for author in entries[index].paper.authors}
    for place, other in enumerate(entries):
        if note_name(other) == note_name(entries[index]):
            continue
        shared = [name for name in map(readable, other.paper.authors) if name in authors]
        if shared:
            yield other, f"also by {literal(', '.join(shared), Dialect.OBSIDIAN)}"
        elif len(entries) <= _MOST_LINKS or abs(place - index) == 1:
            yield other, "exported together"


def _split(note: str) -> tuple[dict[str, str], str]:
    """The properties of a note, each with its lines as they stand, and what follows them."""
    match = _FRONT_MATTER.match(note)
    if match is None:
        return {}, note
    text = match["fields"]
    starts = list(_FIELD.finditer(text))
    fields: dict[str, str] = {}
    before = text[: starts[0].start()] if starts else text
    if before.strip():
        fields[""] = before
    for field, following in zip(starts, [*starts[1:], None], strict=True):
        end = following.start() if following else len(text)
        fields[field["name"].strip("\"' ")] = text[field.start() : end].rstrip("\n") + "\n"
    return fields, note[match.end() :]


def _merged(old: dict[str, str], new: dict[str, str]) -> dict[str, str]:
    kept = {name: field for name, field in old.items() if name not in new or name in _WRITTEN_ONCE}
    gone = {name for name in old if name in _OURS and name not in new}
    return {name: field for name, field in {**new, **kept}.items() if name not in gone}

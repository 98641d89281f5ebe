"""`library import`: a bibliography's papers into the library, keywords as tags."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from tui_digest.bibliography.read import read_references
from tui_digest.bibliography.references import ImportedReference, tag_of
from tui_digest.cli.container import Parts
from tui_digest.cli.output import print_json, show_progress, warn
from tui_digest.entry import Mark
from tui_digest.errors import ArxivError, UsageError
from tui_digest.paper import ArxivId
from tui_digest.render.labels import count_words, tag_line
from tui_digest.text.sanitise import one_line

_LARGEST_BYTES: Final = 200_000_000
_ASKED_AT_ONCE: Final = 100


class _Planned(msgspec.Struct, frozen=True):
    """A paper to import: title in the file, tags, and whether the library has it."""

    id: str
    title: str
    tags: tuple[str, ...]
    stored: bool


def import_bibliography(file: Path, arguments: argparse.Namespace) -> int:
    """Show what a bibliography would bring; once confirmed, write it as one step.

    Raises:
        UsageError: the file cannot be read, or is no bibliography.
        LibraryError: it could not be written; marks and tags are as they were.
    """
    references = read_references(_content(file))
    with Parts() as parts:
        planned = _planned(parts, references)
        _show(file, references, planned, arguments)
        if not planned or not _confirmed(arguments):
            return 0
        problem = _fetch(parts, planned, offline=arguments.offline)
        stored = [each for each in planned if _is_stored(parts, each.id)]
        mark = Mark(arguments.mark) if arguments.mark else None
        action = parts.library.tags.assign({each.id: each.tags for each in stored}, mark, one_line(file.name))
        _report(planned, stored, changed=action is not None, arguments=arguments)
    if problem is not None:
        warn(problem)
        return 1 if stored else problem.exit_code
    return 0


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            content = opened.read(_LARGEST_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}.") from None
    if len(content) > _LARGEST_BYTES:
        raise UsageError(f"{file} is larger than {_LARGEST_BYTES // 1_000_000} MB; it is not read.")
    return content


def _planned(parts: Parts, references: Sequence[ImportedReference]) -> list[_Planned]:
    """The papers with an arXiv id, each once, with the tags of all references to it."""
    categories = _category_tags()
    titles: dict[str, str] = {}
    tags: dict[str, dict[str, None]] = {}
    for reference in references:
        if reference.number:
            titles.setdefault(reference.number, reference.title)
            tags.setdefault(reference.number, {}).update(
                (tag, None) for tag in reference.tags if tag not in categories
            )
    return [
        _Planned(number, title, tuple(tags[number]), _is_stored(parts, number))
        for number, title in titles.items()
    ]


def _category_tags() -> frozenset[str]:
    """Return arXiv's categories as tags, as among the keywords of Zotero.

    They are no tags of the reader: `cs.LG`, and `Computer Science - Machine Learning` as Zotero's
    translator of arXiv names it.
    """
    from tui_digest.arxiv.taxonomy import ARCHIVES, CATEGORIES

    names = [*ARCHIVES, *CATEGORIES]
    for category, name in CATEGORIES.items():
        archive, dot, _ = category.partition(".")
        names.append(f"{ARCHIVES[archive]} - {name}" if dot else name)
    return frozenset(map(tag_of, names))


def _is_stored(parts: Parts, number: str) -> bool:
    return parts.library.mailings.paper(number) is not None


def _show(
    file: Path,
    references: Sequence[ImportedReference],
    planned: Sequence[_Planned],
    arguments: argparse.Namespace,
) -> None:
    if arguments.format == "json":
        return
    for each in planned:
        parts = (each.id, tag_line(each.tags), one_line(each.title), "" if each.stored else "(to be fetched)")
        print("  ".join(filter(None, parts)))
    names = {tag for each in planned for tag in each.tags}
    marked = f", marked {arguments.mark}" if arguments.mark and planned else ""
    print(
        f"{one_line(file.name)}: {count_words(len(references), 'reference')}, {len(planned)} of them at arXiv"
        f"{marked}; {count_words(len(names), 'tag')}; {sum(each.stored for each in planned)} stored already."
    )


def _confirmed(arguments: argparse.Namespace) -> bool:
    """Tell whether it is to be written: as the options say, or as the user answers."""
    if arguments.yes:
        return True
    if arguments.format == "json" or not sys.stdin.isatty():
        warn("Nothing was written; --yes writes it.")
        return False
    return input("Write this to the library? [y/N] ").strip().casefold() in ("y", "yes")


def _fetch(parts: Parts, planned: Sequence[_Planned], *, offline: bool) -> ArxivError | None:
    """Fetch in batches what is not stored, storing each; return why some are missing."""
    missing = [ArxivId(each.id) for each in planned if not each.stored]
    if missing and not offline:
        try:
            parts.run(_fetch_all(parts, missing))
        except ArxivError as error:
            return error
    return None


async def _fetch_all(parts: Parts, missing: Sequence[ArxivId]) -> None:
    for start in range(0, len(missing), _ASKED_AT_ONCE):
        show_progress(f"asking arXiv, {start} of {len(missing)} papers")
        await parts.source.papers(missing[start : start + _ASKED_AT_ONCE], show_progress)


def _report(
    planned: Sequence[_Planned], stored: Sequence[_Planned], *, changed: bool, arguments: argparse.Namespace
) -> None:
    absent = [each.id for each in planned if each not in stored]
    if arguments.format == "json":
        print_json({"imported": [_as_json(each) for each in stored], "missing": absent})
        return
    words = "one undo takes tags and marks back" if changed else "they already had these tags and marks"
    print(f"Imported {count_words(len(stored), 'paper')}; {words}.")
    for line in _absent_lines(absent):
        warn(line)


def _as_json(planned: _Planned) -> Mapping[str, object]:
    return {"id": planned.id, "tags": planned.tags, "fetched": not planned.stored}


def _absent_lines(absent: Sequence[str]) -> Iterator[str]:
    if absent:
        more = f" and {len(absent) - 5} more" if len(absent) > 5 else ""
        yield f"Not stored, and so left out: {', '.join(absent[:5])}{more}. Import again to try again."

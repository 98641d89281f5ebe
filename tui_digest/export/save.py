"""Saving of exports: the file's name, and what happens to an existing file."""

from __future__ import annotations

import contextlib
from itertools import count
from pathlib import Path

from tui_digest.errors import ExportError
from tui_digest.export.collection import EVERYTHING, Collection
from tui_digest.export.files import Seen, Written, expand_home, file_state, place, write_file
from tui_digest.export.jekyll import is_untouched_post
from tui_digest.export.obsidian import render_notes
from tui_digest.export.obsidian_links import Card, card_of_note
from tui_digest.export.obsidian_merge import merge
from tui_digest.export.rendering import numbered_name, render_files
from tui_digest.settings import ExportContents


def save_collection(
    format_name: str,
    collection: Collection,
    target: Path,
    contents: ExportContents = EVERYTHING,
    *,
    force: bool = False,
) -> tuple[Written, ...]:
    """Write the collection to a folder, under its own name, or to the file named.

    A file that is there is left alone, unless it holds the same already, it is an Obsidian note (ours is
    merged into it), it is a post that this program wrote for the same day and nobody changed, or `force`.

    Args:
        format_name: one of `tui_digest.export.FORMATS`.
        collection: what to write.
        target: a folder (one that exists, or a path without a suffix), or a file.
        contents: what of each paper goes in.
        force: overwrite whatever file is there.

    Raises:
        UsageError: the format is unknown, or lacks what it needs.
        ExportError: a file is there, or could not be written; files of an earlier note stay written.
    """
    if format_name == "obsidian":
        return _save_notes(collection, expand_home(target), contents)
    ((name, text),) = render_files(format_name, collection, contents).items()
    path = _path(expand_home(target), name)
    seen = file_state(path)
    if not (seen.text is None or force or _may_replace(format_name, collection, seen, text)):
        why = ", and is not a post that was written here for that day" if format_name == "jekyll" else ""
        raise ExportError(
            f"{path} is there already{why}, so it was left as it is; name another file, or replace it with "
            "`export --force`."
        )
    return (write_file(path, text, seen),)


def save_beside(
    format_name: str, collection: Collection, folder: Path, contents: ExportContents = EVERYTHING
) -> tuple[Written, ...]:
    """Save like `save_collection`, but a name that is taken becomes `name-2.md`."""
    if format_name == "obsidian":
        return save_collection(format_name, collection, folder, contents)
    ((name, text),) = render_files(format_name, collection, contents).items()
    for number in count(1):
        path = place(folder, name if number == 1 else numbered_name(name, format_name, number))
        seen = file_state(path)
        if seen.text is None or _may_replace(format_name, collection, seen, text):
            return (write_file(path, text, seen),)
    raise AssertionError("numbers do not end")


def save_in_place(
    format_name: str, collection: Collection, target: Path, contents: ExportContents = EVERYTHING
) -> tuple[Written, ...]:
    """Save into a folder as `save_beside`, to a free file as `save_collection`."""
    keep = save_beside if _is_folder(expand_home(target)) else save_collection
    return keep(format_name, collection, target, contents)


def _path(target: Path, name: str) -> Path:
    return place(target, name) if _is_folder(target) else target


def _is_folder(target: Path) -> bool:
    """Tell whether a folder is meant: one that is there, or a path without a suffix."""
    try:
        return not target.suffix or target.is_dir()
    except OSError:  # nothing can be looked at there; writing says why
        return False


def _save_notes(collection: Collection, folder: Path, contents: ExportContents) -> tuple[Written, ...]:
    """Write a note for each paper, merged into the note that is there."""
    written: list[Written] = []
    for name, text in render_notes(collection, contents, _earlier_notes(folder)).items():
        path = place(folder, f"{name}.md")
        seen = file_state(path)
        written.append(
            write_file(path, text if seen.text is None else merge(_decoded(path, seen.text), text), seen)
        )
    return tuple(written)


def _earlier_notes(folder: Path) -> tuple[Card, ...]:
    """The notes of ours in the folder; one that cannot be read is not linked to."""
    cards: list[Card | None] = []
    for path in sorted(path for path in folder.glob("*.md") if path.is_file()):
        with contextlib.suppress(OSError, UnicodeDecodeError):
            cards.append(card_of_note(path.stem, path.read_text(encoding="utf-8")))
    return tuple(card for card in cards if card is not None)


def _may_replace(format_name: str, collection: Collection, seen: Seen, text: str) -> bool:
    """Tell whether nothing of anybody's is lost when the text takes the file's place."""
    if seen.text == text.encode("utf-8", "replace"):
        return True
    if format_name != "jekyll" or collection.date is None or seen.text is None:
        return False
    return is_untouched_post(seen.text.decode("utf-8", "replace"), collection.date)


def _decoded(path: Path, text: bytes) -> str:
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ExportError(
            f"{path} is not UTF-8 text, so it was left as it is; name another folder."
        ) from error

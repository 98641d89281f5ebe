"""`library`: backup, restore, import, and rebuilding the search index."""

from __future__ import annotations

import argparse
from pathlib import Path

from tui_digest.cli.container import Parts, utc_now
from tui_digest.cli.output import show_progress
from tui_digest.errors import LibraryError, UsageError
from tui_digest.folders import places
from tui_digest.library.backup import backup, restore
from tui_digest.text.sanitise import sanitise


def library(arguments: argparse.Namespace) -> int:
    """Back up, restore or rebuild the library, or import a bibliography.

    What is rebuilt is the search index.
    """
    if arguments.what == "reindex":
        return _reindex(arguments.file)
    if arguments.what == "import" and arguments.file is not None:
        from tui_digest.cli.library_import import import_bibliography

        return import_bibliography(_expanded(arguments.file), arguments)
    if arguments.file is None:
        raise UsageError(f"`tui-digest library {arguments.what}` needs a FILE.")
    file = _expanded(arguments.file)
    own = places().library_file
    if arguments.what == "backup":
        backup(own, file)
        print(sanitise(f"Wrote {file}: all papers, marks, notes, history and explanations."))
        return 0
    kept = restore(file, own, utc_now())
    print(
        sanitise(
            f"Restored the library from {file}." + (f" What was there is kept in {kept}." if kept else "")
        )
    )
    return 0


def _reindex(file: str | None) -> int:
    if file is not None:
        raise UsageError("`tui-digest library reindex` is about the library itself and takes no FILE.")
    with Parts() as parts:
        papers = parts.library.search.rebuild(show_progress)
    print(f"Rebuilt the search index from {papers} papers and their notes; nothing else was touched.")
    return 0


def _expanded(name: str) -> Path:
    if name == "-":
        raise UsageError("- is no file here; name one, or ./- for a file of that name.")
    try:
        return Path(name).expanduser()
    except RuntimeError as error:
        raise LibraryError(f"{name} cannot be used: its home folder is not known.") from error

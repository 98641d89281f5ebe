"""`sync`: decisions out to the shared folder, and those of the other machines in."""

from __future__ import annotations

import argparse
import platform
from collections.abc import Sequence
from pathlib import Path

import msgspec

from tui_digest.cli.container import Parts
from tui_digest.cli.output import print_json
from tui_digest.errors import UsageError
from tui_digest.folders import private_folder
from tui_digest.latex import to_unicode
from tui_digest.render.author_names import author_line
from tui_digest.render.labels import count_words
from tui_digest.sync import git
from tui_digest.sync.folder import SyncFolder, SyncFolderError
from tui_digest.sync.synchronise import SyncReport, synchronise

_STATE_FILE = "sync-machine"
_WAITING_SHOWN = 10


def sync(arguments: argparse.Namespace) -> int:
    """Synchronise once, through git if told to, and say what came of it."""
    with Parts() as parts:
        folder = shared_folder(parts)
        if folder is None:
            raise UsageError(
                "No folder is shared yet: set folder under [sync] in config.toml to one that git, "
                "Syncthing, Dropbox or a shared disk carries between your machines."
            )
        report = synchronise_parts(parts, folder)
        if arguments.git:
            report = _through_git(parts, folder, report)
        waiting = parts.library.replication.waiting_papers()
    if arguments.format == "json":
        papers = [{"id": paper, "title": title, "authors": authors} for paper, title, authors in waiting]
        print_json({**msgspec.to_builtins(report), "waiting": papers})
    else:
        print(sync_sentence(report))
        _print_waiting(waiting)
    return 0


def _print_waiting(waiting: Sequence[tuple[str, str, tuple[str, ...]]]) -> None:
    """Say which papers were decided on elsewhere and are not in the library."""
    if not waiting:
        return
    many = count_words(len(waiting), "paper")
    print(f"{many} decided on elsewhere not here yet; `tui-digest show ID` fetches one:")
    for paper, title, authors in waiting[:_WAITING_SHOWN]:
        by = f" ({author_line(authors, 2)})" if authors else ""
        print(f"  {paper}  {to_unicode(title)}{by}")
    if len(waiting) > _WAITING_SHOWN:
        print(f"  and {len(waiting) - _WAITING_SHOWN} more")


def shared_folder(parts: Parts) -> Path | None:
    """Return the folder of `[sync]`, None if there is none.

    Raises:
        UsageError: it is in the home of a user that there is not.
    """
    folder = parts.settings.sync.folder
    try:
        return Path(folder).expanduser() if folder and not parts.demo else None
    except RuntimeError as error:
        raise UsageError(
            f"The folder {folder} of [sync] cannot be found: there is no such user's home folder. "
            "Mend `folder` in config.toml."
        ) from error


def synchronise_parts(parts: Parts, folder: Path) -> SyncReport:
    """Synchronise the library with the shared folder.

    Raises:
        TuiDigestError: the folder or the library cannot be read or written.
    """
    name = parts.settings.sync.name or platform.node().partition(".")[0]
    state_file = private_folder(parts.places.state) / _STATE_FILE
    return synchronise(parts.library.replication, SyncFolder(folder), name, state_file)


def _through_git(parts: Parts, folder: Path, before: SyncReport) -> SyncReport:
    """Exchange with the remote, then apply what came."""
    if not git.is_checkout(folder):
        raise SyncFolderError(f"The folder {folder} is no git checkout; nothing was committed.")
    git.exchange(folder, before.machine)
    after = synchronise_parts(parts, folder)
    return msgspec.structs.replace(
        after,
        sent=before.sent + after.sent,
        changed=before.changed + after.changed,
        refused=before.refused + after.refused,
    )


def sync_sentence(report: SyncReport) -> str:
    """Say what a synchronisation came to."""
    sent = f"{count_words(report.sent, 'decision')} sent"
    changed = (
        f"{report.changed} changed here by other machines" if report.changed else "nothing new from others"
    )
    problems = [
        f"{count} {what}"
        for count, what in (
            (report.damaged, "damaged line skipped" if report.damaged == 1 else "damaged lines skipped"),
            (report.refused, "decision refused" if report.refused == 1 else "decisions refused"),
        )
        if count
    ]
    return "; ".join([sent, changed, *problems]) + "."

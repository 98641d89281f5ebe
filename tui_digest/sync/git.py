"""A shared folder as a git checkout: commit own files, pull the others', push."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Final

from tui_digest.sync.folder import SyncFolderError

_PATIENCE_S: Final = 120
"""The longest that one git command may take."""

_PUSHES: Final = 2

_UNION: Final = ("-c", "merge.default=union")
"""Files that both sides changed keep the lines of both (gitattributes, "Built-in merge drivers")."""


def is_checkout(folder: Path) -> bool:
    """Tell whether the folder is in the work tree of a git repository."""
    try:
        return _run(folder, "rev-parse", "--is-inside-work-tree").strip() == "true"
    except SyncFolderError:
        return False


def exchange(folder: Path, machine: str) -> None:
    """Commit what is new in the folder, take what the remote has, and send both.

    No file is written by two machines, so nothing conflicts but a machine with itself once its disk was
    restored from a backup: then the lines of both sides are kept. Without a remote it only commits.

    Raises:
        SyncFolderError: git failed; what is committed stays committed and goes out the next time.
    """
    if _is_rebasing(folder):
        raise SyncFolderError(
            f"A rebase is under way in {folder}; end it with `git rebase --continue` or `--abort`. "
            "Decisions are kept here."
        )
    _run(folder, "add", "--all", "--", ".")
    if _run(folder, "status", "--porcelain", "--", ".").strip():
        _run(folder, "commit", "--quiet", "--message", f"tui_digest: decisions of {machine}", "--", ".")
    if not _run(folder, "remote").strip():
        return
    for attempt in range(_PUSHES):
        if _has_upstream(folder):
            _pull(folder)
        try:
            _run(folder, "push", "--quiet", "--set-upstream", "origin", "HEAD")
            return
        except SyncFolderError:  # another machine may have sent in between
            if attempt == _PUSHES - 1 or not _has_upstream(folder):
                raise


def _pull(folder: Path) -> None:
    """Pull from the remote; on failure the work tree is left as it was."""
    try:
        _run(folder, "pull", "--quiet", "--rebase", "--autostash")
    except SyncFolderError:
        if _is_rebasing(folder):
            _run(folder, "rebase", "--abort")
        raise


def _is_rebasing(folder: Path) -> bool:
    places = (_run(folder, "rev-parse", "--git-path", name) for name in ("rebase-merge", "rebase-apply"))
    return any((folder / place.strip()).exists() for place in places)


def _has_upstream(folder: Path) -> bool:
    try:
        _run(folder, "rev-parse", "--abbrev-ref", "@{upstream}")
    except SyncFolderError:
        return False
    return True


def _run(folder: Path, *words: str) -> str:
    """Run git in the folder and return what it printed.

    Raises:
        SyncFolderError: it cannot be started, failed, or took too long; it never asks for a password.
    """
    try:
        done = subprocess.run(
            ["git", *_UNION, *words],
            cwd=folder,
            env={**os.environ, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_PATIENCE_S,
            check=False,
        )
    except FileNotFoundError as error:
        raise SyncFolderError(f"git or the folder {folder} is not there; decisions are kept here.") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SyncFolderError(f"git {words[0]} in {folder} did not end; decisions are kept here.") from error
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        reason = lines[0] if lines else f"it ended with {done.returncode}"
        raise SyncFolderError(f"git {words[0]} in {folder} failed: {reason}. Decisions are kept here.")
    return done.stdout

"""A shared folder as a git checkout: commit own files, pull the others', push."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Final

from tui_digest.sync.folder import SyncFolderError

_PATIENCE_S: Final = 120
"""The longest that one git command may take."""


def is_checkout(folder: Path) -> bool:
    """Tell whether the folder is in the work tree of a git repository."""
    try:
        return _run(folder, "rev-parse", "--is-inside-work-tree").strip() == "true"
    except SyncFolderError:
        return False


def exchange(folder: Path, machine: str) -> None:
    """Commit what is new in the folder, take what the remote has, and send both.

    No file is written by two machines, so nothing can conflict. Without a remote it only commits.

    Raises:
        SyncFolderError: git failed; what is committed stays committed and goes out the next time.
    """
    _run(folder, "add", "--all", "--", ".")
    if _run(folder, "status", "--porcelain", "--", ".").strip():
        _run(folder, "commit", "--quiet", "--message", f"tui_digest: decisions of {machine}", "--", ".")
    if not _run(folder, "remote").strip():
        return
    if _has_upstream(folder):
        _run(folder, "pull", "--quiet", "--rebase", "--autostash")
    _run(folder, "push", "--quiet", "--set-upstream", "origin", "HEAD")


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
            ["git", *words],
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

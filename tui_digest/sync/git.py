"""A shared folder as a git checkout: commit own files, pull the others', push."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Final, NamedTuple

from tui_digest.sync.folder import SyncFolderError

_PATIENCE_S: Final = 120
"""The longest that one git command may take."""

_PUSHES: Final = 2

_HEAD_LINE: Final = re.compile(r"^(?:ref: |[0-9a-f]+\t)refs/heads/(\S+)", re.MULTILINE)
"""A line of `git ls-remote --symref` that names a branch; the remote's own branch comes first."""

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
    for attempt in range(_PUSHES):
        target = _target(folder)
        if target is None:
            return
        if target.exists:
            _pull(folder, target)
        if not _has_commit(folder):
            return
        try:
            refspec = f"HEAD:refs/heads/{target.branch}"
            _run(folder, "push", "--quiet", "--set-upstream", target.remote, refspec)
            return
        except SyncFolderError:  # another machine may have sent in between
            if attempt == _PUSHES - 1:
                raise


class _Target(NamedTuple):
    """The branch of a remote that decisions go to, and whether the remote has it yet."""

    remote: str
    branch: str
    exists: bool


def _target(folder: Path) -> _Target | None:
    """Return the upstream branch, else the remote's own; None without a remote.

    A checkout that was cloned from an empty repository has no upstream, and its branch may have
    another name than the one that another machine made meanwhile.
    """
    remotes = _run(folder, "remote").split()
    if not remotes:
        return None
    if upstream := _answer(folder, "rev-parse", "--abbrev-ref", "@{upstream}"):
        remote, _, branch = upstream.partition("/")
        return _Target(remote, branch, exists=True)
    remote = "origin" if "origin" in remotes else remotes[0]
    own = _answer(folder, "symbolic-ref", "--short", "HEAD") or "main"
    heads = dict.fromkeys(_HEAD_LINE.findall(_run(folder, "ls-remote", "--symref", remote)))
    if not heads or own in heads:
        return _Target(remote, own, exists=own in heads)
    return _Target(remote, next(iter(heads)), exists=True)


def _pull(folder: Path, target: _Target) -> None:
    """Pull from the remote; on failure the work tree is left as it was."""
    try:
        _run(folder, "pull", "--quiet", "--rebase", "--autostash", target.remote, target.branch)
    except SyncFolderError:
        if _is_rebasing(folder):
            _run(folder, "rebase", "--abort")
        raise


def _is_rebasing(folder: Path) -> bool:
    places = (_run(folder, "rev-parse", "--git-path", name) for name in ("rebase-merge", "rebase-apply"))
    return any((folder / place.strip()).exists() for place in places)


def _has_commit(folder: Path) -> bool:
    """Tell whether there is a commit: a clone of an empty repository has none."""
    return bool(_answer(folder, "rev-parse", "--verify", "--quiet", "HEAD"))


def _answer(folder: Path, *words: str) -> str:
    """Return what a git command prints, "" if it fails."""
    try:
        return _run(folder, *words).strip()
    except SyncFolderError:
        return ""


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
        reason = _reason(done.stderr) or f"it ended with {done.returncode}"
        raise SyncFolderError(f"git {words[0]} in {folder} failed: {reason}. Decisions are kept here.")
    return done.stdout


def _reason(errors: str) -> str:
    """Return the line of git's error messages that says what failed."""
    lines = [line.strip() for line in errors.splitlines() if line.strip()]
    telling = (line for line in lines if line.startswith(("fatal:", "error:", "!")))
    return next(telling, lines[0] if lines else "")

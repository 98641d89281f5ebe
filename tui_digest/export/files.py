"""Safe writing of files: all or nothing, and never over a file not meant.

A file is replaced in one step (`tui_digest.text.files`), and only if it still is as it was seen.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from tui_digest.errors import ExportError
from tui_digest.folders import shown_path
from tui_digest.render.labels import count_words
from tui_digest.text.files import flush_folder, write_temporary

_LONGEST_NAME = 180  # bytes; file systems allow 255, the temporary name needs some
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u2028\u2029\ud800-\udfff]')
_RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])(?:\..*)?", re.IGNORECASE)

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your disk quota is used up",
    errno.EACCES: "you have no permission there",
    errno.EPERM: "you have no permission there",
    errno.EROFS: "the disk can only be read",
    errno.EEXIST: "a file stands where its folder should be",
    errno.ENOTDIR: "a part of its path is a file, not a folder",
    errno.EISDIR: "it is a folder",
    errno.ENAMETOOLONG: "its path is too long",
    errno.ELOOP: "its path has a loop of links",
    errno.ENOENT: "its folder does not exist",
}


class WriteOutcome(StrEnum):
    """Result of writing a file."""

    NEW = "new"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"


class Written(NamedTuple):
    """A file and what writing did to it."""

    path: Path
    outcome: WriteOutcome

    @property
    def words(self) -> str:
        """What was done, to be followed by the path."""
        return {"new": "Wrote", "replaced": "Replaced", "unchanged": "Unchanged:"}[self.outcome]


def written_words(files: Sequence[Written], papers: int, *, demo: bool = False) -> str:
    """Return what was written and where, as a sentence.

    In the demo it also says what becomes of the file.
    """
    number = count_words(papers, "paper")
    if len(files) == 1:
        words = f"{files[0].words} {shown_path(files[0].path)}: {number}."
    else:
        kinds = {file.words for file in files}
        kind = kinds.pop() if len(kinds) == 1 else "Wrote"
        words = f"{kind} {len(files)} notes in {shown_path(files[0].path.parent)}: {number}."
    return f"{words} The demo's own folder goes when the demo ends." if demo else words


class Seen(NamedTuple):
    """A file as it was when it was looked at; `text` is None where there was none."""

    text: bytes | None
    mode: int | None = None


def safe_name(name: str) -> str:
    """Return a file name valid on every system: no folder, device or hidden file.

    Characters that some system forbids become `-`. A name that has to be cut ends in a few digits
    of its own hash, so that long names do not meet.
    """
    clean = _NOT_IN_NAMES.sub("-", unicodedata.normalize("NFC", name)).strip(" ").rstrip(".")
    clean = re.sub(r"^[.\s]+", lambda start: "_" * len(start[0]), clean) or "_"
    if _RESERVED.fullmatch(clean):
        clean = f"_{clean}"
    if len(clean.encode()) <= _LONGEST_NAME:
        return clean
    stem, dot, extension = clean.rpartition(".")
    suffix = f"{dot}{extension}" if stem and len(extension) <= 10 and extension.isalnum() else ""
    ending = f"-{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:8]}{suffix}"
    kept = clean.removesuffix(suffix).encode()[: _LONGEST_NAME - len(ending.encode())]
    return kept.decode(errors="ignore").rstrip(" .") + ending


def place(folder: Path, name: str) -> Path:
    """The file of that name, made safe, in the folder (`~` is the user's home)."""
    return expand_home(folder) / safe_name(name)


def expand_home(path: Path) -> Path:
    """The path with `~` as the user's home.

    Raises:
        ExportError: there is no such home.
    """
    try:
        return path.expanduser()
    except RuntimeError as error:
        raise ExportError(f"{path} could not be written: its home folder is not known.") from error


def file_state(path: Path) -> Seen:
    """The file as it is now, for `write_file` to see whether it changes meanwhile.

    Raises:
        ExportError: it cannot be read, or is a link or no file at all.
    """
    try:
        if path.is_symlink():
            raise ExportError(
                f"{path} is a link, so nothing was written; name the file that it leads to, or another one."
            )
        if not path.exists():
            return Seen(None)
        if not path.is_file():
            raise ExportError(f"{path} is not a file, so nothing was written; name a file.")
        return Seen(path.read_bytes(), path.stat().st_mode & 0o777)
    except OSError as error:
        raise _failure(path, error) from error


def write_file(path: Path, text: str, seen: Seen) -> Written:
    """Write the text to the file, which must still be as it was seen.

    Its folder is made when there is none; a replaced file keeps its permissions.

    Raises:
        ExportError: the file changed since it was seen, or cannot be written. It is as it was.
    """
    data = text.encode("utf-8", "replace")
    if data == seen.text:
        return Written(path, WriteOutcome.UNCHANGED)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = write_temporary(path, data, mode=0o666)
        try:
            if seen.mode is not None:
                temporary.chmod(seen.mode)
            _take_place(temporary, path, seen)
        finally:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
        flush_folder(path.parent)
    except OSError as error:
        raise _failure(path, error) from error
    return Written(path, WriteOutcome.NEW if seen.text is None else WriteOutcome.REPLACED)


def _take_place(temporary: Path, path: Path, seen: Seen) -> None:
    if seen.text is None:
        _take_free_place(temporary, path)
    elif file_state(path).text != seen.text:
        raise _changed(path)
    else:
        temporary.replace(path)


def _take_free_place(temporary: Path, path: Path) -> None:
    """Rename the file to its name unless a file of that name exists by now."""
    try:
        os.link(temporary, path)
    except FileExistsError as error:
        raise _changed(path) from error
    except OSError:  # a file system without hard links
        if file_state(path).text is not None:
            raise _changed(path) from None
        temporary.replace(path)


def _changed(path: Path) -> ExportError:
    return ExportError(
        f"{path} was changed by another program meanwhile, so it was left as it is; export once more."
    )


def _failure(path: Path, error: OSError) -> ExportError:
    reason = _REASONS.get(error.errno or 0, (error.strerror or "it failed").lower())
    return ExportError(
        f"{path} could not be written: {reason}. Nothing was changed; make room or name another place."
    )

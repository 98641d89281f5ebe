"""A saved first screen, painted before the program is imported, if still valid.

`tui_digest.cli.first_frame` saves what the next start will show; this module paints it. It imports `os`
and `sys` alone (not even `__future__`), and `termios` when it paints, so that the list is readable while
Python still loads the program. A file that is stale, damaged, not the user's own or open to others means
an ordinary start, and nothing is said about it.

The file holds a line each of magic, length of the key, length of the frame, then the key and the
frame. The key is what the frame depends on (see `current_key`); SQLite is not opened for it: each
commit raises the change counter in the header of the library's file.
"""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import FrameType
    from typing import Any

MAGIC = b"tui-digest screen 1"

FILE_NAME = "first-screen"

LARGEST_BYTES = 1 << 20
"""The largest file that is read: a frame of 1000 x 500 cells in colour has less."""

ENTER, LEAVE = b"\x1b[?1049h\x1b[?25l", b"\x1b[?1049l\x1b[?25h"

VARIABLES = (
    "COLORTERM", "COLUMNS", "HOME", "LANG", "LINES", "NO_COLOR", "PYTHONPATH", "TERM", "TERM_PROGRAM",
)  # fmt: skip
PREFIXES = ("LC_", "LLM_", "TEXTUAL_", "TUI_DIGEST_", "XDG_")
SECRET_SUFFIXES = ("_KEY", "_TOKEN")
"""Variables whose value is a secret: only whether they are set is written down."""

_COUNTER_AT, _WAL_AT = 24, 18
"""Offsets in the header of an SQLite file: the change counter (4 bytes), the write version (2 is WAL).

https://www.sqlite.org/fileformat2.html#the_database_header
"""

_PLAIN = bytes(range(0x20, 0x7F)) + bytes(range(0x80, 0x100))
_NUMBERS = b"0123456789;"


class Painted:
    """The terminal on which a saved screen was painted.

    Attributes:
        attributes: what `termios.tcgetattr` gave before.
    """

    def __init__(self, attributes: "list[Any]") -> None:
        self.attributes = attributes


_painted: Painted | None = None
_save_wanted = False


def want_save() -> None:
    """Request that the first screen of the next start be saved, as the reader ended."""
    global _save_wanted
    _save_wanted = sys.platform != "win32"


def is_save_wanted() -> bool:
    """Tell whether the reader was run and has ended."""
    return _save_wanted


def painted_terminal() -> Painted | None:
    """Return the terminal that was painted on, None if none was or it was given back."""
    return _painted


def hand_over() -> Painted | None:
    """Return the terminal that was painted on to who restores it from now on."""
    global _painted
    handed, _painted = _painted, None
    return handed


def withdraw() -> None:
    """Restore the terminal if a screen was painted and not handed over."""
    if (handed := hand_over()) is None:
        return
    import termios

    os.write(2, LEAVE)
    termios.tcsetattr(0, termios.TCSANOW, handed.attributes)


def paint(arguments: "Sequence[str]") -> bool:
    """Paint the saved screen if the reader would start with it now.

    Args:
        arguments: the words of the command line.

    Returns:
        Whether it was painted; `withdraw` or the reader's driver gives the terminal back.
    """
    if sys.platform == "win32" or (arguments and arguments[0] != "read" and arguments[0][:1] != "-"):
        return False
    try:
        if not (os.isatty(0) and os.isatty(1) and os.isatty(2)):
            return False
        key, frame = read_saved(os.environ)
        if key.decode() != current_key(arguments, os.environ, os.get_terminal_size(1), key_paths(key)):
            return False
        if not is_safe(frame):
            return False
        _paint(frame)
    except (OSError, ValueError):
        return False
    return True


def _paint(frame: bytes) -> None:
    global _painted
    # The module behind `signal`, which imports enum.
    import _signal  # type: ignore[import-not-found]
    import termios

    attributes = termios.tcgetattr(0)
    try:
        for number in (_signal.SIGTERM, _signal.SIGHUP):
            _signal.signal(number, _end)
        quiet = list(attributes)
        quiet[3] = attributes[3] & ~(termios.ECHO | termios.ICANON)
        termios.tcsetattr(0, termios.TCSANOW, quiet)
        _painted = Painted(attributes)
        _write_all(ENTER + frame)
    except BaseException:
        withdraw()
        raise


def _write_all(data: bytes) -> None:
    while data:
        data = data[os.write(2, data) :]


def _end(number: int, frame: "FrameType | None") -> None:
    """End on a signal that comes before the reader has taken the terminal over."""
    withdraw()
    os._exit(128 + number)


def state_folder(environment: "Mapping[str, str]") -> str:
    """Return the folder of platformdirs' `user_state_path` without importing it.

    Raises:
        ValueError: there is none: the home folder is not known, or relative.
    """
    if (given := environment.get("XDG_STATE_HOME", "").strip()).startswith("/"):
        return given + "/tui-digest"
    home = environment.get("HOME") or os.path.expanduser("~")  # noqa: PTH111 - pathlib is not imported yet
    if not home.startswith("/"):
        raise ValueError("no home folder")
    if sys.platform == "darwin":
        return home + "/Library/Application Support/tui-digest"
    return home + "/.local/state/tui-digest"


def saved_file(environment: "Mapping[str, str]") -> str:
    """Return the path of the saved screen."""
    return state_folder(environment) + "/" + FILE_NAME


def read_saved(environment: "Mapping[str, str]") -> tuple[bytes, bytes]:
    """Return key and frame of the saved screen.

    Raises:
        OSError, ValueError: there is none, or none that is whole and the user's own.
    """
    return split(read_private(saved_file(environment)))


def read_private(file: str) -> bytes:
    """Read a file that only the user can read or write, and that is no link.

    Raises:
        OSError, ValueError: it is not such a file.
    """
    descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        status = os.fstat(descriptor)
        if status.st_mode & 0o170077 != 0o100000 or status.st_uid != os.getuid():
            raise ValueError("not private")
        if status.st_size > LARGEST_BYTES:
            raise ValueError("too large")
        return os.read(descriptor, status.st_size)
    finally:
        os.close(descriptor)


def pack_frame(key: str, frame: bytes) -> bytes:
    """Return the content of the file for a key and a frame."""
    encoded = key.encode("utf-8", "surrogateescape")
    return b"%s\n%d\n%d\n%s%s" % (MAGIC, len(encoded), len(frame), encoded, frame)


def split(content: bytes) -> tuple[bytes, bytes]:
    """Return key and frame of the content of a file.

    Raises:
        ValueError: it is not whole.
    """
    magic, key_length, frame_length, rest = content.split(b"\n", 3)
    middle = int(key_length)
    if magic != MAGIC or len(rest) != middle + int(frame_length):
        raise ValueError("not a saved screen")
    return rest[:middle], rest[middle:]


def key_paths(key: bytes) -> tuple[str, str]:
    """Return the library's and the settings' path of a key: its first two lines."""
    library, settings, _ = key.decode("utf-8", "surrogateescape").split("\n", 2)
    return library, settings


def current_key(
    arguments: "Sequence[str]",
    environment: "Mapping[str, str]",
    size: tuple[int, int],
    paths: tuple[str, str],
) -> str:
    """Return all that the first frame depends on, as text.

    Args:
        arguments: the words of the command line.
        environment: the process's.
        size: columns and lines of the terminal.
        paths: of the library and of the settings file.

    Raises:
        ValueError: the library is in the middle of a write, or keeps a write-ahead log.
        OSError: the library cannot be read.
    """
    library, settings = paths
    named = [
        (name, "" if name.endswith(SECRET_SUFFIXES) else environment[name])
        for name in environment
        if is_named(name)
    ]
    return "\n".join(
        (
            library,
            settings,
            repr(list(arguments)),
            repr(sorted(named)),
            repr(tuple(size)),
            repr(_library_version(library)),
            repr(_status(settings)),
            repr(program_status()),
            sys.version,
        )
    )


def is_named(variable: str) -> bool:
    """Tell whether a variable of the environment is part of the key."""
    return variable in VARIABLES or variable.startswith(PREFIXES)


def _library_version(file: str) -> tuple[int, int, bytes]:
    if os.path.exists(file + "-journal") or os.path.exists(file + "-wal"):  # noqa: PTH110
        raise ValueError("the library is being written")
    descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK)  # on a pipe it would wait
    try:
        status, header = os.fstat(descriptor), os.read(descriptor, 100)
    finally:
        os.close(descriptor)
    if header[_WAL_AT : _WAL_AT + 1] != b"\x01":
        raise ValueError("the library keeps a write-ahead log")
    return status.st_ino, status.st_size, header[_COUNTER_AT : _COUNTER_AT + 4]


def _status(path: str) -> tuple[int, int, int] | None:
    try:
        status = os.stat(path)  # noqa: PTH116
    except FileNotFoundError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def program_status() -> tuple[int, int, int] | None:
    """Return what tells an installed program from the one that is installed over it."""
    return _status(os.path.dirname(__file__))  # noqa: PTH120 - pathlib is not imported yet


def is_safe(frame: bytes) -> bool:
    """Tell whether a frame has only text, colours (SGR) and cursor moves (CUP)."""
    escapes = frame.translate(None, _PLAIN)
    if escapes.strip(b"\x1b"):
        return False
    without_numbers = frame.translate(None, _NUMBERS)
    known = without_numbers.count(b"\x1b[m") + without_numbers.count(b"\x1b[H")
    if not frame.count(b"\x1b[") == known == len(escapes):
        return False
    frame.decode("utf-8")
    # The control characters from U+0080 to U+009F are this byte and one below 0xa0.
    return all(part >= b"\xa0" for part in frame.split(b"\xc2")[1:])

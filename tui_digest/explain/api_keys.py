"""Find a service's API key: in a variable, a command's output, or a private file."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shlex
import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tui_digest.explain.errors import NotSetUp, in_seconds
from tui_digest.explain.providers import Service
from tui_digest.settings import ModelSettings

COMMAND_SECONDS = 60
_GRACE_S = 0.5
_LONGEST_KEY = 16_384  # bytes
_COMMAND = "the command key_command"
_FILE = "the file "


class Key:
    """An API key whose value is in no representation, traceback or log."""

    __slots__ = ("_value", "source")

    def __init__(self, value: str, source: str) -> None:
        """Keep a key without surrounding white space, and a description of its source."""
        self._value = value.strip()
        self.source = source

    def __repr__(self) -> str:
        """Name the source of the key, never the key."""
        return f"Key(from {self.source})"

    def reveal(self) -> str:
        """Return the key itself, for the header of a request only."""
        return self._value

    def flaw(self) -> str:
        """Say why the key cannot be sent, or "": libraries quote a header they reject."""
        if not self._value:
            return "is empty"
        if not self._value.isascii() or not self._value.isprintable() or " " in self._value:
            return "has spaces, line breaks or other signs in it"
        return ""


class HiddenEnvironment(Mapping[str, str]):
    """An environment whose values do not appear in crash reports."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        """Wrap an environment."""
        self._environment = environment

    def __repr__(self) -> str:
        """Show the number of names only."""
        return f"HiddenEnvironment({len(self)} names)"

    def __getitem__(self, name: str) -> str:
        """Return the value of a variable."""
        return self._environment[name]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names."""
        return iter(self._environment)

    def __len__(self) -> int:
        """Return the number of names."""
        return len(self._environment)


def key_source(service: Service, settings: ModelSettings, environment: Mapping[str, str]) -> str:
    """Describe the source of the key ("" if none is set); run and read nothing."""
    if environment.get("LLM_API_KEY"):
        return "LLM_API_KEY"
    if settings.key_variable:
        return settings.key_variable
    if settings.key_command:
        return _COMMAND
    if settings.key_file:
        return f"{_FILE}{settings.key_file}"
    return next((name for name in service.key_variables if environment.get(name)), "")


async def find_key(service: Service, settings: ModelSettings, environment: Mapping[str, str]) -> Key | None:
    """Return the key for the service, None if none is needed; may run a command.

    Raises:
        NotSetUp: the key is missing, cannot be read, or must not be sent there.
    """
    problem = key_problem(service, settings, environment)
    if problem:
        raise NotSetUp(problem)
    source = key_source(service, settings, environment)
    if not source:
        return None
    if source == _COMMAND:
        key = await _from_command(settings.key_command)
    elif source.startswith(_FILE):
        key = _from_file(settings.key_file, source)
    else:
        key = Key(environment[source], source)
    if not isinstance(key, Key):
        raise NotSetUp(key)
    if key.flaw():
        raise NotSetUp(f"What {source} gives is not a key: it {key.flaw()}.")
    return key


def key_problem(service: Service, settings: ModelSettings, environment: Mapping[str, str]) -> str:
    """Say why there is no usable key, or ""; run no command and read no file."""
    source = key_source(service, settings, environment)
    if not source:
        return _missing(service) if service.needs_key else ""
    if not service.keeps_keys_private:
        return (
            f"{service.base_url} is neither https nor on this machine, so the key is not sent there;"
            " set LLM_BASE_URL to an https address, or unset the key."
        )
    if source == settings.key_variable and not environment.get(source):
        return f"The variable {source} (key_variable under [model]) is not set; export it with the key."
    if source.startswith(_FILE):
        return _file_problem(settings.key_file)
    return ""


def _missing(service: Service) -> str:
    names = " or ".join(service.key_variables)
    return (
        f"{service.label} needs a key; set {names}, or key_variable, key_command or key_file"
        " under [model] in config.toml."
    )


def _file_problem(name: str) -> str:
    """Say why no key can be read from the file, or ""; do not read it."""
    try:
        file = Path(name).expanduser()
        status = file.stat()
    except OSError as error:
        return f"The key file {name} cannot be read: {(error.strerror or 'it failed').lower()}."
    except RuntimeError:
        return f"The key file {name} cannot be found: there is no such user's home folder."
    if not stat.S_ISREG(status.st_mode):
        return f"The key file {name} is not a file; name a file that holds the key and nothing else."
    if status.st_size > _LONGEST_KEY:
        return f"The key file {name} is longer than a key; name a file that holds the key and nothing else."
    if os.name == "posix" and stat.S_IMODE(status.st_mode) & 0o077:
        mend = f"chmod 600 {shlex.quote(str(file))}"
        return f"Others on this machine can read the key file {file}; mend it with: {mend}"
    return ""


def _from_file(name: str, source: str) -> Key | str:
    """Return the key in the file, or why it cannot be read."""
    try:
        with Path(name).expanduser().open("rb") as file:
            return Key(file.read(_LONGEST_KEY).decode("utf-8", errors="replace"), source)
    except OSError as error:
        return f"The key file {name} cannot be read: {(error.strerror or 'it failed').lower()}."


class _Output(asyncio.SubprocessProtocol):
    """The output of a command, up to a limit.

    asyncio's own streams do not report an exit while another process holds the output open.
    """

    def __init__(self) -> None:
        self.printed = b""
        self.too_long = False
        self.ended = asyncio.Event()
        self.exited = asyncio.Event()
        self.closed = asyncio.Event()

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        """Keep the data; more than the longest key ends the wait."""
        self.too_long |= len(self.printed) + len(data) > _LONGEST_KEY
        if self.too_long:
            self.ended.set()
        else:
            self.printed += data

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:
        """Note the end of the output."""
        self.closed.set()

    def process_exited(self) -> None:
        """Note the exit; a child process may still hold the output open."""
        self.exited.set()
        self.ended.set()


def _words_of(command: str) -> list[str]:
    """Split a command line; on Windows a backslash is a part of a path.

    Raises:
        ValueError: a quotation mark is not closed.
    """
    if os.name == "posix":
        return shlex.split(command)
    words = shlex.split(command, posix=False)  # leaves the quotation marks around a word
    return [
        word[1:-1] if len(word) > 1 and word[0] == word[-1] and word[0] in "'\"" else word for word in words
    ]


async def _from_command(command: str) -> Key | str:
    """Return the key that the command prints, or an error without its output."""
    try:
        words = _words_of(command)
    except ValueError:
        words = []
    if not words:
        return "key_command under [model] is not a command line; check its quotes."
    try:
        key = await _run(words)
    except TimeoutError:
        reason = f"did not end within {in_seconds(COMMAND_SECONDS)}"
    except OSError as error:
        reason = f"could not be run ({(error.strerror or 'it failed').lower()})"
    else:
        if isinstance(key, Key):
            return key
        reason = key
    return f"The command for the key, {words[0]}, {reason}; try key_command in a shell."


async def _run(words: Sequence[str]) -> Key | str:
    """Run a command; return the key that it printed, or how it failed.

    Raises:
        TimeoutError: it did not end in time, and was killed.
        OSError: it could not be started.
    """
    transport, output = await asyncio.get_running_loop().subprocess_exec(
        _Output,
        *words,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(COMMAND_SECONDS):
            await output.ended.wait()
        if output.too_long:
            return "printed more than a key"
        await _briefly(output.closed)
        if status := transport.get_returncode():
            return f"failed with status {status}"
        return Key(output.printed.decode("utf-8", errors="replace"), _COMMAND)
    finally:
        transport.close()  # kills the command if it still runs
        await _briefly(output.exited)


async def _briefly(event: asyncio.Event) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_GRACE_S):
            await event.wait()

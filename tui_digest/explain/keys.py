"""Finding the key of a service: a variable, a command that prints it, a file of the owner's alone."""

from __future__ import annotations

import os
import shlex
import stat
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tui_digest.explain.failures import NotSetUp
from tui_digest.explain.providers import Service
from tui_digest.settings import ModelSettings

COMMAND_SECONDS = 60


class Key:
    """A key that does not show itself: not in messages, not in tracebacks, not in logs."""

    __slots__ = ("_value", "source")

    def __init__(self, value: str, source: str) -> None:
        """A key and where it comes from, in words."""
        self._value = value
        self.source = source

    def __repr__(self) -> str:
        """Where the key comes from, never the key."""
        return f"Key(from {self.source})"

    def reveal(self) -> str:
        """The key itself, for the header of a request and for nothing else."""
        return self._value


def key_source(service: Service, settings: ModelSettings, environment: Mapping[str, str]) -> str:
    """Where the key will come from, in words ("" when none is set); runs and reads nothing."""
    if environment.get("LLM_API_KEY"):
        return "LLM_API_KEY"
    if settings.key_variable:
        return settings.key_variable
    if settings.key_command:
        return "the command key_command"
    if settings.key_file:
        return f"the file {settings.key_file}"
    return next((name for name in service.key_variables if environment.get(name)), "")


def find_key(service: Service, settings: ModelSettings, environment: Mapping[str, str]) -> Key | None:
    """The key for the service, or None where none is set and none is needed. May run a command.

    Raises:
        NotSetUp: the key is missing, cannot be had, or may not be sent there.
    """
    problem = key_problem(service, settings, environment)
    if problem:
        raise NotSetUp(problem)
    source = key_source(service, settings, environment)
    if not source:
        return None
    if source == "the command key_command":
        value = _from_command(settings.key_command)
    elif source.startswith("the file "):
        value = _from_file(Path(settings.key_file).expanduser())
    else:
        value = environment[source]
    return Key(_checked(value, source), source)


def key_problem(service: Service, settings: ModelSettings, environment: Mapping[str, str]) -> str:
    """One sentence on why there is no usable key, or "". Runs no command; looks at a file's rights only."""
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
    if source.startswith("the file "):
        return _file_problem(Path(settings.key_file).expanduser())
    return ""


def _missing(service: Service) -> str:
    names = " or ".join(service.key_variables)
    return (
        f"{service.label} needs a key; set {names}, or key_variable, key_command or key_file"
        " under [model] in config.toml."
    )


def _file_problem(file: Path) -> str:
    try:
        status = file.stat()
    except OSError as error:
        return f"The key file {file} cannot be read: {(error.strerror or 'it failed').lower()}."
    if os.name == "posix" and stat.S_IMODE(status.st_mode) & 0o077:
        mend = f"chmod 600 {shlex.quote(str(file))}"
        return f"Others on this machine can read the key file {file}; mend it with: {mend}"
    return ""


def _from_file(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        reason = (error.strerror or "it failed").lower()
    raise NotSetUp(f"The key file {file} cannot be read: {reason}.")


def _from_command(command: str) -> str:
    """What the command prints. What it says on its error stream is dropped: it might be the key."""
    try:
        words = shlex.split(command, posix=os.name == "posix")
    except ValueError:
        words = []
    if not words:
        raise NotSetUp("key_command under [model] is not a command line; check its quotes.")
    try:
        done = subprocess.run(
            words, stdin=subprocess.DEVNULL, capture_output=True, timeout=COMMAND_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        reason = f"did not end within {COMMAND_SECONDS} seconds"
    except OSError as error:
        reason = f"could not be run ({(error.strerror or 'it failed').lower()})"
    else:
        if done.returncode == 0:
            return done.stdout.decode("utf-8", errors="replace")
        reason = f"failed with status {done.returncode}"
    raise NotSetUp(f"The command for the key, {words[0]}, {reason}; try key_command in a shell.")


def _checked(value: str, source: str) -> str:
    """The key without white space around it, if it can be a header: otherwise httpx would quote it."""
    value = value.strip()
    if not value:
        raise NotSetUp(f"The key from {source} is empty.")
    if not value.isascii() or not value.isprintable() or " " in value:
        raise NotSetUp(f"What {source} gives is not a key: it has spaces, line breaks or other signs in it.")
    return value

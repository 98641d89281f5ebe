"""What the user may set: config.toml and the environment, read into frozen records.

The records stand first, one a table of config.toml; then reading them; then where files live.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Annotated, Final, Literal, TypeGuard, get_args, get_origin, get_type_hints

import msgspec

from tui_digest.errors import UsageError
from tui_digest.paper import AnnounceType

APPLICATION = "tui-digest"

VARIABLES: Final = {
    "arxiv.api_url": "TUI_DIGEST_API_URL",
    "arxiv.feed_url": "TUI_DIGEST_FEED_URL",
    "arxiv.interval": "TUI_DIGEST_INTERVAL",
    "model.provider": "LLM_PROVIDER",
    "model.model": "LLM_MODEL",
    "model.base_url": "LLM_BASE_URL",
}
"""The environment's variables that go before a setting of config.toml, by its dotted name."""

Glyphs = Literal["full", "basic", "ascii"]
Signs = Literal["unicode", "ascii"]
Mathematics = Literal["spoken", "unicode"]
Sort = Literal["pick", "number", "title", "author", "announced"]

# What "ML + Optimization" prefers before the reader has marked anything.
_PICK_WORDS = {
    "optimization": 2.0,
    "convergence": 2.0,
    "proximal": 2.0,
    "ADMM": 2.0,
    "gradient": 1.0,
    "stochastic": 1.0,
    "dual": 1.0,
    "Lagrangian": 1.0,
}


class _Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of config.toml: unknown keys are errors."""


class ArxivSettings(_Table, frozen=True):
    """`[arxiv]`: how arXiv is asked. Seconds and, for the addresses, what stands before the query."""

    interval: Annotated[float, msgspec.Meta(ge=0, le=3600)] = 3.0
    api_url: str = "https://export.arxiv.org/api/query"
    feed_url: str = "https://rss.arxiv.org/rss"
    holidays: tuple[date, ...] = ()
    deadline: Annotated[float, msgspec.Meta(ge=5, le=600)] = 55.0


class ReaderSettings(_Table, frozen=True):
    """`[reader]`: how the reader looks and behaves."""

    theme: str = "digest-dark"
    glyphs: Glyphs = "full"
    signs: Signs = "unicode"
    show: tuple[AnnounceType, ...] = tuple(AnnounceType)
    sort: Sort = "pick"
    after_mark: Literal["stay", "next-unread"] = "stay"
    open_at: Literal["newest", "last-place"] = "newest"
    reduced_motion: bool = False


class PickSettings(_Table, frozen=True):
    """`[pick]`: the rules of the pick that do not come from the library. Words with their weights."""

    count: Annotated[int, msgspec.Meta(ge=0, le=500)] = 5
    words: dict[str, float] = msgspec.field(default_factory=lambda: dict(_PICK_WORDS))
    categories: dict[str, float] = msgspec.field(default_factory=lambda: {"math.OC": 1.0})


class ModelSettings(_Table, frozen=True):
    """`[model]`: which language model explains, and within what limits.

    The key itself is never needed here: `key_variable` names the environment variable that holds
    it, `key_command` a command that prints it, `key_file` a file only its owner can read.
    `prices` gives the user's own price of a million tokens, in and out, by model name. `deadline`
    is the longest an explanation may take in all, `silence` the longest wait for a next sign of
    life from the service, both in seconds.
    """

    provider: str = ""
    model: str = ""
    base_url: str = ""
    key_variable: str = ""
    key_command: str = ""
    key_file: str = ""
    language: str = "English"
    words: Annotated[int, msgspec.Meta(ge=50, le=5000)] = 450
    automatic: bool = False
    daily_limit: Annotated[int, msgspec.Meta(ge=0)] = 200
    prices: dict[str, tuple[float, float]] = {}
    deadline: Annotated[float, msgspec.Meta(gt=0, le=3600)] = 300.0
    silence: Annotated[float, msgspec.Meta(gt=0, le=3600)] = 90.0


class ExportSettings(_Table, frozen=True):
    """`[export]`: where the reader writes, and what goes in."""

    folder: str = "~/arxiv-digest"
    format: Literal["markdown", "jekyll", "obsidian", "bibtex", "ris", "csl-json", "json"] = "markdown"
    abstract: bool = True
    explanation: bool = True
    notes: bool = True
    marks: bool = True
    bibtex_accents: Literal["escaped", "unicode"] = "escaped"


class Settings(_Table, frozen=True):
    """All of config.toml, with the environment laid over it."""

    categories: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)] = ("cs.LG", "stat.ML", "math.OC")
    name: str = "ML + Optimization"
    arxiv: ArxivSettings = ArxivSettings()
    reader: ReaderSettings = ReaderSettings()
    pick: PickSettings = PickSettings()
    model: ModelSettings = ModelSettings()
    export: ExportSettings = ExportSettings()
    keys: dict[str, str | tuple[str, ...]] = {}


class Places(msgspec.Struct, frozen=True):
    """The folders of this user, each 0700: settings, the reader's data, arXiv's answers, the rest."""

    config: Path
    data: Path
    cache: Path
    state: Path

    @property
    def config_file(self) -> Path:
        """The settings, written by the user; the program never rewrites it."""
        return self.config / "config.toml"

    @property
    def library_file(self) -> Path:
        """The library: the reader's own data."""
        return self.data / "library.sqlite3"


def places(home: Path | None = None) -> Places:
    """Where files live: the platform's folders for this user, or, below `home`, a home of their own."""
    if home is not None:
        return Places(home / "config", home / "data", home / "cache", home / "state")
    from platformdirs import PlatformDirs

    folders = PlatformDirs(APPLICATION, appauthor=False)
    return Places(
        folders.user_config_path, folders.user_data_path, folders.user_cache_path, folders.user_state_path
    )


def shown_path(path: Path) -> str:
    """A path as one reads and types it, the user's home as `~`."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(path)


def private_folder(folder: Path) -> Path:
    """The folder, made for its owner only if it was not there."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def load_settings(file: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of config.toml (defaults when there is no such file) with the environment laid over them.

    Raises:
        UsageError: the file cannot be read or is not TOML, or a setting is unknown or wrong; the
            message names the file, the key and what is allowed.
    """
    environment = os.environ if environment is None else environment
    settings = _convert(_table(file), str(file))
    return _with_environment(settings, environment)


def _table(file: Path) -> dict[str, object]:
    """What stands in a file of settings; nothing when there is no such file."""
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The settings in {file} cannot be read: {_reason(error)}.") from error
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"The settings in {file} are not valid TOML: {error}.") from error


def _convert(table: dict[str, object], where: str) -> Settings:
    try:
        return msgspec.convert(table, Settings)
    except msgspec.ValidationError as error:
        raise UsageError(_explain(str(error), table, where)) from error


def _explain(message: str, table: Mapping[str, object], where: str) -> str:
    """One sentence from msgspec's message: `Expected …, got … - at `$.key``."""
    problem, _, path = message.partition(" - at ")
    key = path.strip("`").removeprefix("$").removeprefix(".")
    if problem.startswith("Object contains unknown field"):
        name = problem.partition("`")[2].rstrip("`")
        full = f"{key}.{name}" if key else name
        return f"{where}: there is no setting {full!r}; {_known_settings(key)}."
    return f"{where}: the setting {key!r} is wrong: {_plain(problem, key)}."


def _plain(problem: str, key: str) -> str:
    if problem.startswith("Invalid enum value"):
        return f"{problem.removeprefix('Invalid enum value ')} is not one of {', '.join(_choices(key))}"
    plain = problem.replace("`", "")
    return plain[0].lower() + plain[1:]


def _choices(key: str) -> list[str]:
    """The values that a setting of fixed choices may have, by its dotted name."""
    record: object = Settings
    for name in re.sub(r"\[.*?\]", "", key).split("."):
        hint = get_type_hints(record)[name]
        record = (
            next((part for part in get_args(hint) if part is not Ellipsis), hint) if get_args(hint) else hint
        )
        if get_origin(hint) is Literal:
            return list(get_args(hint))
    return [str(member.value) for member in record] if _is_enum(record) else []


def _is_enum(record: object) -> TypeGuard[type[Enum]]:
    return isinstance(record, type) and issubclass(record, Enum)


def _known_settings(table: str) -> str:
    record: type[_Table] = Settings
    if table:
        record = type(getattr(Settings(), table.partition(".")[0]))
    names = ", ".join(field.encode_name for field in msgspec.structs.fields(record))
    return f"settings of [{table}] are {names}" if table else f"settings and tables are {names}"


def _reason(error: OSError | UnicodeDecodeError) -> str:
    if isinstance(error, OSError):
        return (error.strerror or "it failed").lower()
    return "it is not UTF-8 text"


def _with_environment(settings: Settings, environment: Mapping[str, str]) -> Settings:
    """The environment's names of the design, laid over the file's settings."""
    found: dict[str, dict[str, object]] = {"arxiv": {}, "model": {}}
    for name, variable in VARIABLES.items():
        if text := environment.get(variable):
            table, _, key = name.partition(".")
            found[table][key] = _seconds(text) if key == "interval" else text
    return msgspec.structs.replace(
        settings,
        arxiv=msgspec.structs.replace(settings.arxiv, **found["arxiv"]),
        model=msgspec.structs.replace(settings.model, **found["model"]),
    )


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= 3600:
        raise UsageError(f"TUI_DIGEST_INTERVAL is {text!r}; it must be seconds from 0 to 3600.")
    return seconds

"""Settings as frozen records, one for each table of config.toml.

`tui_digest.config_file` reads them. Annotations are evaluated here as the classes are made: msgspec would
compile the text of each at the start.
"""

from datetime import date
from typing import Annotated, Final, Literal

import msgspec

from tui_digest.errors import UsageError
from tui_digest.paper import AnnounceType

VARIABLES: Final = {
    "arxiv.api_url": "TUI_DIGEST_API_URL",
    "arxiv.feed_url": "TUI_DIGEST_FEED_URL",
    "arxiv.html_url": "TUI_DIGEST_HTML_URL",
    "arxiv.pdf_url": "TUI_DIGEST_PDF_URL",
    "arxiv.interval": "TUI_DIGEST_INTERVAL",
    "model.provider": "LLM_PROVIDER",
    "model.model": "LLM_MODEL",
    "model.base_url": "LLM_BASE_URL",
    "zotero.url": "TUI_DIGEST_ZOTERO_URL",
}
"""The environment variable that overrides a setting, by the setting's dotted name."""

Glyphs = Literal["full", "basic", "ascii"]
AfterMark = Literal["stay", "next-unread"]
PdfPlace = Literal["browser", "viewer"]
Signs = Literal["unicode", "ascii"]
Mathematics = Literal["spoken", "unicode"]
Sort = Literal["pick", "number", "title", "author", "announced"]
ExportFormat = Literal[
    "markdown", "jekyll", "obsidian", "bibtex", "ris", "csl-json", "json", "atom", "html", "eml"
]
ExplanationKind = Literal["mathematics", "three-lines", "student", "method", "translation"]
Weight = Annotated[float, msgspec.Meta(ge=-1000, le=1000)]
Price = Annotated[float, msgspec.Meta(ge=0, le=1_000_000)]

PickRule = Literal["weights", "stems"]


class _Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of config.toml: unknown keys are errors."""


class ArxivSettings(_Table, frozen=True):
    """`[arxiv]`: addresses, interval, deadline and holidays.

    `interval` is the seconds between requests, `deadline` the longest wait for an answer in seconds.
    What follows the addresses: `feed_url` the categories, `html_url` and `pdf_url` the id, each after
    a `/`. `holidays` are evenings without an announcement, besides those that the program knows.
    """

    interval: Annotated[float, msgspec.Meta(ge=0, le=3600)] = 3.0
    api_url: str = "https://export.arxiv.org/api/query"
    feed_url: str = "https://rss.arxiv.org/rss"
    html_url: str = "https://arxiv.org/html"
    pdf_url: str = "https://arxiv.org/pdf"
    holidays: tuple[date, ...] = ()
    deadline: Annotated[float, msgspec.Meta(ge=5, le=600)] = 55.0


class ReaderSettings(_Table, frozen=True):
    """`[reader]`: the look and behaviour of the reader.

    `rows` is the lines of a paper in the list. `instant_start` draws the last screen before the reader
    has started. `keep_text` says of which papers the whole text is kept for reading offline: of those
    that were opened, or also of those marked *to read*.
    """

    theme: str = "digest-dark"
    glyphs: Glyphs = "full"
    signs: Signs = "unicode"
    show: tuple[AnnounceType, ...] = tuple(AnnounceType)
    sort: Sort = "pick"
    after_mark: AfterMark = "stay"
    open_at: Literal["newest", "last-place"] = "newest"
    reduced_motion: bool = False
    rows: Literal[3, 2, 1] = 3
    instant_start: bool = True
    keep_text: Literal["asked", "to-read"] = "asked"


class PickSettings(_Table, frozen=True):
    """`[pick]`: the rules of the pick: words and categories with their weights.

    With the rule `stems` the words are parts of words, and only how many of them a paper has counts.
    """

    count: Annotated[int, msgspec.Meta(ge=0, le=500)] = 5
    words: dict[str, Weight] = {}
    categories: dict[str, Weight] = {}
    rule: PickRule = "weights"


class ModelSettings(_Table, frozen=True):
    """`[model]`: which language model explains, and within what limits.

    The key itself is never needed here: `key_variable` names the environment variable that holds
    it, `key_command` a command that prints it, `key_file` a file only its owner can read. `kind` is
    the kind of explanation asked for, `prompt` a file with the user's own headings and wishes.
    `max_tokens` is the longest answer in tokens, 0 for the service's own limit.
    `prices` gives the user's own price of a million tokens, in and out, by model name. `deadline`
    is the longest time of an explanation, `silence` the longest time without data from the
    service, both in seconds.
    """

    provider: str = ""
    model: str = ""
    base_url: str = ""
    key_variable: str = ""
    key_command: str = ""
    key_file: str = ""
    kind: ExplanationKind = "mathematics"
    prompt: str = ""
    language: str = "English"
    words: Annotated[int, msgspec.Meta(ge=50, le=5000)] = 450
    max_tokens: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] = 0
    automatic: bool = False
    daily_limit: Annotated[int, msgspec.Meta(ge=0)] = 200
    prices: dict[str, tuple[Price, Price]] = {}
    deadline: Annotated[float, msgspec.Meta(gt=0, le=3600)] = 300.0
    silence: Annotated[float, msgspec.Meta(gt=0, le=3600)] = 90.0


class ExportContents(_Table, frozen=True):
    """What of each paper is exported, how BibTeX writes accents, a mail's recipient."""

    abstract: bool = True
    explanation: bool = True
    notes: bool = True
    marks: bool = True
    bibtex_accents: Literal["escaped", "unicode"] = "escaped"
    mail_to: str = ""


class ExportSettings(ExportContents, frozen=True):
    """`[export]`: the folder, format and contents of exports."""

    folder: str = "~/arxiv-digest"
    format: ExportFormat = "markdown"


class PdfSettings(_Table, frozen=True):
    """`[pdf]`: the folder, names and viewer of PDFs.

    `viewer` is a program with its arguments, empty for the system's own. `name` is the pattern of the
    file's name, of which `PDF_NAME_FIELDS` are filled in. `open` says what the key for the PDF does.
    """

    folder: str = "~/arxiv-digest/pdf"
    viewer: tuple[str, ...] = ()
    name: str = "{id} - {author} - {title}"
    open: PdfPlace = "browser"


PDF_NAME_FIELDS: Final = ("id", "version", "author", "year", "title")
"""The fields of `[pdf] name`; `author` is the first author's surname."""


class SyncSettings(_Table, frozen=True):
    """`[sync]`: the folder shared between machines (empty: none), this one's name."""

    folder: str = ""
    name: str = ""


class ZoteroSettings(_Table, frozen=True):
    """`[zotero]`: the address of Zotero on this machine."""

    url: str = "http://127.0.0.1:23119"


class DigestSettings(_Table, frozen=True):
    """`[digest.NAME]`: a named digest; settings left out are those outside of it.

    `words` are those of the pick, with their weights or as a list of equal ones, `rule` is how they
    count, `pick` how many papers come first, `types` the announce types shown, and `export` the
    folder of its exports.
    """

    categories: tuple[str, ...] = ()
    words: dict[str, Weight] | tuple[str, ...] | None = None
    rule: PickRule | None = None
    pick: Annotated[int, msgspec.Meta(ge=0, le=500)] | None = None
    types: tuple[AnnounceType, ...] = ()
    sort: Sort | None = None
    export: str = ""


READY_MADE_DIGESTS: Final = {
    "ML + Optimization": DigestSettings(
        categories=("cs.LG", "stat.ML", "math.OC"),
        words=(
            "optimization",
            "convergence",
            "proximal",
            "ADMM",
            "gradient",
            "stochastic",
            "dual",
            "Lagrangian",
        ),
        rule="stems",
        pick=5,
    )
}
"""Digests that can be chosen instead of being written: the one that this program began with."""

DEFAULT_DIGEST: Final = "default"
"""The name of the digest described outside of `[digest.NAME]`."""

UNNAMED_DIGEST: Final = ""
"""Stands for the name of a digest that the command line makes, by `--category`."""


class Settings(_Table, frozen=True):
    """All settings: config.toml, overridden by the environment."""

    categories: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)] = ("cs.LG", "stat.ML", "math.OC")
    name: str = "ML + Optimization"
    arxiv: ArxivSettings = ArxivSettings()
    reader: ReaderSettings = ReaderSettings()
    pick: PickSettings = PickSettings()
    model: ModelSettings = ModelSettings()
    export: ExportSettings = ExportSettings()
    pdf: PdfSettings = PdfSettings()
    sync: SyncSettings = SyncSettings()
    zotero: ZoteroSettings = ZoteroSettings()
    digest: dict[str, DigestSettings] = {}
    keys: dict[str, str | tuple[str, ...]] = {}


def digest_settings(settings: Settings, name: str) -> Settings:
    """Return the settings, overridden by those of a named or ready-made digest.

    Raises:
        UsageError: there is no digest of that name.
    """
    if name in (DEFAULT_DIGEST, UNNAMED_DIGEST):
        return settings
    digest = settings.digest.get(name) or READY_MADE_DIGESTS.get(name)
    if digest is None:
        known = ", ".join((DEFAULT_DIGEST, *settings.digest))
        ready = ", ".join(READY_MADE_DIGESTS)
        raise UsageError(f"There is no digest {name!r}; config.toml has {known}; ready-made is {ready}.")
    words = digest.words if digest.words is not None else settings.pick.words
    if not isinstance(words, dict):
        words = dict.fromkeys(words, 1.0)
    replace = msgspec.structs.replace
    return replace(
        settings,
        name=name,
        categories=digest.categories or settings.categories,
        pick=replace(
            settings.pick,
            words=words,
            rule=digest.rule or settings.pick.rule,
            count=settings.pick.count if digest.pick is None else digest.pick,
        ),
        reader=replace(
            settings.reader,
            show=digest.types or settings.reader.show,
            sort=digest.sort or settings.reader.sort,
        ),
        export=replace(settings.export, folder=digest.export or settings.export.folder),
    )


def all_categories(settings: Settings) -> tuple[str, ...]:
    """Return all categories of config.toml's digests, the default's first.

    One fetch serves them.
    """
    named = (name for digest in settings.digest.values() for name in digest.categories)
    return tuple(dict.fromkeys((*settings.categories, *named)))

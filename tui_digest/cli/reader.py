"""`read`: open the reader with its services."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from functools import lru_cache, partial
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Final

from msgspec import structs

from tui_digest import saved_screen
from tui_digest.cli import report
from tui_digest.cli.config_edit import UserConfig
from tui_digest.cli.container import Parts, utc_now, within_calendar
from tui_digest.cli.streams import require_open_files
from tui_digest.cli.system.browser_and_viewer import MachineBrowser
from tui_digest.cli.system.clipboard_programs import MachineClipboard
from tui_digest.core.services import CommandEnd, Progress, Services, ZoteroOutcome
from tui_digest.entry import Entry
from tui_digest.errors import UsageError
from tui_digest.settings import DEFAULT_DIGEST

if TYPE_CHECKING:
    import argparse

    from tui_digest.core.arxiv_search import ArxivSearch
    from tui_digest.core.categories import CategoryTable
    from tui_digest.paper import ArxivId, Paper
    from tui_digest.tui.app import ReaderApp


NO_ARGUMENTS: Final = SimpleNamespace(
    id=None, date=None, digest=None, category=None, offline=False, plain=None, demo=False
)
"""What the parser gives for an empty command line, without importing it."""

OFFLINE: Final = SimpleNamespace(**{**vars(NO_ARGUMENTS), "offline": True})
"""The same for `--offline`."""

_FILES_OF_THE_READER: Final = 8
"""What the event loop, the driver and the library open before the first paint."""


def read(arguments: argparse.Namespace | SimpleNamespace = NO_ARGUMENTS) -> int:
    """Open the reader; then the demo, if the user chose it there."""
    if arguments.plain is not None:
        return _read_plainly(arguments)
    # Off since the launch, and again for the demo: little garbage arises during the start, but collecting
    # it takes a tenth of the time. The reader switches the collector on when it is idle.
    gc.disable()
    try:
        return _read_on_screen(arguments)
    finally:
        gc.unfreeze()
        gc.enable()


def setup(arguments: argparse.Namespace | SimpleNamespace) -> int:
    """Open the reader with the first steps."""
    from tui_digest.cli.output import require_terminal

    require_terminal(
        os.environ, "The first steps need a terminal; `tui-digest config init` writes a config.toml to edit."
    )
    with Parts() as parts:
        app = _run(parts, setup=True, first=_is_untouched(parts))
    saved_screen.want_save()
    return app.return_code or 0


def _is_untouched(parts: Parts) -> bool:
    """Tell whether nothing is set or stored; a dangling link counts as a setting."""
    file = parts.places.config_file
    return not (file.exists() or file.is_symlink() or parts.library.mailings.any_day())


def _is_first_start(parts: Parts, arguments: argparse.Namespace | SimpleNamespace) -> bool:
    """Tell whether to ask the first steps: nothing is there, nothing else was asked."""
    wanted = arguments.date, arguments.category, arguments.digest, arguments.id, arguments.offline
    return not any(wanted) and _is_untouched(parts)


def _read_on_screen(arguments: argparse.Namespace | SimpleNamespace) -> int:
    from tui_digest.cli.output import require_terminal
    from tui_digest.tui.state import PLAY_DEMO

    require_terminal(os.environ)
    app = _play_demo(arguments.id) if arguments.demo else _read(arguments)
    if not arguments.demo and arguments.id is None:  # the next start is expected to be one without an id
        saved_screen.want_save()
    if app.return_value == PLAY_DEMO:
        app = _play_demo()
    return app.return_code or 0


def _read_plainly(arguments: argparse.Namespace | SimpleNamespace) -> int:
    from tui_digest.cli.plain.reader import read_plainly

    if arguments.id is not None:
        raise UsageError(
            f"--plain reads a day; `tui-digest show {arguments.id} --spoken` reads one paper in sentences."
        )
    with _demo_parts() if arguments.demo else Parts(arguments.category, arguments.digest) as parts:
        return read_plainly(parts, arguments)


def _play_demo(paper: ArxivId | None = None) -> ReaderApp:
    """Open the reader with the demo's day."""
    with _demo_parts() as parts:
        return _run(parts, paper=paper)


@contextmanager
def _demo_parts() -> Iterator[Parts]:
    """Yield the parts of the demo, in a temporary home."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="tui-digest-demo-") as home:
        clock = make_demo_clock(within_calendar(utc_now()))
        with Parts(home=Path(home), demo=True, now=clock) as parts:
            yield parts


def make_demo_clock(started: datetime) -> Callable[[], datetime]:
    """Return a clock that starts at nine, US Eastern, of arXiv's newest mailing day.

    So the demo is never shown on a quiet day.
    """
    from tui_digest.arxiv.calendar import Calendar, us_eastern

    morning = datetime.combine(Calendar().newest_in_feed(started), time(9), us_eastern()).astimezone(UTC)
    return lambda: morning + (utc_now() - started)


def _read(arguments: argparse.Namespace | SimpleNamespace) -> ReaderApp:
    with reader_parts(arguments) as parts:
        first = _is_first_start(parts, arguments)
        return _run(parts, arguments.date, arguments.offline, arguments.id, setup=first, first=first)


@contextmanager
def reader_parts(arguments: argparse.Namespace | SimpleNamespace) -> Iterator[Parts]:
    """Yield the parts of the digest asked for, else of the one chosen last."""
    with Parts(arguments.category, arguments.digest) as parts:
        if not arguments.category and not arguments.digest:
            parts.use_last_digest()
        yield parts


def _run(
    parts: Parts,
    day: date | None = None,
    offline: bool = False,
    paper: ArxivId | None = None,
    *,
    setup: bool = False,
    first: bool = False,
) -> ReaderApp:
    """Run the reader until it ends and everything is on disk.

    Raises:
        TuiDigestError: too few files can be opened.
        Exception: the unexpected error that ended it.
    """
    require_open_files(_FILES_OF_THE_READER)
    import_asyncio_without_ssl()
    from tui_digest.cli.first_rows import save_first_rows
    from tui_digest.tui.tasks.thread_pools import wait_for_writing

    app = make_app(parts, day, offline, paper, page_at_once=saved_screen.painted_terminal() is not None)
    app.options = structs.replace(app.options, setup=setup, first=first)
    rows: list[Paper] = []
    app.services = structs.replace(app.services, note_first_rows=rows.extend)
    _take_over_saved_screen()
    app.run()
    save_first_rows(parts.places.state, rows, app.settings.reader.glyphs)
    wait_for_writing()
    if app.failure is not None:
        raise app.failure
    return app


def _take_over_saved_screen() -> None:
    """Continue on the terminal that shows the saved screen, if one was painted.

    Until the reader has started, its failure or a signal withdraws that screen.
    """
    if (painted := saved_screen.painted_terminal()) is not None:
        from tui_digest.tui.driver import PosixDriver

        PosixDriver.take_over(painted.attributes, saved_screen.hand_over)


def make_app(
    parts: Parts,
    day: date | None = None,
    offline: bool = False,
    paper: ArxivId | None = None,
    *,
    page_at_once: bool = False,
) -> ReaderApp:
    """Create the reader with its services and stored digest, a paper opened over it.

    With `page_at_once` its first frame is that of the saved first screen.
    """
    from tui_digest.cli.first_rows import load_first_rows
    from tui_digest.tui.app import ReaderApp
    from tui_digest.tui.state import ReaderOptions

    load_first_rows(parts.places.state)
    if day is None and parts.settings.reader.open_at == "last-place":
        day = parts.library.positions.last_day(parts.digest.name)
    colour = "NO_COLOR" not in os.environ
    options = ReaderOptions(
        day=day,
        paper=paper,
        digest=parts.digest.name,
        offline=offline,
        demo=parts.demo,
        colour=colour,
        page_at_once=page_at_once,
    )
    first = parts.stored_digest(day)
    name = parts.digest.name
    if first is not None and name != DEFAULT_DIGEST and not parts.library.picks.stored(first.scope, name):
        parts.update_pick(first)  # another digest fetched the day
    parts.library.hurry()
    app = ReaderApp(_services(parts, offline), parts.user_settings, options, first)
    if not colour:
        # Textual removes it from the environment; an editor started here needs it.
        os.environ["NO_COLOR"] = "1"
    return app


def _services(parts: Parts, offline: bool) -> Services:
    """Return the reader's services; what a start does not need is made when used."""
    from tui_digest.cli.adapters.days import ReaderDays
    from tui_digest.cli.adapters.models import ReaderModels

    return Services(
        days=ReaderDays(parts, offline),
        library=parts.library,
        models=ReaderModels(parts),
        config=UserConfig(parts.places.config_file, {} if parts.demo else os.environ),
        now=parts.now,
        browser=MachineBrowser(),
        category_names=_category_names(),
        categories=lambda: category_table(parts),
        edit_text=_edit_text,
        clipboard=MachineClipboard(os.environ),
        run_command=_run_command,
        report=report,
        arxiv_search=partial(_arxiv_search, parts, offline),
        texts=lru_cache(lambda: parts.texts(offline=offline)),
        pdfs=lru_cache(lambda: parts.pdfs(offline=offline)),
        send_to_zotero=partial(_send_to_zotero, parts),
        synchronise=_synchroniser(parts),
    )


def _arxiv_search(parts: Parts, offline: bool) -> ArxivSearch:
    """Return what searches at arXiv."""
    from tui_digest.cli.adapters.arxiv_search import ReaderArxivSearch

    return ReaderArxivSearch(parts, offline)


def import_asyncio_without_ssl() -> None:
    """Import asyncio as in a Python without TLS; others import `ssl` as ever.

    OpenSSL takes 4 MiB and 5 ms, and a reader that asks nobody needs none of it. asyncio would use it for
    encrypted streams of its own; httpx has those of anyio.
    """
    if "asyncio" in sys.modules or "ssl" in sys.modules:
        return
    sys.modules["ssl"] = None  # type: ignore[assignment]
    try:
        import asyncio  # noqa: F401
    finally:
        del sys.modules["ssl"]


def _synchroniser(parts: Parts) -> Callable[[], int] | None:
    """Return what exchanges decisions with other machines, where a folder is shared.

    It gives how many decisions of theirs came since it was called last, also by a `sync` from cron.
    """
    if not parts.settings.sync.folder or parts.demo:
        return None
    seen: int | None = None

    def synchronise() -> int:
        nonlocal seen
        from tui_digest.cli.sync import shared_folder, synchronise_parts

        folder = shared_folder(parts)
        assert folder is not None
        history = parts.library.history
        if seen is None:
            _, seen = history.foreign_since(0)
        synchronise_parts(parts, folder)
        changed, seen = history.foreign_since(seen)
        return changed

    return synchronise


def _send_to_zotero(parts: Parts, entries: Sequence[Entry], progress: Progress) -> ZoteroOutcome:
    """Send papers to Zotero and say what became of them."""
    from tui_digest.cli.zotero import send_from_reader

    return send_from_reader(parts, entries, progress)


def _edit_text(text: str) -> str:
    """Edit a text in the user's own editor."""
    from tui_digest.cli.system.editor import edit_text, editor_command

    return edit_text(text, editor_command(os.environ))


async def _run_command(command: str, text: str) -> CommandEnd:
    """Run a command line of the user in their own shell."""
    from tui_digest.cli.system.shell_command import run_command

    return await run_command(command, text, shell=os.environ.get("SHELL") or None)


def category_table(parts: Parts) -> CategoryTable:
    """Return arXiv's categories with the papers of a typical and of a stored day.

    Archives are among them.
    """
    from tui_digest.arxiv import taxonomy
    from tui_digest.core.categories import CategoryTable

    archives = {
        name: f"{title}: all of it"
        for name, title in taxonomy.ARCHIVES.items()
        if taxonomy.is_archive_of_many(name)
    }
    return CategoryTable(
        taxonomy.CATEGORIES | archives,
        taxonomy.TYPICAL_DAY,
        taxonomy.TYPICAL_DAY_MEASURED,
        parts.library.mailings.papers_a_day(),
    )


def _category_names() -> dict[str, str]:
    from tui_digest.arxiv.taxonomy import CATEGORIES

    return CATEGORIES

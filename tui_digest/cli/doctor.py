"""`doctor`: find problems and say how to fix them, without changing anything."""

from __future__ import annotations

import argparse
import contextlib
import locale
import os
import platform
import sqlite3
import stat
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec

from tui_digest import __version__, saved_screen
from tui_digest.cli.container import Parts
from tui_digest.cli.output import print_json, show_progress
from tui_digest.cli.saved_screen_key import changed_inputs
from tui_digest.cli.system.crash_report import crash_file
from tui_digest.config_file import with_environment
from tui_digest.errors import ArxivError, LibraryError, TuiDigestError, UsageError
from tui_digest.library.integrity import (
    READ_ONLY_DISK,
    Finding,
    barrier,
    check,
    is_read_only_disk,
    unmakeable,
)
from tui_digest.library.replication import Replication
from tui_digest.operation import machine_name
from tui_digest.render.labels import count_words, size_words
from tui_digest.settings import Settings
from tui_digest.text.sanitise import one_line

_PROBE = "0704.0001"
"""The oldest paper with an id of today's form, for the smallest possible query."""


def doctor(arguments: argparse.Namespace) -> int:
    """Print the findings, each with its fix; return 1 when something is wrong."""
    with Parts() as parts:
        findings = tuple(_findings(parts, offline=arguments.offline))
    wrong = sum(not finding.well for finding in findings)
    if arguments.format == "json":
        print_json([msgspec.to_builtins(finding) for finding in findings])
    else:
        for finding in findings:
            _print(finding)
        print(f"\n{_summary(wrong)}")
    return TuiDigestError.exit_code if wrong else 0


def _findings(parts: Parts, *, offline: bool) -> Iterator[Finding]:
    yield Finding(subject="versions", well=True, found=_versions())
    yield from _settings(parts)
    if os.name == "posix":
        yield _terminal()
    yield _first_screen(parts.settings)
    for folder in (parts.places.config, parts.places.cache, parts.places.state):
        yield _place(folder)
    yield _holidays(parts)
    yield from check(parts.places.library_file)
    yield from _sync(parts)
    yield _cache(parts)
    yield _arxiv(parts, offline=offline)
    yield _model(parts)
    file = crash_file()
    if os.access(file, os.F_OK):
        found = f"The program failed once in a way that it never should; {file} has the details."
        yield Finding(subject="crash", well=True, found=found)


def _versions() -> str:
    known = {
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        "tui_digest": __version__,
    }
    for name in ("textual", "httpx", "feedparser"):
        with contextlib.suppress(PackageNotFoundError):
            known[name] = version(name)
    return f"{', '.join(f'{name} {number}' for name, number in known.items())}, on {platform.system()}."


def _settings(parts: Parts) -> Iterator[Finding]:
    """Check the settings; later checks use the defaults where they are wrong.

    What the environment says goes before those too.
    """
    from tui_digest.arxiv.taxonomy import checked_categories
    from tui_digest.tui.keymap.keymap import Keymap

    file = parts.places.config_file
    try:
        settings = parts.settings
        checked_categories(settings.categories)
    except UsageError as error:
        mend = f"Edit {file}; `tui-digest config show` says what holds once it can be read."
        if os.access(file, os.F_OK) and not os.access(file, os.R_OK):
            mend = f"chmod 600 '{file}'"
        yield Finding(subject="settings", well=False, found=str(error), mend=mend)
        parts.user_settings = Settings()
        with contextlib.suppress(UsageError):  # a mistake of the environment, which was told
            parts.user_settings = with_environment(Settings())
        return
    found = f"{file} is read." if file.exists() else f"There is no {file}; the defaults hold."
    names = ", ".join(settings.categories)
    yield Finding(subject="settings", well=True, found=f"{found} Categories: {names}.")
    if settings.reader.theme != Settings().reader.theme:
        # Only Textual knows all themes, and importing it takes longer than everything else.
        from tui_digest.tui.theme.themes import problem_with

        if problem := problem_with(settings.reader.theme):
            yield Finding(subject="theme", well=False, found=problem, mend=f"Edit [reader] in {file}.")
    for problem in Keymap(settings.keys).problems:
        mend = f"Edit [keys] in {file}; `tui-digest keys` lists the commands."
        yield Finding(subject="keys", well=False, found=f"{problem}.", mend=mend)


def _terminal() -> Finding:
    """Check that the locale can show mathematics."""
    encoding = locale.getencoding()
    well = encoding.lower().replace("-", "") == "utf8"
    return Finding(
        subject="terminal",
        well=well,
        found=f"The locale's encoding is {encoding}.",
        mend=""
        if well
        else 'Set LANG to a UTF-8 locale, as LANG=C.UTF-8, or glyphs = "ascii" under [reader].',
    )


def _first_screen(settings: Settings) -> Finding:
    """Report whether the next start shows the saved first screen."""
    return Finding(subject="start", well=True, found=_about_first_screen(settings))


def _about_first_screen(settings: Settings) -> str:
    if sys.platform == "win32":
        return "The list is shown once the program is loaded; a saved first screen needs a POSIX terminal."
    if not settings.reader.instant_start:
        return "No first screen is saved: instant_start under [reader] is false."
    try:
        key, _ = saved_screen.read_saved(os.environ)
    except FileNotFoundError:
        return "No first screen is saved yet; leaving the reader saves the one of the next start."
    except (OSError, ValueError):
        return "The saved first screen cannot be used; leaving the reader saves another one."
    try:
        changed = changed_inputs(key, os.get_terminal_size(1))
    except (OSError, ValueError):
        return "A first screen is saved. Without a terminal it cannot be told whether it is the next one."
    if not changed:
        return "The saved first screen is shown at the next start."
    words = " and ".join(changed)
    return f"The next start is an ordinary one: since a first screen was saved the {words} changed."


def _place(folder: Path) -> Finding:
    """Check that a folder is writable, and readable by its owner only."""
    if (flaw := barrier(folder) or unmakeable(folder)) is not None:
        return flaw
    if not folder.exists():
        return Finding(subject="place", well=True, found=f"{folder} is made when it is first needed.")
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        found, mend = f"{folder} cannot be read and written.", f"chmod u+rwx '{folder}'"
        if is_read_only_disk(folder):
            mend = READ_ONLY_DISK
        return Finding(subject="place", well=False, found=found, mend=mend)
    if os.name == "posix" and stat.S_IMODE(folder.stat().st_mode) & 0o077:
        found, mend = f"{folder} is open to others on this machine.", f"chmod 700 '{folder}'"
        return Finding(subject="place", well=False, found=found, mend=mend)
    return Finding(subject="place", well=True, found=f"{folder} is yours alone.")


def _holidays(parts: Parts) -> Finding:
    """Check that arXiv's holidays are known for today."""
    until = parts.calendar.holidays_known_until()
    if parts.now().date() <= until:
        return Finding(subject="holidays", well=True, found=f"arXiv's holidays are known until {until}.")
    return Finding(
        subject="holidays",
        well=False,
        found=f"arXiv's holidays are known only until {until}, so a later one is taken for a mailing day.",
        mend="Update tui_digest, or put the evenings without an announcement into holidays under [arxiv];"
        " info.arxiv.org/help/availability.html has them.",
    )


def _sync(parts: Parts) -> Iterator[Finding]:
    """Report the machines of the shared folder, and lines that cannot be read."""
    from tui_digest.cli.sync import shared_folder

    try:
        folder = shared_folder(parts)
    except UsageError as error:
        yield Finding(subject="sync", well=False, found=str(error))  # it says what can be done
        return
    if folder is None:
        return
    if not folder.is_dir():
        found = f"The shared folder {folder} is not there; decisions wait here."
        mend = "Create it or connect its disk, or change folder under [sync] in config.toml."
        yield Finding(subject="sync", well=False, found=found, mend=mend)
        return
    try:
        yield from _machines(parts.library.replication, folder)
    except LibraryError as error:
        yield Finding(subject="sync", well=False, found=str(error))  # it says what can be done


def _machines(replication: Replication, folder: Path) -> Iterator[Finding]:
    own = replication.machine()
    machines = replication.machines()
    if not machines:
        found = f"The shared folder {folder} is there; no machine has written to it yet."
        yield Finding(subject="sync", well=True, found=found)
    for seen in machines:
        last = datetime.fromtimestamp(seen.last_ms / 1000, UTC)
        whose = _whose(seen.machine, own)
        decided = f"{count_words(seen.operations, 'decision')}, the last on {last:%d %b %Y %H:%M} UTC"
        found = f"{seen.machine} ({whose}): {decided}."
        yield Finding(subject="sync", well=True, found=found)
    for path, state in replication.files().items():
        if state.damaged:
            found = f"Skipped {count_words(state.damaged, 'line')} of {folder / path} as damaged."
            mend = "If the file came incomplete, have it copied again from its machine."
            yield Finding(subject="sync", well=False, found=found, mend=mend)
    if waiting := replication.waiting_papers():
        paper, title, _ = waiting[0]
        decided = count_words(len(waiting), "paper")
        found = f"{decided} decided on elsewhere, but not here yet; the first is {paper}: {title}"
        yield Finding(subject="sync", well=True, found=found)


def _whose(machine: str, own: str) -> str:
    """Say whose operations these are; a restored library starts a new epoch."""
    if machine == own:
        return "this machine"
    return "this machine, earlier" if machine_name(machine) == machine_name(own) else "another machine"


def _cache(parts: Parts) -> Finding:
    from tui_digest.arxiv.cache import AnswerCache

    if not os.access(parts.places.cache, os.F_OK):
        return Finding(subject="cache", well=True, found="No answers of arXiv are kept yet.")
    info = AnswerCache(parts.places.cache, now=parts.now).info()
    kept = f"{count_words(info.answers, 'answer')} of arXiv, {size_words(info.bytes)}"
    return Finding(subject="cache", well=True, found=f"{kept}. It can be cleared at any time.")


def _arxiv(parts: Parts, *, offline: bool) -> Finding:
    """Check for a cool-down and, unless offline, that arXiv answers a small query."""
    from tui_digest.arxiv.rate_limit import cool_down_sentence

    try:
        until = parts.rate_limiter.cooling_until()
        if until is not None:
            return Finding(
                subject="arxiv", well=False, found=cool_down_sentence(until), mend="Wait until then."
            )
        if offline:
            found = "arXiv wants no pause. It was not asked whether it answers."
            return Finding(subject="arxiv", well=True, found=found)
        from tui_digest.arxiv.feed import parse_api

        answer = parts.run(parts.client.get(parts.addresses.by_ids([_PROBE]), show_progress))
        parse_api(answer.body)
    except ArxivError as error:
        mend = "Check the network and the settings under [arxiv], or try again later."
        return Finding(subject="arxiv", well=False, found=str(error), mend=mend)
    return Finding(subject="arxiv", well=True, found=f"{parts.settings.arxiv.api_url} answers.")


def _model(parts: Parts) -> Finding:
    """Report the model that is set up, never its key; none is required."""
    from tui_digest.explain.diagnostics import diagnose

    setup = diagnose(parts.settings.model, os.environ)
    if not setup.problem:
        found = f"{setup.provider} · {setup.model} at {setup.address}; key: {setup.key}. It was not asked."
        return Finding(subject="model", well=True, found=found)
    wanted = bool(parts.settings.model.provider or parts.settings.model.base_url)
    mend = "See the line above." if wanted else ""
    return Finding(subject="model", well=not wanted, found=setup.problem, mend=mend)


def _print(finding: Finding) -> None:
    print(f"{'well ' if finding.well else 'WRONG'}  {finding.subject:11}  {one_line(finding.found)}")
    if finding.mend:
        print(f"{'':20}→ {one_line(finding.mend)}")


def _summary(wrong: int) -> str:
    if not wrong:
        return "All is well."
    return "One thing is wrong." if wrong == 1 else f"{wrong} things are wrong."

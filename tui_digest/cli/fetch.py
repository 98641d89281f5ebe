"""`fetch`: store the day's papers in the library, from cron or by hand."""

from __future__ import annotations

import argparse
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tui_digest.cli.arguments import forbid_asking_offline
from tui_digest.cli.container import Parts
from tui_digest.cli.first_frame_process import redraw_in_background
from tui_digest.cli.output import digest_line, show_progress, warn
from tui_digest.cli.selection import scope_of
from tui_digest.entry import Mark
from tui_digest.errors import ArxivError, TuiDigestError, UsageError
from tui_digest.paper import Digest
from tui_digest.settings import DEFAULT_DIGEST
from tui_digest.text.sanitise import one_line

if TYPE_CHECKING:
    from tui_digest.arxiv.types import DigestOutcome


def fetch(arguments: argparse.Namespace) -> int:
    """Fetch new mailings, print a line for each, and explain papers if requested."""
    if arguments.explain:
        forbid_asking_offline(arguments)
    if arguments.full or arguments.pdf or arguments.marked:
        return _fetch_marked(arguments)
    with Parts(arguments.category, arguments.digest) as parts:
        if arguments.date is None and not arguments.offline:
            digest, problem = parts.run(_catch_up(parts))
        else:
            digest, problem = parts.run(_one_day(parts, arguments))
        if problem is not None:
            warn(problem)
        # A digest without papers means that arXiv had none where some were expected.
        code = 0 if problem is None and digest.papers else TuiDigestError.exit_code
        if arguments.explain:
            code = _explain_first(parts, digest, arguments.explain) or code
        _keep_first_rows(parts)
    redraw_in_background()
    return code


def _keep_first_rows(parts: Parts) -> None:
    """Read what the next start shows first; nothing depends on it."""
    from tui_digest.cli.first_rows import save_first_rows_of_day

    with suppress(TuiDigestError):
        save_first_rows_of_day(parts)


def _fetch_marked(arguments: argparse.Namespace) -> int:
    """Fetch the whole texts and PDFs of the papers marked to read that are not stored.

    Raises:
        UsageError: it is not said what is to be fetched of which papers, or no socket may be opened.
    """
    if not (arguments.marked and (arguments.full or arguments.pdf)):
        raise UsageError(
            "--marked goes with --full or --pdf: the whole texts, or the PDFs, of the papers marked to read."
        )
    if arguments.offline:
        raise UsageError("--full and --pdf ask arXiv, and --offline asks nobody; leave one of them out.")
    from tui_digest.cli.pdf import fetch_pdfs
    from tui_digest.cli.whole_text import fetch_texts

    code = 0
    with Parts(arguments.category, arguments.digest) as parts:
        marked = parts.library.marked()
        if arguments.full:
            code = fetch_texts(parts, marked)
        if arguments.pdf:
            code = max(code, fetch_pdfs(parts, marked))
    return code


async def _one_day(parts: Parts, arguments: argparse.Namespace) -> tuple[Digest, ArxivError | None]:
    outcome = await parts.fetch_digest(arguments.date, show_progress, offline=arguments.offline)
    if outcome.problem is None and not arguments.offline:
        outcome = await _enriched(parts, outcome)
    print(_line(outcome))
    return outcome.digest, outcome.problem


async def _catch_up(parts: Parts) -> tuple[Digest, ArxivError | None]:
    """Fetch every missed mailing, oldest first, then the newest with its details.

    The newest is told of once its details are there: by their dates it is judged.
    """
    newest: DigestOutcome | None = None
    missed: ArxivError | None = None
    try:
        fetched, days = parts.digest.fetched, parts.missed_days()
        async for outcome in parts.source.catch_up(fetched, show_progress, days):
            if newest is not None:
                _tell(parts, newest)
            newest = outcome
    except ArxivError as error:
        missed = error
    if newest is None:
        raise missed or ArxivError("arXiv gave no mailing for these categories. Try again later.")
    if newest.problem is None:
        newest = await _enriched(parts, newest)
    _tell(parts, newest)
    return parts.part_of(newest).digest, newest.problem or missed


async def _enriched(parts: Parts, outcome: DigestOutcome) -> DigestOutcome:
    """Return what was fetched with details; a failure to fetch them is only a warning."""
    full = await parts.enrich(outcome.digest, show_progress)
    if full.problem is not None:
        warn(f"The day is stored; comments, journals and dates come later. {full.problem}")
    return replace(outcome, digest=full.digest)


def _tell(parts: Parts, outcome: DigestOutcome) -> None:
    """Print the result of a mailing for the digest and for others fetched with it."""
    print(_line(parts.part_of(outcome)), flush=True)
    others = parts.user_settings.digest if parts.digest.name == DEFAULT_DIGEST else ()
    for name in others:
        part = parts.part_of(outcome, parts.choose_digest(name))
        print(f"  {one_line(name)}: {digest_line(part.digest)}", flush=True)


def _line(outcome: DigestOutcome) -> str:
    stored = " (nothing new to ask for)" if outcome.from_store and outcome.problem is None else ""
    return f"{digest_line(outcome.digest)}{stored}"


def _explain_first(parts: Parts, digest: Digest, count: int) -> int:
    """Explain the first papers of the pick's order, without withdrawn ones."""
    from tui_digest.cli.explain import explain_all, usage_line

    entries = parts.library.entries(digest.papers)
    picked = parts.picked(scope_of(parts, digest), count)
    ids = {entry.paper.id for entry in picked}
    others = [e for e in entries if e.paper.id not in ids and e.reading.mark is not Mark.DISMISSED]
    chosen = [entry for entry in (*picked, *others) if not entry.paper.is_withdrawn][:count]
    explained, problem = explain_all(parts, chosen)
    print(f"explained {explained} of {len(chosen)} papers; {usage_line(parts)}")
    if problem is None:
        return 0
    warn(problem)
    return problem.exit_code

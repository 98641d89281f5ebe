"""`export`: write the selected papers in formats that other programs read."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import msgspec

from tui_digest.cli.arguments import forbid_asking_offline
from tui_digest.cli.container import Parts
from tui_digest.cli.output import show_progress, warn
from tui_digest.cli.pdf import stored_pdfs
from tui_digest.cli.selection import Selected, collection_of, select_papers
from tui_digest.export.collection import Collection
from tui_digest.export.rendering import export_warning, render
from tui_digest.settings import ExportContents
from tui_digest.text.sanitise import sanitise


def export(arguments: argparse.Namespace) -> int:
    """Write the selected papers (default: the pick) to standard output or files."""
    with Parts(arguments.category, arguments.digest) as parts:
        if arguments.explain:
            _check_model(parts, arguments)
        selected = select_papers(parts, arguments, show_progress, picked_by_default=True)
        if not arguments.offline:
            selected = _with_details(parts, selected)
        code = 0
        if arguments.explain:
            selected, code = _explained(parts, selected)
        papers = _dated(parts, selected, arguments)
        papers = msgspec.structs.replace(papers, pdfs=stored_pdfs(parts, papers.entries))
        if arguments.full:
            papers = _with_texts(parts, papers, offline=arguments.offline)
        format_name = arguments.format or parts.settings.export.format
        contents = parts.settings.export
        if warning := export_warning(format_name, contents):
            warn(warning)
        if arguments.output == "-":
            print(render(format_name, papers, contents), end="")
        else:
            _save(format_name, papers, contents, arguments)
        return code


def _check_model(parts: Parts, arguments: argparse.Namespace) -> None:
    from tui_digest.cli.explain import require_model

    forbid_asking_offline(arguments)
    require_model(parts)


def _with_details(parts: Parts, selected: Selected) -> Selected:
    """Return the selection with the details that the daily feed lacks."""
    digest = selected.digest
    lacking = tuple(entry.paper for entry in selected.entries if entry.paper.published is None)
    if digest is None or not lacking:
        return selected
    outcome = parts.run(parts.source.enrich(msgspec.structs.replace(digest, papers=lacking), show_progress))
    if outcome.problem is not None:
        warn(outcome.problem)
    fuller = {paper.id: paper for paper in outcome.digest.papers}
    entries = tuple(
        msgspec.structs.replace(entry, paper=fuller.get(entry.paper.id, entry.paper))
        for entry in selected.entries
    )
    return msgspec.structs.replace(selected, entries=entries)


def _explained(parts: Parts, selected: Selected) -> tuple[Selected, int]:
    """Return the selection with explanations, and the exit code of requesting them."""
    from tui_digest.cli.explain import explain_all

    missing = [
        entry for entry in selected.entries if entry.explanation is None and not entry.paper.is_withdrawn
    ]
    _, problem = explain_all(parts, missing)
    fresh = parts.library.entries([entry.paper for entry in selected.entries])
    entries = tuple(
        msgspec.structs.replace(entry, explanation=known.explanation)
        for entry, known in zip(selected.entries, fresh, strict=True)
    )
    if problem is not None:
        warn(problem)
    return msgspec.structs.replace(selected, entries=entries), 0 if problem is None else problem.exit_code


def _dated(parts: Parts, selected: Selected, arguments: argparse.Namespace) -> Collection:
    """Return the collection, dated by its digest, or else by `--date`.

    Its completeness is that of the mailing, without a note on the present moment: a later export of
    the same day gives the same bytes.
    """
    from tui_digest.explain.diagnostics import diagnose

    has_model = not diagnose(parts.settings.model, os.environ).problem
    papers = msgspec.structs.replace(collection_of(parts, selected), model_configured=has_model)
    if selected.digest is None:
        return msgspec.structs.replace(papers, date=arguments.date)
    stored = parts.library.mailings.digest(selected.digest.date, parts.categories)
    return msgspec.structs.replace(
        papers, completeness=stored.completeness if stored else papers.completeness
    )


def _with_texts(parts: Parts, papers: Collection, *, offline: bool) -> Collection:
    from tui_digest.cli.whole_text import exported_texts

    return msgspec.structs.replace(papers, texts=exported_texts(parts, papers.entries, offline=offline))


def _save(
    format_name: str, papers: Collection, contents: ExportContents, arguments: argparse.Namespace
) -> None:
    """Write files, and print what was done with each."""
    from tui_digest.export.save import save_collection

    for written in save_collection(
        format_name, papers, Path(arguments.output), contents, force=arguments.force
    ):
        print(sanitise(f"{written.words} {written.path}"))

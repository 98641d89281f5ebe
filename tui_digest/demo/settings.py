"""The settings of the demo: what it picks, a named digest, folders of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from msgspec.structs import replace

from tui_digest.folders import shown_path
from tui_digest.settings import (
    READY_MADE_DIGESTS,
    DigestSettings,
    ExportSettings,
    PdfSettings,
    PickSettings,
    Settings,
)

_DIGESTS: Final = {
    "sampling": DigestSettings(categories=("stat.ML",), words=("Langevin", "score", "covariance"), pick=3)
}
"""A named digest, beside the ready-made ones."""


def demo_settings(settings: Settings, folder: Path) -> Settings:
    """Return the demo's settings: a pick, a named digest, folders for what it writes.

    Its exports and PDFs must not mix with those of real papers.

    Args:
        settings: the user's; what the user has set stays.
        folder: where the demo's own files are.
    """
    if settings.pick == PickSettings():
        settings = replace(settings, pick=_pick())
    if not settings.digest:
        settings = replace(settings, digest=dict(_DIGESTS))
    if settings.export.folder == ExportSettings().folder:
        settings = replace(settings, export=replace(settings.export, folder=shown_path(folder / "export")))
    if settings.pdf.folder == PdfSettings().folder:
        settings = replace(settings, pdf=replace(settings.pdf, folder=shown_path(folder / "pdf")))
    return settings


def _pick() -> PickSettings:
    """Words of a ready-made digest, so that some match."""
    digest = READY_MADE_DIGESTS["ML + Optimization"]
    return PickSettings(words=dict.fromkeys(digest.words or (), 1.0), categories={"math.OC": 1.0})

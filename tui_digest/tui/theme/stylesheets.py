"""Location of the stylesheets: beside the package, or inside it once installed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_PACKAGE = Path(__file__).resolve().parents[2]
_INSTALLED = _PACKAGE / "styles"
STYLES: Final = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent / "styles"


def sheet(name: str) -> str:
    """The path of a stylesheet by its name without ending."""
    return str(STYLES / f"{name}.tcss")


FIRST: Final = tuple(
    map(sheet, ("roles", "day_header", "key_bar", "paper_list", "paper_pane", "reader", "writing"))
)
"""The sheets of the first screen: the default screen loads none of its own; all others do when opened."""

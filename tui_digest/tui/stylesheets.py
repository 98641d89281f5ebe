"""Where the stylesheets are: beside the package in a checkout, inside it once installed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_PACKAGE = Path(__file__).resolve().parents[1]
_INSTALLED = _PACKAGE / "styles"
STYLES: Final = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent / "styles"

# Every sheet is listed: a screen's own CSS_PATH is not loaded when the screen is the default one.
SHEETS: Final = tuple(sorted(str(sheet) for sheet in STYLES.glob("*.tcss")))

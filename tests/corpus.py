"""Where real abstracts and recorded answers of arXiv lie, which are not part of the project.

Tests over them are marked `corpus`; they skip, and say so, where the folder is not there. It is the one
that `TUI_DIGEST_SHARED` names, or `shared` beside the repository.
"""

from __future__ import annotations

import os
from pathlib import Path

# Read when a test is imported: while one runs, nothing of the environment is ours.
SHARED = Path(os.environ.get("TUI_DIGEST_SHARED") or Path(__file__).resolve().parents[2] / "shared")

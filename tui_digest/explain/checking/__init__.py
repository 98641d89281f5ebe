"""Comparing an explanation, in code, with the paper that it was made from."""

from __future__ import annotations

from tui_digest.explain.checking.assessment import Assessment, assess
from tui_digest.explain.checking.translation import assess_translation

__all__ = ["Assessment", "assess", "assess_translation"]

"""The prose between the formulas."""

from __future__ import annotations


def read_prose(text: str) -> str:
    """The prose as Unicode."""
    return text.replace("~", " ").replace("\\", "").replace("{", "").replace("}", "")

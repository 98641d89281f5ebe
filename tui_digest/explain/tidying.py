"""Taking out of a model's answer what is no content."""

from __future__ import annotations


def tidy(text: str) -> str:
    """The answer without white space around it."""
    return text.strip()

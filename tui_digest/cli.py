"""The commands; the one place where the parts are wired together."""

from __future__ import annotations


def main() -> int:
    """Run `tui-digest`."""
    return 0

"""What lies over the reader and closes again."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual.screen import ModalScreen

Result = TypeVar("Result")


class Overlay(ModalScreen[Result], Generic[Result]):
    """A screen over the reader. Keys that were typed ahead may ask it to close more than once."""

    def close(self, result: Result | None = None) -> None:
        """Close it with a result, unless it is closed already."""
        if self.is_current:
            self.dismiss(result)

    def action_close(self) -> None:
        """Close it without a result."""
        self.close()

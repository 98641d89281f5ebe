"""What lies under other widgets: Textual would draw all its lines whenever something over it changes."""

from __future__ import annotations

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


class Ground(Widget):
    """A widget without border, padding and text of its own: each of its lines is its background.

    It stands last among the bases of a class: of the first one Textual takes the stylesheet.
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a region, all the same."""
        strip = Strip.blank(crop.width, self.rich_style)
        for line_filter in self.get_line_filters():
            strip = strip.apply_filter(line_filter, self.background_colors[1])
        return [strip] * crop.height

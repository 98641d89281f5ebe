"""What the list, the page and the bars have in common: Content drawn line by line, styled by role."""

from __future__ import annotations

from typing import Self

from rich.segment import Segment
from textual.content import Content
from textual.filter import ANSIToTruecolor
from textual.geometry import Region
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget


class LineWidget(Widget):
    """A widget that draws its own lines, without border and padding, and keeps the lines it drew.

    Textual's own way to a line goes through borders, padding and opacity, none of which these
    widgets have; leaving it out makes a key four times as fast.

    A role of Content (`formula`, `muted`) is styled by the component class `<prefix>--<role>` of
    the widget's stylesheet; a role without such a class leaves the text as it is.
    """

    ROLE_PREFIX = ""

    def __init__(self, *, id: str | None = None) -> None:
        self._drawn: dict[int, Strip] = {}
        self._styles: dict[str, Style] = {}
        super().__init__(id=id)

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Draw the lines of these regions anew, or all lines."""
        if regions:
            for region in regions:
                for y in region.line_range:
                    self._drawn.pop(y, None)
        else:
            self._drawn.clear()
            self._styles.clear()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def notify_style_update(self) -> None:
        """The theme or the focus changed: draw everything anew."""
        self.style_changed()
        super().notify_style_update()

    def style_changed(self) -> None:
        """Forget what was drawn in the old styles: for widgets that keep more than their lines."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a region, those that did not change as they were drawn before."""
        width = self.size.width
        # Only a theme of ANSI colours draws in ANSI colours, so there is nothing to translate from them.
        filters = [each for each in self.get_line_filters() if not isinstance(each, ANSIToTruecolor)]
        background = self.background_colors[1]
        strips = []
        for y in crop.line_range:
            strip = self._drawn.get(y)
            if strip is None or strip.cell_length != width:
                strip = self.render_line(y)
                for line_filter in filters:
                    strip = strip.apply_filter(line_filter, background)
                self._drawn[y] = strip
            strips.append(strip)
        if crop.column_span == (0, width):
            return strips
        return [strip.crop(*crop.column_span) for strip in strips]

    def role_style(self, role: str | Style) -> Style:
        """The style that the stylesheet gives a role; the empty role is the widget itself."""
        if isinstance(role, Style):
            return role
        style = self._styles.get(role)
        if style is None:
            style = self._styles[role] = self._look_up(role)
        return style

    def _look_up(self, role: str) -> Style:
        if not role:
            return self.visual_style
        name = f"{self.ROLE_PREFIX}--{role}"
        return self.get_visual_style(name, partial=True) if name in self.COMPONENT_CLASSES else Style.null()

    def draw(self, content: Content, width: int, *roles: str, offset: tuple[int, int] | None = None) -> Strip:
        """One line of content, padded to `width` cells, the whole line in the given roles.

        Args:
            content: the line; what is wider than `width` is cut.
            width: in cells.
            roles: roles of the whole line, later ones over earlier ones.
            offset: where the line stands in the widget's text, for selecting with the mouse.
        """
        base = self.role_style("")
        for role in roles:
            if role:
                base += self.role_style(role)
        if content.cell_length > width:
            content = content.truncate(width)
        segments = [
            Segment(text, style.rich_style)
            for text, style in content.render(base, end="", parse_style=self.role_style)
        ]
        strip = Strip(segments, content.cell_length)
        if offset is not None:
            strip = strip.apply_offsets(*offset)
        return strip.extend_cell_length(width, base.rich_style)


def thumb(top: int, height: int, total: int) -> range:
    """The lines of a view on which its thumb stands: where `height` lines from `top` lie in `total`."""
    if total <= height or height <= 0:
        return range(0)
    size = max(1, height * height // total)
    start = (height - size) * min(top, total - height) // (total - height)
    return range(start, start + size)

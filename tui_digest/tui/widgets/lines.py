"""What the list, the page and the bars have in common: Content drawn line by line, styled by role."""

from __future__ import annotations

from rich.segment import Segment
from textual.content import Content
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget


class LineWidget(Widget):
    """A widget that draws its own lines.

    A role of Content (`formula`, `muted`) is styled by the component class `<prefix>--<role>` of
    the widget's stylesheet; a role without such a class leaves the text as it is.
    """

    ROLE_PREFIX = ""

    def role_style(self, role: str | Style) -> Style:
        """The style that the stylesheet gives a role."""
        if isinstance(role, Style):
            return role
        name = f"{self.ROLE_PREFIX}--{role}"
        if not role or name not in self.COMPONENT_CLASSES:
            return Style.null()
        return self.get_visual_style(name, partial=True)

    def draw(self, content: Content, width: int, *roles: str, offset: tuple[int, int] | None = None) -> Strip:
        """One line of content, padded to `width` cells, the whole line in the given roles.

        Args:
            content: the line; what is wider than `width` is cut.
            width: in cells.
            roles: roles of the whole line, later ones over earlier ones.
            offset: where the line stands in the widget's text, for selecting with the mouse.
        """
        base = self.visual_style
        for role in roles:
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

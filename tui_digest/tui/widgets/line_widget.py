"""Base of list, page and bars: Content drawn by lines, styled by role."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from traceback import extract_tb
from typing import Final, Self

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.content import Content
from textual.dom import DOMNode
from textual.filter import ANSIToTruecolor, LineFilter
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from tui_digest.tui.theme.themes import add_sheet

_BROKEN: Final = " This cannot be drawn; everything else goes on."


class LineStrip(Strip):
    """A drawn line that does not refer to itself.

    Textual divides each line at the widgets' edges, and a line of one widget alone is its own part. A
    strip that keeps itself as its part, as Textual's does, is freed by the garbage collector only: a
    thousand objects with every key.
    """

    def divide(self, cuts: Iterable[int]) -> Sequence[Strip]:
        """Return the parts between cuts, which are cells; the whole line undivided."""
        cuts = list(cuts)
        return [self] if cuts == [self.cell_length] else super().divide(cuts)


class LineWidget(Widget):
    """A widget that draws and caches its own lines, without border and padding.

    Textual's own way to a line goes through borders, padding and opacity, none of which these
    widgets have; leaving it out makes a key four times as fast.

    `drawn_size` is the size for which lines are drawn: asking Textual for the size walks through the
    whole tree of widgets, too much for every line.

    A role of Content (`formula`, `muted`) is styled by the class `role-<role>` of the stylesheet
    `roles`; a role without such a class leaves the text as it is. What is behind a colon in a role
    says what the text is, not how it looks: `place:0.3` is styled as `place`.
    """

    class Broken(Message):
        """Something could not be drawn; the rest was."""

        def __init__(self, error: Exception) -> None:
            super().__init__()
            self.error = error

    def __init__(self, *, id: str | None = None) -> None:
        self._told: set[tuple[type[Exception], str, int]] = set()
        self._drawn: dict[int, Strip] = {}
        self._styles: dict[str, Style] = {}
        self._bases: dict[tuple[str, ...], Style] = {}
        self.drawn_size = Size(0, 0)
        super().__init__(id=id)

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Draw the lines of these regions again, or all lines."""
        if regions:
            for region in regions:
                for y in region.line_range:
                    self._drawn.pop(y, None)
        else:
            self._drawn.clear()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def refresh_changed(self) -> None:
        """Draw all lines now, and repaint those that differ from before.

        Of what is shown again with each letter of a filter most lines are as they were, and to put a line
        on the terminal takes longer than to compare two.
        """
        before, size = self._drawn, self.size
        if not before or self.drawn_size != size:
            self.refresh()
            return
        self._drawn = {}
        self.render_lines(Region(0, 0, *size))
        changed = [y for y, strip in self._drawn.items() if strip != before.get(y)]
        if changed:
            super().refresh(*(Region(0, y, size.width, 1) for y in changed))

    def notify_style_update(self) -> None:
        """Draw everything again: the theme or the focus changed."""
        self._styles.clear()
        self._bases.clear()
        self.style_changed()
        super().notify_style_update()

    def style_changed(self) -> None:
        """Clear caches of the old styles, in widgets that cache more than their lines."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a region, those that did not change as they were drawn before."""
        self.drawn_size = size = self.size
        # Only a theme of ANSI colours draws in ANSI colours, so there is nothing to translate from them.
        filters = [each for each in self.get_line_filters() if not isinstance(each, ANSIToTruecolor)]
        background = self.background_colors[1]
        strips, prepared = [], False
        try:
            self.before_lines()
            prepared = True
            for y in crop.line_range:
                strip = self._drawn.get(y)
                if strip is None or strip.cell_length != size.width:
                    strip = self.render_line(y)
                    for line_filter in filters:
                        strip = strip.apply_filter(line_filter, background)
                    self._drawn[y] = strip
                strips.append(strip)
        except Exception as error:
            self.tell_broken(error)
            strips = self._lines_that_can_be_drawn(crop, filters, prepared=prepared)
        if crop.column_span == (0, size.width):
            return strips
        return [strip.crop(*crop.column_span) for strip in strips]

    def _lines_that_can_be_drawn(
        self, crop: Region, filters: Sequence[LineFilter], *, prepared: bool
    ) -> list[Strip]:
        """Draw a region's lines singly, with a sentence for those that fail.

        Unless they could be `prepared` none can: what is ready is what was shown before.
        """
        width, background = self.drawn_size.width, self.background_colors[1]
        sentence, strips = _BROKEN, []
        for y in crop.line_range:
            strip = self._line_if_it_can_be_drawn(y) if prepared else None
            if strip is None:
                strip = Strip([Segment(sentence)]).apply_style(self.rich_style)
                sentence = ""  # once for lines that are together
            else:
                sentence = _BROKEN
            strip = strip.adjust_cell_length(width)
            for line_filter in filters:
                strip = strip.apply_filter(line_filter, background)
            self._drawn[y] = strip
            strips.append(strip)
        return strips

    def _line_if_it_can_be_drawn(self, y: int) -> Strip | None:
        try:
            return self.render_line(y)
        except Exception as error:
            self.tell_broken(error)
            return None

    def tell_broken(self, error: Exception) -> None:
        """Post an error as `Broken`, once for each place in the program."""
        last = extract_tb(error.__traceback__)[-1]
        fault = (type(error), last.filename, last.lineno or 0)
        if fault not in self._told:
            self._told.add(fault)
            # Lines are drawn on behalf of the screen, and what a screen sends does not come up to it.
            self.post_message(self.Broken(error).set_sender(self))

    def before_lines(self) -> None:
        """Work out once what all lines that are drawn now have in common."""

    def role_style(self, role: str | Style) -> Style:
        """The style that the stylesheet gives a role; the empty role is the widget itself."""
        if isinstance(role, Style):
            return role
        style = self._styles.get(role)
        if style is None:
            style = self._styles[role] = self._look_up(role)
        return style

    def _look_up(self, role: str) -> Style:
        """Return what the stylesheet says of a role.

        Textual would look up every role of every widget before anything is drawn (`COMPONENT_CLASSES`):
        a tenth of the time that the reader takes to start. This does the same once a role is drawn, and
        reads the sheet of pages when a role is not in the one of the list.
        """
        if not role:
            return self.visual_style
        name = f"role-{role.partition(':')[0]}"
        node = DOMNode(classes=name)
        node._attach(self)
        self.app.stylesheet.apply(node)
        if not node.styles.get_rules() and add_sheet(self.app, "page_roles"):
            self.app.stylesheet.apply(node)
        self._component_styles[name] = node.styles
        style = self.get_visual_style(name, partial=True)
        if node.styles.has_rule("background"):
            # Textual's partial style makes an opaque background transparent.
            style = replace(style, background=node.styles.background)
        # Its styles refer to the node, with a queue, locks and sets of its own: 4 KB for each role.
        del self._component_styles[name]
        return style

    def draw(self, content: Content, width: int, *roles: str) -> Strip:
        """One line of content as a strip of `width` cells; see `segments`."""
        return LineStrip(self.segments(content, width, *roles), width)

    def segments(
        self, content: Content, width: int, *roles: str, line_number: int | None = None
    ) -> list[Segment]:
        """One line of content as segments of together `width` cells.

        Strips are costly to make; a line of several parts is made of all their segments at once.

        Args:
            content: the line; what is wider than `width` is cut.
            width: in cells.
            roles: roles of the whole line, later ones over earlier ones.
            line_number: which line of the widget's text this is, for selecting with the mouse.
        """
        base = self._base(roles)
        if content.cell_length > width:
            content = content.truncate(width)
        segments = []
        place = 0
        for text, style in content.render(base, end="", parse_style=self.role_style):
            if line_number is None:
                segments.append(Segment(text, style.rich_style))
            else:
                segments.append(Segment(text, _at(style, place, line_number)))
                place += len(text)
        if content.cell_length < width:
            segments.append(Segment(" " * (width - content.cell_length), base.rich_style))
        return segments

    def _base(self, roles: tuple[str, ...]) -> Style:
        base = self._bases.get(roles)
        if base is None:
            base = self.role_style("")
            for role in filter(None, roles):
                base += self.role_style(role)
            self._bases[roles] = base
        return base


class Background(Widget):
    """A widget without border, padding and text; each line is its background.

    Textual would draw all its lines whenever a widget over it changes. It is the last of a class's
    bases: Textual takes the style sheet of the first one.
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a region, all the same."""
        strip = Strip.blank(crop.width, self.rich_style)
        for line_filter in self.get_line_filters():
            strip = strip.apply_filter(line_filter, self.background_colors[1])
        return [strip] * crop.height


@lru_cache(256)
def _at(style: Style, place: int, line_number: int) -> RichStyle:
    """Return the style of what begins at a place of a text: the mouse selects by it.

    Most pages begin alike.
    """
    return style.rich_style_with_offset(place, line_number)


def rule_line(words: Content, width: int, rule: str, role: str) -> Content:
    """Words in a rule over `width` cells: `── words ─────`."""
    rest = max(0, width - words.cell_length - 4)
    return Content.assemble((f"{rule * 2} ", role), words, (f" {rule * rest}", role))


def thumb(top: int, height: int, total: int) -> range:
    """Return the lines of a scrollbar's thumb: `height` lines from `top` of `total`."""
    if total <= height or height <= 0:
        return range(0)
    size = max(1, height * height // total)
    start = (height - size) * min(top, total - height) // (total - height)
    return range(start, start + size)

"""The list and the paper, side by side or one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.reactive import var
from textual.widget import Widget

from tui_digest.tui.theme.themes import add_sheet
from tui_digest.tui.widgets.line_widget import Background
from tui_digest.tui.widgets.paper_list import PaperList
from tui_digest.tui.widgets.paper_pane import PaperPane

if TYPE_CHECKING:
    from tui_digest.tui.widgets.text_pane import AnswerPane, TextPane


PAPER_NAME = "Paper"


class Panes(Horizontal, Background):
    """Which of the list and the paper is shown, and which has the focus.

    The screen's style sheet hides the other one: the screen has the classes `-paper-open` and `-zen`.
    """

    paper_open: var[bool] = var(False)
    """Whether the paper has the whole width."""

    zen: var[bool] = var(False)
    """Whether nothing but the paper is shown."""

    def __init__(self, papers: PaperList, paper: PaperPane, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.papers = papers
        self.paper = paper
        self.text: TextPane | None = None
        self.answer: AnswerPane | None = None

    def compose(self) -> ComposeResult:
        """The list and the paper."""
        yield self.papers
        yield self.paper

    def watch_paper_open(self, paper_open: bool) -> None:
        """Draw no line at the left of a paper that has the whole width."""
        self._add_sheet(needed=paper_open)
        self.paper.divided = not paper_open
        self.screen.set_class(paper_open, "-paper-open")

    def _add_sheet(self, *, needed: bool = True) -> None:
        """Read the style sheet of what takes the place of list and paper side by side."""
        if needed:
            add_sheet(self.app, "panes")

    def watch_zen(self, zen: bool) -> None:
        """Hide header and footer too."""
        self._add_sheet(needed=zen)
        self.screen.set_class(zen, "-zen")
        self.name_paper()

    def name_paper(self) -> None:
        """Name the pane of the paper, unless it is alone or has no paper."""
        self.paper.set_title("" if self.zen or self.papers.chosen is None else PAPER_NAME)

    @property
    def narrow(self) -> bool:
        """Whether there is room for one pane only."""
        return self.screen.has_class("-narrow")

    @property
    def paper_focused(self) -> bool:
        """Whether the paper has the focus; its `has_focus` follows after keys typed ahead."""
        return self.screen.focused is self.paper

    def _focus(self, widget: Widget) -> None:
        """Focus a widget at once; Textual's `focus` comes after keys typed ahead."""
        self.screen.set_focus(widget)

    def focus_list(self) -> None:
        """Focus the list; it is shown."""
        self.paper_open = False
        self.zen = False
        self._focus(self.papers)

    def focus_paper(self) -> None:
        """Focus the paper; where there is room for one pane, it is shown."""
        if self.narrow:
            self.paper_open = True
        self._focus(self.paper)

    def open_paper(self) -> None:
        """Show the paper at full width."""
        self.paper_open = True
        self._focus(self.paper)

    def focus_shown(self) -> None:
        """Focus the text, or the paper if it has the whole width, or the list."""
        self._focus(self.text or (self.paper if self.paper_open else self.papers))

    def show_text(self, pane: TextPane) -> None:
        """Show a paper's whole text in place of list and paper."""
        self._add_sheet()
        before, self.text = self.text, pane
        if before is not None:
            before.remove()
        self.mount(pane)
        self.screen.add_class("-text")
        pane.focus()

    def show_answer(self, pane: AnswerPane) -> None:
        """Show an explanation below the text that is read."""
        self.close_answer()
        self.answer = pane
        self.mount(pane)

    def close_answer(self) -> None:
        """Remove the explanation below the text."""
        pane, self.answer = self.answer, None
        if pane is not None:
            pane.remove()

    def close_text(self) -> None:
        """Show list and paper again as they were."""
        self.close_answer()
        pane, self.text = self.text, None
        if pane is not None:
            self.screen.remove_class("-text")
            self.focus_shown()
            pane.remove()

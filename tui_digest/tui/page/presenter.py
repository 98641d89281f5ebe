"""The page beside the list: whose it is, how it is written, and what is being made of its paper."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from tui_digest.entry import Entry
from tui_digest.tui.asked import Asked
from tui_digest.tui.page.builder import PageOptions, page
from tui_digest.tui.page.empty import nothing_found, nothing_shown, nothing_to_show, page_failed
from tui_digest.tui.theme.symbols import signs

if TYPE_CHECKING:
    from tui_digest.tui.page.blocks import Block
    from tui_digest.tui.page.stream import Follower
    from tui_digest.tui.screens.reader import ReaderScreen


class Pages:
    """Shows the page of the chosen paper.

    Attributes:
        tex: whether TeX is shown as written.
        all_authors: whether long lists of authors are unfolded.
        notation: whether the notation card is shown.
        asked: what models were asked for in this session.
        followers: who shows the explanations that are being made, by the paper's id.
    """

    def __init__(self, reader: ReaderScreen) -> None:
        self.tex = self.all_authors = self.notation = False
        self.asked = Asked()
        self.followers: dict[str, Follower] = {}
        self._reader = reader
        self._begun = False
        self._shown: Entry | None = None
        self._ahead: tuple[Entry, PageOptions, tuple[Block, ...]] | None = None

    def begin(self) -> None:
        """Show pages from now on: the list stands on the screen, or somebody works with it already.

        At the start the list is drawn first: it is there to be read a twentieth earlier.
        """
        if not self._begun:
            self._begun = True
            self.show()

    @property
    def follower(self) -> Follower | None:
        """Whoever shows the explanation of the chosen paper that is being made; None when none is."""
        entry = self._reader.papers.chosen
        return self.followers.get(entry.paper.id) if entry is not None else None

    @property
    def left(self) -> Entry | None:
        """The paper whose page is shown, if one moved in it: when another one comes, it was read."""
        return self._shown if self._reader.pane.scrolled else None

    def show(self) -> None:
        """Show the page of the chosen paper anew: something about it, or about the list, has changed."""
        self._ahead = None
        self._turn()

    def turn_to_chosen(self) -> None:
        """Show the paper that the cursor has come to; the one before was read if one moved in its page.

        A key calls this itself: told by the list's message, the paper would be drawn a frame after the list.
        """
        reader, listing = self._reader, self._reader.listing
        chosen, left = reader.papers.chosen, self.left
        if chosen is None or chosen.paper.id == listing.place:
            return
        listing.place = chosen.paper.id
        reader.papers.select(listing.selection(reader.papers.cursor))
        self._turn()
        if left is not None:
            from tui_digest.tui.commands.marks import mark_read

            reader.attempt(lambda: mark_read(reader, left))
        reader.refresh_header()
        reader.staying.moved()

    def _turn(self) -> None:
        """Show the page of the chosen paper, where one was reading it; or why there is none."""
        if not self._begun:
            return
        reader, entry = self._reader, self._reader.papers.chosen
        if entry is not None:
            same = self._shown is not None and self._shown.paper.id == entry.paper.id
            self._show_page_of(entry, keep_place=same)
        elif reader.listing.entries:
            reader.pane.show(nothing_shown(reader.listing))
        elif not reader.browsing.in_day:
            reader.pane.show(nothing_found(reader.listing.title))
        elif reader.digest is not None:
            words = reader.digest.completeness.note or "arXiv announced no papers in these categories."
            self.show_nothing(words)
        elif reader.problem or reader.options.offline:
            self.show_nothing(reader.problem)
        else:
            reader.pane.show(())
        self._shown = entry

    def prepare(self, entry: Entry) -> None:
        """Have the page of a paper ready before one turns to it.

        A page that cannot be prepared is told of when it is to be shown.
        """
        self._ahead = None
        with suppress(Exception):
            options = self.options(entry)
            blocks = page(entry, options)
            self._reader.pane.prepare(blocks)
            self._ahead = entry, options, blocks

    def _page_of(self, entry: Entry) -> tuple[Block, ...]:
        options = self.options(entry)
        if self._ahead is not None and self._ahead[0] is entry and self._ahead[1] == options:
            return self._ahead[2]
        return page(entry, options)

    def show_nothing(self, words: str) -> None:
        """Show why there are no papers at all, and what one can do."""
        options = self._reader.options
        self._reader.pane.show(nothing_to_show(words, offline=options.offline, demo=options.demo))

    def _show_page_of(self, entry: Entry, keep_place: bool) -> None:
        """Show the page of a paper; one that cannot be laid out leaves the rest of the reader working."""
        reader = self._reader
        try:
            if self.follower is not None:
                self.follower.show(entry, keep_place)
            else:
                reader.pane.show(self._page_of(entry), keep_place)
        except Exception as error:
            reader.pane.show(page_failed(entry.paper, reader.services.report(error)))

    def options(self, entry: Entry) -> PageOptions:
        """How the page of a paper is written here and now."""
        reader = self._reader
        return PageOptions(
            glyphs=reader.settings.reader.glyphs,
            signs=signs(reader.settings.reader.signs),
            tex=self.tex,
            all_authors=self.all_authors,
            unfold=reader.commanding.keymap.label_of("all_authors"),
            notation=self.notation,
            category_names=reader.services.category_names,
            followed=reader.browsing.followed(entry.paper),
            highlight=reader.browsing.places_of_words,
            earlier=reader.browsing.version_read(entry),
            outdated=reader.services.models.outdated,
            unfinished=self.asked.unfinished.get(entry.paper.id),
            failure=self.asked.failures.get(entry.paper.id, ""),
        )

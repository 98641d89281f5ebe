"""The page beside the list: which it is, how it is laid out, which is prefetched.

What builds pages is imported with the first of them, which an ordinary start shows after the list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from msgspec.structs import replace

from tui_digest.core.services import Services
from tui_digest.entry import Entry, Explanation
from tui_digest.errors import LibraryError
from tui_digest.tui.page.blocks import PageBlock
from tui_digest.tui.state import ReaderState
from tui_digest.tui.theme.symbols import symbol_set

if TYPE_CHECKING:
    from tui_digest.tui.keymap.keymap import Keymap
    from tui_digest.tui.page.builder import PageOptions
    from tui_digest.tui.page.stream import ExplanationStream


class PageView(Protocol):
    """The widget that a page is shown in, as far as it is needed here."""

    scrolled: bool
    """Whether the user has moved in the page."""

    def show(
        self, blocks: tuple[PageBlock, ...], keep_place: bool = False, open_blocks: tuple[PageBlock, ...] = ()
    ) -> None:
        """Show a page from its top or last position; `open_blocks` will be replaced."""

    def stream(self, closed: tuple[PageBlock, ...], open_blocks: tuple[PageBlock, ...]) -> None:
        """Add blocks to the page for good, and replace its open ones."""

    def prepare(self, blocks: tuple[PageBlock, ...]) -> None:
        """Lay out a page that is likely to be shown next."""


class PagePresenter:
    """Shows the page of one paper after the other.

    Args:
        view: what the pages are shown in.
        services: the library and the models.
        state: what the reader is in.
        keymap: the keys that pages name.
        try_again: calls `refresh` in a moment: another program holds the library.

    Attributes:
        streams: the explanations that are being written, by the paper's id.
        answer: what shows the newest explanation over a whole text; None while the page is in view.
    """

    def __init__(
        self,
        view: PageView,
        services: Services,
        state: ReaderState,
        keymap: Keymap,
        try_again: Callable[[], object],
    ) -> None:
        self.streams: dict[str, ExplanationStream] = {}
        self.answer: PageView | None = None
        self._view = view
        self._services = services
        self._state = state
        self._unfold_key = keymap.label_of("all_authors")
        self._key = keymap.name_of
        self._try_again = try_again
        self._begun = False
        self._shown: Entry | None = None
        self._ahead: tuple[Entry, PageOptions, tuple[PageBlock, ...]] | None = None

    def begin(self, entry: Entry | None) -> None:
        """Show pages from now on: the list has been drawn, or a key was pressed.

        At an ordinary start the list is drawn first: it can be read a twentieth earlier.
        """
        if not self._begun:
            self._begun = True
            self.refresh(entry)

    @property
    def scrolled_entry(self) -> Entry | None:
        """The paper whose page is shown, if the user has moved in it; else None."""
        return self._shown if self._view.scrolled else None

    def refresh(self, entry: Entry | None) -> None:
        """Show a paper's page after a change of it or of the list.

        With None, say why there is none.
        """
        self._ahead = None
        self.turn_to(entry)

    def turn_to(self, entry: Entry | None) -> None:
        """Show a paper's page, keeping the scroll position if it is shown already.

        With None, say why there is none.
        """
        if not self._begun:
            return
        if self.answer is not None and entry is not None:
            self._show_answer(entry, self.answer)
        elif entry is not None:
            same = self._shown is not None and self._shown.paper.id == entry.paper.id
            self._show_page_of(entry, keep_place=same)
        else:
            self._show_why_empty()
        self._shown = entry

    def _show_why_empty(self) -> None:
        from tui_digest.tui.page.empty import nothing_found, nothing_shown, offer_page

        state = self._state
        if state.listing.at_offer:
            self._view.show(offer_page(state.listing))
        elif state.listing.total:
            self._view.show(nothing_shown(state.listing, self._key))
        elif not state.browsing.in_day:
            self._view.show(nothing_found(state.listing.title, self._key, offline=state.options.offline))
        elif state.digest is not None:
            words = state.digest.completeness.note or "arXiv announced no papers in these categories."
            self.show_nothing(words)
        elif state.problem or state.options.offline:
            self.show_nothing(state.problem)
        else:
            self._view.show(())

    def show_nothing(self, words: str) -> None:
        """Show why there are no papers at all, and what the user can do."""
        from tui_digest.tui.page.empty import nothing_to_show

        options = self._state.options
        self._view.show(nothing_to_show(words, self._key, offline=options.offline, demo=options.demo))

    def prepare(self, entry: Entry) -> None:
        """Lay out the page of a paper before it is turned to.

        A page that cannot be prepared is told of when it is to be shown.
        """
        from tui_digest.tui.page.builder import page

        self._ahead = None
        with suppress(Exception):
            options = self.options(entry)
            blocks = page(entry, options)
            self._view.prepare(blocks)
            self._ahead = entry, options, blocks

    def _page_of(self, entry: Entry) -> tuple[PageBlock, ...]:
        from tui_digest.tui.page.builder import page

        options = self.options(entry)
        if self._ahead is not None and self._ahead[0] is entry and self._ahead[1] == options:
            return self._ahead[2]
        return page(entry, options)

    def _show_page_of(self, entry: Entry, *, keep_place: bool) -> None:
        """Show a paper's page; a failed layout leaves the rest of the reader working."""
        stream = self.streams.get(entry.paper.id)
        try:
            if stream is None:
                self._view.show(self._page_of(entry), keep_place)
            else:
                stream.lay_out_open()
                blocks = (*self._page_above(entry), *stream.take_all())
                self._view.show(blocks, keep_place, open_blocks=stream.open)
        except LibraryError as error:
            self._show_failed(entry, str(error))
            self._try_again()
        except Exception as error:
            self._show_failed(entry, self._services.report(error))

    def _show_failed(self, entry: Entry, sentence: str) -> None:
        from tui_digest.tui.page.empty import page_failed

        self._view.show(page_failed(entry.paper, sentence, self._key))

    def _show_answer(self, entry: Entry, view: PageView) -> None:
        """Show the explanation that is being written, else what came of asking last."""
        from tui_digest.tui.page.explanation import explanation_blocks

        stream = self.streams.get(entry.paper.id)
        if stream is not None:
            stream.lay_out_open()
            view.show(stream.take_all(), keep_place=True, open_blocks=stream.open)
            return
        options = self.options(entry)
        newest = () if options.unfinished is not None else self.shown_explanations(entry)[:1]
        blocks = explanation_blocks(
            newest,
            options.glyphs,
            symbols=options.symbols,
            unfinished=options.unfinished,
            failure=options.failure,
        )
        view.show(blocks[1:], keep_place=True)  # what it is of is said above it

    def shown_explanations(self, entry: Entry) -> Sequence[Explanation]:
        """The explanations of a paper in the order of its page."""
        from tui_digest.tui.page.builder import all_explanations

        options = self.options(entry)
        unfinished = (options.unfinished,) if options.unfinished is not None else ()
        return (*unfinished, *all_explanations(entry, options))

    def _page_above(self, entry: Entry) -> tuple[PageBlock, ...]:
        """The page down to the heading of an explanation that is being written."""
        from tui_digest.tui.page.builder import page
        from tui_digest.tui.page.explanation import heading_blocks

        options = replace(self.options(entry), unfinished=None, failure="")
        return (*page(replace(entry, explanation=None), options), *heading_blocks())

    def draw_stream(self, stream: ExplanationStream) -> None:
        """Show what came of an explanation, if its paper's page is shown."""
        if self._shown is not None and self.streams.get(self._shown.paper.id) is stream:
            stream.lay_out_open()
            (self.answer or self._view).stream(stream.take_fresh(), stream.open)

    def options(self, entry: Entry) -> PageOptions:
        """Return how the page of a paper is written now."""
        from tui_digest.tui.page.builder import PageOptions

        state, browsing = self._state, self._state.browsing
        settings = state.settings.reader
        return PageOptions(
            glyphs=settings.glyphs,
            symbols=symbol_set(settings.signs),
            tex=state.page.tex,
            all_authors=state.page.all_authors,
            unfold=self._unfold_key,
            notation=state.page.notation,
            category_names=self._services.category_names,
            followed=browsing.followed(entry.paper),
            highlight=browsing.places_of_words,
            earlier=browsing.version_read(entry),
            outdated=self._services.models.outdated,
            explanations=self._services.library.explanations.complete,
            unfinished=state.explanations.unfinished.get(entry.paper.id),
            failure=state.explanations.failures.get(entry.paper.id, ""),
            read_text=state.read_texts.get(entry.paper.id),
        )

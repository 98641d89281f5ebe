"""Requests of explanations, shown on the paper's page as they are written."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from tui_digest.entry import Explanation
from tui_digest.errors import TuiDigestError
from tui_digest.render.receipt import stop_advice
from tui_digest.tui.page.stream import ExplanationStream
from tui_digest.tui.text import plain_line, tex_line

if TYPE_CHECKING:
    from textual.timer import Timer

    from tui_digest.core.texts import PaperText
    from tui_digest.fulltext.blocks import Place
    from tui_digest.paper import Paper
    from tui_digest.settings import ExplanationKind
    from tui_digest.tui.reader import Reader

FRAME_S: Final = 1 / 15
"""Seconds between two drawings of the growing text."""


def start_explanation(
    reader: Reader, paper: Paper, *, again: bool, kind: ExplanationKind | None = None
) -> None:
    """Request an explanation of the chosen paper; show it instead of stored ones."""
    reader.services.models.start(paper, again=again, kind=kind)
    reader.state.explanations.begin(paper.id)
    _follow_explanation(reader, paper)


def start_explanation_from_text(
    reader: Reader,
    paper: Paper,
    text: PaperText,
    place: Place | None,
    *,
    again: bool,
    on_started: Callable[[], None] = lambda: None,
) -> bool:
    """Request an explanation from a paper's text or a place; tell if it was requested.

    The text has to be of the paper's version: the receipt names that one. `on_started` is called once the
    explanation has its place on the page.
    """
    if text.paper.version != paper.version:
        reader.notify(
            f"The stored text is of v{text.paper.version}, the paper is at v{paper.version} now: "
            "an explanation needs the text of that version."
        )
        return False
    reader.state.explanations.begin(paper.id)
    reader.run_in_background(
        partial(_start_from_text, reader, paper, text, place, again=again, on_started=on_started),
        f"start {paper.id}",
    )
    return True


async def _start_from_text(
    reader: Reader,
    paper: Paper,
    text: PaperText,
    place: Place | None,
    *,
    again: bool,
    on_started: Callable[[], None],
) -> None:
    try:
        await reader.services.models.start_from_text(paper, text, place, again=again)
    except TuiDigestError as error:
        reader.state.explanations.keep_failure(paper.id, str(error))
        if reader.is_open:
            reader.show_page()
        raise
    if reader.is_open:
        _follow_explanation(reader, paper)
        on_started()


def start_if_unexplained(reader: Reader) -> None:
    """Request an explanation of the chosen paper unless it has or had one requested.

    A withdrawn paper is explained only when the user asks for it.
    """
    entry = reader.papers.chosen
    if entry is None or entry.paper.is_withdrawn:
        return
    if entry.explanation is None and not reader.services.models.knows(entry.paper.id):
        start_explanation(reader, entry.paper, again=False)


def _follow_explanation(reader: Reader, paper: Paper) -> None:
    """Show the explanation of the chosen paper as it comes.

    That goes on while other papers are shown: laid out from its beginning at each return, a long
    explanation would make the keys wait.
    """
    waiting = f"Asking {reader.services.models.name()}; {reader.key('back')} stops it."
    paper_id = paper.id
    stream = ExplanationStream(paper_id, reader.state.settings.reader.glyphs, waiting)
    reader.pages.streams[paper_id] = stream
    reader.show_page()
    reader.run_in_background(_Follower(reader, stream, paper).follow, f"follow {paper_id}")


def stop_explanation(reader: Reader) -> bool:
    """Stop the chosen paper's request; False when there is none."""
    entry, models = reader.papers.chosen, reader.services.models
    if entry is None or not models.under_way(entry.paper.id):
        return False
    if (stream := reader.pages.streams.get(entry.paper.id)) is not None:
        stream.stopped = True
    reader.run_in_background(partial(models.cancel, entry.paper.id), f"cancel {entry.paper.id}")
    return True


class _Follower:
    """Feeds a stream with what a model writes, and shows what became of the request.

    Cancelling the task that runs `follow` stops the following, not the request: that is paid for,
    and what comes of it is kept.
    """

    def __init__(self, reader: Reader, stream: ExplanationStream, paper: Paper) -> None:
        self._reader = reader
        self._stream = stream
        self._paper = paper
        self._timer: Timer | None = None

    async def follow(self) -> None:
        """Show what comes until the explanation is finished or failed."""
        from tui_digest.model_service import Finished, Restarted, RetryNotice

        reader, stream = self._reader, self._stream
        try:
            async for event in reader.services.models.follow(stream.paper_id):
                if isinstance(event, Finished):
                    self._tell_finished(event.explanation)
                elif isinstance(event, Restarted):
                    self._show_restart()
                elif isinstance(event, RetryNotice):
                    stream.wait(event.sentence)
                    self._draw()
                else:
                    stream.feed(event.text)
                    if self._timer is None:
                        self._timer = reader.set_timer(FRAME_S, self._draw)
        except TuiDigestError as error:
            self._tell_failure(str(error))
        except Exception as error:
            self._tell_failure(reader.services.report(error))
        finally:
            self._stop_drawing()
        if reader.is_open:
            reader.refresh_hints()

    def _show_restart(self) -> None:
        """Take the reasoning off the page; the answer follows."""
        self._stream.restart("The model has ended its reasoning.")
        if self._reader.is_open and self._is_chosen:
            self._reader.show_page()

    def _draw(self) -> None:
        """Draw the words that came since the last time."""
        self._timer = None
        if self._reader.is_open:
            self._reader.pages.draw_stream(self._stream)

    def _stop_drawing(self) -> None:
        """Stop a drawing that is already due: the page is shown without it."""
        if self._timer is not None:
            self._timer.stop()

    @property
    def _is_chosen(self) -> bool:
        chosen = self._reader.papers.chosen
        return chosen is not None and chosen.paper.id == self._stream.paper_id

    def _end(self) -> bool:
        """Take the stream off its page; False if the reader was closed."""
        self._stop_drawing()
        streams, paper_id = self._reader.pages.streams, self._stream.paper_id
        if not self._reader.is_open:
            return False
        if streams.get(paper_id) is self._stream:
            del streams[paper_id]
        return True

    def _tell_failure(self, sentence: str) -> None:
        """Say why there is no explanation, in its place and in the footer.

        That the user stopped it is said only in the footer where an earlier one is shown.
        """
        reader, paper_id = self._reader, self._stream.paper_id
        if not self._end():
            return
        if not (self._stream.stopped and reader.state.browsing.has_explanation(paper_id)):
            reader.state.explanations.keep_failure(paper_id, sentence)
        if self._is_chosen:
            reader.show_page()
        self._notify(sentence)

    def _tell_finished(self, explanation: Explanation) -> None:
        """Show a finished explanation in the place of the stream."""
        reader, receipt = self._reader, explanation.receipt
        if not self._end():
            return
        reader.state.explanations.keep_unfinished(explanation)
        if receipt.complete and receipt.shows_text:
            reader.writes.submit("the text of the paper", lambda: reader.services.texts().keep(self._paper))
        if receipt.complete:
            reader.state.browsing.show_explanation(explanation)
            reader.show_list()
            return
        if self._is_chosen:
            reader.show_page()
        self._notify(f"The explanation is not complete ({receipt.stopped}); {stop_advice(receipt)}.")

    def _notify(self, sentence: str) -> None:
        """Tell it in the footer; of which paper, when another one is shown."""
        if self._is_chosen:
            self._reader.notify(sentence, warning=True)
        else:
            title = tex_line(self._paper.title, self._reader.state.settings.reader.glyphs)
            self._reader.notify_content(title + plain_line(f": {sentence}"), warning=True)

"""A statement of an explanation beside the text that it was compared with."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from tui_digest.entry import Statement, StatementState
from tui_digest.paper import Paper
from tui_digest.render.explanation import is_from_text, note_of
from tui_digest.settings import Glyphs
from tui_digest.tui.dialogs.modal import DialogCommand, ModalDialog, hint_line, scroll_commands
from tui_digest.tui.keymap.keymap import Keymap
from tui_digest.tui.page.blocks import PageBlock
from tui_digest.tui.text import plain, tex_line
from tui_digest.tui.theme.symbols import SymbolSet
from tui_digest.tui.theme.themes import sheet
from tui_digest.tui.widgets.paper_pane import PaperPane

_EMPHASIS = re.compile(r"\*\*|__|(?<!\S)\*(?=\S)|(?<=\S)\*(?!\S)")


class StatementScreen(ModalDialog[Statement]):
    """A statement, its check, and the text it is from with the quoted words marked.

    Its result is a statement whose place in the whole text is to be shown.

    Args:
        keymap: the keys of the reader.
        statements: all statements of the explanation.
        at: the place of the one to show first.
        paper: the paper, whose abstract is shown.
        places: the paper's text by the addresses of its places, where the explanation was made from it.
        symbols: the signs of the states.
        glyphs: which signs formulas are written in.
    """

    PLACE = "statement"
    CSS_PATH = sheet("statements")

    title_line = query_one("#statement-title", Static)
    text = query_one("#statement-text", PaperPane)

    def __init__(
        self,
        keymap: Keymap,
        statements: Sequence[Statement],
        at: int,
        paper: Paper,
        places: Mapping[str, str],
        symbols: SymbolSet,
        glyphs: Glyphs,
    ) -> None:
        super().__init__(keymap)
        self._statements = tuple(statements)
        self._at = at
        self._paper = paper
        self._places = places
        self._symbols = symbols
        self._glyphs = glyphs

    def functions(self) -> Mapping[str, DialogCommand]:
        """Return what the commands of the dialog do."""
        return {
            **scroll_commands(self.text),
            "down": self._go_by,
            "up": lambda count: self._go_by(-count),
            "scroll_down": lambda count: self.text.scroll_by(count),
            "scroll_up": lambda count: self.text.scroll_by(-count),
            "next_flagged": lambda count: self._go_to(next_flagged(self._statements, self._at)),
            "next_match": lambda count: self._go_to(next_flagged(self._statements, self._at)),
            "previous_match": lambda count: self._go_to(next_flagged(self._statements, self._at, -1)),
            "open_paper": self._to_place,
            "back": self.cancel,
            "leave": self.cancel,
        }

    def compose(self) -> ComposeResult:
        """Position, statement and abstract, keys."""
        with Vertical(id="statement"):
            yield Static(id="statement-title")
            pane = PaperPane(id="statement-text", symbols=self._symbols)
            pane.can_focus = False
            yield pane
            yield Static(hint_line(self._hints()), id="statement-keys")

    def _hints(self) -> list[tuple[str, str]]:
        label = self.keymap.label_of
        moves = " ".join(filter(None, (label("down"), label("up"))))
        scrolls = " ".join(filter(None, (label("scroll_down"), label("scroll_up"))))
        return [
            (label("next_flagged"), "next flagged"),
            (moves, "statement"),
            (scrolls, "scroll"),
            (label("open_paper") if self._places else "", "its place"),
            (label("back"), "close"),
        ]

    def on_mount(self) -> None:
        """Show the first."""
        self._go_to(self._at)

    def _go_by(self, count: int) -> None:
        self._go_to(max(0, min(self._at + count, len(self._statements) - 1)))

    def _to_place(self, count: int) -> None:
        statement = self._statements[self._at]
        if is_from_text(statement):
            self.close(statement)

    def _go_to(self, place: int) -> None:
        self._at = place
        self.title_line.update(Content(f"Statement {place + 1} of {len(self._statements)}"))
        statement = self._statements[place]
        self.text.show(statement_blocks(statement, self._paper, self._places, self._symbols, self._glyphs))


def next_flagged(statements: Sequence[Statement], at: int, by: int = 1) -> int:
    """Return the next flagged statement behind `at`, wrapping around, or `at`.

    Statements without evidence are gone to where none is flagged.
    """
    for state in (StatementState.FLAGGED, StatementState.NONE):
        places = [place for place, one in enumerate(statements) if one.state is state]
        if places and by > 0:
            return next((place for place in places if place > at), places[0])
        if places:
            return next((place for place in reversed(places) if place < at), places[-1])
    return at


def statement_blocks(
    statement: Statement, paper: Paper, places: Mapping[str, str], symbols: SymbolSet, glyphs: Glyphs
) -> tuple[PageBlock, ...]:
    """Return a statement with its state, and its source, with marked words in both."""
    source = statement.place if is_from_text(statement) else "the abstract"
    said = note_of(statement) or {
        StatementState.EVIDENCE: f"with words of {source}",
        StatementState.INTERPRETATION: "the model's own reading",
    }.get(statement.state, "")
    role = "warning" if note_of(statement) else "muted"
    verdict = Content.styled(f"{symbols.states.of(statement.state)} ", role) + plain(said).stylize(role)
    blocks = [
        PageBlock(_mark_places(statement.text, statement.words, glyphs), "body"),
        PageBlock(verdict, role, gap=1),
    ]
    quoted = (statement.quoted,) if statement.quoted is not None else ()
    if is_from_text(statement):
        where, text = statement.place, places.get(statement.place)
        if text is not None and statement.quoted is not None:
            text, quoted = _paragraphs_around(text, statement.quoted)
    else:
        where = (statement.place or "abstract").capitalize()
        text = {"Abstract": paper.abstract, "Title": paper.title}.get(where)
    if text is not None:
        blocks.append(PageBlock(plain(where), "section", gap=1))
        blocks.append(PageBlock(_mark_places(text, quoted, glyphs), "body", gap=1))
    return tuple(blocks)


def _paragraphs_around(text: str, quoted: tuple[int, int]) -> tuple[str, tuple[tuple[int, int]]]:
    """Return the paragraphs with quoted words, and the places of the words in them."""
    start = text.rfind("\n\n", 0, quoted[0]) + 2 if "\n\n" in text[: quoted[0]] else 0
    end = text.find("\n\n", quoted[1])
    return text[start : end if end >= 0 else None], ((quoted[0] - start, quoted[1] - start),)


def _mark_places(text: str, places: Sequence[tuple[int, int]], glyphs: Glyphs) -> Content:
    """A text with its TeX rendered, the words at these places in the role `match`."""
    pieces: list[Content] = []
    place = 0
    for start, end in sorted(places):
        if place <= start < end <= len(text):
            pieces += [
                _render(text[place:start], glyphs),
                _render(text[start:end], glyphs).stylize("match"),
            ]
            place = end
    return Content("").join([*pieces, _render(text[place:], glyphs)])


def _render(text: str, glyphs: Glyphs) -> Content:
    """A piece of a text, with the spaces at its ends."""
    bare = _EMPHASIS.sub("", text)
    before = " " if bare[:1].isspace() else ""
    after = " " if bare[-1:].isspace() and bare.strip() else ""
    return Content(before) + tex_line(bare, glyphs) + Content(after)

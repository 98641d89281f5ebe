"""The export dialog: format, papers, contents, place, and a preview of the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Input, OptionList, Static

from tui_digest.core.services import Report
from tui_digest.entry import Entry
from tui_digest.errors import TuiDigestError
from tui_digest.export import FORMATS
from tui_digest.export.collection import Collection
from tui_digest.export.files import written_words
from tui_digest.export.rendering import export_warning, render_files
from tui_digest.export.save import save_in_place
from tui_digest.render.labels import count_words
from tui_digest.settings import ExportContents, ExportSettings
from tui_digest.tui.dialogs.chooser import Options, move_in
from tui_digest.tui.dialogs.modal import DialogCommand, ModalDialog, hint_line, scroll_commands
from tui_digest.tui.keymap.keymap import Keymap
from tui_digest.tui.page.blocks import PageBlock
from tui_digest.tui.tasks.thread_pools import run_to_end
from tui_digest.tui.text import plain
from tui_digest.tui.theme.themes import sheet
from tui_digest.tui.widgets.paper_pane import PaperPane

_PREVIEWED = 3
_LINES_PREVIEWED = 400
_PARTS = {"abstract": "Abstract", "explanation": "Explanation, receipt", "notes": "Notes", "marks": "Marks"}

Collect = Callable[[Sequence[Entry], str], Collection]
"""Makes of papers and a format what the export is made from."""


class ExportScreen(ModalDialog[str]):
    """The export dialog: returns what was written where, in a sentence, or None.

    Args:
        keymap: the reader's.
        settings: what is chosen first.
        papers: the papers that can be meant, by what to call them; at least one.
        collect: makes the collection to write.
        report: writes down what should never happen, and tells it in a sentence.
        demo: whether this is the demo, whose own folder goes when it ends.
    """

    PLACE = "export"
    CSS_PATH = sheet("export")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (76, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (24, "-tall")]
    formats = query_one("#export-format", OptionList)
    whose = query_one("#export-papers", OptionList)
    parts = query_one("#export-parts", OptionList)
    place = query_one("#export-place", Input)
    problem = query_one("#export-problem", Static)
    preview = query_one("#export-preview", PaperPane)

    def __init__(
        self,
        keymap: Keymap,
        settings: ExportSettings,
        papers: Mapping[str, Sequence[Entry]],
        collect: Collect,
        *,
        report: Report,
        demo: bool = False,
    ) -> None:
        super().__init__(keymap)
        self._report = report
        self._demo = demo
        self._settings = settings
        self._papers = papers
        self._collect = collect
        self._parts = {name: bool(getattr(settings, name)) for name in _PARTS}

    def functions(self) -> Mapping[str, DialogCommand]:
        """Return the dialog's commands: moving in the focused list, scrolling the file."""
        scrolls = scroll_commands(self.preview)
        moves = move_in(self.focused) if isinstance(self.focused, OptionList) else {}
        return {
            "down": moves.get("down", self._ignore),
            "up": moves.get("up", self._ignore),
            **{name: scrolls[name] for name in ("half_page_down", "half_page_up", "page_down", "page_up")},
            "other_pane": lambda count: self.focus_next(),
            "export.write": lambda count: self._start_writing(),
            "export.toggle": lambda count: self._toggle_part(),
            "back": self.cancel,
            "leave": self.cancel,
        }

    def _ignore(self, count: int) -> None:
        """Do nothing: there is no list to move in."""

    def _hints(self) -> list[tuple[str, str]]:
        label = self.keymap.label_of
        moves = (self.keymap.label_of(name, while_typing=True) for name in ("up", "down"))
        return [
            (label("export.write"), "export"),
            (label("other_pane"), "next"),
            (" ".join(filter(None, moves)), "choose"),
            (label("export.toggle"), "in/out"),
            (label("back"), "leave"),
        ]

    def compose(self) -> ComposeResult:
        """Compose the choices at the left, the file at the right, place and keys below."""
        with Vertical(id="export"):
            yield Static(Content("Export papers"), id="export-title")
            with Horizontal(id="export-panes"):
                with VerticalScroll(id="export-form", can_focus=False):
                    yield Static(Content("Format"), classes="label")
                    yield Options(*FORMATS, id="export-format", compact=True)
                    yield Static(Content("Papers"), classes="label")
                    yield Options(*map(plain, self._papers), id="export-papers", compact=True)
                    yield Static(Content("What goes in"), classes="label")
                    yield Options(*map(self._part_words, _PARTS), id="export-parts", compact=True)
                pane = PaperPane(id="export-preview")
                pane.can_focus = False
                yield pane
            with Horizontal(id="export-where"):
                yield Static(Content("Place "), classes="label")
                yield Input(self._settings.folder, id="export-place", compact=True, select_on_focus=False)
            yield Static(id="export-problem")
            yield Static(hint_line(self._hints()), id="export-keys")

    def on_mount(self) -> None:
        """Choose first what the settings say; that shows the file."""
        self.place.cursor_blink = False
        self.formats.highlighted = FORMATS.index(self._settings.format)
        self.whose.highlighted = 0
        self.set_focus(self.formats)

    @property
    def format_name(self) -> str:
        """The format that is chosen."""
        return FORMATS[self.formats.highlighted or 0]

    @property
    def contents(self) -> ExportContents:
        """Parts of each paper that are exported."""
        return replace(self._settings, **self._parts)

    @property
    def collection(self) -> Collection:
        """The papers that are chosen."""
        papers = tuple(self._papers.values())[self.whose.highlighted or 0]
        return self._collect(papers, self.format_name)

    def _part_words(self, name: str) -> Content:
        """A part, with a sign of whether it goes in."""
        return Content(f"[{'x' if self._parts[name] else ' '}] {_PARTS[name]}")

    @on(OptionList.OptionSelected, "#export-parts")
    def _toggle_part(self) -> None:
        """Include the part under the cursor, or leave it out."""
        place = self.parts.highlighted
        if place is not None and self.focused is self.parts:
            name = tuple(_PARTS)[place]
            self._parts[name] = not self._parts[name]
            self.parts.replace_option_prompt_at_index(place, self._part_words(name))
            self._show_preview()

    @on(OptionList.OptionHighlighted)
    def _show_preview(self) -> None:
        try:
            self.preview.show(preview_blocks(self.format_name, self.collection, self.contents))
            self._tell(export_warning(self.format_name, self.contents))
        except TuiDigestError as error:
            self.preview.show(())
            self._tell(str(error))

    @on(Input.Changed)
    def _place_changed(self) -> None:
        self._tell("")

    def _tell(self, problem: str) -> None:
        """Say what is wrong; empty when nothing is."""
        self.problem.update(plain(problem))
        self.problem.display = bool(problem)

    def _start_writing(self) -> None:
        """Write, and leave when that went well."""
        if not self.place.value.strip():
            self._tell("Name a folder or a file to write to.")
        elif all(worker.is_finished for worker in self.workers if worker.node is self):
            self.run_worker(self._write(Path(self.place.value.strip())), group="write")

    async def _write(self, target: Path) -> None:
        try:
            papers = self.collection
            files = await run_to_end(partial(save_in_place, self.format_name, papers, target, self.contents))
        except TuiDigestError as error:
            self._tell(str(error))
        except Exception as error:
            self._tell(self._report(error))
        else:
            fleeting = self._demo and target == Path(self._settings.folder)
            self.close(written_words(files, len(papers.entries), demo=fleeting))


def preview_blocks(
    format_name: str, collection: Collection, contents: ExportContents
) -> tuple[PageBlock, ...]:
    """Return the file as a page: its name, and the text of its first papers.

    Raises:
        UsageError: the format needs what the collection has not.
    """
    first = replace(collection, entries=collection.entries[:_PREVIEWED])
    number = len(collection.entries)
    papers = count_words(number, "paper")
    if number > _PREVIEWED:
        papers += f", the first {_PREVIEWED} shown"
    blocks: list[PageBlock] = []
    for name, text in render_files(format_name, first, contents).items():
        blocks.append(PageBlock(plain(f"{name}: {papers}"), "heading", gap=1))
        lines = islice(text.split("\n"), _LINES_PREVIEWED)
        blocks += [PageBlock(plain(line), "body", gap=int(number == 0)) for number, line in enumerate(lines)]
    return tuple(blocks)

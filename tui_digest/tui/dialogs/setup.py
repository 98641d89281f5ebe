"""The first steps: categories, theme, model and exports on one screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tui_digest.core.categories import CategoryTable
from tui_digest.model_service import Provider
from tui_digest.render.labels import full_day_name
from tui_digest.tui.dialogs.chooser import Options, move_in
from tui_digest.tui.dialogs.modal import DialogCommand, ModalDialog, hint_line
from tui_digest.tui.keymap.keymap import Keymap
from tui_digest.tui.text import plain, plain_line
from tui_digest.tui.theme.themes import sheet

_NAME_CELLS = 18
"""The longest name of a category: cond-mat.mes-hall."""

LATER = ""
"""The name of the service when a model is to be set up later."""


class SetupValues(msgspec.Struct, frozen=True):
    """Answers of the first steps.

    `digest` is the name of the ready-made digest whose words pick, empty for none. `provider` is
    `LATER` or the name of a service.
    """

    categories: tuple[str, ...]
    digest: str
    theme: str
    provider: str
    folder: str


class ReadyMade(msgspec.Struct, frozen=True):
    """A ready-made digest: its name, its categories, and the words that pick."""

    name: str
    categories: tuple[str, ...]
    words: tuple[str, ...]


class SetupScreen(ModalDialog[SetupValues]):
    """The first steps: returns what was chosen; None if left, then nothing is changed.

    Args:
        keymap: the reader's.
        values: what is set now, or suggested.
        table: arXiv's categories.
        ready_made: digests that can be taken whole.
        themes: the names of the themes.
        providers: the services that can be chosen; none where the model is given.
        tried: called with the name of the theme that the cursor comes to.
        first: whether this is the first start, which has defaults to fall back on.
    """

    PLACE = "setup"
    CSS_PATH = sheet("setup")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (76, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]

    line = query_one("#setup-line", Input)
    categories = query_one("#setup-categories", OptionList)
    themes = query_one("#setup-themes", OptionList)
    models = query_one("#setup-models", OptionList)
    folder = query_one("#setup-folder", Input)
    chosen = query_one("#setup-chosen", Static)
    keys = query_one("#setup-keys", Static)

    def __init__(
        self,
        keymap: Keymap,
        values: SetupValues,
        table: CategoryTable,
        ready_made: Sequence[ReadyMade],
        themes: Sequence[str],
        providers: Sequence[Provider],
        *,
        tried: Callable[[str], None],
        first: bool,
    ) -> None:
        super().__init__(keymap)
        self._values = values
        self._table = table
        self._ready_made = {digest.name: digest for digest in ready_made}
        self._themes = tuple(themes)
        self._providers = (LATER, *(provider.name for provider in providers))
        self._provider_words = ("later", *map(_provider_words, providers))
        self._tried = tried
        self._first = first
        self._wanted = list(values.categories)
        self._digest = values.digest
        self._on_top = tuple(values.categories)
        self._shown: tuple[str, ...] = ()

    def functions(self) -> Mapping[str, DialogCommand]:
        """Return the dialog's commands; moving from the line focuses the list."""
        if isinstance(self.focused, OptionList):
            moves = move_in(self.focused)
        else:
            moves = {name: self._into_list(act) for name, act in move_in(self.categories).items()}
        return {
            **{name: moves[name] for name in ("down", "up", "page_down", "page_up")},
            "search": lambda count: self.set_focus(self.line),
            "other_pane": lambda count: self.focus_next(),
            "setup.accept": lambda count: self._accept(),
            "setup.toggle": lambda count: self._toggle_or_go_on(),
            "setup.quit": lambda count: self.app.exit() if self._first else self.cancel(),
            "back": self.cancel,
            "leave": self.cancel,
        }

    def _into_list(self, act: DialogCommand) -> DialogCommand:
        def focus_and_act(count: int) -> None:
            at_folder = self.focused is self.folder
            self.set_focus(self.categories)
            if not at_folder and self.categories.highlighted is not None:
                act(count)

        return focus_and_act

    def compose(self) -> ComposeResult:
        """The categories, below them theme and model side by side, the folder, the keys."""
        with Vertical(id="setup"):
            title = "Welcome. What do you read?" if self._first else "First steps"
            yield Static(Content(title), id="setup-title")
            with VerticalScroll(id="setup-form", can_focus=False):
                yield Input(
                    placeholder="Search arXiv's categories: optimization, cs.LG, …",
                    id="setup-line",
                    compact=True,
                )
                yield Options(id="setup-categories", compact=True)
                yield Static(id="setup-chosen")
                with Horizontal(id="setup-choices"):
                    with Vertical(id="setup-look"):
                        yield Static(Content("Theme"), classes="label")
                        yield Options(*map(plain_line, self._themes), id="setup-themes", compact=True)
                    with Vertical(id="setup-model"):
                        yield Static(Content("Model for explanations"), classes="label")
                        yield Options(*map(plain_line, self._provider_words), id="setup-models", compact=True)
                with Horizontal(id="setup-where"):
                    yield Static(Content("Exports go to "), classes="label")
                    yield Input(self._values.folder, id="setup-folder", compact=True, select_on_focus=False)
            yield Static(id="setup-keys")

    def on_mount(self) -> None:
        """Show what is set, with the focus in the line."""
        self.line.cursor_blink = self.folder.cursor_blink = False
        self._show_categories()
        self.categories.highlighted = None
        self.themes.highlighted = self._themes.index(self._values.theme)
        known = self._values.provider in self._providers
        self.models.highlighted = self._providers.index(self._values.provider) if known else 0
        self.set_focus(self.line)

    @property
    def values(self) -> SetupValues:
        """The present choices."""
        return SetupValues(
            categories=tuple(self._wanted),
            digest=self._digest,
            theme=self._themes[self.themes.highlighted or 0],
            provider=self._providers[self.models.highlighted or 0],
            folder=self.folder.value.strip() or self._values.folder,
        )

    # Categories

    @on(Input.Changed, "#setup-line")
    def _narrow(self) -> None:
        """Show the categories that match the typed text; Enter takes the first."""
        self._on_top = tuple(dict.fromkeys((*self._on_top, *self._wanted)))
        self._show_categories()
        self.categories.highlighted = 0 if self.line.value.strip() and self._shown else None

    def _show_categories(self) -> None:
        """Show ready-made digests, wanted and other categories, or the search's results."""
        found = self._table.find(self.line.value)
        if not self.line.value.strip():
            first = (*self._ready_made, *self._on_top)
            found = (*first, *(name for name in found if name not in first))
        self._shown = found
        place, top = self.categories.highlighted, self.categories.scroll_offset.y
        self.categories.set_options([Option(self._words(name)) for name in found])
        if place is not None and found:
            self.categories.highlighted = min(place, len(found) - 1)
            self.categories.scroll_to(y=top, animate=False)
        self.chosen.update(self._chosen_words())

    def _words(self, name: str) -> Content:
        if name in self._ready_made:
            digest = self._ready_made[name]
            box = "x" if name == self._digest else " "
            return plain_line(
                f"[{box}] {name}, ready-made: {' '.join(digest.categories)} and {len(digest.words)} words"
            )
        box = "x" if name in self._wanted else " "
        title, number = self._table.titles.get(name, ""), self._table.papers_a_day(name)
        return plain(f"[{box}] {name:{_NAME_CELLS}} {number:4} a day  {title}")

    def _chosen_words(self) -> Content:
        """Say what is chosen and how much that is, and where the numbers are from."""
        table, wanted = self._table, self._wanted
        if not wanted:
            return Content("Take a category in with Enter or Space; without one it is cs.LG.")
        words = f"{' '.join(wanted)}: at most about {table.most_a_day(wanted)} papers a day"
        if self._digest:
            words += f", picked by {', '.join(self._ready_made[self._digest].words)}"
        counted = all(name in table.counted for name in wanted)
        words += "" if counted else f" (as on {full_day_name(table.recorded)})"
        return plain_line(f"{words}.")

    def _toggle(self) -> None:
        """Toggle the category or ready-made digest under the cursor."""
        place = self.categories.highlighted
        if place is None:
            return
        name = self._shown[place]
        if name in self._ready_made:
            self._digest = "" if name == self._digest else name
            if self._digest:
                self._wanted = list(self._ready_made[name].categories)
        elif name in self._wanted:
            self._wanted.remove(name)
        else:
            self._wanted.append(name)
        self._show_categories()

    # Keys

    def _toggle_or_go_on(self) -> None:
        if self.focused is self.categories:
            self._toggle()
        else:
            self._accept()

    def _accept(self) -> None:
        """Choose the category at the cursor, else go to the next field; end at the last."""
        if self.focused is self.categories:
            self._toggle()
        elif self.focused is self.line and self.line.value.strip():
            self._toggle()
            self.line.value = ""
        elif self.focused is self.line:
            self.set_focus(self.themes)
        elif self.focused is self.folder:
            self.close(self.values)
        else:
            self.focus_next()

    @on(OptionList.OptionSelected, "#setup-categories")
    def _clicked(self) -> None:
        self._toggle()

    @on(OptionList.OptionHighlighted, "#setup-themes")
    def _theme_tried(self, event: OptionList.OptionHighlighted) -> None:
        if self.is_on_top:
            self._tried(self._themes[event.option_index])

    def on_descendant_focus(self) -> None:
        """Say what the keys do in the field that has the focus."""
        label = self.keymap.label_of
        keys, accept = label("setup.accept"), "next"
        if self.focused is self.categories:
            keys, accept = f"{keys} {label('setup.toggle')}".strip(), "in or out"
        elif self.focused is self.line:
            accept = "take, or next"
        elif self.focused is self.folder:
            accept = "begin"
        moves = (label(name, while_typing=True) for name in ("up", "down"))
        hints = [
            (keys, accept),
            (" ".join(filter(None, moves)), "choose"),
            (label("other_pane"), "next field"),
            (label("back"), "just cs.LG" if self._first else "cancel"),
        ]
        self.keys.update(hint_line(hints))
        if self.focused is self.categories and self.categories.highlighted is None and self._shown:
            self.categories.highlighted = 0


def _provider_words(provider: Provider) -> str:
    return f"{provider.name}: {provider.key}"

"""The reader's own themes, and its style sheets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual.color import BLACK, WHITE, Color
from textual.css.stylesheet import Stylesheet
from textual.design import (
    DEFAULT_DARK_BACKGROUND,
    DEFAULT_DARK_SURFACE,
    DEFAULT_LIGHT_BACKGROUND,
    DEFAULT_LIGHT_SURFACE,
)
from textual.theme import BUILTIN_THEMES, Theme

if TYPE_CHECKING:
    from textual.app import App


def _lines(border: str, blurred: str, ground: str) -> dict[str, str]:
    """The variables of a theme for borders and scrollbars."""
    return {
        "border": border,
        "border-blurred": blurred,
        "scrollbar": border,
        "scrollbar-hover": border,
        "scrollbar-background": ground,
        "block-cursor-text-style": "none",
    }


_OWN: Final = (
    Theme(
        name="digest-dark",
        primary="#8fb0d6",
        secondary="#b9a7d9",
        accent="#7cc4b8",
        warning="#e0b060",
        error="#e08080",
        success="#93c48b",
        foreground="#d9d6ce",
        background="#15171b",
        surface="#1b1e23",
        panel="#22262c",
        dark=True,
        variables={**_lines("#3a4049", "#2a2f37", "#1b1e23"), "row-cursor": "#3d6ea5"},
    ),
    Theme(
        name="digest-light",
        primary="#2c5b8f",
        secondary="#6a4c93",
        accent="#0d6b66",
        warning="#8a5a00",
        error="#a83232",
        success="#2f6b2a",
        foreground="#2a2825",
        background="#fbf9f4",
        surface="#f3f0e8",
        panel="#eae6dc",
        dark=False,
        variables=_lines("#c9c3b5", "#ddd8cb", "#f3f0e8"),
    ),
    Theme(
        name="digest-contrast-dark",
        primary="#9fd0ff",
        secondary="#ffc8ff",
        accent="#7fffe0",
        warning="#ffd75f",
        error="#ff9f9f",
        success="#9fff9f",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#101010",
        dark=True,
        text_alpha=1.0,
        variables={
            **_lines("#ffffff", "#b0b0b0", "#000000"),
            "row-cursor": "#9fd0ff",
            "row-cursor-text": "#000000",
        },
    ),
    Theme(
        name="digest-contrast-light",
        primary="#003a80",
        secondary="#5b0080",
        accent="#00524d",
        warning="#6b4300",
        error="#8f0000",
        success="#0d4d00",
        foreground="#000000",
        background="#ffffff",
        surface="#ffffff",
        panel="#f2f2f2",
        dark=False,
        text_alpha=1.0,
        variables=_lines("#000000", "#505050", "#ffffff"),
    ),
)

BLOCK_CONTRAST = 3.0
"""Of a block of colour against its background: WCAG 2.2, success criterion 1.4.11."""

TEXT_CONTRAST = 4.5
"""Of text against its background: WCAG 2.2, success criterion 1.4.3."""


def cursor_colours(theme: Theme) -> dict[str, str]:
    """Return the style sheets' variables for chosen rows and selected text.

    The chosen row or option has colours with the focus and without.

    The block is the theme's primary colour, in a pane without the focus a grey, moved away from the
    grounds of panes and dialogs until it can be told from both, and as far as the text on it can be
    read.
    """
    dark = theme.dark
    usual = (
        (DEFAULT_DARK_BACKGROUND, DEFAULT_DARK_SURFACE)
        if dark
        else (DEFAULT_LIGHT_BACKGROUND, DEFAULT_LIGHT_SURFACE)
    )
    background = Color.parse(theme.background or usual[0])
    grounds = (background, Color.parse(theme.surface or usual[1]))
    primary = Color.parse(theme.primary)
    if primary.ansi is not None or background.ansi is not None:
        return {
            "row-cursor": theme.primary,
            "row-cursor-text": "ansi_bright_white",
            "row-cursor-blurred": "ansi_bright_black",
            "row-cursor-blurred-text": "ansi_bright_white",
        }
    away = WHITE if dark else BLACK
    block, text = _block(primary.blend(background, 0.4) if dark else primary, grounds, away)
    grey, grey_text = _block(background.blend(away, 0.2), grounds, away)
    return {
        "row-cursor": block.hex,
        "row-cursor-text": text.hex,
        "row-cursor-blurred": grey.hex,
        "row-cursor-blurred-text": grey_text.hex,
    }


def _block(colour: Color, grounds: Sequence[Color], away: Color) -> tuple[Color, Color]:
    """Move a colour towards another until it differs; return it with its text's."""
    for step in range(21):
        block = colour.blend(away, step / 20)
        text = max((WHITE, BLACK), key=lambda letters: _contrast(letters, block))
        differs = all(_contrast(block, ground) >= BLOCK_CONTRAST for ground in grounds)
        if differs and _contrast(text, block) >= TEXT_CONTRAST:
            return block, text
    return away, grounds[0]


def _contrast(one: Color, other: Color) -> float:
    """Return two colours' contrast ratio.

    See https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio.
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    """The relative luminance. https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


THEMES: Final = {theme.name: theme for theme in _OWN}
"""By name; the first is the reader's own."""

WITHOUT_COLOUR: Final = "ansi-dark"
"""For terminals that are to have no colour: what it tells by the terminal's own colours, which Textual
then leaves out, it tells by bold, dim and underlined letters as well. Of other themes greys would be left."""


def known_theme(name: str) -> str:
    """Return the name of a theme, or the default's if there is none of that name."""
    return name if name in THEMES or name in BUILTIN_THEMES else _OWN[0].name


def problem_with(name: str) -> str:
    """Return what is wrong with a theme's name and a suggestion, or ""."""
    if known_theme(name) == name:
        return ""
    from difflib import get_close_matches

    near = get_close_matches(name, (*THEMES, *BUILTIN_THEMES), n=1, cutoff=0.5)
    hint = f"did you mean {near[0]!r}?" if near else f"{_OWN[0].name} is the usual one."
    return f"reader.theme in config.toml: there is no theme {name!r}; {hint}"


_PACKAGE = Path(__file__).parents[2]
_INSTALLED = _PACKAGE / "styles"
STYLES: Final = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent / "styles"


def sheet(name: str) -> str:
    """Return the path of a style sheet: beside the package, in it once installed."""
    return str(STYLES / f"{name}.tcss")


FIRST_SHEETS: Final = tuple(map(sheet, ("roles", "header", "footer", "reader")))
"""The sheets of the first screen: the default screen loads none of its own; all others do when opened."""


class CachedStylesheet(Stylesheet):
    """The rules of all style sheets, each read once for a theme.

    Textual has all sheets read again for the first dialog of a kind, 8 to 15 ms, and keeps the rules that
    were read before it in a cache that it uses no more: 0.5 MiB.
    """

    def reparse(self) -> None:
        """Parse the sheets that were added, and all of them once variables are others."""
        self.parse()

    def set_variables(self, variables: dict[str, str]) -> None:
        """Set the variables of a theme, and keep no rules of the one before.

        Textual's cache is a ring; emptied as a whole it refers to itself, and after the start, which the
        collector has been told to leave alone, to all rules of the first theme for good.
        """
        for key in tuple(self._parse_cache.keys()):
            self._parse_cache.discard(key)
        super().set_variables(variables)


def add_sheet(app: App[object], name: str) -> bool:
    """Read a style sheet that the first screen does without; return whether it is new."""
    path = sheet(name)
    if app.stylesheet.has_source(path):
        return False
    app.stylesheet.read(path)
    app.stylesheet.parse()
    return True

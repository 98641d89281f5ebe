"""The reader's own themes: dark, light, and both in high contrast."""

from __future__ import annotations

from typing import Final

from textual.theme import BUILTIN_THEMES, Theme


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
        variables=_lines("#3a4049", "#2a2f37", "#1b1e23"),
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
        variables=_lines("#ffffff", "#b0b0b0", "#000000"),
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

THEMES: Final = {theme.name: theme for theme in _OWN}
"""By name; the first is the reader's own."""

WITHOUT_COLOUR: Final = "ansi-dark"
"""For terminals that are to have no colour: what it tells by the terminal's own colours, which Textual
then leaves out, it tells by bold, dim and underlined letters as well. Of other themes greys would be left."""


def known(name: str) -> str:
    """Return the name of a theme, or the default's if there is none of that name."""
    return name if name in THEMES or name in BUILTIN_THEMES else _OWN[0].name


def problem_with(name: str) -> str:
    """Return what is wrong with a theme's name and which may be meant; empty if nothing."""
    if known(name) == name:
        return ""
    from difflib import get_close_matches

    near = get_close_matches(name, (*THEMES, *BUILTIN_THEMES), n=1, cutoff=0.5)
    hint = f"did you mean {near[0]!r}?" if near else f"{_OWN[0].name} is the usual one."
    return f"reader.theme in config.toml: there is no theme {name!r}; {hint}"

"""The contrast of two colours as they are drawn. https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""

from __future__ import annotations

from rich.color import Color


def luminance(colour: Color | None) -> float:
    """The relative luminance."""
    assert colour is not None
    channels = (
        value / 12.92 if (value := part / 255) <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for part in colour.get_truecolor()
    )
    return sum(part * weight for part, weight in zip(channels, (0.2126, 0.7152, 0.0722), strict=True))


def contrast(one: Color | None, other: Color | None) -> float:
    """The contrast ratio, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)

"""The whole text of a demo paper, as arXiv would serve it in HTML."""

from __future__ import annotations

import re
from html import escape, unescape
from importlib.resources import files

from tui_digest.paper import ArxivId

_FORMULA = re.compile(r"(\$\$?)(.+?)\1", re.DOTALL)


def html_page(paper: ArxivId) -> bytes | None:
    """Return a demo paper's page in the markup of arXiv's converter, or None.

    The samples are such pages, except that their formulas are TeX between dollar signs.
    """
    sample = files("tui_digest.demo").joinpath("samples", f"{paper.number}.html")
    if not sample.is_file() or paper.version not in (None, 1):
        return None
    return _FORMULA.sub(_math, sample.read_text(encoding="utf-8")).encode()


def sample_picture(paper: ArxivId, name: str) -> bytes | None:
    """A picture of a demo paper's page, by its file name; None when there is none."""
    sample = files("tui_digest.demo").joinpath("samples", f"{paper.number}-{name}")
    return sample.read_bytes() if sample.is_file() else None


def no_html(paper: ArxivId) -> bytes:
    """Return what arXiv answers, with status 404, for a paper without HTML."""
    name = escape(str(paper))
    return (
        f"<!DOCTYPE html><html><body><h1>No HTML for '{name}'</h1>"
        "<p>HTML is not available for the source: among the made-up papers 0612.90012 has a whole text.</p>"
        "</body></html>"
    ).encode()


def _math(formula: re.Match[str]) -> str:
    display = "block" if formula[1] == "$$" else "inline"
    tex = escape(unescape(formula[2]))
    return (
        f'<math class="ltx_Math" alttext="{tex}" display="{display}"><semantics>'
        f'<annotation encoding="application/x-tex">{tex}</annotation></semantics></math>'
    )

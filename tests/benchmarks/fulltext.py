"""How long a paper's whole text takes: to the first screen, a jump, a key; its memory; its formulas.

    python -m tests.benchmarks.fulltext [PAGE.html …] [--size 100x40]

Each page, by default that of the demo paper, is measured in an interpreter of its own, in
milliseconds of CPU time, best of five: from its bytes to the lines of the first screen, the same
from its stored blocks, the laying out of all the rest, a jump to the last section right after
opening and one when all is laid out, the dearest of 300 steps down. Memory is what Python has
allocated: at most while it parses, and when opened from stored blocks with all lines laid out. A
formula counts as raw where a command of TeX is left in its line.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from tui_digest.core.texts import PaperText
from tui_digest.demo.whole_text import html_page
from tui_digest.fulltext.blocks import Document
from tui_digest.fulltext.page_tree import Element, read_tree
from tui_digest.fulltext.read_page import read_page
from tui_digest.fulltext.stored_text import decode_document, encode_document
from tui_digest.latex.display import layout
from tui_digest.paper import ArxivId
from tui_digest.render.fulltext.layout import TextLayout
from tui_digest.tui.page.text_view import TextView

_COMMAND = re.compile(r"\\[A-Za-z]+")
_TIMES = 5


def milliseconds(function: Callable[[], object], times: int = _TIMES) -> float:
    """The shortest CPU time of a call."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        function()
        taken.append((time.process_time() - start) * 1000)
    return min(taken)


def opened(document: Document, width: int, height: int, block: int | None = None) -> TextView:
    """A view with its first screen laid out."""
    text = PaperText(ArxivId("0612.90012", 1), document, "", datetime(2026, 11, 27, tzinfo=UTC), "")
    view = TextView(text, ("Its source.",), lambda line, words: ())
    view.lay_out(TextLayout(width), height, block)
    return view


def formulas(html: str) -> list[str]:
    """The TeX of a page's formulas."""
    found: list[str] = []

    def walk(element: Element) -> None:
        if element.tag == "math":
            found.append(element.tex)
        for child in element.children:
            if isinstance(child, Element):
                walk(child)

    walk(read_tree(html).root)
    return found


def times(page: bytes, width: int, height: int) -> dict[str, float]:
    """All times of one page."""
    document = read_page(page)
    stored = encode_document(document)

    def from_stored() -> TextView:
        read = decode_document(stored)
        assert read is not None
        return opened(read, width, height)

    sections = [place.first for place in document.places if place.kind == "section"]
    last = sections[-1] if sections else 0
    view = opened(document, width, height)
    rest = milliseconds(view.complete_now, 1)

    def step() -> None:
        view.move(1)
        view.lines[view.top : view.top + height]

    return {
        "page kB": len(page) / 1000,
        "stored kB": len(stored) / 1000,
        "page to screen": milliseconds(lambda: opened(read_page(page), width, height)),
        "stored to screen": milliseconds(from_stored),
        "rest": rest,
        "jump at once": milliseconds(lambda: opened(document, width, height).go_to_block(last)),
        "jump": milliseconds(lambda: view.go_to_block(last)),
        "key": max(milliseconds(step, 1) for _ in range(300)),
    }


def memory(page: bytes, width: int, height: int) -> dict[str, float]:
    """The memory of one page, MiB."""
    opened(read_page(html_page(ArxivId("0612.90012", 1)) or b""), width, height).complete_now()  # imports
    tracemalloc.start()
    document = read_page(page)
    parsing = tracemalloc.get_traced_memory()[1]
    stored = encode_document(document)
    del document
    start = tracemalloc.get_traced_memory()[0]
    read = decode_document(stored)
    assert read is not None
    view = opened(read, width, height)
    view.complete_now()
    held = tracemalloc.get_traced_memory()[0] - start
    tracemalloc.stop()
    return {"MiB parsing": parsing / 2**20, "MiB opened": held / 2**20}


def raw(page: bytes, width: int) -> dict[str, float]:
    """How many formulas there are, and how many show a command of TeX."""
    found = formulas(page.decode("utf-8", "replace"))
    shown = sum(any(_COMMAND.search(row) for row in layout(tex, width).rows) for tex in found)
    return {"formulas": len(found), "raw": shown}


def main() -> None:
    """Measure each page in a process of its own, and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="*", type=Path)
    parser.add_argument("--size", default="100x40")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    width, height = map(int, arguments.size.split("x"))
    if arguments.one:
        (path,) = arguments.pages or [None]
        page = path.read_bytes() if path else html_page(ArxivId("0612.90012", 1)) or b""
        figures = memory(page, width, height) | times(page, width, height) | raw(page, width)
        print(json.dumps(figures))
        return
    for path in arguments.pages or [None]:
        command = [sys.executable, "-m", "tests.benchmarks.fulltext", "--one", "--size", arguments.size]
        told = json.loads(subprocess.check_output([*command, str(path)] if path else command))
        print(path.name if path else "the demo paper")
        print("   " + "  ".join(f"{name} {value:.1f}" for name, value in told.items()))


if __name__ == "__main__":
    main()

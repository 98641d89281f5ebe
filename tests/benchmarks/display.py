"""How long display formulas, speech and Markdown take.

    python -m tests.benchmarks.display [--formulas LIST.json] [--width 76]

Prints, in microseconds of CPU time: a display formula (mean, p99), the same in words, a piece of a
Markdown stream of 20 characters (mean, and of its last tenth, which must not be dearer), and in
milliseconds what the first import of each costs. Without a list of formulas a few of the program's
own kind are used.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import mean, quantiles

from tui_digest.latex import markdown, spoken, to_display

_FORMULAS = [
    r"x_{t+1} = x_t - \eta \nabla f(x_t)",
    r"L = -\frac{1}{N} \sum_{i=1}^{N} \log \frac{\exp(s_i/\tau)}{\sum_{j=1}^{N}\exp(s_j/\tau)}",
    r"\min_{G} \max_{D} \mathbb{E}_{x \sim p}[\log D(x)] + \mathbb{E}_{z}[\log(1 - D(G(z)))]",
    r"|x| = \begin{cases} x & \text{if } x \ge 0 \\ -x & \text{otherwise} \end{cases}",
    r"\mathcal{L}_{total} = \mathcal{L}_{rec} + \lambda \mathcal{L}_{KL}",
]
_MODULES = (
    "tui_digest.latex",
    "tui_digest.latex.display",
    "tui_digest.latex.speech",
    "tui_digest.latex.markdown",
)


def microseconds(function: Callable[[str], object], texts: list[str]) -> list[float]:
    """CPU time of each call."""
    times = []
    for text in texts:
        start = time.process_time_ns()
        function(text)
        times.append((time.process_time_ns() - start) / 1000)
    return times


def told(name: str, times: list[float]) -> str:
    """Mean and p99 of the times, in a line."""
    return f"{name:30} mean {mean(times):8.1f} µs   p99 {quantiles(times, n=100)[98]:8.1f} µs"


def stream_times(formulas: list[str]) -> list[float]:
    """The times of a stream's pieces, each with a look at the open blocks."""
    text = "\n\n".join(f"Step {n}: let $x_{{{n}}}$ be\n\n$$\n{tex}\n$$" for n, tex in enumerate(formulas))
    stream = markdown.MarkdownStream()
    return microseconds(
        lambda piece: (stream.feed(piece), stream.open),
        [text[start : start + 20] for start in range(0, len(text), 20)],
    )


def import_milliseconds(module: str) -> float:
    """Wall time of a first import, in an interpreter of its own."""
    code = f"import time; t = time.perf_counter(); import {module}; print((time.perf_counter() - t) * 1000)"
    return min(float(subprocess.check_output([sys.executable, "-c", code])) for _ in range(5))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--formulas", type=Path, help="a JSON list of formulas in TeX")
    parser.add_argument("--width", type=int, default=76)
    arguments = parser.parse_args()
    formulas: list[str] = _FORMULAS * 40
    if arguments.formulas:
        formulas = json.loads(arguments.formulas.read_text(encoding="utf-8"))
    print(told("a display formula", microseconds(lambda tex: to_display(tex, arguments.width), formulas)))
    print(told("a formula in words", microseconds(lambda tex: spoken(f"${tex}$"), formulas)))
    pieces = stream_times(formulas[:1000])
    print(told("a piece of a stream", pieces))
    print(told("a piece of its last tenth", pieces[-len(pieces) // 10 :]))
    for module in _MODULES:
        print(f"import {module:30} {import_milliseconds(module):6.1f} ms")


if __name__ == "__main__":
    main()

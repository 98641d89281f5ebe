"""How fast texts are read: microseconds an abstract, and what the import costs.

    python tests/benchmarks/latex.py [ABSTRACTS.jsonl.gz] [--limit N] [--passes N]
        [--against MODULE:FUNCTION [--path FOLDER]]

Run from the project's root, with the package installed or PYTHONPATH=. set. Without a file of real
abstracts (one JSON object with `abstract` a line) an invented one is read.
Times are of the processor, in one process. An abstract's time is its shortest of several passes over
all of them, each with no formula remembered from the pass before. The reference is the shortest time
of a fixed loop between the passes: two runs can be compared where their references are alike.

With `--against` another renderer reads the same abstracts in turn, with its caches as empty, and the
ratio of the two sums of shortest times is printed: it says more than microseconds on a busy machine.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

INVENTED = (
    r"We show that $\min_{x\in\mathbb{R}^d} f(x) = \frac{1}{n}\sum_{i=1}^n f_i(x)$ is solved by R\'enyi's "
    r"method at rate $\mathcal{O}(1/\sqrt{T})$, for \emph{every} $\varepsilon > 0$ and $\|x_i\|_2^2 \le L$, "
    r"95\% of the time."
)
STANDARD = "import re, string, typing, unicodedata, time; start = time.process_time(); "
TAKEN = "; print(1000 * (time.process_time() - start))"
IMPORTS = {
    "import, plain texts": "from tui_digest.latex.convert import to_segments",
    "import, texts with TeX": (
        "from tui_digest.latex.convert import to_segments; import tui_digest.latex.prose.reader"
    ),
    "import, search": "from tui_digest.latex.search_keys import search_key",
}


def main() -> None:
    """Measure, and print one line for each figure."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("abstracts", nargs="?", type=Path)
    arguments.add_argument("--limit", type=int, default=6000)
    arguments.add_argument("--passes", type=int, default=7)
    arguments.add_argument("--against", metavar="MODULE:FUNCTION")
    arguments.add_argument("--path", type=Path, help="the folder of that module")
    given = arguments.parse_args()
    abstracts = _abstracts(given.abstracts, given.limit) if given.abstracts else [INVENTED]
    times, reference = _times(abstracts, given.passes)
    print(f"abstracts  {len(times)}")
    print(f"mean       {statistics.fmean(times):.1f} µs")
    print(f"p99        {times[int(len(times) * 0.99)]:.1f} µs")
    print(f"reference  {reference:.0f} µs")
    if given.against:
        if given.path:
            sys.path.insert(0, str(given.path))
        print(f"ratio      {_ratio(abstracts, given.against, given.passes):.3f} to {given.against}")
    for name, statement in IMPORTS.items():
        print(f"{name}  {min(_import_milliseconds(statement) for _ in range(10)):.1f} ms")


def _abstracts(file: Path, limit: int) -> list[str]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["abstract"] for line, _ in zip(lines, range(limit), strict=False)]


def _times(abstracts: list[str], passes: int) -> tuple[list[float], float]:
    """The shortest time of each abstract, in order of time, and of the reference; in microseconds."""
    from tui_digest.latex import to_unicode
    from tui_digest.latex.inline.layout import formula_to_unicode

    shortest = [float("inf")] * len(abstracts)
    reference = float("inf")
    for _ in range(passes):
        formula_to_unicode.cache_clear()
        reference = min(reference, _microseconds(_count, "20000"))
        times = [_microseconds(to_unicode, abstract) for abstract in abstracts]
        shortest = list(map(min, shortest, times))
    return sorted(shortest), reference


def _ratio(abstracts: list[str], other: str, passes: int) -> float:
    """The time of the package in terms of the time of another renderer, in the same passes."""
    from tui_digest.latex import to_unicode
    from tui_digest.latex.inline.layout import formula_to_unicode

    module = import_module(other.partition(":")[0])
    caches = [formula_to_unicode, *(each for each in vars(module).values() if hasattr(each, "cache_clear"))]
    renderers: tuple[Callable[[str], object], ...] = (to_unicode, getattr(module, other.partition(":")[2]))
    shortest = [[float("inf")] * len(abstracts) for _ in renderers]
    for _ in range(passes):
        for cache in caches:
            cache.cache_clear()
        for place, render in enumerate(renderers):
            times = [_microseconds(render, abstract) for abstract in abstracts]
            shortest[place] = list(map(min, shortest[place], times))
    return sum(shortest[0]) / sum(shortest[1])


def _count(times: str) -> int:
    """A loop that takes about a millisecond, whatever the package does."""
    return sum(number * number % 7 for number in range(int(times)))


def _microseconds(read: Callable[[str], object], text: str) -> float:
    start = time.process_time_ns()
    read(text)
    return (time.process_time_ns() - start) / 1000


def _import_milliseconds(statement: str) -> float:
    program = f"{STANDARD}{statement}{TAKEN}"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return float(result.stdout)


if __name__ == "__main__":
    main()

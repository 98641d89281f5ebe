"""How fast texts are read: microseconds an abstract, and what the import costs.

    python tests/benchmarks/latex.py [ABSTRACTS.jsonl.gz] [--limit N]

Without a file of real abstracts (one JSON object with `abstract` a line) an invented one is read.
Times are of the processor, in one process, each abstract once.
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
from pathlib import Path

INVENTED = (
    r"We show that $\min_{x\in\mathbb{R}^d} f(x) = \frac{1}{n}\sum_{i=1}^n f_i(x)$ is solved by R\'enyi's "
    r"method at rate $\mathcal{O}(1/\sqrt{T})$, for \emph{every} $\varepsilon > 0$ and $\|x_i\|_2^2 \le L$, "
    r"95\% of the time."
)
IMPORT = (
    "import re, string, typing, unicodedata, time; start = time.process_time(); "
    "from tui_digest.latex import to_unicode; print(1000 * (time.process_time() - start))"
)


def main() -> None:
    """Measure, and print one line for each figure."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("abstracts", nargs="?", type=Path)
    arguments.add_argument("--limit", type=int, default=6000)
    given = arguments.parse_args()
    abstracts = _abstracts(given.abstracts, given.limit) if given.abstracts else [INVENTED]
    from tui_digest.latex import to_unicode

    to_unicode(INVENTED)
    times = sorted(_microseconds(to_unicode, abstract) for abstract in abstracts)
    print(f"abstracts {len(times)}")
    print(f"mean      {statistics.fmean(times):.1f} µs")
    print(f"p99       {times[int(len(times) * 0.99)]:.1f} µs")
    print(f"import    {min(_import_milliseconds() for _ in range(5)):.1f} ms")


def _abstracts(file: Path, limit: int) -> list[str]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["abstract"] for line, _ in zip(lines, range(limit), strict=False)]


def _microseconds(read: Callable[[str], str], text: str) -> float:
    start = time.process_time_ns()
    read(text)
    return (time.process_time_ns() - start) / 1000


def _import_milliseconds() -> float:
    result = subprocess.run([sys.executable, "-c", IMPORT], capture_output=True, text=True, check=True)
    return float(result.stdout)


if __name__ == "__main__":
    main()

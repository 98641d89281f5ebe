"""What a day of papers costs in each format, and how long it takes until it is on the disk.

    python tests/benchmarks/exports.py [--papers 250]

Real titles and abstracts where they are at hand (`TUI_DIGEST_SHARED`, or `../shared` beside the
repository), else a made-up paper again and again.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.corpus import SHARED  # noqa: E402
from tui_digest.entry import Entry  # noqa: E402
from tui_digest.export import FORMATS  # noqa: E402
from tui_digest.export.collection import Collection  # noqa: E402
from tui_digest.export.rendering import render  # noqa: E402
from tui_digest.export.save import save_collection  # noqa: E402
from tui_digest.paper import Paper  # noqa: E402

ABSTRACTS = SHARED / "data" / "abstracts.jsonl.gz"
DAY = date(2026, 11, 20)


def main() -> None:
    """Measure and print, one line a format."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--papers", type=int, default=250)
    entries = tuple(Entry(paper=paper) for paper in papers(parser.parse_args().papers))
    collection = Collection(entries=entries, name="Benchmark", date=DAY)
    print(f"{len(entries)} papers, {'real' if ABSTRACTS.exists() else 'made up'}; milliseconds, best of 3")
    for format_name in FORMATS:
        rendering = best(partial(render, format_name, collection))
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            save_collection(format_name, collection, Path(folder))
            saving = time.perf_counter() - start
        print(f"{format_name:10} rendered {rendering * 1000:7.1f}   saved {saving * 1000:7.1f}")


def best(work: Callable[[], object]) -> float:
    """The shortest of three runs, in seconds."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def papers(count: int) -> list[Paper]:
    """Made-up papers."""
    if not ABSTRACTS.exists():
        row = {
            "title": r"On $\ell_2$",
            "abstract": r"A bound of $x^2$. " * 60,
            "authors": ["Ada Example"] * 4,
        }
        return [_paper(f"2611.{number:05}", row, "cs.LG") for number in range(count)]
    with gzip.open(ABSTRACTS, "rt", encoding="utf-8") as lines:
        rows = list(islice(map(json.loads, lines), count))
    return [_paper(row["id"], row, row["primary"]) for row in rows]


def _paper(number: str, row: Mapping[str, object], primary: str) -> Paper:
    authors = row["authors"]
    assert isinstance(authors, list)
    return Paper(
        id=number,
        version=1,
        title=str(row["title"]),
        abstract=str(row["abstract"]),
        authors=tuple(authors),
        categories=(primary,),
        primary=primary,
    )


if __name__ == "__main__":
    main()

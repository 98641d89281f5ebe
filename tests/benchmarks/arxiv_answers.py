"""What arXiv's answers cost: `python -m tests.benchmarks.arxiv_answers [PAPERS]`.

For a daily feed and an API page of some hundred invented papers: bytes, the time to check and to read
them (median of five), and the peak of memory that reading takes; then what the cache takes.
"""

from __future__ import annotations

import sys
import tempfile
import tracemalloc
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.servers.arxiv_formats import api_page, invented, rss
from tui_digest.arxiv.cache import AnswerCache
from tui_digest.arxiv.feed import parse_api, parse_daily
from tui_digest.arxiv.types import ArxivAnswer
from tui_digest.arxiv.xml_check import check_feed


def milliseconds(action: Callable[[], object]) -> float:
    """How long an action takes: the median of five."""
    times = []
    for _ in range(5):
        start = perf_counter()
        action()
        times.append(1000 * (perf_counter() - start))
    return median(times)


def peak_megabytes(action: Callable[[], object]) -> float:
    """How much memory an action takes at most."""
    tracemalloc.start()
    action()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 1_000_000


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    papers = invented(count, abstract="We bound $\\|x_k - x^*\\|$ for an invented method. " * 25)
    daily = rss("cs.LG", date(2026, 11, 20), papers).encode()
    page = api_page(papers, count).encode()
    for name, body, read in (("daily feed", daily, parse_daily), ("API page", page, parse_api)):
        print(
            f"{name}: {count} papers, {len(body) / 1e6:.1f} MB; "
            f"check {milliseconds(partial(check_feed, body)):.0f} ms, "
            f"read {milliseconds(partial(read, body)):.0f} ms, "
            f"peak {peak_megabytes(partial(read, body)):.0f} MB"
        )
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder:
        cache = AnswerCache(Path(folder), now=lambda: now)
        until = now + timedelta(days=1)
        keep = milliseconds(lambda: cache.keep("address", ArxivAnswer(daily, now), until))
        get = milliseconds(lambda: cache.get("address"))
    print(f"cache: keep {keep:.1f} ms, get {get:.1f} ms")


if __name__ == "__main__":
    main()

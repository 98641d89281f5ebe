"""What the library costs on many papers: storing, size, search while typing, opening, one mark to disk.

    python tests/benchmarks/library.py [--papers 100000] [--keep FOLDER]

Real titles and abstracts are shuffled under new ids where they are at hand (`TUI_DIGEST_SHARED`, or
`../shared` beside the repository), else invented ones. `--keep` leaves the library for a second run.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from unicodedata import normalize

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.corpus import SHARED  # noqa: E402
from tests.library.exact_tfidf import found_of_exact_ten, tfidf_vectors  # noqa: E402
from tui_digest import latex  # noqa: E402
from tui_digest.entry import Mark  # noqa: E402
from tui_digest.library.library import Library  # noqa: E402
from tui_digest.paper import AnnounceType, Completeness, CompletenessState, Digest, Paper  # noqa: E402
from tui_digest.settings import PickSettings  # noqa: E402
from tui_digest.tags import TagChanges  # noqa: E402

CATEGORIES = ("cs", "math", "stat", "quant-ph", "hep-th", "hep-ph", "gr-qc")
A_DAY = 300
ASKED_FOR_SIMILAR = 60
TYPED = (
    "convergence",
    "stochastic gradient",
    "lyapunov stability",
    "au:zhang neural",
    "the",
    "random walk",
    "ti:optimal transport",
    "quantum entanglement",
    "diffusion models",
    "cat:math.OC proximal",
    "graph",
    "-the dual",
)


def main() -> None:
    """Measure and print, one line a figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--papers", type=int, default=100_000)
    parser.add_argument("--exact", type=int, default=20_000, help="real papers to compare with exact tf-idf")
    parser.add_argument("--keep", type=Path, help="folder in which the library is left, and found again")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or Path(temporary)
        file = folder / f"library-{arguments.papers}.sqlite3"
        with Library(file, folding()) as library:
            if library.mailings.digest(None, CATEGORIES) is None:
                fill(library, arguments.papers)
            report("size", f"{file.stat().st_size / arguments.papers:,.0f} bytes a paper")
            measure(library)
        opening(file)
        compare_similar(folder / "library-exact.sqlite3", arguments.exact)


def folding() -> Callable[[str], str]:
    """The program's own folding when it is there, else a plain one."""
    search_key: Callable[[str], str] | None = getattr(latex, "search_key", None)
    if search_key is None:
        report("folding", "plain (case and accents only)")
        return lambda text: normalize("NFKD", text).casefold()
    return search_key


def fill(library: Library, count: int) -> None:
    """Store the papers, a day at a time, and report the rate."""
    source = random.Random(7)
    texts = list(records())
    start = time.perf_counter()
    longest = 0.0
    for number, first in enumerate(range(0, count, A_DAY)):
        day = date(2020, 1, 6) + timedelta(days=number)
        listed = tuple(
            paper(texts[source.randrange(len(texts))], serial, day)
            for serial in range(first, min(first + A_DAY, count))
        )
        known = Completeness(state=CompletenessState.COMPLETE, shown=len(listed), announced=len(listed))
        before = time.perf_counter()
        library.mailings.store_digest(
            Digest(date=day, categories=CATEGORIES, papers=listed, completeness=known)
        )
        longest = max(longest, time.perf_counter() - before)
    seconds = time.perf_counter() - start
    report("storing", f"{count / seconds:,.0f} papers a second; the longest day of {A_DAY}: {longest:.2f} s")


def records() -> Iterator[dict[str, object]]:
    """Titles, authors, abstracts and categories: real ones, or invented."""
    file = SHARED / "data" / "abstracts.jsonl.gz"
    if file.exists():
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)
        return
    report("texts", "invented")
    source = random.Random(11)
    vocabulary = [
        "the",
        "of",
        "a",
        "stochastic",
        "gradient",
        "random",
        "walk",
        *(f"word{n}" for n in range(30_000)),
    ]
    weights = [1 / rank for rank in range(1, len(vocabulary) + 1)]
    for _ in range(5_000):
        title = " ".join(source.choices(vocabulary, weights, k=10))
        abstract = " ".join(source.choices(vocabulary, weights, k=180))
        yield {
            "title": title,
            "abstract": abstract,
            "authors": ["A. Author"],
            "categories": ["cs.LG", "math.OC"],
        }


def paper(record: dict[str, object], serial: int, day: date) -> Paper:
    """A record under a new id, announced on a day."""
    categories = record["categories"]
    authors = record["authors"]
    assert isinstance(categories, list)
    assert isinstance(authors, list)
    return Paper(
        id=f"{20 + serial // 240_000:02}{serial // 20_000 % 12 + 1:02}.{serial % 20_000 + 1:05}",
        version=1,
        title=str(record["title"]),
        authors=tuple(authors),
        abstract=str(record["abstract"]),
        categories=tuple(categories),
        primary=str(categories[0]),
        announce_type=AnnounceType.NEW,
        announced=day,
        published=datetime.combine(day, datetime.min.time(), UTC),
    )


def measure(library: Library) -> None:
    """Search while typing, marks, a day, the pick."""
    library.search.find("warm", typing=True)
    by_letters: dict[str, list[float]] = {}
    for query in TYPED:
        for end in range(1, len(query) + 1):
            if not query[:end].rstrip().endswith((":", "-")):
                seconds = timed(partial(library.search.find, query[:end], typing=True))
                by_letters.setdefault("1-2 letters" if end < 3 else "3 and more", []).append(seconds)
    everything = [seconds for group in by_letters.values() for seconds in group]
    for name, group in {**by_letters, "all": everything}.items():
        report(f"search while typing, {name}", spread(group))
    days = library.mailings.days(CATEGORIES)
    report(
        "days of the calendar",
        f"{len(days)} in {timed(lambda: library.mailings.days(CATEGORIES)) * 1000:.1f} ms",
    )
    newest = days[0].date
    report(
        "a day of papers",
        spread([timed(lambda: library.mailings.digest(newest, CATEGORIES)) for _ in range(20)]),
    )
    digest = library.mailings.digest(newest, CATEGORIES)
    assert digest is not None
    report("its entries", spread([timed(lambda: library.entries(digest.papers)) for _ in range(20)]))
    shown = library.entries(digest.papers)
    stored = library.lists.digest(newest, CATEGORIES)
    assert stored is not None
    asking = partial(library.lists.matches, stored.scope, "ti:optimal or stochastic -is:read")
    report(f"a filter over {len(shown)} papers", spread([timed(asking) for _ in range(20)]))
    ids = [entry.paper.id for entry in library.search.find("convergence", limit=250).entries]
    marks = [timed(partial(library.marks.mark, [paper_id], Mark.TO_READ)) for paper_id in ids]
    report("one mark to disk", spread(marks))
    report("undo", spread([timed(library.history.undo) for _ in range(200)]))
    tags = [timed(partial(library.tags.change, [paper_id], TagChanges(("seminar",)))) for paper_id in ids]
    report("one tag to disk", spread(tags))
    library.similar.find(ids[0])
    report("similar papers", spread([timed(partial(library.similar.find, paper_id)) for paper_id in ids]))
    library.marks.mark(ids, Mark.TO_READ)
    picking = [timed(partial(library.picks.compute, stored.scope, PickSettings(), 5)) for _ in range(5)]
    report(f"the pick of {len(shown)} papers after {len(ids)} marks", spread(picking))
    library.history.undo()


def opening(file: Path) -> None:
    """Open the library and read its newest day in a fresh process, against one of 100 papers."""
    small = file.with_name("library-100.sqlite3")
    with Library(small, folding()) as library:
        if library.mailings.digest(None, CATEGORIES) is None:
            fill(library, 100)
    for name, target in (("100 papers", small), ("all papers", file)):
        code = (
            "import sys, time; sys.path.insert(0, sys.argv[1]); from pathlib import Path;"
            "from tui_digest.library.library import Library; start = time.perf_counter();"
            "library = Library(Path(sys.argv[2]), str.casefold);"
            "library.marked(limit=1); print(time.perf_counter() - start)"
        )
        command = [sys.executable, "-c", code, str(ROOT), str(target)]
        times = [float(subprocess.run(command, check=True, capture_output=True).stdout) for _ in range(15)]
        report(f"opening a library of {name}", spread(times))


def compare_similar(file: Path, count: int) -> None:
    """Compare the similar papers with exact tf-idf over different real papers.

    Shuffled texts are of no use for it: a paper's ten nearest would be itself.
    """
    chosen = [
        paper(record, serial, date(2020, 1, 6)) for serial, record in enumerate(islice(records(), count))
    ]
    vectors = tfidf_vectors(chosen)
    asked = random.Random(3).sample(sorted(vectors), ASKED_FOR_SIMILAR)
    file.unlink(missing_ok=True)
    with Library(file, folding()) as library:
        library.mailings.store_papers(chosen)
        library.similar.find(asked[0])
        report(
            f"similar papers among {len(chosen):,}",
            spread([timed(partial(library.similar.find, paper_id)) for paper_id in asked]),
        )
        found = found_of_exact_ten(library, vectors, asked)
    report(
        f"of the ten nearest by exact tf-idf among {len(chosen):,}",
        f"{statistics.mean(found):.2f} found, 1st decile {statistics.quantiles(found, n=10)[0]:.0f}",
    )


def timed(work: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def spread(seconds: list[float]) -> str:
    """Median, 95th percentile and maximum in milliseconds."""
    ordered = sorted(seconds)
    high = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    return (
        f"p50 {statistics.median(ordered) * 1000:.2f} ms, p95 {high * 1000:.2f} ms, "
        f"max {ordered[-1] * 1000:.2f} ms ({len(ordered)} times)"
    )


def report(name: str, figure: str) -> None:
    """Print one figure."""
    print(f"{name}: {figure}", flush=True)


if __name__ == "__main__":
    main()

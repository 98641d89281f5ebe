"""What the pick finds by fifty marks, beside scikit-learn, and how long it takes.

    .venv/bin/python -m tests.benchmarks.picking [FILE] [--topics cs.LG math.OC]

FILE has real papers as JSON lines, as `tui-digest list --format jsonl` prints them: of each topic at least
150, of others 1,300. Without it, real abstracts are taken where they are at hand (`TUI_DIGEST_SHARED`, or
`../shared` beside the repository). scikit-learn is asked where it is installed (`pip install scikit-learn`).
"""

from __future__ import annotations

import argparse
import importlib
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from tests.corpus import SHARED
from tests.picking.trials import DAY, TOPICS, Scorer, TrialPaper, own_scores, read_papers, run_trials

ABSTRACTS = SHARED / "data" / "abstracts.jsonl.gz"
EVERY = 3
"""Of the real abstracts each third is enough, and what the test takes."""


def main() -> None:
    """Measure and print: by topic, then on average, then the time."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?", default=ABSTRACTS)
    parser.add_argument("--topics", nargs="+", default=list(TOPICS))
    arguments = parser.parse_args()
    if not arguments.file.exists():
        parser.error(f"there are no papers at {arguments.file}; name a FILE")
    papers = read_papers(arguments.file, EVERY if arguments.file == ABSTRACTS else 1)
    own = report("tui_digest", papers, own_scores, arguments.topics)
    try:
        importlib.import_module("sklearn")
    except ImportError:
        print("scikit-learn is not installed, so there is nothing to compare with")
    else:
        theirs = report("scikit-learn", papers, sklearn_scores, arguments.topics)
        ratios = (mine / other for mine, other in zip(own, theirs, strict=True))
        print("tui_digest / scikit-learn: area {:.3f}, first fifty {:.3f}".format(*ratios))
    report_time(papers)


def report(
    name: str, papers: Sequence[TrialPaper], score: Scorer, topics: Sequence[str]
) -> tuple[float, float]:
    """Print what is found of each topic, and return the averages."""
    trials = list(run_trials(papers, score, topics))
    for topic, (area, precision) in zip(topics, trials, strict=True):
        print(f"{name:14} {topic:9} area under the curve {area:.3f}, of the first fifty {precision:.2f}")
    area, precision = (statistics.mean(each) for each in zip(*trials, strict=True))
    print(f"{name:14} {'all':9} area under the curve {area:.3f}, of the first fifty {precision:.3f}")
    return area, precision


def sklearn_scores(
    marked: Sequence[TrialPaper], others: Sequence[TrialPaper], day: Sequence[TrialPaper]
) -> list[float]:
    """Score a day by scikit-learn: TF-IDF and logistic regression over the words of title and abstract."""
    text = importlib.import_module("sklearn.feature_extraction.text")
    models = importlib.import_module("sklearn.linear_model")
    words = text.TfidfVectorizer(sublinear_tf=True, stop_words="english")
    model = models.LogisticRegression(class_weight="balanced", max_iter=1000)

    def texts(papers: Sequence[TrialPaper]) -> list[str]:
        return [f"{paper.title} {paper.abstract}" for paper in papers]

    model.fit(words.fit_transform(texts([*marked, *others])), [1] * len(marked) + [0] * len(others))
    return list(model.decision_function(words.transform(texts(day))))


def report_time(papers: Sequence[TrialPaper]) -> None:
    """Print how long a day of a thousand papers takes, its terms counted before."""
    times: list[float] = []

    def timed(
        marked: Sequence[TrialPaper], others: Sequence[TrialPaper], day: Sequence[TrialPaper]
    ) -> list[float]:
        for paper in (*marked, *others, *day):
            _ = paper.terms
        began = time.perf_counter()
        scores = own_scores(marked, others, day)
        times.append(time.perf_counter() - began)
        return scores

    list(run_trials(papers, timed, [TOPICS[0]] * 7))
    print(f"{DAY:,} papers after 450: {statistics.median(times) * 1000:.0f} ms, median of {len(times)}")


if __name__ == "__main__":
    main()

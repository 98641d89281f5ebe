"""Feeds, queries and settings gone wrong by chance; whoever reads them answers or says a sentence."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tests.library.invented import fold
from tests.servers.arxiv_formats import api_page, invented, rss
from tui_digest.arxiv.feed import parse_api, parse_daily
from tui_digest.config_file import load_settings
from tui_digest.errors import ArxivError, TuiDigestError
from tui_digest.library.query.parser import parse

DAY = date(2026, 11, 20)
ODD = [
    "\x00",
    "\x1b[31m",
    "\u202e",
    "\ud800",
    "\ufffe",
    "]]>",
    "&#0;",
    "&",
    "<",
    ">",
    '"',
    "'",
    "9" * 400,
    "é",
]
QUERY_PARTS = [
    *("word", '"a phrase"', "au:", "ti:", "cat:math.OC", "is:unread", "is:", "has:note", "after:2026-11-01"),
    *("after:", "before:99999-01-01", "-", "(", ")", " or ", '"', ":", "*", "id:2611.00001", "tag:x", "\\"),
    *("$x$", "∇", "x" * 300, "((((", "))))", "- - -", "or or", "NOT", "a*b", 'au:"', "year:2026"),
]
SETTINGS = """\
categories = ["cs.LG", "math.OC"]
[reader]
rows = 2
theme = "digest-dark"
[model]
provider = "compatible"
daily_limit = 20
[pick]
words = { optimization = 1, dual = 2 }
[keys]
down = ["j"]
[digest.other]
categories = ["stat.ML"]
"""
SETTING_PARTS = [
    "[",
    "]",
    "[[",
    "=",
    '"',
    "'''",
    "{",
    "}",
    ",",
    "\n",
    "true",
    "-1",
    "1e400",
    "9" * 5000,
    "#",
    "é",
    "\t",
]


@dataclass
class Outcomes:
    """What became of hostile inputs.

    Attributes:
        counts: how many were read, and how many refused, by the class of the error.
        slowest: the most seconds that one took.
        faults: inputs that raised something else, with what it was.
    """

    counts: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    faults: list[tuple[str, str]] = field(default_factory=list)

    def take(self, given: str, read: Callable[[], object], refused: type[Exception]) -> None:
        """Read one input, and note what became of it."""
        begun = time.perf_counter()
        try:
            read()
            self.counts["read"] += 1
        except refused as error:
            self.counts[type(error).__name__] += 1
            if not str(error).strip() or any(sign in str(error) for sign in "\x1b\x00\x07"):
                self.faults.append((given, f"the sentence is {error!r}"))
        except Exception as error:
            self.faults.append((given, repr(error)))
        self.slowest = max(self.slowest, time.perf_counter() - begun)


def mutated(text: str, chance: random.Random, parts: list[str]) -> str:
    """Cut, double, swap or fill in something at a few places."""
    for _ in range(chance.randrange(1, 6)):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.choice((0, 1, 3, 20, 200)))
        piece = chance.choice(("", text[start:end] * 2, chance.choice(parts), text[start:end][::-1]))
        text = text[:start] + piece + text[end:]
    return text


def read_feeds(count: int, seed: int) -> Outcomes:
    """Read so many mutated feeds and pages of the query API."""
    chance, outcomes = random.Random(seed), Outcomes()
    sources = [
        (rss("cs.LG", DAY, invented(6)), parse_daily),
        (api_page(invented(6), 6), parse_api),
    ]
    for _ in range(count):
        text, read = chance.choice(sources)
        body = mutated(text, chance, ODD).encode("utf-8", "surrogatepass")
        outcomes.take(repr(body[:200]), lambda read=read, body=body: read(body), ArxivError)  # type: ignore[misc]
    return outcomes


def read_queries(count: int, seed: int) -> Outcomes:
    """Read so many queries, made of parts of queries, half of them as they are typed."""
    chance, outcomes = random.Random(seed), Outcomes()
    for _ in range(count):
        query = chance.choice(("", " ")).join(chance.choices([*QUERY_PARTS, *ODD], k=chance.randrange(1, 9)))
        typing = chance.random() < 0.5
        outcomes.take(repr(query), lambda q=query, t=typing: parse(q, fold, typing=t), TuiDigestError)  # type: ignore[misc]
    return outcomes


def read_settings(count: int, seed: int, folder: Path) -> Outcomes:
    """Read so many mutated files of settings."""
    chance, outcomes = random.Random(seed), Outcomes()
    file = folder / "config.toml"
    for _ in range(count):
        text = mutated(SETTINGS, chance, SETTING_PARTS)
        file.write_text(text, encoding="utf-8", errors="surrogatepass")
        outcomes.take(repr(text), lambda: load_settings(file, {}), TuiDigestError)
    return outcomes

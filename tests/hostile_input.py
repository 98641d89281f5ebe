"""Feeds, queries, settings and sync files gone wrong by chance: read, or refused in a sentence."""

from __future__ import annotations

import json
import random
import time
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tests.library.invented import fold, make_paper
from tests.servers.arxiv_formats import api_page, invented, rss
from tui_digest.arxiv.feed import parse_api, parse_daily
from tui_digest.config_file import load_settings
from tui_digest.errors import ArxivError, TuiDigestError
from tui_digest.library.library import Library
from tui_digest.library.query.parser import parse
from tui_digest.library.soundness import problem
from tui_digest.sync.folder import SyncFolder
from tui_digest.sync.synchronise import synchronise

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


_ASPECTS = ["mark", "read", "note", "tag", "interest", "filter", "position", "explanation", "other", ""]
_SUBJECTS = [
    *("2611.00001", "2611.00009", "9999.99999", "", "author:x", "other:x", "word:", "a" * 3000, "\x1b[31m"),
    *("2611.00001 seminar", "2611.00001 ", "2611.00001 a b", "default 2026-11-20", "2026-11-20", "cs.LG"),
]
_MOMENT = "2026-11-20T14:00:00+00:00"
_VALUES = [
    *("null", '"to-read"', "[1,1]", "[1,18446744073709551615]", "[0,-1]", "{}", '"\\u0000"', '"\\u001b[2J"'),
    *(
        f'["done","{_MOMENT}"]',
        '["done","yesterday"]',
        f'"{_MOMENT}"',
        '["follow","x"]',
        '["mute","\\u202e"]',
    ),
    *(f'["2611.00001","{_MOMENT}"]', "[" * 90_000, '{"a":' * 3000 + "1" + "}" * 3000, "1e308", '["a","b",1]'),
]
_NUMBERS = ["0", "-1", str(1 << 61), str(1 << 62), str((1 << 63) - 1), str(1 << 63), "9" * 40, "1.5"]


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
    """Read `count` mutated feeds and pages of the query API."""
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
    """Read `count` queries, made of parts of queries, half of them as they are typed."""
    chance, outcomes = random.Random(seed), Outcomes()
    for _ in range(count):
        query = chance.choice(("", " ")).join(chance.choices([*QUERY_PARTS, *ODD], k=chance.randrange(1, 9)))
        typing = chance.random() < 0.5
        outcomes.take(repr(query), lambda q=query, t=typing: parse(q, fold, typing=t), TuiDigestError)  # type: ignore[misc]
    return outcomes


def read_settings(count: int, seed: int, folder: Path) -> Outcomes:
    """Read `count` mutated files of settings."""
    chance, outcomes = random.Random(seed), Outcomes()
    file = folder / "config.toml"
    for _ in range(count):
        text = mutated(SETTINGS, chance, SETTING_PARTS)
        file.write_text(text, encoding="utf-8", errors="surrogatepass")
        outcomes.take(repr(text), lambda: load_settings(file, {}), TuiDigestError)
    return outcomes


def odd_operation(number: int, chance: random.Random) -> bytes:
    """A line of a sync file whose checksum is right, whatever it says."""
    sequence = str(number) if chance.random() < 0.8 else chance.choice(_NUMBERS)
    clock = str((1 << 56) + number) if chance.random() < 0.8 else chance.choice(_NUMBERS)
    machine = chance.choice(["sly-1", "sly-1", "..", "\x1b]0;x\x07", "m" * 300])
    named = {"machine": machine, "aspect": chance.choice(_ASPECTS), "subject": chance.choice(_SUBJECTS)}
    fields = [f'"{name}":{json.dumps(value)}' for name, value in named.items()]
    fields += [f'"sequence":{sequence}', f'"clock":{clock}', f'"value":{chance.choice(_VALUES)}']
    if chance.random() < 0.2:
        fields.append(f'"replaces":[["sly-1",{chance.choice(_NUMBERS)}]]')
    body = f"{{{','.join(fields)}}}".encode()
    return b'{"crc":"%08x","op":%s}\n' % (zlib.crc32(body), body)


def read_operations(count: int, seed: int, folder: Path) -> Outcomes:
    """Read files of `count` odd operations of another machine; each leaves a library that is sound."""
    chance, outcomes = random.Random(seed), Outcomes()
    shared = folder / "shared"
    (shared / "sly-1").mkdir(parents=True)
    with Library(folder / "data" / "library.sqlite3", fold) as library:
        library.mailings.store_papers([make_paper(1)])
        for number in range(count):
            file = shared / "sly-1" / f"{number + 1:06}.jsonl"
            file.write_bytes(b"".join(odd_operation(20 * number + one, chance) for one in range(1, 21)))
            given = f"operations from {20 * number + 1}"
            outcomes.take(given, lambda: _synchronise(library, shared, folder / "machine"), TuiDigestError)
            with library._database.reading() as connection:
                if wrong := problem(connection):
                    outcomes.faults.append((given, wrong))
            file.unlink()
    return outcomes


def _synchronise(library: Library, shared: Path, state_file: Path) -> None:
    report = synchronise(library.replication, SyncFolder(shared), "desk", state_file)
    if report.refused:
        raise TuiDigestError(f"{report.refused} decisions refused.")

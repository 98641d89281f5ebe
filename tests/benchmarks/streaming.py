"""How the list answers while an explanation streams in at 200 tokens a second.

    PYTHONPATH=. python tests/benchmarks/streaming.py

In one process, without a terminal: the CPU share of the reader, and how long after a key the row
under the cursor was drawn. Quote ratios on a machine that is busy with other things.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import tempfile
import time

from textual import events

from tests.tui.fakes import FakeModels, close_shelves, make_app, make_digest, reader_of
from tui_digest.tui.screens.reader import ReaderOptions

RATE = 200
SECONDS = 6
TOKENS = ("The ", "bound ", "$\\mathcal{O}(1/\\sqrt{T})$ ", "holds ", "for ", "all ", "$x$", ".\n\n")


async def stream(models: FakeModels, paper_id: str) -> None:
    """Say tokens at the rate, evenly."""
    begun = time.perf_counter()
    for number in range(RATE * SECONDS):
        models.say(paper_id, TOKENS[number % len(TOKENS)])
        await asyncio.sleep(max(0.0, begun + (number + 1) / RATE - time.perf_counter()))


async def measure() -> None:
    """Stream into the pane while keys move the list of other papers' rows."""
    models = FakeModels()
    app = make_app(models=models, first=make_digest(300), options=ReaderOptions(offline=True))
    async with app.run_test(size=(120, 40)) as pilot:
        reader = reader_of(app)
        await pilot.press("e")
        chosen = reader.papers.chosen
        assert chosen is not None
        cpu, wall = time.process_time(), time.perf_counter()
        streaming = asyncio.create_task(stream(models, chosen.paper.id))
        delays = []
        while not streaming.done():
            await asyncio.sleep(0.11)
            begun = time.perf_counter()
            drawn = asyncio.Event()
            reader.on_key(events.Key("J", "J"))
            reader.call_after_refresh(drawn.set)
            await drawn.wait()
            delays.append((time.perf_counter() - begun) * 1000)
        share = (time.process_time() - cpu) / (time.perf_counter() - wall)
        ordered = sorted(delays)
        late = ordered[int(len(ordered) * 0.95)]
        print(f"{RATE} tokens a second: CPU {share:.0%}")
        print(f"a key answered after {statistics.median(ordered):.1f} ms median, {late:.1f} ms p95")


def main() -> None:
    """Measure in a home that is gone afterwards."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["HOME"] = home
        asyncio.run(measure())
        close_shelves()


if __name__ == "__main__":
    main()

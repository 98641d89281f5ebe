"""What explaining costs beyond the service itself: time to the first words, memory, the checks.

    python -m tests.benchmarks.explain

A stand-in on loopback in a process of its own answers at once, in OpenAI's format. Measured are

- the time from asking to the first piece of text, for the first question of a run (imports, the
  client), for a first one that was prepared, and for those after it, next to a bare client that
  reads the same stream,
- memory (resident set) before and after a hundred explanations through the desk,
- the time that checking an explanation of 400 words takes, of each of the demo's papers, next to that
  of `python -c pass` in the same run.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from tests.servers.models import ModelServer
from tui_digest.demo.explanation import sample_explanation
from tui_digest.demo.papers import load_papers
from tui_digest.explain.answer_cleanup import tidy
from tui_digest.explain.checking import assess
from tui_digest.explain.explainer import Explainer
from tui_digest.explain.request_queue import RequestQueue
from tui_digest.model_service import NewText
from tui_digest.paper import Paper
from tui_digest.settings import ModelSettings

TEXT = (
    "### Problem setup\nLet $x \\in \\mathbb{R}^d$ be the iterate. [interpretation]\n\n"
    '$$ \\min_x f(x) $$ [abstract: "smooth convex functions"]\n\n'
    "### Guarantees\n- The rate is $O(1/T^2)$ with 95% probability. [interpretation]\n"
) * 12
REPEATS = 20
EXPLANATIONS = 100
WORDS = 400


def made_up(number: int) -> Paper:
    """A paper of its own for every question."""
    return Paper(
        id=f"2611.{number:05}",
        version=1,
        title="Momentum with restarts",
        authors=("Ada Sample",),
        abstract="We minimise smooth convex functions and prove a rate of $O(1/T^2)$ for restarts. " * 6,
        categories=("math.OC",),
        primary="math.OC",
    )


def serve(pipe: Connection) -> None:
    """The stand-in: sends its address, then answers until it is told to stop."""

    async def run() -> None:
        async with ModelServer(TEXT) as server:
            pipe.send(server.url)
            await asyncio.to_thread(pipe.recv)

    asyncio.run(run())


async def first_piece(explainer: Explainer, paper: Paper) -> float:
    """Seconds until the first words of an explanation, which is then read to its end."""
    start = time.perf_counter()
    first = 0.0
    async for event in explainer.explain(paper):
        if isinstance(event, NewText) and not first:
            first = time.perf_counter() - start
    return first


async def bare_first_piece(url: str) -> float:
    """Seconds until a bare httpx client has the first words, on a connection that is open already."""
    import httpx

    body = {"model": "m", "stream": True, "messages": []}
    async with httpx.AsyncClient(timeout=None, trust_env=False) as client:
        for _ in range(2):
            start = time.perf_counter()
            first = 0.0
            async with client.stream("POST", f"{url}/v1/chat/completions", json=body) as response:
                async for line in response.aiter_lines():
                    if "### " in line and not first:
                        first = time.perf_counter() - start
    return first


def resident() -> float:
    """The resident set of this process in MB; its peak where the system tells no more."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * resource.getpagesize() / 1e6
    except OSError:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak / (1e6 if sys.platform == "darwin" else 1e3)


async def measure(url: str) -> None:
    """Measures and prints."""
    settings = ModelSettings(provider="compatible", model="m", base_url=f"{url}/v1", daily_limit=100_000)
    unprepared = Explainer(settings, {})
    cold = await first_piece(unprepared, made_up(0))
    await unprepared.aclose()
    explainer = Explainer(settings, {})
    await explainer.prepare()
    prepared = await first_piece(explainer, made_up(0))
    warm = [await first_piece(explainer, made_up(number)) for number in range(REPEATS)]
    bare = [await bare_first_piece(url) for _ in range(REPEATS)]
    print(f"first text, first question of a run   {cold * 1e3:7.1f} ms")
    print(f"the same, prepared                    {prepared * 1e3:7.1f} ms")
    print(f"first text, later questions (median)  {statistics.median(warm) * 1e3:7.1f} ms")
    print(f"the same, bare client (median)        {statistics.median(bare) * 1e3:7.1f} ms")
    before = resident()
    desk = RequestQueue(explainer)
    for number in range(EXPLANATIONS):
        desk.start(made_up(number))
    for number in range(EXPLANATIONS):
        async for _ in desk.follow(f"2611.{number:05}"):
            pass
    print(f"memory before / after {EXPLANATIONS} explanations {before:7.1f} / {resident():.1f} MB")
    await desk.close()
    await explainer.aclose()


def measure_checks() -> None:
    """Check the demo's samples, each made as long as an explanation, and compare with a bare Python."""
    times, bare = [], []
    for demo in load_papers():
        paper = Paper(
            id=demo.id,
            version=1,
            title=demo.title,
            authors=(),
            abstract=demo.abstract,
            categories=(),
            primary="",
        )
        sample = sample_explanation(demo)
        text = sample
        while len(text.split()) < WORDS:
            text += f"\n\n{sample}"
        text = tidy("".join(re.findall(r"\S+\s*", text)[:WORDS]))
        times.append(_seconds(partial(assess, text, paper)))
        bare.append(_seconds(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True)))
    check, python = statistics.median(times), statistics.median(bare)
    print(f"checking {WORDS} words (median, worst)     {check * 1e3:7.1f}, {max(times) * 1e3:.1f} ms")
    print(f"python -c pass; checking               {python * 1e3:7.1f} ms; {check / python:.2f} of it")


def _seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def main() -> None:
    """Starts the stand-in and measures."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    server = context.Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    try:
        asyncio.run(measure(ours.recv()))
        measure_checks()
    finally:
        ours.send("stop")
        server.join(5)


if __name__ == "__main__":
    main()

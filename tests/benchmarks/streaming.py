"""How the list answers while an explanation streams in at 200 tokens a second.

    PYTHONPATH=. python tests/benchmarks/streaming.py [--seconds 20]

The reader runs as a whole process on a pseudo-terminal of 120 × 40 and asks a model on loopback.
Keys move the list to the next paper and back to the one that is explained; a key's time is from the
key until the row it leads to is written. CPU is the share of one core while the tokens come in.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.benchmarks.homes import FIRST_ROW, make_home
from tests.benchmarks.whole_program import Terminal, environment_of, reader_command

RATE = 200
TOKENS = ("The ", "bound ", "$\\mathcal{O}(1/\\sqrt{T})$ ", "holds ", "for ", "all ", "$x$", ".\n\n")


class Model(BaseHTTPRequestHandler):
    """A model that says tokens at the rate, evenly, until nobody listens any more."""

    protocol_version = "HTTP/1.0"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """There is one model."""
        self._begin("application/json")
        self.wfile.write(json.dumps({"data": [{"id": "steady"}]}).encode())

    def do_POST(self) -> None:
        """Stream."""
        self.rfile.read(int(self.headers["Content-Length"]))
        self._begin("text/event-stream")
        begun = time.perf_counter()
        for number in range(RATE * 3600):
            choice = {"index": 0, "delta": {"content": TOKENS[number % len(TOKENS)]}}
            try:
                self.wfile.write(f"data: {json.dumps({'choices': [choice]})}\n\n".encode())
                self.wfile.flush()
            except OSError:
                return
            time.sleep(max(0.0, begun + (number + 1) / RATE - time.perf_counter()))

    def _begin(self, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()


def main() -> None:
    """Measure in a home that is gone afterwards."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=20.0)
    seconds: float = parser.parse_args().seconds
    server = ThreadingHTTPServer(("127.0.0.1", 0), Model)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        make_home(home, 300)
        environment = environment_of(
            home,
            LLM_PROVIDER="compatible",
            LLM_MODEL="steady",
            LLM_BASE_URL=f"http://127.0.0.1:{server.server_port}/v1",
        )
        terminal = Terminal(reader_command("read", "--offline"), environment)
        terminal.until(FIRST_ROW)
        terminal.settle()
        terminal.press_until(b"e", b"holds", timeout=30.0)
        cpu, begun = terminal.cpu(), time.perf_counter()
        terminal.read_for(seconds / 2)
        still = (terminal.cpu() - cpu) / (time.perf_counter() - begun) / 1000
        delays = []
        while time.perf_counter() - begun < seconds:
            for key, row in ((b"j", b"paper 1 on"), (b"k", b"paper 0 on")):
                delays.append(terminal.press_until(key, row))
                terminal.read_for(0.15)
        share = (terminal.cpu() - cpu) / (time.perf_counter() - begun) / 1000
        terminal.close()
    ordered = sorted(delays)
    print(f"{RATE} tokens a second: CPU {still:.0%} with the page in view, {share:.0%} with keys over all")
    print(
        f"{len(delays)} keys: {statistics.median(ordered):.1f} ms median, "
        f"{ordered[int(len(ordered) * 0.95)]:.1f} ms p95 to the row"
    )


if __name__ == "__main__":
    main()

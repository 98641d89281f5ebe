"""A stand-in for arXiv on this machine: invented papers, in arXiv's formats, and its bad days by name.

A fault's name may end in `x` and a number: then it passes after that many answers.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

from tests.servers.arxiv_formats import Invented, api_error, api_page, bomb, rss, rss_error

_BILLION = [
    '<!ENTITY l0 "lol">',
    *(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 10)),
]
_DTD = (
    '<?xml version="1.0"?><!DOCTYPE x [{}]><feed xmlns="http://www.w3.org/2005/Atom"><title>{}</title></feed>'
)


@dataclass(frozen=True)
class Request:
    """One request as the server saw it; `open` counts it and those still being answered."""

    path: str
    agent: str
    at: float
    open: int


@dataclass
class StandIn:
    """arXiv on a loopback port, to be used in a `with` statement."""

    mailings: dict[date, list[Invented]] = field(default_factory=dict)
    today: date = date(2026, 11, 20)
    fault: str = ""
    faulty_part: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    stated: date | None = None
    feed_of: Callable[[str], list[Invented]] | None = None
    html: dict[str, str] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    faulty_answers: int = 0
    open_now: int = 0

    def __enter__(self) -> StandIn:
        """Serve until the end of the `with` statement."""
        self._lock = threading.Lock()
        self._ending = threading.Event()
        self.was_asked = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_for(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of whoever still waits for an answer."""
        self._ending.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def base(self) -> str:
        """The address before `/api/query` and `/rss`."""
        return f"http://127.0.0.1:{self._server.server_port}"

    @staticmethod
    def prepare_bomb() -> None:
        """Make the bomb, which takes memory of its own, before its effect is measured."""
        bomb()

    def asked(self, part: str = "") -> list[str]:
        """The paths asked that hold `part`."""
        return [request.path for request in self.requests if part in request.path]

    def feed(self, name: str) -> list[Invented]:
        """What the daily feed of some categories holds today."""
        if self.feed_of is not None:
            return self.feed_of(name)
        wanted = name.split("+")
        papers = self.mailings.get(self.today, [])
        return [paper for paper in papers if any(_in(paper, category) for category in wanted)]

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Note the request and answer it, with the present fault."""
        with self._lock:
            self.open_now += 1
            request = Request(handler.path, handler.headers["User-Agent"], time.monotonic(), self.open_now)
            self.requests.append(request)
            self.was_asked.set()
        try:
            self._answer(handler, self._present_fault() if self.faulty_part in handler.path else "")
        except (BrokenPipeError, ConnectionResetError):
            pass
        finally:
            with self._lock:
                self.open_now -= 1

    def _present_fault(self) -> str:
        limited = re.fullmatch(r"(\w+?)x(\d)", self.fault)
        name, limit = (limited[1], int(limited[2])) if limited else (self.fault, 10**6)
        self.faulty_answers += bool(name)
        return name if self.faulty_answers <= limit else ""

    def _answer(self, handler: BaseHTTPRequestHandler, fault: str) -> None:
        if fault == "hang":
            self._ending.wait(30)
        elif fault == "reset":
            handler.close_connection = True
            handler.connection.close()
        elif fault == "redirect":
            self._send(handler, 302, b"", {"Location": "http://127.0.0.1:9/elsewhere"})
        elif fault == "redirectnowhere":
            self._send(handler, 302, b"", {"Location": "javascript:alert(1)"})
        elif fault == "redirecthere":
            self._send(handler, 301, b"", {"Location": handler.path.replace("/api/query", "/api/query/")})
        elif fault == "bomb":
            self._send(handler, 200, bomb(), {"Content-Encoding": "gzip"})
        elif fault in _FIXED:
            status, body = _FIXED[fault]
            self._send(handler, status, body.encode(), self.headers)
        else:
            status, body = self._page(handler.path, fault)
            self._send(handler, status, body.encode("utf-8", "replace"), self.headers, drip=fault == "drip")

    def _page(self, path: str, fault: str) -> tuple[int, str]:
        url = urlsplit(path)
        if url.path.startswith("/rss/"):
            name = unquote(url.path.removeprefix("/rss/"))
            papers = [] if fault == "empty" else self.feed(name)
            status, body = (400, rss_error(name)) if "nope" in name else (200, self._rss(name, papers, fault))
        elif url.path.startswith("/html/"):
            status, body = self._html(url.path.removeprefix("/html/"))
        else:
            status, body = self._api({key: values[0] for key, values in parse_qs(url.query).items()}, fault)
        return status, body[: len(body) * 2 // 3] if fault == "truncated" else body

    def _html(self, name: str) -> tuple[int, str]:
        """A paper's page, or a picture's bytes, by what follows `/html/`; none as arXiv says so."""
        if name in self.html:
            return 200, self.html[name]
        said = "<p>HTML is not available for the source.</p>"
        return 404, f"<html><body><h1>No HTML for '{name}'</h1>{said}</body></html>"

    def _rss(self, name: str, papers: Sequence[Invented], fault: str) -> str:
        day = self.stated or self.today
        return rss(name, day, [_hostile(paper, fault) for paper in papers])

    def _api(self, query: dict[str, str], fault: str) -> tuple[int, str]:
        everything = [paper for papers in self.mailings.values() for paper in papers]
        start, size = int(query.get("start", "0")), int(query.get("max_results", "10"))
        if "id_list" in query:
            wanted = query["id_list"].split(",")
            if "abc" in wanted:
                return 400, api_error("incorrect id format for abc")
            found = [paper for paper in everything if paper.id in wanted or paper.versioned in wanted]
        else:
            found = _search(everything, query["search_query"])
        total = len(found) + 50 * (fault == "short") + 10**9 * (fault == "samepage")
        start = 0 if fault == "samepage" else start
        page = found[start : start + size]
        if fault == "empty":
            total, page = 0, []
        if fault == "emptypage2" and start:
            page = []
        return 200, api_page([_hostile(paper, fault) for paper in page], total, start)

    def _send(
        self,
        handler: BaseHTTPRequestHandler,
        status: int,
        body: bytes,
        headers: dict[str, str],
        drip: bool = False,
    ) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        if not drip:
            handler.wfile.write(body)
            return
        for place in range(len(body)):
            handler.wfile.write(body[place : place + 1])
            handler.wfile.flush()
            if self._ending.wait(0.05):
                break


_FIXED = {
    "429": (429, "Rate exceeded."),
    "429-as-200": (200, "Rate exceeded."),
    "503": (503, "Service Unavailable"),
    "406": (406, "Not Acceptable"),
    "404": (404, "<html><body>Not found</body></html>"),
    "nothing": (200, ""),
    "html": (200, "<html><body><h1>Please prove that you are human</h1></body></html>"),
    "malformed": (200, "<rss><channel></rss>"),
    "billion": (
        200,
        _DTD.format("".join(_BILLION), "&l9;"),
    ),
    "xxe": (200, _DTD.format('<!ENTITY e SYSTEM "file:///etc/passwd">', "&e;")),
}


def _handler_for(server: StandIn) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.answer(self)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


def _search(papers: Sequence[Invented], query: str) -> list[Invented]:
    """The two kinds of terms that the program asks with: categories, and a window of submission."""
    wanted = re.findall(r"cat:([\w.-]+)", query)
    low, high = re.findall(r"\d{12}", query)
    return sorted(
        (
            paper
            for paper in papers
            if any(_in(paper, category) for category in wanted)
            and low <= paper.submitted.strftime("%Y%m%d%H%M") <= high
        ),
        key=lambda paper: (paper.submitted, paper.id),
    )


def _in(paper: Invented, category: str) -> bool:
    return any(own == category or own.startswith(f"{category}.") for own in paper.categories)


def _hostile(paper: Invented, fault: str) -> Invented:
    if not fault.startswith("hostile"):
        return paper
    mark = "\x1b[31m\x07" if fault == "hostileraw" else "\x9b31m\u202eevil\u200b [bold]{{ site }}"
    return replace(
        paper, title=f"{mark} {paper.title}", abstract=f"{paper.abstract} {mark}", authors=(f"{mark} Eve",)
    )

"""A stand-in for arXiv's PDFs on loopback, with ranges, ETags and bad days."""

from __future__ import annotations

import re
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self


def make_pdf(size: int = 60_000, letter: bytes = b"x") -> bytes:
    """Something with a PDF's head and end."""
    return b"%PDF-1.7\n" + letter * (size - 16) + b"\n%%EOF\n"


@dataclass
class PdfServer:
    """arXiv's PDFs, to be used in a `with` statement.

    Attributes:
        content: the PDF of every paper.
        etag: its ETag; empty for none.
        faults: what happens to the next requests, one each; after them all is well.
        cut_at: how many bytes a short answer has.
        asked: path and headers of each request.
        sent: set once a held answer has sent its first bytes.
        go_on: holds an answer in its middle until it is set.
    """

    content: bytes = field(default_factory=make_pdf)
    etag: str = '"one"'
    faults: list[str] = field(default_factory=list)
    cut_at: int = 40_000
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    sent: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.asked.append((self.path, dict(self.headers)))
                with suppress(ConnectionError):
                    server.answer(self, server.faults.pop(0) if server.faults else "")

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.go_on.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/pdf"

    @property
    def ranges(self) -> list[str | None]:
        """The ranges that were asked for."""
        return [headers.get("Range") for _, headers in self.asked]

    def answer(self, request: BaseHTTPRequestHandler, fault: str) -> None:
        """Answer one request."""
        match fault:
            case "html":
                self._send(
                    request, 200, b"<html><h1>Are you human?</h1></html>", {"Content-Type": "text/html"}
                )
            case "html as pdf":
                self._send(request, 200, b"<html><h1>Are you human?</h1></html>" * 50, {})
            case "rate exceeded":
                self._send(request, 200, b"Rate exceeded.", {})
            case "404" | "429" | "503" | "406":
                self._send(request, int(fault), b"no", {})
            case "416":
                self._send(request, 416, b"", {"Content-Range": f"bytes */{len(self.content)}"})
            case "416 of another size":
                self._send(request, 416, b"", {"Content-Range": "bytes */7"})
            case "redirect":
                self._send(request, 302, b"", {"Location": "http://127.0.0.2:9/elsewhere"})
            case "packed":
                self._send(request, 200, b"packed", {"Content-Encoding": "gzip"})
            case "no end":
                self._send(request, 200, self.content[:-20], self._tag())
            case "hang":
                self.sent.set()
                self.go_on.wait(30)
            case _:
                self._pdf(request, fault)

    def _tag(self) -> dict[str, str]:
        return {"ETag": self.etag} if self.etag else {}

    def _pdf(self, request: BaseHTTPRequestHandler, fault: str) -> None:
        """The PDF, or the part that is asked for; cut short or held in its middle."""
        wanted = re.fullmatch(r"bytes=(\d+)-", request.headers.get("Range", ""))
        start = int(wanted[1]) if wanted else 0
        if fault == "range all the same":
            start, status = (start or 5), 206
        elif wanted and request.headers.get("If-Range") in (None, self.etag) and start < len(self.content):
            status = 206
        else:
            start, status = 0, 200
        headers = self._tag()
        if status == 206:
            headers["Content-Range"] = f"bytes {start}-{len(self.content) - 1}/{len(self.content)}"
        body = self.content[start:]
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name, value)
        if fault != "no length":
            request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        if fault == "short":
            request.wfile.write(body[: self.cut_at])
            request.close_connection = True
            return
        if fault == "hold":
            request.wfile.write(body[: self.cut_at])
            request.wfile.flush()
            self.sent.set()
            self.go_on.wait(30)
            body = body[self.cut_at :]
        request.wfile.write(body)

    def _send(
        self, request: BaseHTTPRequestHandler, status: int, body: bytes, headers: dict[str, str]
    ) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name, value)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

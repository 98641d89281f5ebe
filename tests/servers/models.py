"""A stand-in for model services on loopback: four stream formats, and their bad days.

The server runs in the test's own event loop, so that a test can hold a stream at any event and
see a connection close. A bad day is chosen by `fault`; its names are those of `FAULTS`.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
from collections.abc import Callable
from types import TracebackType
from typing import Any, NamedTuple, Self

STATUS_FAULTS = ("401", "402", "403", "404", "413", "429quota")
PASSING_FAULTS = ("429x2", "500x2", "503x2", "529x2")
STREAM_FAULTS = ("cut", "eof", "length", "refusal", "error")
FAULTS = (
    *STATUS_FAULTS,
    *PASSING_FAULTS,
    *STREAM_FAULTS,
    "empty",
    "hang",
    "bytes",
    "comments",
    "html",
    "whole",
    "endless",
)

SAID = {
    "401": "Incorrect API key provided",
    "402": "insufficient credit",
    "403": "forbidden",
    "404": "the model does not exist",
    "413": "request too large",
}


class Asked(NamedTuple):
    """One request as it came in."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    raw: str


class ModelServer:
    """Answers every request with `text` in the format that the path names, and with one `fault`."""

    def __init__(self, text: str = "The answer.", fault: str = "", piece: int = 8) -> None:
        self.text = text
        self.fault = fault
        self.piece = piece
        self.echo_key = False
        self.headers: dict[str, str] = {}
        self.models = ["asked", "another"]
        self.asked: list[Asked] = []
        self.hold_at: int | None = None
        self.held = asyncio.Event()
        self.go_on = asyncio.Event()
        self.closed = asyncio.Event()
        self.at_once = 0
        self.most_at_once = 0
        self._connections: list[tuple[asyncio.Task[Any], asyncio.StreamWriter]] = []

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.go_on.set()
        self._server.close()
        for task, writer in self._connections:
            writer.transport.abort()
            await asyncio.wait([task])

    @property
    def url(self) -> str:
        port: int = self._server.sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}"

    @property
    def connections(self) -> int:
        """How many connections were ever made."""
        return len(self._connections)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.append((task, writer))
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                await self._answer(head.decode("latin-1"), reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self.closed.set()
            writer.close()

    async def _answer(self, head: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request, *lines = head.split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        raw = (await reader.readexactly(int(headers.get("content-length", "0")))).decode()
        path = request.split(" ")[1]
        self.asked.append(Asked(path, headers, json.loads(raw or "{}"), raw))
        status, _, times = self.fault.partition("x")
        if status[:3].isdigit() and (not times or len(self.asked) <= int(times)):
            await self._refuse(self.fault, int(status[:3]), headers, writer)
        elif self.fault == "whole":
            answer = {"choices": [{"message": {"content": self.text}, "finish_reason": "stop"}]}
            await _whole(writer, 200, "application/json", json.dumps(answer), {})
        elif request.startswith("GET ") and not self.fault:
            await _whole(writer, 200, "application/json", json.dumps(_listed(path, self.models)), {})
        elif self.fault == "html":
            await _whole(writer, 200, "text/html", "<html><body>Please log in</body></html>", {})
        else:
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
            try:
                await self._stream(path, self.asked[-1].body, reader, writer)
            finally:
                self.at_once -= 1

    async def _refuse(
        self, fault: str, status: int, asked: dict[str, str], writer: asyncio.StreamWriter
    ) -> None:
        error: dict[str, Any] = {"type": "some_error", "message": SAID.get(fault, "try again")}
        if fault == "429quota":
            error = {"code": "insufficient_quota", "type": "insufficient_quota", "message": "no credit left"}
        if self.echo_key:
            error["message"] += f": {asked.get('authorization') or asked.get('x-api-key') or ''}"
            error["message"] += asked.get("x-goog-api-key", "")
        extra = {"Retry-After": "1"} if fault.startswith("429x") else {}
        await _whole(
            writer, status, "application/json", json.dumps({"error": error}), {**extra, **self.headers}
        )

    async def _stream(
        self, path: str, body: dict[str, Any], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        style, kind = _style(path)
        text = "" if self.fault == "empty" else self.text
        pieces = [text[place : place + self.piece] for place in range(0, len(text), self.piece)]
        told = style(pieces, self.fault if self.fault in ("length", "refusal") else "stop", body)
        middle = len(told) // 2
        writer.write(
            f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
        )
        await writer.drain()
        if self.fault == "hang":
            await reader.read()
        events = (
            itertools.chain(told[:2], itertools.repeat(": keep-alive\n\n"))
            if self.fault == "endless"
            else told
        )
        for place, event in enumerate(events):
            if place == middle and self.fault in ("cut", "eof", "error"):
                if self.fault == "cut":
                    writer.close()
                    return
                if self.fault == "error":
                    await _chunk(writer, _error_event(kind).encode())
                break
            if place == self.hold_at:
                self.held.set()
                await _either(self.go_on.wait(), reader.read(1))
            if self.fault == "comments" and kind != "application/x-ndjson":
                await _chunk(writer, b': keep-alive\n\nevent: ping\ndata: {"type": "ping"}\n\n')
            data = event.encode()
            size = 1 if self.fault == "bytes" else len(data)
            for start in range(0, len(data), size):
                await _chunk(writer, data[start : start + size])
        writer.write(b"0\r\n\r\n")
        await writer.drain()


async def _either(*waits: Any) -> None:  # noqa: ANN401
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()


async def _chunk(writer: asyncio.StreamWriter, data: bytes) -> None:
    writer.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
    await writer.drain()
    # A buffer with room lets drain return at once: the client in the same loop gets its turn here.
    await asyncio.sleep(0)


async def _whole(
    writer: asyncio.StreamWriter, status: int, kind: str, text: str, headers: dict[str, str]
) -> None:
    data = text.encode()
    lines = {"Content-Type": kind, "Content-Length": str(len(data)), **headers}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    writer.write(f"HTTP/1.1 {status} Status\r\n{head}\r\n".encode() + data)
    await writer.drain()


Style = Callable[[list[str], str, dict[str, Any]], list[str]]


def _style(path: str) -> tuple[Style, str]:
    if path.endswith("/chat/completions"):
        return _openai, "text/event-stream"
    if path.endswith("/v1/messages"):
        return _anthropic, "text/event-stream"
    if re.search(r"/models/[^/]+:streamGenerateContent\?alt=sse$", path):
        return _gemini, "text/event-stream"
    assert path.endswith("/api/chat"), path
    return _ollama, "application/x-ndjson"


def _event(data: dict[str, Any], name: str = "") -> str:
    return (f"event: {name}\n" if name else "") + f"data: {json.dumps(data, ensure_ascii=False)}\n\n"


def _error_event(kind: str) -> str:
    if kind == "application/x-ndjson":
        return json.dumps({"error": "the model crashed"}) + "\n"
    return _event(
        {"type": "error", "error": {"type": "server_error", "message": "the model crashed"}}, "error"
    )


def _listed(path: str, models: list[str]) -> dict[str, Any]:
    """A service's list of its models, in the shape that the path asks for."""
    if path == "/api/tags":
        return {"models": [{"name": f"{name}:latest", "size": 1} for name in models]}
    if path.startswith("/v1beta/"):
        return {"models": [{"name": f"models/{name}", "displayName": name} for name in models]}
    return {"data": [{"id": name, "object": "model"} for name in models]}


def _openai(pieces: list[str], stop: str, body: dict[str, Any]) -> list[str]:
    def row(delta: dict[str, Any], reason: str | None = None) -> str:
        return _event({"model": "served", "choices": [{"delta": delta, "finish_reason": reason}]})

    reason = {"stop": "stop", "length": "length", "refusal": "content_filter"}[stop]
    events = [row({"role": "assistant", "content": ""}), *(row({"content": piece}) for piece in pieces)]
    events.append(row({}, reason))
    if body.get("stream_options", {}).get("include_usage"):
        events.append(_event({"choices": [], "usage": {"prompt_tokens": 412, "completion_tokens": 903}}))
    return [*events, "data: [DONE]\n\n"]


def _anthropic(pieces: list[str], stop: str, _body: dict[str, Any]) -> list[str]:
    def delta(**said: str) -> str:
        return _event({"type": "content_block_delta", "index": 0, "delta": said}, "content_block_delta")

    reason = {"stop": "end_turn", "length": "max_tokens", "refusal": "refusal"}[stop]
    start = {"type": "message_start", "message": {"model": "served", "usage": {"input_tokens": 412}}}
    end = {"type": "message_delta", "delta": {"stop_reason": reason}, "usage": {"output_tokens": 903}}
    return [
        _event(start, "message_start"),
        delta(type="thinking_delta", thinking="A secret thought."),
        _event({"type": "ping"}, "ping"),
        *(delta(type="text_delta", text=piece) for piece in pieces),
        _event({"type": "content_block_stop", "index": 0}, "content_block_stop"),
        _event(end, "message_delta"),
        _event({"type": "message_stop"}, "message_stop"),
    ]


def _gemini(pieces: list[str], stop: str, _body: dict[str, Any]) -> list[str]:
    def row(part: dict[str, Any], **more: object) -> str:
        return _event({"modelVersion": "served", "candidates": [{"content": {"parts": [part]}, **more}]})

    reason = {"stop": "STOP", "length": "MAX_TOKENS", "refusal": "SAFETY"}[stop]
    counts = {"promptTokenCount": 412, "candidatesTokenCount": 903}
    end = {"candidates": [{"content": {}, "finishReason": reason}], "usageMetadata": counts}
    thought = row({"text": "A secret thought.", "thought": True})
    return [thought, *(row({"text": piece}) for piece in pieces), _event(end)]


def _ollama(pieces: list[str], stop: str, _body: dict[str, Any]) -> list[str]:
    def row(text: str, **more: object) -> str:
        said = {"model": "served", "message": {"role": "assistant", "content": text}, "done": False, **more}
        return json.dumps(said, ensure_ascii=False) + "\n"

    reason = {"stop": "stop", "length": "length", "refusal": "refusal"}[stop]
    end = row("", done=True, done_reason=reason, prompt_eval_count=412, eval_count=903)
    return [*(row(piece) for piece in pieces), end]

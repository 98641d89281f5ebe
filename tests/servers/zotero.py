"""A stand-in for the Zotero application: its connector and local API, with what it refuses."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


@dataclass
class Zotero:
    """The application.

    Attributes:
        local_api: whether the local API is on.
        editable: whether the selected library can be changed.
        fault: a status with which every saveItems is answered; 0 for none.
        html: whether another program listens in Zotero's place.
        silent: how many of the next saveItems are taken and not answered.
        files_editable: whether files can be kept.
        ends_after: how many papers are saved before the application ends; 0 for never.
        items: what was saved, with tags and attachments.
    """

    local_api: bool = False
    editable: bool = True
    fault: int = 0
    html: bool = False
    silent: int = 0
    files_editable: bool = True
    ends_after: int = 0
    items: list[dict[str, Any]] = field(default_factory=list)
    sessions: dict[str, dict[str, Any]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        application = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                application.answer(self, b"")

            def do_POST(self) -> None:
                application.answer(self, self.rfile.read(int(self.headers["Content-Length"])))

            def log_message(self, *words: object) -> None:
                """Nothing is printed."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def answer(self, request: BaseHTTPRequestHandler, body: bytes) -> None:
        """Answer a request as Zotero does."""
        agent = request.headers.get("User-Agent", "")
        if agent.startswith("Mozilla/") or "Origin" in request.headers:
            self.refused.append(agent)
        status, said = self._answer(request, body)
        if "saveItems" in request.path and self.silent:
            self.silent -= 1
            request.connection.close()
            return
        data = said.encode() if isinstance(said, str) else json.dumps(said).encode()
        request.send_response(status)
        request.send_header("Content-Length", str(len(data)))
        request.end_headers()
        request.wfile.write(data)

    def _answer(self, request: BaseHTTPRequestHandler, body: bytes) -> tuple[int, object]:
        path = request.path.partition("?")[0]
        if self.html:
            return 200, "<html><body>another program</body></html>"
        match path:
            case "/connector/ping":
                return 200, "<!DOCTYPE html><html><body>Zotero is running</body></html>"
            case "/connector/getSelectedCollection":
                return 200, {"libraryID": 1, "id": 7, "name": "To read"}
            case "/connector/saveItems":
                return self._save(json.loads(body))
            case "/connector/updateSession":
                data = json.loads(body)
                item = self.sessions[data["sessionID"]]
                item.update(tags=data["tags"], target=data["target"])
                return 200, {}
            case "/connector/saveAttachment":
                if not self.files_editable:
                    return 200, "Library files are not editable."
                about = json.loads(request.headers["X-Metadata"])
                self.sessions[about["sessionID"]]["pdf"] = body
                return 201, ""
            case "/api/users/0/items" if self.local_api:
                return 200, [{"data": item} for item in self.items]
            case _:
                return 403, "Local API is not enabled"

    def _save(self, data: dict[str, Any]) -> tuple[int, object]:
        if not self.editable:
            return 500, {"libraryEditable": False}
        if self.fault:
            return self.fault, ""
        if data["sessionID"] in self.sessions:
            return 409, {"error": "SESSION_EXISTS"}
        (item,) = data["items"]
        if self.ends_after and len(self.items) + 1 == self.ends_after:
            self._server.socket.close()
        self.items.append(item)
        self.sessions[data["sessionID"]] = item
        return 201, ""

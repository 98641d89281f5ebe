"""Zotero's connector and local API on 127.0.0.1:23119, as needed to save papers.

The connector is what the browser's button uses: it needs no permission and gives back no keys. Read in
zotero/zotero, `chrome/content/zotero/xpcom/server/server_connector.js` and `server_localAPI.js`.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Final, Self
from urllib.parse import urlsplit

import httpx

from tui_digest.entry import Entry
from tui_digest.errors import TuiDigestError, UsageError
from tui_digest.zotero.item import arxiv_doi, item, tags

_TIMEOUT: Final = httpx.Timeout(15.0, connect=3.0)
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_RUNNING: Final = "Zotero is running"


class ZoteroError(TuiDigestError):
    """Zotero did not take a paper."""


class ZoteroAwayError(ZoteroError):
    """Zotero is not running."""


class ZoteroSilentError(ZoteroError):
    """Zotero took a request and gave no answer."""


class SendOutcome(StrEnum):
    """Result for one paper."""

    SENT = "sent"
    KNOWN = "already in Zotero"


@dataclass(frozen=True, slots=True)
class PdfFile:
    """A PDF that goes along.

    Attributes:
        content: the file.
        url: where it is from.
    """

    content: bytes
    url: str


class Connector:
    """The connection to the Zotero application of this machine.

    Args:
        url: where it listens; a loopback address.

    Raises:
        UsageError: the address is another machine's.
    """

    def __init__(self, url: str) -> None:
        if urlsplit(url).hostname not in _LOOPBACK:
            raise UsageError(f"{url} of [zotero] is not on this machine; Zotero takes papers only from here.")
        # No User-Agent of a browser and no Origin: Zotero closes the connection on those.
        self._http = httpx.Client(
            base_url=url,
            timeout=_TIMEOUT,
            trust_env=False,
            headers={"X-Zotero-Connector-API-Version": "3", "User-Agent": "tui_digest"},
        )

    def __enter__(self) -> Self:
        """Use the connection for a block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self._http.close()

    def require_running(self) -> None:
        """Ask whether Zotero is there.

        Raises:
            ZoteroAwayError: it is not, or another program listens in its place.
        """
        try:
            answer = self._http.get("/connector/ping")
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise ZoteroAwayError("Zotero is not running.") from error
        except httpx.HTTPError as error:
            raise ZoteroAwayError("Zotero did not answer.") from error
        if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:
            raise ZoteroAwayError("Zotero is busy and takes nothing now.")
        if answer.status_code != httpx.codes.OK or _RUNNING not in answer.text:
            raise ZoteroAwayError(f"Another program than Zotero listens at {self._http.base_url}.")

    def has(self, paper_id: str) -> bool | None:
        """Tell whether the local API finds the paper; None if the API does not answer."""
        doi = arxiv_doi(paper_id)
        try:
            answer = self._http.get(
                "/api/users/0/items", params={"q": doi, "qmode": "everything", "limit": 5}
            )
            found = answer.json() if answer.status_code == httpx.codes.OK else None
        except (httpx.HTTPError, ValueError):
            return None
        if not isinstance(found, list):
            return None
        return any(doi.casefold() in _fields(item) for item in found)

    def save(self, entry: Entry, pdf: PdfFile | None = None) -> str:
        """Save a paper with tags, notes and PDF into the collection selected in Zotero.

        Returns:
            What could not be saved beside it, in a sentence; empty if all was.

        Raises:
            ZoteroError: the paper was not saved.
        """
        session = secrets.token_hex(8)
        sent = {"sessionID": session, "uri": entry.paper.abs_url, "items": [item(entry)]}
        self._save_items(sent)
        problems = []
        try:
            if not self._put_tags(session, tags(entry)):
                problems.append("The tags were not taken.")
            if pdf is not None and not self._attach(session, entry, pdf):
                problems.append("The PDF was not taken.")
        except ZoteroError as error:
            problems.append(f"Its tags or PDF may be missing: {error}")
        return " ".join(problems)

    def _save_items(self, sent: Mapping[str, object]) -> None:
        """Save items; without an answer ask again, as a known session has its items.

        Raises:
            ZoteroError: they were not saved, or Zotero did not answer twice.
        """
        try:
            answer = self._post_json("saveItems", sent)
        except ZoteroSilentError:
            answer = self._post_json("saveItems", sent)
            if answer.status_code == httpx.codes.CONFLICT:
                return
        if answer.status_code != httpx.codes.CREATED:
            raise ZoteroError(_refusal(answer))

    def _put_tags(self, session: str, names: Sequence[str]) -> bool:
        if not names:
            return True
        selected = self._post_json("getSelectedCollection", {})
        target = _target(selected)
        wanted = {"sessionID": session, "target": target, "tags": [*names]}
        updated = self._post_json("updateSession", wanted)
        return updated.status_code == httpx.codes.OK

    def _attach(self, session: str, entry: Entry, pdf: PdfFile) -> bool:
        about = {
            "sessionID": session,
            "parentItemID": entry.paper.id,
            "title": "arXiv PDF",
            "url": pdf.url,
        }
        answer = self._post(
            f"saveAttachment?sessionID={session}",
            pdf.content,
            {"Content-Type": "application/pdf", "X-Metadata": json.dumps(about)},
        )
        return answer.status_code == httpx.codes.CREATED

    def _post_json(self, endpoint: str, sent: Mapping[str, object]) -> httpx.Response:
        return self._post(endpoint, json.dumps(sent).encode(), {"Content-Type": "application/json"})

    def _post(self, endpoint: str, content: bytes, headers: dict[str, str]) -> httpx.Response:
        try:
            return self._http.post(f"/connector/{endpoint}", content=content, headers=headers)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise ZoteroAwayError("Zotero is not running any more.") from error
        except httpx.HTTPError as error:
            raise ZoteroSilentError(
                "Zotero did not answer in time; look there whether the paper came."
            ) from error


def _fields(found: object) -> str:
    """Return the fields of a local API item that may hold a DOI, in lower case."""
    data = found.get("data", found) if isinstance(found, dict) else {}
    return " ".join(str(data.get(name, "")) for name in ("DOI", "extra", "url")).casefold()


def _target(selected: httpx.Response) -> str:
    """Return the collection or library that is selected, as updateSession names it."""
    try:
        data = selected.json()
        return f"C{data['id']}" if data.get("id") else f"L{data['libraryID']}"
    except (ValueError, KeyError, TypeError, AttributeError):
        return "L1"


def _refusal(answer: httpx.Response) -> str:
    """Say why Zotero did not save a paper."""
    try:
        data = answer.json()
    except ValueError:
        data = {}
    if isinstance(data, dict) and data.get("libraryEditable") is False:
        return "The library that is selected in Zotero cannot be changed; select another one there."
    return f"Zotero did not take the paper ({answer.status_code})."

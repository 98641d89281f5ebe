"""References of RIS files and of CSL-JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from tui_digest.bibliography.references import ImportedReference, reference
from tui_digest.errors import UsageError

_LINE: Final = re.compile(r"^([A-Z][A-Z0-9])  ?-(?: (.*))?$")
_TITLES: Final = ("TI", "T1", "CT", "BT")
_RIS_SURE: Final = ("DO", "UR", "L1", "L2", "LK", "AN", "M1", "N1")
_RIS_NOT_SEARCHED: Final = ("AB", "N2", "KW", *_TITLES)

_CSL_SURE: Final = ("DOI", "URL", "number", "note")
_CSL_NOT_SEARCHED: Final = ("abstract", "title", "keyword", "categories", "tags")


def read_ris(text: str) -> Iterator[ImportedReference]:
    """Read the references of a RIS file: a keyword a line, continued lines joined."""
    fields: dict[str, list[str]] = {}
    last = ""
    for line in (*text.splitlines(), "ER  - "):
        match = _LINE.match(line.rstrip())
        if match is None:
            if last and line.strip():
                fields[last][-1] += f" {line.strip()}"
            continue
        last = match[1]
        if last != "ER":
            fields.setdefault(last, []).append((match[2] or "").strip())
            continue
        if fields:
            yield _of_ris(fields)
        fields, last = {}, ""


def _of_ris(fields: Mapping[str, list[str]]) -> ImportedReference:
    title = next((fields[name][0] for name in _TITLES if name in fields), "")
    others = (name for name in fields if name not in (*_RIS_SURE, *_RIS_NOT_SEARCHED))
    texts = [text for name in (*_RIS_SURE, *others) for text in fields.get(name, ())]
    words = [word for line in fields.get("KW", ()) for word in re.split(r"[;,]", line)]
    return reference(title, texts, words)


def read_csl(text: str) -> Iterator[ImportedReference]:
    """Read the references of CSL-JSON: a list of items, or one.

    Raises:
        UsageError: it is not CSL-JSON.
    """
    try:
        read = msgspec.json.decode(text)
    except msgspec.DecodeError as error:
        raise UsageError(f"The file is no JSON that can be read: {error}.") from None
    except RecursionError:
        raise UsageError("The file is JSON that is nested too deep to be read.") from None
    items = read if isinstance(read, list) else [read]
    if not all(isinstance(item, dict) for item in items):
        raise UsageError("The file is JSON, but not CSL-JSON: that is a list of references.")
    return map(_of_csl, items)


def _of_csl(item: Mapping[str, object]) -> ImportedReference:
    others = (name for name in item if name not in (*_CSL_SURE, *_CSL_NOT_SEARCHED))
    texts = [str(item[name]) for name in (*_CSL_SURE, *others) if name in item]
    words: list[str] = []
    for name in ("keyword", "categories", "tags"):
        value = item.get(name, "")
        words += map(str, value) if isinstance(value, list) else re.split(r"[;,]", str(value))
    return reference(str(item.get("title", "")), texts, words)

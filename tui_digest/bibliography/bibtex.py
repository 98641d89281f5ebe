"""References of a BibTeX file, as Zotero, JabRef, Mendeley and people write it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tui_digest.bibliography.references import ImportedReference, reference
from tui_digest.latex import to_unicode

_ENTRY: Final = re.compile(r"@\s*(\w+)\s*([{(])")
_FIELD: Final = re.compile(r"\s*+(?:,\s*+)?([\w:.+-]+)\s*=\s*")
_BARE: Final = re.compile(r"[^\s,#{}()]+")
_JOINT: Final = re.compile(r"\s*#\s*")
_SKIPPED: Final = ("comment", "preamble")
_SURE: Final = ("doi", "url", "eprint", "note")
_NOT_SEARCHED: Final = ("abstract", "title", "file", "keywords", "groups")

Fields = dict[str, str]


def read_bibtex(text: str) -> Iterator[ImportedReference]:
    """Read the references; an entry that cannot be read is read as far as it can."""
    strings: Fields = {}
    for kind, fields in _entries(text, strings):
        if kind == "string":
            strings.update(fields)
        else:
            yield _reference(fields)


def _entries(text: str, strings: Fields) -> Iterator[tuple[str, Fields]]:
    at = 0
    while (match := _ENTRY.search(text, at)) is not None:
        at = match.end()
        kind = match[1].casefold()
        if kind in _SKIPPED:
            at = _closing(text, at - 1)
            continue
        if kind != "string":
            key_end = text.find(",", at)
            if key_end < 0:
                return
            if "=" not in text[at:key_end]:  # the key is missing now and then
                at = key_end
        fields: Fields = {}
        while (field := _FIELD.match(text, at)) is not None:
            value, at = _value(text, field.end(), strings)
            fields.setdefault(field[1].casefold(), value)
        yield kind, fields


def _value(text: str, at: int, strings: Fields) -> tuple[str, int]:
    """The value that begins at a place, parts joined by `#`, and where it ends."""
    parts: list[str] = []
    while at < len(text):
        if text[at] in '{"':
            end = _closing(text, at)
            parts.append(text[at + 1 : end])
            at = end + 1
        elif (bare := _BARE.match(text, at)) is not None:
            parts.append(strings.get(bare[0].casefold(), bare[0]))
            at = bare.end()
        joint = _JOINT.match(text, at)
        if joint is None:
            break
        at = joint.end()
    return "".join(parts), at


def _closing(text: str, start: int) -> int:
    """Return where a brace or quote is closed, else where the next entry begins."""
    depth, quoted = 0, text[start] == '"'
    at = start + 1
    while at < len(text):
        sign = text[at]
        if sign == "\\":
            at += 1
        elif sign == "{":
            depth += 1
        elif sign == "}" and depth:
            depth -= 1
        elif (sign == '"' and quoted and not depth) or (sign == "}" and not quoted):
            return at
        at += 1
    following = text.find("\n@", start)
    return following if following >= 0 else len(text)


def _reference(fields: Fields) -> ImportedReference:
    prefix = fields.get("archiveprefix") or fields.get("eprinttype") or "arxiv"
    eprint = fields.get("eprint", "") if prefix.casefold() == "arxiv" else ""
    others = (name for name in fields if name not in (*_SURE, *_NOT_SEARCHED))
    texts = [fields[name] for name in (*_SURE, *others) if name in fields]
    words = re.split(r"[,;]", fields.get("keywords", "")) + re.split(r"[,;]", fields.get("groups", ""))
    return reference(
        _plain(fields.get("title", "")),
        texts,
        map(_plain, words),
        eprint=eprint or fields.get("arxivid", ""),
    )


def _plain(text: str) -> str:
    """A value without TeX and without the braces that keep capitals."""
    return to_unicode(text).replace("{", "").replace("}", "")

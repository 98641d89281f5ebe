"""A whole paper as bytes and back: JSON, packed, under the version of its records."""

from __future__ import annotations

import gzip
import zlib

import msgspec

from tui_digest.fulltext.blocks import STORED_FORMAT, Document

_LEVEL = 6
_LARGEST = 64 * 1024 * 1024
"""Bytes of unpacked JSON that are read back; the largest page gives some 10 million."""


class _Stored(msgspec.Struct, frozen=True):
    format: int
    document: Document


class _Head(msgspec.Struct, frozen=True):
    format: int


_DECODER: list[msgspec.json.Decoder[_Stored]] = []


def encode_document(document: Document) -> bytes:
    """The document as packed JSON."""
    return gzip.compress(msgspec.json.encode(_Stored(STORED_FORMAT, document)), _LEVEL, mtime=0)


def decode_document(packed: bytes) -> Document | None:
    """Return the packed document; None if it is damaged or of another format version."""
    try:
        unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
        text = unpacker.decompress(packed, _LARGEST)
        if not unpacker.eof or msgspec.json.decode(text, type=_Head).format != STORED_FORMAT:
            return None
        if not _DECODER:
            _DECODER.append(msgspec.json.Decoder(_Stored))
        return _DECODER[0].decode(text).document
    except (zlib.error, msgspec.MsgspecError, UnicodeDecodeError):
        return None

"""Operations as lines of a file: JSON with a checksum against torn lines."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from tui_digest.operation import LARGEST_CLOCK, Operation

_HEAD, _MIDDLE, _END = b'{"crc":"', b'","op":', b"}\n"
_CRC_DIGITS = 8
_LARGEST_SEQUENCE = 1 << 53
_LONGEST_MACHINE = 200

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Operation)


class ReadLines(NamedTuple):
    """Operations and faults found in a file's bytes.

    Attributes:
        operations: those of whole lines, in order.
        damaged: how many lines were neither whole nor empty.
        length: bytes up to the end of the last line that ends; what follows is still being written.
    """

    operations: list[Operation]
    damaged: int
    length: int


def encode(operations: Iterable[Operation]) -> bytes:
    """Return a line for each operation."""
    return b"".join(map(_line, operations))


def _line(operation: Operation) -> bytes:
    body = _encoder.encode(operation)
    return b"%s%08x%s%s%s" % (_HEAD, zlib.crc32(body), _MIDDLE, body, _END)


def decode(data: bytes) -> ReadLines:
    """Return the operations of a file's bytes; what is damaged is counted and skipped."""
    length = data.rfind(b"\n") + 1
    operations: list[Operation] = []
    damaged = 0
    for line in data[:length].split(b"\n"):
        if not line.strip():
            continue
        operation = _operation(line + b"\n")
        if operation is None:
            damaged += 1
        else:
            operations.append(operation)
    return ReadLines(operations, damaged, length)


def _operation(line: bytes) -> Operation | None:
    """Return the operation of a line, None if it is damaged."""
    start = len(_HEAD) + _CRC_DIGITS
    if not (line.startswith(_HEAD) and line[start:].startswith(_MIDDLE) and line.endswith(_END)):
        return None
    body = line[start + len(_MIDDLE) : -len(_END)]
    try:
        if int(line[len(_HEAD) : start], 16) != zlib.crc32(body):
            return None
        operation = _decoder.decode(body)
    except (ValueError, msgspec.DecodeError, RecursionError):  # nested deeper than any value of ours
        return None
    clocks = (operation.clock, *(clock for _, clock in operation.replaces))
    sound = 0 < operation.sequence < _LARGEST_SEQUENCE and all(0 <= clock < LARGEST_CLOCK for clock in clocks)
    return operation if sound and 0 < len(operation.machine) <= _LONGEST_MACHINE else None

"""Which papers of a list a query finds, as flags.

Flags are a byte for each position, 1 where a paper is found. For many papers they are faster by far than
rows: SQLite gives keys as JSON, a hundred thousand at a time, and Python joins whole lists in C. What each
part of a query finds is kept while the list and the library stay as they are, so that a letter asks for the
word it is typed into, and a letter taken back for nothing.
"""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import compress
from typing import NamedTuple

import msgspec

from tui_digest.library.query.nodes import AllOf, AnyOf, Node, Not, Text, is_narrower
from tui_digest.library.query.sql import KeysStatement, condition, keys_statement
from tui_digest.library.tables import INDEXED_LETTERS
from tui_digest.lists import DayScope, Scope

Flags = bytes

Select = Callable[[str, str, Sequence[object]], Iterable[tuple[int]]]
"""Selects what is asked (`a.position`) of the papers of a list that meet a condition with its values."""

# Keys in one answer of SQLite, and characters of it that are read at a time. Words that begin with more
# letters than the index knows beginnings of are collected again for each answer.
_KEYS_AT_ONCE = 1 << 14
_COLLECTED_AT_ONCE = 1 << 18
_PIECE = 1 << 15

_KEPT_BYTES = 1 << 21

# Counting what a word finds takes a third of reading it; of few papers reading is as fast.
_HITS_TO_COUNT = 1_000

# Papers fewer than this part of a list are looked up by position.
_LOOKUP_DIVISOR = 4

_numbers = msgspec.json.Decoder(list[int])


class KnownFlags:
    """What the last parts of queries found in a list, in one state of the library.

    Attributes:
        keys: the keys of the list's papers; None until they were needed.
    """

    def __init__(self) -> None:
        """Know nothing yet."""
        self._found: dict[Node, _Found] = {}
        self.keys: _ListKeys | None = None

    def get(self, node: Node) -> _Found | None:
        """What a part of a query found."""
        found = self._found.pop(node, None)
        if found is not None:
            self._found[node] = found
        return found

    def wider(self, node: Node) -> _Found | None:
        """What the beginning of a word found, the longest that is known."""
        wider = [known for known in self._found if is_narrower(node, known)]
        return self._found[max(wider, key=_letters)] if wider else None

    def keep(self, node: Node, found: _Found) -> None:
        """Keep what a part of a query found, and forget what was found long before."""
        self._found[node] = found
        while len(self._found) > 1 and len(self._found) * len(found.flags) > _KEPT_BYTES:
            del self._found[next(iter(self._found))]


class _Found(NamedTuple):
    """Where a part of a query is true, and of how many papers of the library.

    `hits` are -1 where they were not counted.
    """

    flags: Flags
    hits: int = -1


class _ListKeys(NamedTuple):
    """The keys of a list's papers in ascending order, and the position of each."""

    keys: array[int]
    positions: Sequence[int]

    def flags(self, found: Iterable[list[int]], size: int) -> tuple[Flags, int]:
        """Where ascending keys are in the list, and how many keys those are."""
        by_key, hits = bytearray(len(self.keys)), 0
        for keys in found:
            hits += len(keys)
            start, end = bisect_left(self.keys, keys[0]), bisect_right(self.keys, keys[-1])
            by_key[start:end] = bytes(map(set(keys).__contains__, self.keys[start:end]))
        if isinstance(self.positions, range) and len(by_key) == size:
            return bytes(by_key), hits
        return flags_at(compress(self.positions, by_key), size), hits


def flags_at(positions: Iterable[int], size: int) -> Flags:
    """Return flags that are 1 at some positions."""
    flags = bytearray(size)
    for position in positions:
        flags[position] = 1
    return bytes(flags)


def both(one: Flags, other: Flags) -> Flags:
    """Return flags that are 1 where those of both are."""
    return (int.from_bytes(one, "little") & int.from_bytes(other, "little")).to_bytes(len(one), "little")


def either(one: Flags, other: Flags) -> Flags:
    """Return flags that are 1 where one of the two is."""
    return (int.from_bytes(one, "little") | int.from_bytes(other, "little")).to_bytes(len(one), "little")


def without(one: Flags, other: Flags) -> Flags:
    """Return flags that are 1 where the first is and the second is not."""
    return both(one, bytes(other).translate(_OPPOSITE))


_OPPOSITE = bytes((1, 0)) + bytes(254)


class QueryFlags:
    """Answers which papers of a list a query finds.

    Args:
        connection: of the library, within a snapshot.
        scope: the list.
        select: selects of its papers.
        known: what was found before; what is found now is added.
        by_scan: look into the texts of each paper instead of the full-text index.
    """

    def __init__(
        self, connection: sqlite3.Connection, scope: Scope, select: Select, known: KnownFlags, by_scan: bool
    ) -> None:
        self._connection = connection
        self._scope = scope
        self._select = select
        self._known = known
        self._by_scan = by_scan

    def of(self, query: Node) -> Flags:
        """Return where a query is true."""
        match query:
            case AllOf(nodes) if nodes:
                flags = self.of(nodes[0])
                for node in nodes[1:]:
                    flags = both(flags, self.of(node))
                return flags
            case AnyOf(nodes) if nodes:
                flags = self.of(nodes[0])
                for node in nodes[1:]:
                    flags = either(flags, self.of(node))
                return flags
            case Not(node):
                return without(self.of(AllOf(())), self.of(node))
        found = self._known.get(query)
        if found is None:
            found = self._find(query)
            self._known.keep(query, found)
        return found.flags

    def _find(self, node: Node) -> _Found:
        in_part = isinstance(self._scope, DayScope) and bool(self._scope.categories)
        if node == AllOf(()) and not in_part:
            return _Found(b"\x01" * self._scope.size)
        wider = self._known.wider(node)
        statement = None if self._by_scan else keys_statement(node)
        if statement is None:
            return _Found(self._scanned(node, wider))
        if (
            wider is not None
            and wider.hits >= _HITS_TO_COUNT
            and wider.hits == self._connection.execute(statement.count, statement.values).fetchone()[0]
        ):
            return wider  # the word has one letter more wherever it begins so
        if self._known.keys is None:
            self._known.keys = self._read_keys()
        is_collected = isinstance(node, Text) and node.prefix and len(node.words[-1]) > INDEXED_LETTERS
        keys = self._keys_of(statement, _COLLECTED_AT_ONCE if is_collected else _KEYS_AT_ONCE)
        flags, hits = self._known.keys.flags(keys, self._scope.size)
        return _Found(both(flags, self.of(AllOf(()))) if in_part else flags, hits)

    def _scanned(self, node: Node, wider: _Found | None) -> Flags:
        """Look at each paper, or at those that have the beginning of a word."""
        wanted, values = condition(node, scan=self._by_scan)
        if wider is not None and (few := wider.flags.count(1)) * _LOOKUP_DIVISOR < self._scope.size:
            if not few:
                return wider.flags
            among = msgspec.json.encode(list(compress(range(self._scope.size), wider.flags))).decode()
            wanted, values = f"a.position IN (SELECT value FROM json_each(?)) AND {wanted}", [among, *values]
        rows = self._select("a.position", wanted, values)
        return flags_at((position for (position,) in rows), self._scope.size)

    def _keys_of(self, statement: KeysStatement, at_once: int) -> Iterator[list[int]]:
        last: int | None = -1
        while last is not None:
            values = (*statement.values, last, at_once)
            (text,) = self._connection.execute(statement.text, values).fetchone()
            count, last = 0, None
            for keys in _in_pieces(text):
                count += len(keys)
                yield keys
                last = keys[-1] if count == at_once else None

    def _read_keys(self) -> _ListKeys:
        """Read the keys of the list, and sort them."""
        if isinstance(self._scope, DayScope):
            keys = array("i")
            statement = (
                "SELECT json_group_array(key) FROM (SELECT key FROM announcements WHERE mailing = ? "
                "AND position >= ? ORDER BY position LIMIT ?)"
            )
            for start in range(0, self._scope.size, _KEYS_AT_ONCE):
                row = self._connection.execute(
                    statement, (self._scope.mailing, start, _KEYS_AT_ONCE)
                ).fetchone()
                for piece in _in_pieces(row[0]):
                    keys.extend(piece)
        else:
            keys = self._scope.keys
        if all(map(int.__le__, keys, keys[1:])):
            return _ListKeys(keys, range(len(keys)))
        positions = array("i", sorted(range(len(keys)), key=keys.__getitem__))
        return _ListKeys(array("i", map(keys.__getitem__, positions)), positions)


def _in_pieces(numbers: str) -> Iterator[list[int]]:
    """Read a list of numbers in JSON piece by piece.

    As Python's numbers all of them would take eight times the room.
    """
    start, last = 1, len(numbers) - 1
    while start < last:
        end = numbers.find(",", start + _PIECE)
        end = last if end < 0 else end
        yield _numbers.decode(f"[{numbers[start:end]}]")
        start = end + 1


def _letters(node: Node) -> int:
    return len(node.words[-1]) if isinstance(node, Text) else 0

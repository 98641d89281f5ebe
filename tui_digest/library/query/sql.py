"""A query as SQL over the full-text index and the tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from tui_digest.library.query.nodes import (
    After,
    AllOf,
    AnyOf,
    Before,
    Category,
    Has,
    Id,
    Is,
    Node,
    Not,
    Tag,
    Text,
)

Ranking = Literal["best", "newest", "best of newest"]
"""How hits are ordered: by bm25, by arXiv number, or by bm25 among the newest `_RANKED_AS_TYPED`.

Ranking looks at every hit: with a word that half of all papers have, for too long between two keys.
"""

_RANKED_AS_TYPED = 5_000

_COLUMNS = ("title", "authors", "comment", "note", "abstract")


class PaperColumns(msgspec.Struct, frozen=True):
    """SQL expressions of a statement for what conditions ask of a paper."""

    key: str = "p.key"
    version: str = "p.version"
    kind: str = "p.announce_type"
    day: str = "coalesce(p.announced, substr(p.published, 1, 10))"

    def put_in(self, condition: str) -> str:
        """Return the condition with `{key}`, `{version}`, `{kind}`, `{day}` filled in."""
        for name in self.__struct_fields__:
            condition = condition.replace(f"{{{name}}}", getattr(self, name))
        return condition


READ = "(coalesce(r.read, 0) AND coalesce(r.version_read >= {version}, 1))"
"""Whether the version of a paper was read, or a later one."""

_KEY = "{key}"

_IS = {
    "to-read": "coalesce(r.mark, '') = 'to-read'",
    "done": "coalesce(r.mark, '') = 'done'",
    "dismissed": "coalesce(r.mark, '') = 'dismissed'",
    "marked": "r.mark IS NOT NULL",
    "read": READ,
    "unread": f"NOT {READ}",
    "new": "coalesce({kind}, '') = 'new'",
    "cross": "coalesce({kind}, '') = 'cross'",
    "replaced": "coalesce({kind}, '') IN ('replace', 'replace-cross')",
}
_HAS = {
    "note": "coalesce(r.note, '') != ''",
    "explanation": "p.id IN (SELECT paper FROM explanations WHERE complete)",
    "tag": "EXISTS (SELECT 1 FROM tags WHERE key = {key})",
    "comment": "coalesce(p.comment, '') != ''",
    "journal": "coalesce(p.journal_ref, '') != ''",
    "doi": "coalesce(p.doi, '') != ''",
}


_GIVEN_BY = (
    "SELECT t.key FROM tags t CROSS JOIN papers given ON given.key = t.key CROSS JOIN sync_cells c "
    "ON c.aspect = 'tag' AND c.subject = given.id || ' ' || t.tag "
    "WHERE t.tag BETWEEN ? AND ? AND lower(substr(c.machine, 1, ?)) = ? "
    "AND NOT instr(substr(c.machine, ?), '-')"
)
"""Papers with a tag that the machine of a name put on; machines are known as NAME-EPOCH."""


class CompiledQuery:
    """A query as SQL: words for the full-text index, which ranks, and conditions."""

    def __init__(self, match: str, conditions: Sequence[str], values: Sequence[object]) -> None:
        """Use words in the language of FTS5 (empty: none), and conditions with values."""
        self.match = match
        self.conditions = conditions
        self.values = values

    def run(self, connection: sqlite3.Connection, order: Ranking, limit: int, offset: int) -> list[int]:
        """Return the keys of the hits, ranked, or without words the newest first."""
        if not self.match:
            statement = (
                "SELECT p.key FROM papers p LEFT JOIN readings r ON r.key = p.key "
                f"WHERE {' AND '.join(self.conditions) or 'true'} ORDER BY p.key DESC"
            )
            statement = PaperColumns().put_in(statement)
            values = [*self.values]
        else:
            statement, values = self._ranked(order, limit + offset), [self.match, *self.values]
        rows = connection.execute(f"{statement} LIMIT ? OFFSET ?", (*values, limit, offset))
        return [key for (key,) in rows]

    def _ranked(self, order: Ranking, wanted: int) -> str:
        joined = "JOIN papers p ON p.key = s.rowid LEFT JOIN readings r ON r.key = p.key"
        if all(condition.startswith(_KEY) for condition in self.conditions):
            joined = ""  # they ask for nothing but the key
        # The sign keeps SQLite from querying the index again for every key of a condition.
        hits = PaperColumns(key="+s.rowid").put_in(
            f"FROM search_index s {joined} WHERE {' AND '.join(['s.search_index MATCH ?', *self.conditions])}"
        )
        match order:
            case "best":
                return f"SELECT s.rowid {hits} ORDER BY s.rank"
            case "newest":
                return f"SELECT s.rowid {hits} ORDER BY s.rowid DESC"
            case "best of newest":
                newest = f"SELECT s.rowid AS key, s.rank AS rank {hits} ORDER BY s.rowid DESC"
                return f"SELECT key FROM ({newest} LIMIT {max(_RANKED_AS_TYPED, wanted)}) ORDER BY rank"


def compile_query(query: Node) -> CompiledQuery:
    """A query as SQL.

    Words that are side by side with the rest, and then words that must not be, become one question
    to the full-text index; whatever else is asked becomes a condition.
    """
    nodes = query.nodes if isinstance(query, AllOf) else (query,)
    wanted = [expression for node in nodes if (expression := match_expression(node))]
    rest = [node for node in nodes if not match_expression(node)]
    match = " AND ".join(wanted)
    unwanted = [node for node in rest if isinstance(node, Not) and match_expression(node.node)]
    if wanted and unwanted:
        rest = [node for node in rest if node not in unwanted]
        match = f"({match}) NOT ({' OR '.join(match_expression(node.node) for node in unwanted)})"
    conditions = [condition(node) for node in rest]
    values = [value for _, inner in conditions for value in inner]
    return CompiledQuery(match, [wording for wording, _ in conditions], values)


def match_expression(node: Node) -> str:
    """Return a node of words in the language of FTS5; "" if it asks anything else."""
    match node:
        case Text(found, column, prefix):
            phrase = f'"{" ".join(found)}"{" *" if prefix else ""}'
            return f"({{{column}}} : {phrase})" if column else f"({phrase})"
        case AllOf(nodes) | AnyOf(nodes):
            inner = [match_expression(part) for part in nodes]
            joint = " AND " if isinstance(node, AllOf) else " OR "
            return f"({joint.join(inner)})" if inner and all(inner) else ""
        case _:
            return ""


class KeysStatement(msgspec.Struct, frozen=True):
    """Statements for the keys of papers: `SELECT column FROM source`, with values."""

    column: str
    source: str
    values: tuple[object, ...]

    @property
    def count(self) -> str:
        """A statement for how many there are."""
        return f"SELECT count(*) FROM {self.source}"

    @property
    def text(self) -> str:
        """A statement for ascending keys as JSON: those after a value, at most so many."""
        return (
            f"SELECT json_group_array({self.column}) FROM (SELECT {self.column} FROM {self.source} "
            f"AND {self.column} > ? ORDER BY {self.column} LIMIT ?)"
        )


def keys_statement(node: Node) -> KeysStatement | None:
    """Return statements for papers with words or in a category, else None."""
    if isinstance(node, Category):
        return KeysStatement("key", f"paper_categories WHERE ({in_category(node.name)})", ())
    if expression := match_expression(node):
        return KeysStatement("rowid", "search_index WHERE search_index MATCH ?", (expression,))
    return None


def condition(node: Node, *, scan: bool = False) -> tuple[str, list[object]]:
    """Return a node as an SQL condition with its values.

    Its tables are `papers p`, `readings r` and, for a `scan`, `folded f`.

    The columns of `PaperColumns` are named in braces. A scan looks into the folded texts of each
    paper, which is faster than the index for a day of some thousand papers in a large library.
    """
    if isinstance(node, Text) and scan:
        return _scan(node)
    keys = keys_statement(node)
    if keys is not None and (not scan or isinstance(node, Category)):
        return f"{_KEY} IN (SELECT {keys.column} FROM {keys.source})", list(keys.values)
    match node:
        case Id(number):
            return "p.id = ?", [number]
        case Tag(name, begins, by):
            end = f"{name}\U0010ffff" if begins else name
            if by:
                return f"{_KEY} IN ({_GIVEN_BY})", [name, end, len(by) + 1, f"{by}-", len(by) + 2]
            return f"{_KEY} IN (SELECT key FROM tags WHERE tag BETWEEN ? AND ?)", [name, end]
        case Is(state):
            return _IS[state], []
        case Has(thing):
            return _HAS[thing], []
        case After(day):
            return "coalesce({day} >= ?, 0)", [day.isoformat()]
        case Before(day):
            return "coalesce({day} < ?, 0)", [day.isoformat()]
        case Not(inner):
            refused, values = condition(inner, scan=scan)
            return f"NOT ({refused})", values
        case AllOf(nodes) | AnyOf(nodes):
            parts = [condition(part, scan=scan) for part in nodes]
            joint = " AND " if isinstance(node, AllOf) else " OR "
            joined = joint.join(f"({part})" for part, _ in parts) or "true"
            return f"({joined})", [value for _, values in parts for value in values]
    raise AssertionError(node)


def in_category(name: str) -> str:
    """Return a condition on `paper_categories` rows: in a category or an archive."""
    first, end = literal(f"{name}."), literal(f"{name}/")  # `/` is the sign after the full stop
    return f"category = {literal(name)} OR (category > {first} AND category < {end})"


def in_categories(names: Iterable[str]) -> str:
    """Return a condition on `a.key`: a paper in one of these categories or archives."""
    named = " OR ".join(map(in_category, names))
    return f"EXISTS (SELECT 1 FROM paper_categories c WHERE c.key = a.key AND ({named}))"


def literal(text: str) -> str:
    """A text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def _scan(node: Text) -> tuple[str, list[object]]:
    sought = f" {' '.join(node.words)}{'' if node.prefix else ' '}"
    columns = [node.column] if node.column else _COLUMNS
    found = " OR ".join(f"instr(' ' || f.{column} || ' ', ?) > 0" for column in columns)
    return f"({found})", [sought] * len(columns)


def json_values(values: Sequence[object]) -> str:
    """Return values as JSON, to be read by `json_each`."""
    return msgspec.json.encode(values).decode()

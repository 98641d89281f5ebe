"""The query language after `/`: parsed into a tree, or an error with its place.

A query is words, all of which must occur. `"a phrase"` in this order, `word*` all words that begin
so, `-` before anything turns it round, `or` between alternatives (it binds less than standing side
by side), parentheses group. Fields say where to look: `au:` `ti:` `abs:` `co:` (comment, journal)
`note:`; or ask something else: `cat:math.OC` (`cat:math` is the archive), `id:2512.21208`,
`tag:seminar`, `by:laptop` (who gave the tag, by the name of `[sync] name`), `is:unread`, `has:note`,
`after:2026-11-01` (on that day or later) and `before:2026-11`.
"""

from __future__ import annotations

import re
from datetime import date
from typing import cast, get_args

from tui_digest.errors import UsageError
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
    State,
    Tag,
    Text,
    Thing,
)
from tui_digest.paper import ArxivId
from tui_digest.text.words import Fold, folded_words

TEXT_FIELDS = {"au": "authors", "ti": "title", "abs": "abstract", "co": "comment", "note": "note"}
_OTHER_FIELDS = ("cat", "id", "tag", "by", "is", "has", "after", "before")

_FIELD = re.compile(r"([A-Za-z]+):")
_NOT_IN_MACHINE_NAMES = re.compile(r"[^\w.]+")
_OR = re.compile(r"or(?=[\s()]|$)", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
# SQLite takes conditions up to a thousand deep.
_LONGEST = 1000
_DEEPEST = 20
_CATEGORY = re.compile(r"[A-Za-z][A-Za-z-]*(?:\.[A-Za-z-]+)?", re.ASCII)


class QueryError(UsageError):
    """A query cannot be read. `position` counts characters from 0."""

    def __init__(self, query: str, position: int, problem: str) -> None:
        super().__init__(f"The search is wrong at character {position + 1}: {problem}.")
        self.query = query
        self.position = position
        self.problem = problem


def parse(query: str, fold: Fold, *, typing: bool = False) -> Node:
    """Read a query; an empty one finds every paper.

    While `typing`, the query may break off anywhere and its last word may go on.

    Raises:
        QueryError: the query is wrong; the message says what and where.
    """
    if len(query) > _LONGEST:
        raise QueryError(query, _LONGEST, f"a search has at most {_LONGEST} characters")
    parser = _Parser(query, fold, typing)
    node = parser.alternatives()
    if not parser.at_end():
        raise QueryError(query, parser.position, "there is no parenthesis that this one closes")
    return node


class _Parser:
    """Recursive descent: alternatives, of terms side by side, of single terms."""

    def __init__(self, query: str, fold: Fold, typing: bool) -> None:
        self.query = query
        self.position = 0
        self._fold = fold
        self._typing = typing
        self._depth = 0

    def at_end(self) -> bool:
        """Tell whether nothing but white space is left."""
        self._skip_space()
        return self.position >= len(self.query)

    def alternatives(self) -> Node:
        """Terms side by side, with `or` between such groups."""
        groups = [self._side_by_side()]
        while (at := self._or_here()) is not None:
            if groups[-1] == AllOf(()):
                raise QueryError(self.query, at, "before `or` a word is missing")
            groups.append(self._side_by_side())
            if groups[-1] == AllOf(()):
                if not (self._typing and self.at_end()):
                    raise QueryError(self.query, at, "after `or` a word is missing")
                groups.pop()
        return groups[0] if len(groups) == 1 else AnyOf(tuple(groups))

    def _side_by_side(self) -> Node:
        nodes: list[Node] = []
        while not self.at_end() and self.query[self.position] != ")":
            start = self.position
            if self._or_here() is not None:
                self.position = start
                break
            node = self._term()
            if node is not None:
                nodes.append(node)
        nodes = _with_givers(nodes)
        return nodes[0] if len(nodes) == 1 else AllOf(tuple(nodes))

    def _or_here(self) -> int | None:
        """Go past an `or`, and give where it stood."""
        self._skip_space()
        start = self.position
        if _OR.match(self.query, start):
            self.position += 2
            return start
        return None

    def _term(self) -> Node | None:
        """One term. While typing, None for one that has only begun."""
        start = self.position
        if self.query[start] in "-(":
            return self._nested(start)
        field = _FIELD.match(self.query, start)
        if field is None:
            return self._text(start, None)
        self.position = field.end()
        return self._field(start, field[1].lower())

    def _nested(self, start: int) -> Node | None:
        """Return what is turned round, or a group: terms within a term."""
        if self._depth == _DEEPEST:
            raise QueryError(
                self.query, start, f"more than {_DEEPEST} `(` and `-` in one another are too many"
            )
        self._depth += 1
        node = self._group(start) if self.query[start] == "(" else self._negation(start)
        self._depth -= 1
        return node

    def _negation(self, start: int) -> Node | None:
        self.position += 1
        if self.position >= len(self.query) or self.query[self.position].isspace():
            return self._missing(start, "after `-` a word is missing")
        node = self._term()
        return None if node is None else Not(node)

    def _group(self, start: int) -> Node | None:
        self.position += 1
        node = self.alternatives()
        if self.position < len(self.query):
            self.position += 1  # the closing one: nothing else ends the alternatives
        elif not self._typing:
            raise QueryError(self.query, start, "this parenthesis is never closed")
        if node == AllOf(()):
            return self._missing(start, "these parentheses are empty")
        return node

    def _field(self, start: int, name: str) -> Node | None:
        if name in TEXT_FIELDS:
            return self._text(start, name)
        if name not in _OTHER_FIELDS:
            known = ", ".join(f"{field}:" for field in (*TEXT_FIELDS, *_OTHER_FIELDS))
            raise QueryError(
                self.query,
                start,
                f"there is no field `{name}:`; fields are {known}; quote what is not a field",
            )
        at = self.position
        value, quoted, starred = self._value()
        if not value:
            return self._missing(start, f"after `{name}:` a value is missing")
        if name == "tag":
            going_on = self._typing and self.position >= len(self.query) and not quoted
            return Tag(value.lstrip("#").casefold(), starred or going_on)
        if name == "by":
            machine = _NOT_IN_MACHINE_NAMES.sub("-", value).strip("-.").casefold()
            return Tag("", begins=True, by=machine)
        try:
            return _field_node(name, value)
        except ValueError as error:
            if self._typing and self.position >= len(self.query):
                return None
            raise QueryError(self.query, at, str(error)) from None

    def _text(self, start: int, field: str | None) -> Node | None:
        value, quoted, starred = self._value()
        if field is None and not quoted and (number := _arxiv_number(value)):
            return Id(number)
        found = tuple(folded_words(value, self._fold))
        if not found:
            return self._missing(start, f"{value or self.query[start:]!r} has no letter or digit to look for")
        going_on = self._typing and self.position >= len(self.query) and not quoted
        return Text(found, TEXT_FIELDS[field] if field else None, starred or going_on)

    def _value(self) -> tuple[str, bool, bool]:
        """The word or phrase here, whether it is a phrase, and whether a star follows it."""
        start = self.position
        if self.query[start : start + 1] == '"':
            return self._phrase(start)
        depth = 0
        while self.position < len(self.query) and not self.query[self.position].isspace():
            depth += {"(": 1, ")": -1}.get(self.query[self.position], 0)
            if depth < 0:  # it closes a group, not a parenthesis of the word, as in O(n)
                break
            self.position += 1
        value = self.query[start : self.position]
        return value.removesuffix("*"), False, value.endswith("*")

    def _phrase(self, start: int) -> tuple[str, bool, bool]:
        end = self.query.find('"', start + 1)
        if end < 0:
            if not self._typing:
                raise QueryError(self.query, start, "this quotation mark is never closed")
            end = len(self.query)
        self.position = min(end + 1, len(self.query))
        starred = self.query[self.position : self.position + 1] == "*"
        self.position += starred
        return self.query[start + 1 : end], True, starred

    def _missing(self, position: int, problem: str) -> Node | None:
        """Raise for a missing node, except at the end of a query that is being typed."""
        if self._typing and self.at_end():
            return None
        raise QueryError(self.query, position, problem)

    def _skip_space(self) -> None:
        while self.position < len(self.query) and self.query[self.position].isspace():
            self.position += 1


def _with_givers(nodes: list[Node]) -> list[Node]:
    """Make `by:` beside `tag:` say who gave that tag, instead of any tag."""
    givers = [node.by for node in nodes if isinstance(node, Tag) and node.by]
    tags = [node for node in nodes if isinstance(node, Tag) and not node.by]
    if not givers or not tags:
        return nodes
    given = [Tag(tag.name, tag.begins, by) for tag in tags for by in givers]
    return [*(node for node in nodes if not isinstance(node, Tag)), *given]


def _field_node(name: str, value: str) -> Node:
    """The node of a field that is not text.

    Raises:
        ValueError: the value is not one of the field's; the message says what is allowed.
    """
    match name:
        case "cat":
            if _CATEGORY.fullmatch(value) is None:
                raise ValueError(f"{value!r} is not a category; categories look like math.OC or hep-th")
            return Category(value)
        case "id":
            return Id(ArxivId.parse(value).number)
        case "is":
            return Is(cast("State", _one_of(value, get_args(State), "is")))
        case "has":
            return Has(cast("Thing", _one_of(value, get_args(Thing), "has")))
        case "after":
            return After(_day(value))
        case _:
            return Before(_day(value))


def _one_of(value: str, allowed: tuple[str, ...], field: str) -> str:
    if value.lower() not in allowed:
        raise ValueError(f"`{field}:` does not know {value!r}; it knows {', '.join(allowed)}")
    return value.lower()


def _day(value: str) -> date:
    """A day, or the first day of a month or year."""
    match = _DAY.fullmatch(value)
    try:
        if match:
            return date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        pass
    raise ValueError(f"{value!r} is not a day; days look like 2026-11-20, 2026-11 or 2026")


def _arxiv_number(value: str) -> str | None:
    try:
        return ArxivId.parse(value).number
    except ValueError:
        return None

"""A query in the grammar of arXiv's query API. Pure.

https://info.arxiv.org/help/api/user-manual.html#query_details
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

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
    Tag,
    Text,
)

_FIELDS: Final = {None: "all", "authors": "au", "title": "ti", "abstract": "abs"}
_FIRST_DAY: Final = date(1991, 8, 1)
_LAST_DAY: Final = date(2999, 12, 31)


def api_query(node: Node) -> str:
    """Return a query as arXiv's API understands it.

    Raises:
        UsageError: a part of it cannot be asked; the message names all such parts.
    """
    refused = _refused(node)
    if refused:
        raise UsageError(
            f"arXiv cannot be asked for {', '.join(dict.fromkeys(refused))}; leave that out, or search "
            "what is stored here."
        )
    text = _joined_terms(node if isinstance(node, AllOf) else AllOf((node,)))
    if not text:
        raise UsageError("arXiv is asked for words, names, categories or days; the search has none.")
    return text


def _refused(node: Node) -> list[str]:
    """Return the parts of a query that arXiv's API has nothing for."""
    match node:
        case AllOf(nodes) | AnyOf(nodes):
            return [part for inner in nodes for part in _refused(inner)]
        case Not(inner):
            return _refused(inner)
        case Text(column="note"):
            return ["note:"]
        case Tag(by=by):
            return ["by:" if by else "tag:"]
        case Id(number):
            return [f"id:{number} (open it by its id instead)"]
        case Is(state):
            return [f"is:{state}"]
        case Has(thing):
            return [f"has:{thing}"]
    return []


def _joined_terms(node: AllOf) -> str:
    """Join terms by AND, what must not be by ANDNOT behind them."""
    wanted = [_api_term(inner) for inner in node.nodes if not isinstance(inner, Not)]
    unwanted = [_api_term(inner.node) for inner in node.nodes if isinstance(inner, Not)]
    if unwanted and not wanted:
        raise UsageError("arXiv is asked for what is wanted; a search of -words alone finds nothing there.")
    return " ANDNOT ".join([" AND ".join(wanted), *unwanted])


def _api_term(node: Node) -> str:
    match node:
        case Text(words, column, prefix):
            return _text(words, column, prefix=prefix)
        case Category(name):
            return f"cat:{name}" if "." in name else f"(cat:{name} OR cat:{name}.*)"
        case After(day):
            return _submitted(day, _LAST_DAY)
        case Before(day):
            return _submitted(_FIRST_DAY, max(day, _FIRST_DAY) - timedelta(days=1))
        case AllOf():
            return f"({_joined_terms(node)})"
        case AnyOf(nodes):
            return f"({' OR '.join(_api_term(inner) for inner in nodes)})"
        case Not():
            raise UsageError("arXiv takes a - only beside other words, not before a part of `or`.")
    raise AssertionError(f"{node} was refused before")


def _text(words: tuple[str, ...], column: str | None, *, prefix: bool) -> str:
    term = " ".join(words)
    quoted = f"{term}*" if prefix and len(words) == 1 else term if len(words) == 1 else f'"{term}"'
    if column == "comment":
        return f"(co:{quoted} OR jr:{quoted})"
    return f"{_FIELDS[column]}:{quoted}"


def _submitted(first: date, last: date) -> str:
    """Return the range of first submission days, both included, for arXiv's API.

    arXiv's API knows no days of announcement.
    """
    return f"submittedDate:[{first:%Y%m%d}0000 TO {last:%Y%m%d}2359]"

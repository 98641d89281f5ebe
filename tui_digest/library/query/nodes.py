"""Nodes of a query's tree."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

State = Literal["to-read", "done", "dismissed", "marked", "read", "unread", "new", "cross", "replaced"]
Thing = Literal["note", "explanation", "tag", "comment", "journal", "doi"]


class Text(msgspec.Struct, frozen=True):
    """Adjacent folded words in one column, or (None) in any; the last may be a prefix."""

    words: tuple[str, ...]
    column: str | None = None
    prefix: bool = False


class Category(msgspec.Struct, frozen=True):
    """A category, or an archive with all of its categories."""

    name: str


class Id(msgspec.Struct, frozen=True):
    """One paper, at any version."""

    number: str


class Tag(msgspec.Struct, frozen=True):
    """A tag that the reader gave, or (`begins`) all tags that begin so.

    `by` names the machine that put it on, in small letters; empty: any of those that share decisions.
    """

    name: str
    begins: bool = False
    by: str = ""


class Is(msgspec.Struct, frozen=True):
    """A state of the paper or of its reading."""

    state: State


class Has(msgspec.Struct, frozen=True):
    """Something that a paper may have."""

    thing: Thing


class After(msgspec.Struct, frozen=True):
    """Announced, or if never in a mailing first submitted, on this day or later."""

    day: date


class Before(msgspec.Struct, frozen=True):
    """Announced, or if never in a mailing first submitted, before this day."""

    day: date


class Not(msgspec.Struct, frozen=True):
    """Negation of a node."""

    node: Node


class AllOf(msgspec.Struct, frozen=True):
    """Conjunction of nodes; without nodes: every paper."""

    nodes: tuple[Node, ...]


class AnyOf(msgspec.Struct, frozen=True):
    """Alternatives, of which one must hold."""

    nodes: tuple[Node, ...]


Node = Text | Category | Id | Tag | Is | Has | After | Before | Not | AllOf | AnyOf


def shown_words(node: Node) -> tuple[str, ...]:
    """Return the folded words that a hit shows, each once; `word*` for a prefix."""
    match node:
        case Text(found, _, prefix):
            return (*found[:-1], f"{found[-1]}*") if prefix else found
        case AllOf(nodes) | AnyOf(nodes):
            return tuple(dict.fromkeys(word for inner in nodes for word in shown_words(inner)))
        case _:
            return ()


def is_narrower(node: Node, before: Node) -> bool:
    """Tell whether all that has a word has the prefix of it that was typed before."""
    return (
        isinstance(node, Text)
        and isinstance(before, Text)
        and before.prefix
        and node.column == before.column
        and node.words[:-1] == before.words[:-1]
        and node.words[-1].startswith(before.words[-1])
    )

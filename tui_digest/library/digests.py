"""Relations of digests: which answers for which, and which replaces which. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import msgspec

from tui_digest.paper import (
    AnnounceType,
    Completeness,
    CompletenessState,
    Digest,
    Paper,
    count_types,
)

_ALIAS = {AnnounceType.NEW: AnnounceType.CROSS, AnnounceType.REPLACE: AnnounceType.REPLACE_CROSS}

# How near to what arXiv announced a digest is; the other states are between partial and guessed.
_NEARNESS = {
    CompletenessState.COMPLETE: 3,
    CompletenessState.PARTIAL: 2,
    CompletenessState.BY_SUBMISSION_DATE: 0,
}


def covers(asked: Iterable[str], categories: Iterable[str]) -> bool:
    """Tell whether a digest for the categories `asked` has all of these categories."""
    known = set(asked)
    return all(category in known or category.partition(".")[0] in known for category in categories)


def belongs(paper: Paper, categories: Collection[str]) -> bool:
    """Tell whether a paper is in one of the categories, or of an archive's among them."""
    return any(
        category in categories or category.partition(".")[0] in categories for category in paper.categories
    )


def gives_way(stored: Completeness, known: Collection[str], fresh: Digest) -> bool:
    """Tell whether a fresh digest replaces a stored one of its day and categories.

    `known` are the ids of the papers in the stored one.
    """
    guessed = CompletenessState.BY_SUBMISSION_DATE
    if fresh.completeness.state is guessed and stored.state is not guessed:
        return False
    coming = {paper.id for paper in fresh.papers}
    if coming.issuperset(known):
        return True
    nearer = _NEARNESS.get(fresh.completeness.state, 1) - _NEARNESS.get(stored.state, 1)
    return nearer > 0 or (nearer == 0 and len(coming) >= len(known))


def narrow_digest(digest: Digest, categories: Sequence[str]) -> Digest:
    """Return the part of a digest in fewer categories, as arXiv would announce it.

    A paper whose primary category is not among them comes as a cross-list.
    """
    listed = tuple(
        msgspec.structs.replace(
            paper, announce_type=announced_kind(paper.announce_type, paper.primary, categories)
        )
        for paper in digest.papers
        if belongs(paper, categories)
    )
    completeness = narrowed_completeness(digest.completeness, len(listed), count_types(listed))
    return msgspec.structs.replace(
        digest, categories=tuple(categories), papers=listed, completeness=completeness
    )


def narrowed_completeness(whole: Completeness, shown: int, counts: dict[str, int]) -> Completeness:
    """The completeness of the part of a digest that is in fewer categories."""
    complete = whole.state is CompletenessState.COMPLETE
    return Completeness(
        state=whole.state,
        shown=shown,
        announced=shown if complete else None,
        counts=counts,
        note=whole.note,
    )


def announced_kind(
    kind: AnnounceType | None, primary: str, categories: Collection[str]
) -> AnnounceType | None:
    """Return a paper's announce type in these categories, or None.

    It is a cross-list where the paper's primary category is not among them.
    """
    if kind in _ALIAS and primary not in categories and primary.partition(".")[0] not in categories:
        return _ALIAS[kind]
    return kind

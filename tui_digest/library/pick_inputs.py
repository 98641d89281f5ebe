"""Input of a pick: a list's papers, and those marked and dismissed before."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from tui_digest.entry import Mark
from tui_digest.library.fts_index import TERMS, packed_terms
from tui_digest.library.interests import interests
from tui_digest.library.list_queries import papers_at, positions_of
from tui_digest.library.query.sql import json_values
from tui_digest.lists import DayScope, PickedRow, Scope
from tui_digest.picking.likeness import FEWEST_MARKED, Likeness, learn
from tui_digest.picking.pick import Candidate, pick
from tui_digest.settings import PickSettings
from tui_digest.text.words import Fold

_MOST_MARKED = 250
_MOST_DISMISSED = 100
_OTHERS = 450
"""Papers to learn from: the latest decisions say what the reader wants now."""

_FEWEST_OTHERS = 50
_SAMPLED = 400
_CHUNK = 50


def compute_pick(
    connection: sqlite3.Connection, scope: Scope, rules: PickSettings, count: int, fold: Fold
) -> tuple[PickedRow, ...]:
    """Compute the pick of some papers, best first.

    Args:
        connection: the library, as it is at one moment.
        scope: the papers to pick from.
        rules: what the user asked for.
        count: how many papers are picked at most.
        fold: the folding of the library's index.
    """
    if not count:
        return ()
    likeness, own = _likeness(connection, scope) if rules.rule == "weights" else (None, False)
    followed = interests(connection)
    if likeness is None and not (rules.words or rules.categories or followed):
        return ()
    candidates = _candidates(connection, scope, positions_of(connection, scope), own=own)
    return pick(candidates, followed, rules, count, likeness=likeness, fold=fold)


def _likeness(connection: sqlite3.Connection, scope: Scope) -> tuple[Likeness | None, bool]:
    """Learn what recently marked papers share, against dismissed and unmarked ones.

    The papers of the day itself are left out, so that none is like itself, unless there are too few
    others, as on the first days. The second is whether marked papers of the day were learned from.
    """
    mailing = scope.mailing if isinstance(scope, DayScope) else -1
    elsewhere = f"NOT EXISTS (SELECT 1 FROM announcements a WHERE a.key = f.key AND +a.mailing = {mailing})"
    marked = _decided(connection, f"r.mark IN ('to-read', 'done') AND {elsewhere}", _MOST_MARKED)
    own = len(marked) < FEWEST_MARKED
    if own:
        marked = _decided(connection, "r.mark IN ('to-read', 'done')", _MOST_MARKED)
    if not marked:
        return None, False
    others = _undecided(connection, elsewhere)
    if len(others) < _FEWEST_OTHERS:
        others = _undecided(connection, "true")
    dismissed = _decided(connection, "r.mark = 'dismissed'", _MOST_DISMISSED)
    likeness = learn(marked, [*dismissed, *others])
    return likeness.shifted_to(_sampled_terms(connection, scope)) if likeness is not None else None, own


def _decided(connection: sqlite3.Connection, condition: str, limit: int) -> list[bytes]:
    rows = connection.execute(
        f"SELECT {TERMS} FROM readings r CROSS JOIN folded f ON f.key = r.key "
        f"WHERE {condition} ORDER BY r.marked_at DESC, r.key DESC LIMIT ?",
        (limit,),
    )
    return [packed_terms(terms) for (terms,) in rows]


def _undecided(connection: sqlite3.Connection, condition: str) -> list[bytes]:
    """The newest papers that were neither marked nor dismissed."""
    rows = connection.execute(
        f"SELECT {TERMS} FROM folded f LEFT JOIN readings r ON r.key = f.key "
        f"WHERE r.mark IS NULL AND {condition} ORDER BY f.key DESC LIMIT ?",
        (_OTHERS,),
    )
    return [packed_terms(terms) for (terms,) in rows]


def _sampled_terms(connection: sqlite3.Connection, scope: Scope) -> list[bytes]:
    """Return the terms of undecided papers from all over a list."""
    positions = positions_of(connection, scope)
    sample = positions[:: max(1, len(positions) // _SAMPLED)]
    candidates = _candidates(connection, scope, sample, own=True)
    return [candidate.terms for candidate in candidates if not candidate.learned_from]


def _candidates(
    connection: sqlite3.Connection, scope: Scope, positions: Sequence[int], *, own: bool
) -> Iterator[Candidate]:
    """Yield a list's papers at these positions, read in batches.

    `own` says that its marked ones were learned from.
    """
    for start in range(0, len(positions), _CHUNK):
        chunk = positions[start : start + _CHUNK]
        papers = papers_at(connection, scope, chunk)
        folded = connection.execute(
            f"SELECT e.key, f.title, f.abstract, {TERMS}, r.mark FROM json_each(?) e "
            "CROSS JOIN papers p ON p.id = e.value CROSS JOIN folded f ON f.key = p.key "
            "LEFT JOIN readings r ON r.key = p.key ORDER BY e.key",
            (json_values([paper.id for paper in papers]),),
        ).fetchall()
        # Fewer than asked for: another program has written the library in between.
        for number, title, abstract, terms, mark in folded:
            yield Candidate(
                position=chunk[number],
                paper=papers[number],
                title=title,
                abstract=abstract,
                terms=packed_terms(terms),
                dismissed=mark == Mark.DISMISSED.value,
                learned_from=own and mark is not None,
            )

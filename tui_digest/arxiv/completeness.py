"""The completeness of a digest, and the sentence that explains it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

import msgspec

from tui_digest.arxiv.calendar import Calendar, us_eastern
from tui_digest.arxiv.taxonomy import is_in_category
from tui_digest.arxiv.types import CLOCK_SLACK
from tui_digest.paper import AnnounceType, Completeness, CompletenessState, Digest, Paper, count_types
from tui_digest.render.labels import day_name

FEED_CAP = 2000
"""The most papers in a joined feed of arXiv; beyond it, new ones are left out."""

ASK_AGAIN_AFTER = timedelta(hours=1)
"""How long an incomplete answer is not requested again."""

UNDATED_NOTE = (
    "Unconfirmed: arXiv did not give the dates of these papers, so this may be an earlier mailing; "
    "it is asked again later."
)

_ENOUGH_TO_JUDGE = 5
_AS_GOOD_AS_IT_GETS = (CompletenessState.COMPLETE, CompletenessState.BY_SUBMISSION_DATE)


def feed_completeness(
    papers: tuple[Paper, ...],
    announced: int,
    *,
    stale: Sequence[str] = (),
    cut: Sequence[str] = (),
    split: bool = False,
    late: date | None = None,
) -> Completeness:
    """Return the completeness of a mailing from the daily feeds.

    `announced` papers were in the feeds. `stale` categories still held an earlier mailing, `cut`
    ones had more papers than a feed can hold, and `split` says that each category was therefore
    fetched by itself. `late` is the day whose mailing the feeds should have held.
    """
    state = CompletenessState.COMPLETE
    notes = []
    if split and not cut:
        notes.append(
            f"arXiv's joined feed is cut at {FEED_CAP} papers, so each category was asked for alone."
        )
    if len(papers) < announced:
        state = CompletenessState.PARTIAL
        notes.append(
            f"{announced - len(papers)} of the {announced} papers in arXiv's feed could not be read."
        )
    if cut:
        state = CompletenessState.PARTIAL
        notes.append(
            f"arXiv's feed of {_listed(cut)} is cut at {FEED_CAP} papers, so new ones are missing; "
            f"see arxiv.org/list/{cut[0]}/new."
        )
    if stale:
        state = CompletenessState.STALE
        notes.append(
            f"For {_listed(stale)} arXiv still served an earlier mailing under this date; "
            "it is asked again later."
        )
    if late is not None:
        state = CompletenessState.STALE
        notes.append(
            f"arXiv's feed does not hold the mailing of {day_name(late)} yet; it is asked again later."
        )
    return Completeness(
        state=state,
        shown=len(papers),
        announced=announced,
        counts=count_types(papers),
        note=" ".join(notes),
    )


def submission_completeness(papers: tuple[Paper, ...], total: int, day: date) -> Completeness:
    """Return the completeness of a digest by submission date; `total` is the API's."""
    note = (
        f"By submission date, because arXiv's feed does not hold {day_name(day)}; "
        "arXiv's own list can differ."
    )
    if not papers and not total:
        return Completeness(
            state=CompletenessState.UNCONFIRMED,
            shown=0,
            note=f"Unconfirmed: arXiv's API twice gave no papers for {day_name(day)}, where some were due.",
        )
    if len(papers) < total:
        note = (
            f"arXiv promised {total} papers by submission date and gave {len(papers)}; the rest is missing."
        )
        return Completeness(state=CompletenessState.PARTIAL, shown=len(papers), announced=total, note=note)
    return Completeness(
        state=CompletenessState.BY_SUBMISSION_DATE, shown=len(papers), announced=total, note=note
    )


def stale_categories(
    papers: Sequence[Paper],
    categories: Sequence[str],
    announced_before: Collection[str],
    previous: Digest | None,
) -> tuple[str, ...]:
    """Return the categories whose papers were all in an earlier mailing.

    `announced_before` are the ids with version in earlier stored mailings. A cross-list repeats an
    id that another category announced, so it is old only if `previous`, the stored mailing before,
    had it as a cross-list too, or has no announce types.
    """
    before = (
        {(paper.id, paper.version, paper.announce_type) for paper in previous.papers} if previous else set()
    )

    def is_old(paper: Paper) -> bool:
        if paper.announce_type in (AnnounceType.CROSS, AnnounceType.REPLACE_CROSS):
            return any((paper.id, paper.version, kind) in before for kind in (paper.announce_type, None))
        return str(paper.arxiv_id) in announced_before

    old = {paper.id for paper in papers if is_old(paper)}
    stale = []
    for category in categories:
        own = [paper for paper in papers if is_listed_in(paper, category)]
        if own and all(paper.id in old for paper in own):
            stale.append(category)
    return tuple(stale)


def judged_by_dates(
    completeness: Completeness,
    papers: Sequence[Paper],
    categories: Sequence[str],
    since: datetime,
    *,
    all_asked: bool,
) -> Completeness:
    """Judge a mailing from the feeds by when its new papers were submitted.

    Moderation delays a few papers, but never all of a day: a category without a new one submitted after
    `since`, the cut-off of the mailing before, shows an earlier mailing, even if nothing is stored to
    compare it with. Of fewer than five papers that cannot be said.

    Args:
        completeness: that of the feeds: complete, or unconfirmed by an earlier judgement.
        papers: the papers of the mailing.
        categories: those it was fetched for.
        since: the cut-off of the mailing before.
        all_asked: whether arXiv has answered for all papers; a few that it left out do not matter then.

    Returns:
        Complete, stale, or, where dates that would tell are missing, unconfirmed.
    """
    early, undated = [], []
    for category in categories:
        new = [
            paper
            for paper in papers
            if paper.announce_type is AnnounceType.NEW and is_listed_in(paper, category)
        ]
        dates = [paper.published for paper in new if paper.published is not None]
        if len(new) < _ENOUGH_TO_JUDGE or any(day > since for day in dates):
            continue
        if len(dates) == len(new) or (all_asked and len(dates) >= _ENOUGH_TO_JUDGE):
            early.append(category)
        else:
            undated.append(category)
    note = completeness.note.replace(UNDATED_NOTE, "").strip()
    state = CompletenessState.COMPLETE
    if early:
        state = CompletenessState.STALE
        note = (
            f"All new papers of {_listed(early)} were submitted for an earlier mailing than this; "
            f"arXiv is asked again later. {note}"
        ).strip()
    elif undated:
        state, note = CompletenessState.UNCONFIRMED, f"{UNDATED_NOTE} {note}".strip()
    return msgspec.structs.replace(completeness, state=state, note=note)


def is_confirmed_by(previous: Digest | None) -> bool:
    """Tell whether the ids of a mailing are proof enough that it is a new one.

    They are if none was in the mailing before (`stale_categories`), and that one is stored whole.
    """
    return previous is not None and previous.completeness.state is CompletenessState.COMPLETE


def is_listed_in(paper: Paper, wanted: str) -> bool:
    """Tell whether a paper is listed in a category or archive."""
    return any(is_in_category(category, wanted) for category in paper.categories)


def is_fetch_due(stored: Digest | None, now: datetime, calendar: Calendar) -> bool:
    """Tell whether arXiv can have something newer than `stored`, the newest digest.

    A digest is fresh until the feeds change; an incomplete one is fetched again after an hour, as
    long as the feeds still hold its mailing, or a newer one has been announced. One that was fetched
    in the future, by a clock that was wrong then or is now, is not fresh: else nothing would be fetched
    until that day.
    """
    if stored is None:
        return True
    newer_in_feed = stored.date < calendar.newest_in_feed(now)
    if stored.fetched_at is None or (newer_in_feed and came_by_submission(stored)):
        return newer_in_feed
    if now >= calendar.feed_changes(stored.fetched_at) or stored.fetched_at > now + CLOCK_SLACK:
        return True
    if stored.completeness.state in _AS_GOOD_AS_IT_GETS:
        return False
    if calendar.feed_is_quiet(now) and not newer_in_feed:
        return False
    return now - stored.fetched_at >= ASK_AGAIN_AFTER


def came_by_submission(digest: Digest) -> bool:
    """Tell whether the digest is by submission date, which has no announce types."""
    return all(paper.announce_type is None for paper in digest.papers)


def with_note(digest: Digest, note: str, state: CompletenessState | None = None) -> Digest:
    """Return the digest with a sentence before its note and, if given, another state.

    The state quiet does not replace partial or stale, which say more.
    """
    told = digest.completeness
    complete = told.state is CompletenessState.COMPLETE
    if state is None or (state is CompletenessState.QUIET and not complete):
        state = told.state
    joined = f"{note} {told.note}".strip()
    return msgspec.structs.replace(
        digest, completeness=msgspec.structs.replace(told, state=state, note=joined)
    )


def with_current_state(digest: Digest, now: datetime, calendar: Calendar) -> Digest:
    """Return the newest digest with a note on its state at this moment.

    On a day without a mailing it is the last one; in the evening the next is announced, which is in
    the feeds from midnight on; and a newer one may not have been fetched.
    """
    in_feed, announced = calendar.newest_in_feed(now), calendar.newest_announced(now)
    if digest.date < in_feed:
        return with_note(
            digest, f"{day_name(digest.date)} is shown; {day_name(in_feed)} has not been fetched."
        )
    quiet = calendar.feed_is_quiet(now) and digest.date == in_feed
    state = CompletenessState.QUIET if quiet else None
    if digest.date < announced:
        note = f"{day_name(announced)} is announced; arXiv's feed brings it at midnight Eastern."
        return with_note(digest, note, state)
    if quiet:
        today = now.astimezone(us_eastern()).date()
        return with_note(digest, quiet_note(today, digest.date, calendar), state)
    return digest


def quiet_note(day: date, shown: date, calendar: Calendar) -> str:
    """Return the sentence on a day without a mailing."""
    return f"No mailing on {day_name(day)} ({calendar.why_quiet(day)}); {day_name(shown)} is shown."


def _listed(categories: Sequence[str]) -> str:
    return categories[0] if len(categories) == 1 else f"{', '.join(categories[:-1])} and {categories[-1]}"

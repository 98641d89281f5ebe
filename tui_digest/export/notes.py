"""A note's file in two hands: our properties and our part of the page, and all that is the reader's."""

from __future__ import annotations

import re

BEGIN = "%% tui-digest: begin. What stands up to the end mark is written anew by each export. %%"
END = "%% tui-digest: end. What stands below is yours. %%"

# The reader adds to these in Obsidian, so they are written once and theirs from then on.
_WRITTEN_ONCE = frozenset(("aliases", "tags"))
_OUR_FIELDS = "title arxiv version authors categories announced published journal doi url pdf mark read"
_OURS = frozenset(_OUR_FIELDS.split())
_OUR_PART = re.compile(f"{re.escape(BEGIN)}(?:(?!{re.escape(BEGIN)}).)*?{re.escape(END)}", re.DOTALL)
_FRONT_MATTER = re.compile(
    r"\ufeff?---[ \t]*\r?\n(?P<fields>.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_FIELD = re.compile(
    r"""^(?P<name>"[^"\n]*"|'[^'\n]*'|[^\s#'"-][^:\n]*|-[^\s][^:\n]*):(?=\s|$)""", re.MULTILINE
)


def merge(old: str, new: str) -> str:
    """The note as it is to be written where there is one already.

    Our properties and the part between our marks are new. The reader's own properties, tags,
    aliases and all other text stay; where the marks are gone, our part follows at the end.
    """
    properties, body = split_note(old)
    new_properties, new_body = split_note(new)
    ours = _OUR_PART.search(new_body)
    assert ours is not None  # every note of ours has its marks
    fields = "".join(_merged(properties, new_properties).values())
    if _OUR_PART.search(body):
        body = _OUR_PART.sub(lambda _: ours[0], body, count=1)
    else:
        body = f"{body.rstrip()}\n\n{ours[0]}\n".lstrip()
    return f"---\n{fields}---\n{body}"


def split_note(note: str) -> tuple[dict[str, str], str]:
    """The properties of a note, each with its lines as they stand, and what follows them."""
    match = _FRONT_MATTER.match(note)
    if match is None:
        return {}, note
    text = match["fields"]
    starts = list(_FIELD.finditer(text))
    fields: dict[str, str] = {}
    before = text[: starts[0].start()] if starts else text
    if before.strip():
        fields[""] = before
    for field, following in zip(starts, [*starts[1:], None], strict=True):
        end = following.start() if following else len(text)
        fields[field["name"].strip("\"' ")] = text[field.start() : end].rstrip("\n") + "\n"
    return fields, note[match.end() :]


def _merged(old: dict[str, str], new: dict[str, str]) -> dict[str, str]:
    kept = {name: field for name, field in old.items() if name not in new or name in _WRITTEN_ONCE}
    gone = {name for name in old if name in _OURS and name not in new}
    return {name: field for name, field in {**new, **kept}.items() if name not in gone}

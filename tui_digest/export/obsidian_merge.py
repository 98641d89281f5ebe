"""Merging of a note: our properties and our part of the page, the rest the user's."""

from __future__ import annotations

import re

BEGIN = "%% tui-digest: begin. Each export replaces the text from here to the end mark. %%"
END = "%% tui-digest: end. The text below is yours. %%"

# By their first words, since the notes of other versions go on otherwise.
BEGIN_MARK = re.compile(r"%% tui-digest: begin\.[^%\n]*%%")
_END_MARK = re.compile(r"%% tui-digest: end\.[^%\n]*%%")

# The reader adds to these in Obsidian, so they are written once and theirs from then on.
_WRITTEN_ONCE = frozenset(("aliases", "tags"))
_OUR_FIELDS = (
    "title arxiv version authors categories announced published journal doi url pdf pdf_file mark read"
)
_OURS = frozenset(_OUR_FIELDS.split())
_OUR_PART = re.compile(f"{BEGIN_MARK.pattern}(?:(?!{BEGIN_MARK.pattern}).)*?{_END_MARK.pattern}", re.DOTALL)
_FRONT_MATTER = re.compile(
    r"\ufeff?---[ \t]*\r?\n(?P<fields>.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_NAME = re.compile(r"""(?P<quote>["']?)(?P<name>[^:"'\n]+)(?P=quote)[ ]*:(?=\s)""")
_LINE = re.compile(r".*\n")
_GOES_ON = (" ", "\t", "-", "]", "}", "\r", "\n")


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
        before = f"{body.rstrip()}\n\n" if body.strip() else ""
        body = f"{before}{ours[0]}\n"
    return f"---\n{fields}---\n{body}"


def split_note(note: str) -> tuple[dict[str, str], str]:
    """Split a note into its properties, each with its lines as written, and the rest.

    A line that is no property, such as a comment, is kept under itself.
    """
    match = _FRONT_MATTER.match(note)
    if match is None:
        return {}, note
    fields: dict[str, str] = {}
    name = ""
    for line in _LINE.findall(match["fields"]):
        if not line.startswith(_GOES_ON):
            named = _NAME.match(line)
            name = named["name"] if named else line
        fields[name] = fields.get(name, "") + line
    return fields, note[match.end() :]


def _merged(old: dict[str, str], new: dict[str, str]) -> dict[str, str]:
    kept = {name: field for name, field in old.items() if name not in new or name in _WRITTEN_ONCE}
    gone = {name for name in old if name in _OURS and name not in new}
    return {name: field for name, field in {**new, **kept}.items() if name not in gone}

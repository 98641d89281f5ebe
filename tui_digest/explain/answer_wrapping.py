"""Taking an answer out of fences, tags and indentation around it."""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Sequence

from tui_digest.explain.checking.marks import find_marks
from tui_digest.explain.stream_filter import FENCE, MARKDOWN, PLAIN

_FORMULAS = frozenset(("math", "latex", "tex", "katex"))
_HEADING = re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+\S", re.MULTILINE)
_SENTENCE = re.compile(r"^[ \t]*[^\W\d_a-z]\w*(?:[ ,]+[^\s,]+){3,}[.!?:][ \t]*$", re.MULTILINE)
_WORDS = re.compile(r"(?<![\\\w])[a-z]{2,}(?: [a-z]{2,}){3}")
_TAGS = re.compile(
    r"\s*<(?P<name>explanation|markdown|md|pre|article|document|text|result|body|html)>(?P<inside>.*)</(?P=name)>\s*",
    re.DOTALL | re.IGNORECASE,
)
_QUOTES = re.compile(r'\s*"""\n?(?P<inside>.*?)\n?"""\s*', re.DOTALL)
# What a service leaves of harmony's channels when it drops their tags.
_CHANNELS = re.compile(
    r"\A\s*(?:(?:assistant\s*)?(?:analysis|commentary)(?=[A-Z\s]).*?assistant\s*)?final\s*(?=[#A-Z*\n])",
    re.DOTALL,
)
# Reasoning in words, as Granite writes it and as Ollama prints it, and the name of a role.
_THOUGHTS = re.compile(
    r"\A\s*(?:here(?:['’]s| is) my (?:thought process|thinking|reasoning)|thinking\.\.\.)[:\s].*?"
    r"(?:\bhere(?:['’]s| is) my (?:response|answer)|\n\.\.\.done thinking\.)[: \t]*\n",
    re.DOTALL | re.IGNORECASE,
)
_ROLE = re.compile(r"\A\s*(?:assistant|model)\s*[:\n]\s*(?=[#*-])", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:quot|apos|nbsp|[lr][ds]quo|#34|#39|#x22|#x27);")
_LONGEST_REMARK = 400
_DEEPEST = 3


def unwrap(text: str) -> str:
    """Return an answer without what is wrapped around it.

    That is a fence around all of it or around parts that are no code, with remarks before and behind; a
    channel's name, a tag, quotation marks or an indentation around all of it.
    """
    text = text.lstrip("\ufeff")
    for before in (_CHANNELS, _THOUGHTS, _ROLE):
        text = before.sub("", text)
    text = _unindented(text)
    text = _ENTITY.sub(lambda entity: html.unescape(entity[0]).replace("\xa0", " "), text)
    for around in (_TAGS, _QUOTES):
        if found := around.fullmatch(text):
            text = found["inside"]
    return _without_fences(_unindented(text)).strip()


def _unindented(text: str) -> str:
    """The text without the indentation of code, or `>`, of all its lines."""
    lines = [line for line in text.split("\n") if line.strip()]
    if all(line.startswith(("    ", "\t")) for line in lines):
        return textwrap.dedent(text)
    if all(line.startswith(">") for line in lines):
        return re.sub(r"^> ?", "", text, flags=re.MULTILINE)
    return text


def is_wrapper(language: str, inside: str) -> bool:
    """Tell whether a block of code in a language is an answer or a part of one."""
    if language in MARKDOWN:
        return True
    return language in PLAIN and next(find_marks(inside), None) is not None


def _without_fences(text: str, depth: int = 0) -> str:
    """Return the text without fences around what is no code; `depth` counts nesting."""
    if depth > _DEEPEST or not ("```" in text or "~~~" in text):
        return text
    lines = text.split("\n")
    headings = [place for place, line in enumerate(lines) if _HEADING.match(line)]
    kept: list[str] = []
    wrapped = range(0)
    place = 0
    while place < len(lines):
        opening = FENCE.fullmatch(lines[place])
        if opening is None:
            kept.append(lines[place])
            place += 1
            continue
        end = _fence_end(lines, place, opening)
        inside = lines[place + 1 : end]
        is_whole = not headings or (headings[0] > place and headings[-1] < end)
        read = _read_fence(opening, inside, is_whole=is_whole, depth=depth)
        if read is None:
            kept += lines[place : end + 1]
        else:
            if _has_answer("\n".join(inside)):
                wrapped = range(wrapped.start if wrapped else len(kept), len(kept) + len(read))
            kept += read
        place = end + 1
    return _without_remarks(kept, wrapped)


def _fence_end(lines: Sequence[str], start: int, opening: re.Match[str]) -> int:
    """Return the number of the line that closes a fence, or of lines if none does.

    An answer in Markdown may have fences of its own.
    """
    open_fences = [opening["fence"]]
    for place in range(start + 1, len(lines)):
        line = FENCE.fullmatch(lines[place])
        if line is None:
            continue
        if not line["language"] and line["fence"].startswith(open_fences[-1]):
            open_fences.pop()
        elif line["language"] and opening["name"].lower() in MARKDOWN | PLAIN:
            open_fences.append(line["fence"])
        if not open_fences:
            return place
    return len(lines)


def _read_fence(opening: re.Match[str], inside: list[str], *, is_whole: bool, depth: int) -> list[str] | None:
    """Return the lines of a block of code that is none, else None."""
    language, content = opening["name"].lower(), "\n".join(inside)
    begins_with_heading = _HEADING.match(content.lstrip("\n")) is not None
    if (
        is_wrapper(language, content)
        or (language in PLAIN and is_whole and begins_with_heading)
        or (language in PLAIN and _SENTENCE.search(content) and not begins_with_heading)
    ):
        if inside and re.search(r"\S`{3,}\s*\Z", inside[-1]):
            inside = [*inside[:-1], inside[-1].rstrip("` ")]
        return _without_fences(textwrap.dedent("\n".join(inside)), depth + 1).split("\n")
    if language in _FORMULAS and content.strip() and not ("$" in content or _WORDS.search(content)):
        return inside if r"\begin{" in content else ["", "$$", *inside, "$$", ""]
    return None


def _without_remarks(lines: list[str], wrapped: range) -> str:
    """Return the lines without short remarks before and behind the answer."""
    if not wrapped:
        return "\n".join(lines)
    before, behind = "\n".join(lines[: wrapped.start]), "\n".join(lines[wrapped.stop :])
    parts = [
        "" if _is_remark(before) else before,
        "\n".join(lines[wrapped.start : wrapped.stop]),
        "" if _is_remark(behind) else behind,
    ]
    return "\n".join(part for part in parts if part)


def _is_remark(text: str) -> bool:
    return len(text) <= _LONGEST_REMARK and not _has_answer(text)


def _has_answer(text: str) -> bool:
    return _HEADING.search(text) is not None or next(find_marks(text), None) is not None

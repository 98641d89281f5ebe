"""Check of an answer's form: an explanation, no refusal, as it was asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

REFUSAL = "the model declined to answer"
WITHOUT_HEADINGS = "the answer has none of the headings that were asked for"

_HEADING = re.compile(
    r"^[ \t]{0,3}(?:#{1,6}[ \t]+\S|(?:\*\*|__)[^*_\n]{2,60}(?:\*\*|__):?[ \t]*$)", re.MULTILINE
)
_LONGEST_REFUSAL = 800
_DECLINING = re.compile(
    r"\A\W*(?:i['’]?m (?:really |very |truly )?sorry|i am sorry|sorry|i apologi[sz]e|apologies|unfortunately"
    r"|i (?:can(?:no|['’])t|cannot|can not|am unable|['’]m unable|won['’]t|will not|must decline|do not feel)"
    r"|as an? (?:ai|language model|large language)|es tut mir leid|leider|je suis désolé|désolé|lo siento)\b",
    re.IGNORECASE,
)


def form_problem(text: str, headings: Sequence[str]) -> str:
    """Return what is wrong with a finished answer's form, in a few words, or "".

    Args:
        text: The answer, tidied.
        headings: Those that were asked for; a model may translate them, so that any will do.
    """
    has_headings = _HEADING.search(text) is not None
    if not has_headings and len(text) <= _LONGEST_REFUSAL and _DECLINING.match(text):
        return REFUSAL
    return WITHOUT_HEADINGS if headings and not has_headings else ""

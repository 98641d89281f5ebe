"""The form of a finished answer: a refusal, or another form than was asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui_digest.entry import REFUSAL
from tui_digest.explain.checking.marks import find_marks
from tui_digest.settings import ExplanationKind

WITHOUT_HEADINGS = "the answer has none of the headings that were asked for"
NO_LIST = "the answer is not the list that was asked for"
NO_TRANSLATION = "the answer is too short for a translation"

_HEADING = re.compile(
    r"^[ \t]{0,3}(?:#{1,6}[ \t]+\S[^\n]*|(?:\*\*|__)[^*_\n]{2,60}(?:\*\*|__):?[ \t]*$)", re.MULTILINE
)
_ITEM = re.compile(r"^[ \t]{0,3}(?:[-*+•]|\d{1,2}[.)])[ \t]+\S", re.MULTILINE)
_LONGEST_REFUSAL = 800
_SHORTEST_TRANSLATION = 0.15
"""Of the length of the abstract; Chinese takes a third of English's letters."""

# How an answer begins that declines.
_APOLOGIES = {
    "en": r"(?:i'm|i am) (?:really |very |truly )?sorry|sorry|(?:my )?apologies|i apologi[sz]e|unfortunately"
    r"|i (?:can(?:no|')t|can not|am (?:un|not )able|won't|will not|(?:must |have to )?decline|refuse)"
    r"|i prefer not"
    r"|i'm (?:unable|not able|just)|i (?:do not|don't) (?:feel|have access)|i(?:'d| would) rather not"
    r"|as an? (?:ai|language model|large language)"
    r"|(?:(?:your|the|this) )?(?:request|prompt) (?:was|is|has been|denied)",
    "de": r"(?:es )?tut mir (?:sehr )?leid|leider|entschuldigung|verzeihung"
    r"|ich kann\b[^\n.]{0,60}(?:nicht|keine)|(?:dabei|das) kann ich",
    "fr": r"(?:je suis )?(?:vraiment )?désolée?|je regrette|je ne (?:peux|suis) pas|malheureusement",
    "es": r"lo (?:siento|lamento)|no puedo|disculp[ae]|desafortunadamente",
    "pt": r"desculpe|sinto muito|lamento|não posso|infelizmente",
    "it": r"mi dispiace|purtroppo|spiacente|non posso",
    "nl": r"het spijt me|helaas|ik kan\b[^\n.]{0,60}niet",
    "pl": r"przepraszam|przykro mi|niestety|nie mogę",
    "sv, da, no": r"tyvärr|förlåt|jag kan inte|beklager|desværre|dessverre|undskyld|jeg kan ikke",
    "fi, hu": r"valitettavasti|pahoittelen|sajnálom|sajnos",
    "cs, ro": r"omlouvám se|bohužel|nemohu|îmi pare rău|din păcate",
    "ru, uk": r"извините|простите|к сожалению|мне жаль|я не могу|вибачте|на жаль",
    "el, tr, vi, id": r"λυπάμαι|δυστυχώς|üzgünüm|maalesef|özür dilerim|xin lỗi|rất tiếc|maaf",
}
_UNSPACED_APOLOGIES = {
    "zh": r"(?:很|非常|十分)?(?:抱歉|对不起|對不起|遗憾|遺憾)|我(?:无法|無法|不能)",
    "ja": r"(?:大変)?(?:申し訳|すみません|ごめんなさい|恐れ入りますが|残念ながら)",
    "ko": r"(?:정말\s*)?(?:죄송|미안|유감)",
    "ar, he": r"عذر|آسف|أعتذر|للأسف|لا أستطيع|لا يمكنني|סליחה|אני מצטער|מצטער",
    "hi, th": r"मुझे खेद|मुझे माफ|क्षमा|माफ|ขออภัย",
}
# Maybe after a short phrase, as in "Thank you. Unfortunately …".
_DECLINING = re.compile(
    rf"\A\W*(?:[^\n.!?,]{{0,60}}[.!,]\s*\W*)?(?:{'|'.join(_APOLOGIES.values())})(?!\w)", re.IGNORECASE
)
_DECLINING_UNSPACED = re.compile(rf"\A\W*(?:{'|'.join(_UNSPACED_APOLOGIES.values())})")
_HELP = r"(?:help|assist|comply|fulfil|answer|explain|discuss|continue|provide|engage"
_HELP += r"|process|access|do th(?:at|is))"
# Under a heading too, and wherever it stands.
_HELPLESS = re.compile(
    r"\bi (?:can(?:no|')t|can not|am (?:un|not )able to|won't|will not)(?: be able to)? " + _HELP + r"\b"
    r"|\bi'm (?:un|not )able to " + _HELP + r"\b|\bi(?: must| have to)? (?:decline|refuse) (?:to|this|that)\b"
    r"|\b(?:violates?|against) (?:our|usage|content|safety)\b[^\n.]{0,20} (?:policies|guidelines)\b"
    r"|\b(?:request|prompt|content) (?:cannot be (?:fulfilled|processed)|was (?:flagged|blocked))\b",
    re.IGNORECASE,
)


def form_problem(
    text: str, headings: Sequence[str], kind: ExplanationKind = "mathematics", abstract: str = ""
) -> str:
    """Return what is wrong with a finished answer's form, in a few words, or "".

    Args:
        text: The answer, tidied.
        headings: Those that were asked for; a model may translate them, so that any will do.
        kind: The kind of explanation that was asked for.
        abstract: What a translation is of.
    """
    has_headings = _HEADING.search(text) is not None
    has_marks = next(find_marks(text), None) is not None
    if not has_marks and _declines(text, has_headings=has_headings):
        return REFUSAL
    if headings:
        return "" if has_headings else WITHOUT_HEADINGS
    if kind == "translation":
        is_long = has_headings or len(text) >= _SHORTEST_TRANSLATION * len(abstract)
        return "" if is_long else NO_TRANSLATION
    return "" if has_headings or has_marks or _ITEM.search(text) else NO_LIST


def _declines(text: str, *, has_headings: bool) -> bool:
    words = _HEADING.sub("", text).strip().replace("’", "'")
    if len(words) > _LONGEST_REFUSAL:
        return False
    if _HELPLESS.search(words):
        return True
    if has_headings or len(_ITEM.findall(words)) > 1:
        return False
    return bool(_DECLINING.match(words) or _DECLINING_UNSPACED.match(words))

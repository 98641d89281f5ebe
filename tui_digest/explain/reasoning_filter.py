"""Leaving out of a stream what a model thinks aloud before or within its answer.

Known forms: `<think>…</think>` and its kin, closed, never closed, or closed without having been
opened (DeepSeek's and Qwen's templates open it in the prompt); `[THINK]…[/THINK]` (Magistral);
`◁think▷…◁/think▷` (Kimi); `<|START_THINKING|>…<|END_THINKING|>` (Cohere) and others of its shape;
`<unused94>…<unused95>` and `<|channel>thought…<channel|>` (Gemma); `<details type="reasoning">`
(Open WebUI); and OpenAI's harmony channels, of which only `final` is the answer
(https://cookbook.openai.com/articles/openai-harmony). Signs of a chat template go, too.
"""

from __future__ import annotations

import re

_NAMES = (
    r"think|thinking|thoughts?|thought_process|reasoning|reasoning_content|reflection|scratchpad|analysis"
    r"|inner_monologue|seed:think"
)
_OPENING = (
    rf"<\s?(?:{_NAMES})(?:\s[^<>]{{0,80}})?>|<(?P<details>details)\s[^<>]{{0,40}}type=[\"']?reasoning[^<>]{{0,40}}>"
    r"|<\|(?:begin_of_thought|START_THINKING|inner_prefix|think(?:ing)?)\|>|<unused94>|<\|channel>thought"
    r"|\[THINK\]|◁think▷"
)
_CLOSING = re.compile(
    rf"(?<!`)(?:</\s?(?:{_NAMES})\s?>|<\|(?:end_of_thought|END_THINKING|inner_suffix|/think(?:ing)?)\|>"
    r"|<unused95>|<channel\|>|\[/THINK\]|◁/think▷)",
    re.IGNORECASE,
)
_END_OF_DETAILS = re.compile(r"(?<!`)</details>", re.IGNORECASE)
_CHANNEL = re.compile(r"<\|(start|channel|message|end|return|call|constrain)\|>")
_TEMPLATE = (
    r"</?(?:answer|final_answer|response|output|solution|final)>\s?|</?s>|<(?:bos|eos|pad|end_of_turn)>"
    r"|<start_of_turn>|<\|(?:(?:im_start|im_end|eot_id|eom_id|endoftext|assistant"
    r"|[A-Z]+(?:_[A-Z]+)*_(?:TOKEN|RESPONSE)|(?:begin|end)_of_(?:text|solution|box))\|>)|<｜[\w▁]{2,30}｜>"
)
_ANSWER_TAGS = re.compile(_TEMPLATE, re.IGNORECASE)
_FIRST_OPENING = re.compile(rf"(?:\s|{_TEMPLATE})*(?:{_OPENING})", re.IGNORECASE)
_LINE_OPENING = re.compile(rf"(?m:^)(?:{_OPENING})", re.IGNORECASE)
# What may be the beginning of one of these, as far as the end of the text.
_UNDECIDED = re.compile(
    r"(?:<[/|｜]?\s?(?:[A-Za-z0-9:_|/▁]{0,32}(?:\s[^<>]{0,90})?)?｜?|<\|channel>[a-z]{0,6}|\[/?[A-Z]{0,5}"
    rf"|◁/?\w{{0,6}}|(?:{_TEMPLATE}))\Z",
    re.IGNORECASE,
)
_FINAL = "final"


class ReasoningFilter:
    """Gives out the answer of a stream without the reasoning before it.

    Attributes:
        restarted: Whether a closing tag without an opening one just showed that all that was given
            out so far was reasoning. The reader of the stream sets it back.
    """

    def __init__(self) -> None:
        self.restarted = False
        self._held = ""
        self._last = ""
        self._begun = False
        self._reasoning = False
        self._in_details = False
        # Which harmony tag began the header that is being read, and its words so far.
        self._header = ""
        self._header_words = ""
        self._channel = ""

    @property
    def is_reasoning(self) -> bool:
        """Whether nothing but reasoning has come since the last answer, if there was one."""
        return self._reasoning or (bool(self._channel) and self._channel != _FINAL)

    def feed(self, piece: str) -> str:
        """Return the part of this piece, and of what was held back, that is answer."""
        self._held += piece
        shown = ""
        while True:
            shown, went_on = self._step(shown)
            if not went_on:
                return shown

    def finish(self) -> str:
        """Return what was held back, now that nothing follows."""
        held, self._held = self._held, ""
        return "" if self.is_reasoning or self._header else _ANSWER_TAGS.sub("", held)

    def _step(self, shown: str) -> tuple[str, bool]:
        """Consume the held text up to the next tag; tell whether there may be another."""
        text = self._held
        opening = None
        if not self.is_reasoning and not self._header:
            opening = self._find_opening(text)
        closing = (_END_OF_DETAILS if self._in_details else _CLOSING).search(text)
        channel = _CHANNEL.search(text)
        tags = [match for match in (opening, closing, channel) if match is not None]
        if not tags:
            undecided = _UNDECIDED.search(text)
            end = undecided.start() if undecided else len(text)
            self._held = text[end:]
            self._last = text[end - 1 : end] or self._last
            return shown + self._shown(text[:end]), False
        tag = min(tags, key=lambda match: match.start())
        if tag is closing and tag.start() == 0 and self._last == "`":  # quoted as code
            self._last = ">"
            self._held = text[tag.end() :]
            return shown + self._shown(tag[0]), True
        before, self._held = text[: tag.start()], text[tag.end() :]
        self._last = ""
        if tag is opening:
            shown += self._shown(before)
            self._reasoning = True
            self._in_details = bool(opening["details"])
            return shown, True
        if tag is channel:
            return shown + self._enter(tag[1], before), True
        if self._header:
            self._header_words += before
        if not self._reasoning:
            self.restarted = True
            self._begun = False
            shown = ""
        self._reasoning = self._in_details = False
        return shown, True

    def _find_opening(self, text: str) -> re.Match[str] | None:
        """Return where reasoning begins: before the answer, or on a line of its own in it."""
        if not self._begun and (first := _FIRST_OPENING.match(text)):
            return first
        opening = _LINE_OPENING.search(text)
        if opening is not None and opening.start() == 0 and self._last not in ("", "\n"):
            return _LINE_OPENING.search(text, 1)
        return opening

    def _enter(self, tag: str, before: str) -> str:
        """Return what of the text before a harmony tag is answer.

        The tag begins a header, or ends it.
        """
        shown = self._shown(before)
        if tag == "message":
            words = self._header_words.split()
            self._channel = words[0] if self._header == "channel" and words else ""
            self._header = ""
        elif tag == "constrain":
            self._header_words += " "
        else:
            self._header = tag if tag in ("channel", "start") else ""
            self._channel = ""
        if tag != "constrain":
            self._header_words = ""
        return shown

    def _shown(self, text: str) -> str:
        if self._header:
            self._header_words += text
            return ""
        if self._reasoning or (self._channel and self._channel != _FINAL):
            return ""
        text = _ANSWER_TAGS.sub("", text)
        if not self._begun:
            text = text.lstrip() if text.strip() else ""
            self._begun = bool(text)
        return text

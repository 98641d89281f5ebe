"""Sample explanations of demo papers, streamed in OpenAI's format.

No model is asked: three samples are written by hand, the others are put together from sentences of
the abstract, or of the parts of the text that were shown, and each says so in its first line.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from importlib.resources import files

from tui_digest.demo.papers import DemoPaper

MODEL = "made-up-sample"
"""The name of the model in the stream, and so in receipts."""

DISCLAIMER = "This is a made-up sample for the demo: no model wrote it. [interpretation]"
NOT_STATED = "Not stated in the abstract."
HEADINGS = ("Intuition", "Problem setup", "Key method", "Guarantees", "Practical takeaways")

_FORMULA = re.compile(r"\$\$.*?\$\$|(?<!\\)\$.*?(?<!\\)\$", re.DOTALL)
_END = re.compile(r"(?:(?<=[.?!])|(?<=[.?!]\$\$))\s+(?=[A-Z$`\\])")
_PLAIN_WORDS = re.compile(r"(?<![\w'{\\-])[A-Za-z](?:[A-Za-z' ,;:-]*[A-Za-z])?(?![\w'\\-])")
_LONGEST_QUOTATION = 12
_SHORTEST_QUOTATION = 4
_DISPLAY = re.compile(r"\s*(\$\$.*?\$\$)\s*", re.DOTALL)
_SECTION = re.compile(r"#+ (§[\d.]*\d)")
_STATEMENT = re.compile(r"((?:Assumption|Definition|Theorem|Lemma|Corollary|Remark) [\d.]*\d)[^.]*\. ")
_NO_PROSE = ("$$", "#", "Proof", "|", "```", "Table", "Figure", "Algorithm", "Listing", "- ", ">")
_NOT_SHOWN = "Not stated in what was shown."
_A_HEADING = 2
"""Sentences under each heading of a sample from the text."""

_PIECE = 8
_CHARACTERS_A_TOKEN = 4


def paper_asked_about(request: bytes, papers: Sequence[DemoPaper]) -> DemoPaper | None:
    """Return the paper whose title is in the last message of a chat request.

    `request` is the body of a POST to `/chat/completions`. None if it is about another paper.
    """
    message = json.loads(request)["messages"][-1]["content"]
    return next((paper for paper in papers if json.dumps(paper.title) in message), None)


def sample_explanation(paper: DemoPaper) -> str:
    """Return a sample explanation (Markdown with TeX) with marks of its sources."""
    by_hand = files("tui_digest.demo").joinpath("samples", f"{paper.id}.md")
    if by_hand.is_file():
        return by_hand.read_text(encoding="utf-8")
    statements = [_statement(sentence) for sentence in split_sentences(paper.abstract)]
    beginning, rest = statements[:1], statements[3:]
    sections = ([DISCLAIMER, *beginning], statements[1:2], statements[2:3], rest[:-1], rest[-1:])
    return "\n".join(
        "\n\n".join([f"### {heading}", *(section or [NOT_STATED])]) + "\n"
        for heading, section in zip(HEADINGS, sections, strict=True)
    )


def sample_answer(request: bytes, paper: DemoPaper) -> str:
    """Return the sample that answers a request, from the text if parts are shown."""
    rules, record = (message["content"] for message in json.loads(request)["messages"])
    data = json.loads(record)
    if "text" not in data:
        return sample_explanation(paper)
    return sample_from_text(
        data["text"], data.get("about", ""), re.findall(r"^### (.+)$", rules, re.MULTILINE)
    )


def sample_from_text(text: str, about: str, headings: Sequence[str]) -> str:
    """Return a sample from parts of a paper's text, as Markdown.

    Its headings are such as `## §2 The method`.

    Its statements are the first sentences of paragraphs, those of the place `about` first, each with the
    mark of its statement or section.
    """
    place = ""
    found: list[tuple[str, str]] = []
    for paragraph in text.split("\n\n"):
        if heading := _SECTION.match(paragraph):
            place = heading[1]
        elif place and not paragraph.startswith(_NO_PROSE) and "\n$$" not in paragraph:
            head = _STATEMENT.match(paragraph)
            address, said = (head[1], paragraph[head.end() :]) if head else (place, paragraph)
            found.append((address, _statement(split_sentences(said.rstrip(" ∎"))[0], address)))
    found.sort(key=lambda one: one[0] != about)
    statements = [said for _, said in found]
    parts = []
    for number, name in enumerate(headings or HEADINGS):
        section = statements[_A_HEADING * number : _A_HEADING * (number + 1)] or [_NOT_SHOWN]
        parts.append("\n\n".join([f"### {name}", *([] if number else [DISCLAIMER]), *section]) + "\n")
    return "\n".join(parts)


def _statement(sentence: str, address: str = "abstract") -> str:
    """Return a sentence with its display formulas on separate lines, and its mark."""
    told = _DISPLAY.sub(r"\n\n\1\n\n", sentence).strip()
    gap = "\n\n" if told.endswith("$$") else " "
    return f'{told}{gap}[{address}: "{quotable_words(sentence)}"]'


def split_sentences(abstract: str) -> list[str]:
    """Split an abstract into sentences; a full stop in a formula ends none."""
    formulas = [match.span() for match in _FORMULA.finditer(abstract)]
    pieces: list[str] = []
    start = 0
    for end in _END.finditer(abstract):
        if not any(first < end.start() < last for first, last in formulas):
            pieces.append(abstract[start : end.start()])
            start = end.end()
    return [*pieces, abstract[start:]]


def quotable_words(sentence: str) -> str:
    """Return the longest run of at most twelve words without a formula or command.

    If no run has four words, the fewest that can support a statement, it is the whole sentence.
    """
    text = _FORMULA.sub("\n", sentence)
    words = max(_PLAIN_WORDS.findall(text), key=len).split(" ")
    if len(words) < _SHORTEST_QUOTATION:
        return sentence.rstrip(".")
    return " ".join(words[:_LONGEST_QUOTATION]).rstrip(",;:")


async def chat_stream(
    paper: DemoPaper, pause: Callable[[], Awaitable[None]], text: str = ""
) -> AsyncIterator[bytes]:
    """Yield a sample explanation as server-sent events of OpenAI's chat completions.

    By default it is the paper's.

    Each item is one event with a few characters; `pause` is awaited before it. The finish reason, the
    usage (estimated from the lengths) and `[DONE]` follow at the end.
    https://platform.openai.com/docs/api-reference/chat-streaming
    """
    for event in _events(paper, text or sample_explanation(paper)):
        await pause()
        yield f"data: {event}\n\n".encode()


def _events(paper: DemoPaper, text: str) -> Iterator[str]:
    yield _chunk({"role": "assistant", "content": ""})
    for place in range(0, len(text), _PIECE):
        yield _chunk({"content": text[place : place + _PIECE]})
    yield _chunk({}, finish_reason="stop")
    asked, said = (len(each) // _CHARACTERS_A_TOKEN for each in (paper.title + paper.abstract, text))
    usage = {"prompt_tokens": asked, "completion_tokens": said, "total_tokens": asked + said}
    yield _event({"choices": [], "usage": usage})
    yield "[DONE]"


def _chunk(delta: dict[str, str], finish_reason: str | None = None) -> str:
    return _event({"choices": [{"index": 0, "delta": delta, "finish_reason": finish_reason}]})


def _event(content: dict[str, object]) -> str:
    return json.dumps({"id": "sample", "object": "chat.completion.chunk", "model": MODEL, **content})

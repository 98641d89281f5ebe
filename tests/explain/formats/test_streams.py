"""Every stream format on good days and bad ones, against a stand-in on loopback."""

from __future__ import annotations

import asyncio
import json
import re
from contextlib import aclosing
from pathlib import Path
from typing import Any, get_args

import httpx
import pytest

from tests.servers.explaining import KEY, NOW, MakeExplainer, Pauses, Shelf, explained, shown
from tests.servers.models import PASSING_FAULTS, STATUS_FAULTS, ModelServer
from tui_digest.errors import ModelError
from tui_digest.explain.errors import BadAnswer, KeyRefused, ServiceBusy, ServiceRefused, ServiceUnreachable
from tui_digest.explain.explainer import Explainer
from tui_digest.model_service import Finished, NewText, Restarted, RetryNotice
from tui_digest.paper import Paper
from tui_digest.settings import ExplanationKind, ModelSettings

PROVIDERS = ("compatible", "anthropic", "gemini", "ollama")
TEXT = (
    "### Intuition\nThe steps contract, naïvely $\\alpha<β$ – “so” 🙂. [interpretation]\u2028Next\u0085line."
)
SHOWN = "### Intuition\nThe steps contract, naïvely $\\alpha<β$ – “so” 🙂. [interpretation]\nNext\nline."

for_every_format = pytest.mark.parametrize("provider", PROVIDERS)


@for_every_format
async def test_a_healthy_stream_becomes_a_complete_explanation_that_is_kept(
    provider: str, make_explainer: MakeExplainer, paper: Paper, shelf: Shelf
) -> None:
    async with ModelServer(TEXT) as server:
        explainer = make_explainer(server, provider)
        events, explanation = await explained(explainer, paper)
    assert shown(events) == SHOWN
    assert len([event for event in events if isinstance(event, NewText)]) > 5
    receipt = explanation.receipt
    assert (receipt.complete, receipt.stopped) == (True, "")
    assert (receipt.model, receipt.tokens_in, receipt.tokens_out) == ("served", 412, 903)
    assert (receipt.asked_at, receipt.paper_version) == (NOW, 2)
    assert explanation.paper_id == paper.id
    assert list(shelf.kept.values()) == [explanation]


@for_every_format
@pytest.mark.parametrize("fault", ["bytes", "comments"])
async def test_how_the_bytes_are_cut_and_padded_changes_nothing(
    fault: str, provider: str, make_explainer: MakeExplainer, paper: Paper
) -> None:
    async with ModelServer(TEXT, fault=fault) as server:
        events, explanation = await explained(make_explainer(server, provider), paper)
    assert shown(events) == SHOWN
    assert explanation.receipt.complete


@for_every_format
async def test_thoughts_are_not_shown(provider: str, make_explainer: MakeExplainer, paper: Paper) -> None:
    async with ModelServer(TEXT) as server:
        _, explanation = await explained(make_explainer(server, provider), paper)
    assert "secret" not in explanation.text


@for_every_format
@pytest.mark.parametrize(
    ("fault", "stopped"),
    [
        ("cut", "the connection broke"),
        ("eof", "the stream ended before its end marker"),
        ("length", "the model's length limit was reached"),
        ("refusal", "stopped it"),
        ("error", "the service reported an error: “the model crashed”"),
    ],
)
async def test_a_stream_that_breaks_off_is_shown_as_incomplete_and_not_kept(
    fault: str, stopped: str, provider: str, make_explainer: MakeExplainer, paper: Paper, shelf: Shelf
) -> None:
    async with ModelServer(TEXT * 5, fault=fault) as server:
        events, explanation = await explained(make_explainer(server, provider), paper)
    assert shown(events).startswith("### Intuition")
    assert not explanation.receipt.complete
    assert stopped in explanation.receipt.stopped
    assert shelf.kept == {}


@for_every_format
@pytest.mark.parametrize("fault", STATUS_FAULTS)
async def test_a_refusal_is_told_at_once_and_not_asked_again(
    fault: str, provider: str, make_explainer: MakeExplainer, paper: Paper, pauses: Pauses
) -> None:
    async with ModelServer(fault=fault) as server:
        with pytest.raises(ModelError) as raised:
            await explained(make_explainer(server, provider), paper)
    assert isinstance(raised.value, KeyRefused if fault in ("401", "403") else ServiceRefused)
    assert fault[:3] in str(raised.value)
    assert len(server.asked) == 1
    assert pauses.seconds == []


@for_every_format
@pytest.mark.parametrize("fault", PASSING_FAULTS)
async def test_a_service_that_recovers_is_asked_again_after_the_time_it_names(
    fault: str, provider: str, make_explainer: MakeExplainer, paper: Paper, pauses: Pauses
) -> None:
    async with ModelServer(TEXT, fault=fault) as server:
        events, explanation = await explained(make_explainer(server, provider), paper)
    assert explanation.receipt.complete
    assert pauses.seconds == ([1.0, 1.0] if fault == "429x2" else [1.0, 2.0])
    waits = [event for event in events if isinstance(event, RetryNotice)]
    assert [wait.seconds for wait in waits] == pauses.seconds
    assert fault[:3] in waits[0].sentence


@for_every_format
async def test_a_service_that_stays_busy_is_given_up(
    provider: str, make_explainer: MakeExplainer, paper: Paper, pauses: Pauses
) -> None:
    async with ModelServer(fault="503x9") as server:
        with pytest.raises(ServiceBusy, match="503"):
            await explained(make_explainer(server, provider), paper)
    assert len(server.asked) == 4
    assert pauses.seconds == [1.0, 2.0, 4.0]


async def test_a_long_wait_is_told_instead_of_waited(
    make_explainer: MakeExplainer, paper: Paper, pauses: Pauses
) -> None:
    async with ModelServer(fault="503x9") as server:
        server.headers = {"Retry-After": "3600"}
        with pytest.raises(ServiceBusy, match="in 3600 seconds"):
            await explained(make_explainer(server), paper)
    assert pauses.seconds == []


async def test_anthropics_429_without_a_time_is_its_spending_cap(
    make_explainer: MakeExplainer, paper: Paper
) -> None:
    async with ModelServer(fault="429") as server:
        with pytest.raises(ServiceRefused, match="credit or quota"):
            await explained(make_explainer(server, "anthropic"), paper)
    assert len(server.asked) == 1


@for_every_format
@pytest.mark.parametrize(("fault", "words"), [("empty", "empty answer"), ("html", "web page")])
async def test_what_is_no_answer_is_a_failure(
    fault: str, words: str, provider: str, make_explainer: MakeExplainer, paper: Paper, shelf: Shelf
) -> None:
    async with ModelServer(fault=fault) as server:
        with pytest.raises(BadAnswer, match=words):
            await explained(make_explainer(server, provider), paper)
    assert shelf.kept == {}


@for_every_format
async def test_a_hanging_service_ends_after_the_silence_allowed(
    provider: str, make_explainer: MakeExplainer, paper: Paper
) -> None:
    async with ModelServer(fault="hang") as server:
        with pytest.raises(ServiceUnreachable, match=r"said nothing for 0\.6 seconds"):
            await explained(make_explainer(server, provider, silence=0.6), paper)


@for_every_format
async def test_a_stream_that_goes_silent_leaves_what_came(
    provider: str, make_explainer: MakeExplainer, paper: Paper
) -> None:
    async with ModelServer(TEXT) as server:
        server.hold_at = 5
        events, explanation = await explained(make_explainer(server, provider, silence=0.6), paper)
    assert shown(events) in SHOWN
    assert explanation.receipt.stopped == "the service was silent for 0.6 seconds"


async def test_the_deadline_holds_although_the_service_keeps_talking(
    make_explainer: MakeExplainer, paper: Paper
) -> None:
    async with ModelServer(TEXT, fault="endless") as server:
        _, explanation = await explained(make_explainer(server, deadline=1.0), paper)
    assert explanation.receipt.stopped == "it took longer than 1 second"


async def test_a_service_that_is_not_there_is_told(make_explainer: MakeExplainer, paper: Paper) -> None:
    async with ModelServer() as server:
        explainer = make_explainer(server)
    with pytest.raises(ServiceUnreachable, match="is it running"):
        await explained(explainer, paper)


async def test_a_service_that_does_not_stream_is_understood_all_the_same(
    make_explainer: MakeExplainer, paper: Paper
) -> None:
    async with ModelServer("### All\nAt once.", fault="whole") as server:
        events, explanation = await explained(make_explainer(server), paper)
    assert shown(events) == explanation.text == "### All\nAt once."
    assert explanation.receipt.complete


@for_every_format
async def test_closing_in_mid_stream_closes_the_connection_and_keeps_nothing(
    provider: str, make_explainer: MakeExplainer, paper: Paper, shelf: Shelf
) -> None:
    async with ModelServer(TEXT) as server:
        server.hold_at = 6
        async with aclosing(make_explainer(server, provider).explain(paper)) as events:
            assert isinstance(await anext(events), NewText)
        await asyncio.wait_for(server.closed.wait(), 60)
    assert shelf.kept == {}


async def test_preparing_asks_nothing(make_explainer: MakeExplainer, paper: Paper) -> None:
    async with ModelServer(TEXT) as server:
        explainer = make_explainer(server)
        await explainer.prepare()
        assert server.asked == []
        _, explanation = await explained(explainer, paper)
    assert explanation.receipt.complete


async def test_a_connection_is_used_again(make_explainer: MakeExplainer, paper: Paper) -> None:
    async with ModelServer(TEXT) as server:
        explainer = make_explainer(server)
        for _ in range(3):
            await explained(explainer, paper, again=True)
        assert (len(server.asked), server.connections) == (3, 1)


async def test_the_same_question_is_not_asked_twice(
    make_explainer: MakeExplainer, paper: Paper, shelf: Shelf
) -> None:
    async with ModelServer(TEXT) as server:
        explainer = make_explainer(server)
        _, first = await explained(explainer, paper)
        events, second = await explained(explainer, paper)
        assert (len(server.asked), len(events), second) == (1, 1, first)
        server.fault = "eof"
        _, broken = await explained(explainer, paper, again=True)
        assert not broken.receipt.complete
        assert list(shelf.kept.values()) == [first]
        server.fault, server.text = "", "### Better\nWords."
        _, better = await explained(explainer, paper, again=True)
    assert list(shelf.kept.values()) == [better]


async def test_a_shelf_that_fails_does_not_hide_what_was_paid_for(
    make_explainer: MakeExplainer, paper: Paper, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise ModelError("The library is full.")

    monkeypatch.setattr(shelf, "keep", full)
    async with ModelServer(TEXT) as server, aclosing(make_explainer(server).explain(paper)) as stream:
        events = [await anext(stream)]
        while not isinstance(events[-1], Finished):
            events.append(await anext(stream))
        with pytest.raises(ModelError, match="full"):
            await anext(stream)
    assert shown(events) == SHOWN


@for_every_format
async def test_the_question_holds_the_rules_and_the_paper_but_never_the_key(
    provider: str, make_explainer: MakeExplainer, paper: Paper
) -> None:
    async with ModelServer(TEXT) as server:
        await explained(make_explainer(server, provider, language="French", words=120), paper)
    raw = server.asked[0].raw
    assert "Momentum with Restarts" in raw
    assert "French" in raw
    assert "120 words" in raw
    assert KEY not in raw
    assert KEY not in server.asked[0].path
    assert any(KEY in value for value in server.asked[0].headers.values())


def scripted(answers: list[httpx.Response]) -> tuple[httpx.MockTransport, list[dict[str, Any]]]:
    """A transport that gives these answers in turn, and the bodies of the requests it got."""
    asked: list[dict[str, Any]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(json.loads(request.content))
        return answers[min(len(asked), len(answers)) - 1]

    return httpx.MockTransport(answer), asked


def chat(*contents: object, finish: str = "stop") -> httpx.Response:
    """A stream of OpenAI's chat completions with these contents."""
    events: list[dict[str, object]] = [{"choices": [{"delta": {"content": content}}]} for content in contents]
    events += [{"choices": [{"delta": {}, "finish_reason": finish}]}]
    lines = "".join(f"data: {json.dumps(event)}\n\n" for event in events)
    return httpx.Response(200, headers={"Content-Type": "text/event-stream"}, text=f"{lines}data: [DONE]\n\n")


def asking(transport: httpx.MockTransport, max_tokens: int = 0) -> Explainer:
    settings = ModelSettings(provider="openai", model="m", max_tokens=max_tokens)
    return Explainer(settings, {"OPENAI_API_KEY": "k"}, transport=transport, now=lambda: NOW)


async def test_content_may_be_a_list_of_parts(paper: Paper) -> None:
    parts = [
        [{"type": "thinking", "thinking": [{"type": "text", "text": "Hm."}]}],
        [{"type": "text", "text": "### Intuition\n"}, {"type": "reference", "reference_ids": [1]}],
        "Fine. [interpretation]",
    ]
    explainer = asking(scripted([chat(*parts)])[0])
    _, explanation = await explained(explainer, paper)
    assert explanation.text == "### Intuition\nFine. [interpretation]"
    await explainer.aclose()


async def test_a_character_may_be_split_over_two_events(paper: Paper) -> None:
    explainer = asking(scripted([chat("### A\n\ud835", "\udd4f [interpretation]")])[0])
    _, explanation = await explained(explainer, paper)
    assert explanation.text == "### A\n𝕏 [interpretation]"
    await explainer.aclose()


@pytest.mark.parametrize("field", ["stream_options", "max_tokens"])
async def test_a_refused_field_is_left_out_once_and_for_all(field: str, paper: Paper) -> None:
    refusal = httpx.Response(400, json={"error": {"message": f"Unrecognized request argument: {field}"}})
    good = "### A\nFine. [interpretation]"
    transport, asked = scripted([refusal, chat(good), chat(good)])
    explainer = asking(transport, max_tokens=500)
    for _ in range(2):
        _, explanation = await explained(explainer, paper, again=True)
        assert explanation.receipt.complete
    assert [field in body for body in asked] == [True, False, False]
    await explainer.aclose()


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (400, "stream options are not supported"),
        (400, "include_usage is not allowed"),
        (422, "Bad request"),
        (500, "unknown field stream_options"),
    ],
)
async def test_a_refused_field_need_not_be_named_as_it_is_sent(status: int, said: str, paper: Paper) -> None:
    transport, asked = scripted([httpx.Response(status, text=said), chat("### A\nFine. [interpretation]")])
    explainer = asking(transport)
    _, explanation = await explained(explainer, paper)
    assert explanation.receipt.complete
    assert ["stream_options" in body for body in asked] == [True, False]
    await explainer.aclose()


async def test_the_longest_answer_is_asked_for_by_the_name_that_the_service_wants(paper: Paper) -> None:
    said = "'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
    refusal = httpx.Response(400, json={"error": {"message": said}})
    transport, asked = scripted([refusal, chat("### A\nFine. [interpretation]")])
    explainer = asking(transport, max_tokens=500)
    await explained(explainer, paper)
    assert [body.get("max_completion_tokens") for body in asked] == [None, 500]
    assert [body.get("max_tokens") for body in asked] == [500, None]
    await explainer.aclose()


async def test_rules_go_with_the_question_where_there_is_no_system_role(paper: Paper) -> None:
    refusal = httpx.Response(400, json={"error": {"message": "System role not supported"}})
    transport, asked = scripted([refusal, chat("### A\nFine. [interpretation]")])
    explainer = asking(transport)
    await explained(explainer, paper)
    assert [[one["role"] for one in body["messages"]] for body in asked] == [["system", "user"], ["user"]]
    assert asked[1]["messages"][0]["content"].endswith(asked[0]["messages"][1]["content"])
    await explainer.aclose()


async def test_what_did_not_help_is_sent_again_the_next_time(paper: Paper) -> None:
    transport, asked = scripted(
        [httpx.Response(400, text="no"), httpx.Response(400, text="no"), chat("### A")]
    )
    explainer = asking(transport)
    with pytest.raises(ServiceRefused):
        await explained(explainer, paper)
    await explained(explainer, paper)
    assert ["stream_options" in body for body in asked] == [True, False, True]
    await explainer.aclose()


async def test_haste_is_not_about_fields(paper: Paper) -> None:
    spent = {"error": {"message": "insufficient quota for max_tokens", "code": "insufficient_quota"}}
    transport, asked = scripted([httpx.Response(429, json=spent)])
    explainer = asking(transport, max_tokens=500)
    with pytest.raises(ServiceRefused):
        await explained(explainer, paper)
    assert len(asked) == 1
    await explainer.aclose()


async def test_a_field_that_is_refused_whatever_is_left_out_ends_the_question(paper: Paper) -> None:
    refusal = httpx.Response(400, json={"error": {"message": "stream_options and max_tokens are unknown"}})
    transport, asked = scripted([refusal])
    explainer = asking(transport, max_tokens=500)
    with pytest.raises(ServiceRefused):
        await explained(explainer, paper)
    assert len(asked) == 3
    await explainer.aclose()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("```markdown\n### A\nFine. [interpretation]\n```", "### A\nFine. [interpretation]"),
        ("Here it is:\n\n```\n### A\nFine.\n```\n", "### A\nFine."),
        ("Hm, well.</think>\n### A\nFine.", "### A\nFine."),
    ],
)
async def test_what_is_around_an_answer_goes_before_the_check(text: str, kept: str, paper: Paper) -> None:
    explainer = asking(scripted([chat(*(text[n : n + 3] for n in range(0, len(text), 3)))])[0])
    _, explanation = await explained(explainer, paper)
    assert explanation.text == kept
    assert explanation.receipt.complete
    await explainer.aclose()


@pytest.mark.parametrize(
    ("text", "stopped"),
    [
        ("I'm sorry, but I can't help with that.", "the model declined to answer"),
        ("It converges.", "the answer has none of the headings that were asked for"),
    ],
)
async def test_what_is_no_explanation_is_told_as_what_it_is_and_not_kept(
    text: str, stopped: str, paper: Paper
) -> None:
    shelf = Shelf()
    explainer = Explainer(
        ModelSettings(provider="openai", model="m"),
        {"OPENAI_API_KEY": "k"},
        keeper=shelf,
        transport=scripted([chat(text)])[0],
        now=lambda: NOW,
    )
    _, explanation = await explained(explainer, paper)
    assert (explanation.receipt.complete, explanation.receipt.stopped) == (False, stopped)
    assert shelf.kept == {}
    await explainer.aclose()


async def test_the_statement_in_which_an_answer_was_cut_off_is_told_as_that(paper: Paper) -> None:
    text = "### A\nFine. [interpretation]\n\n### B\nIt conver [interp"
    explainer = asking(scripted([chat(text, finish="length")])[0])
    _, explanation = await explained(explainer, paper)
    assert explanation.text.endswith("It conver")
    assert [one.why for one in explanation.statements] == ["", "the answer was cut off here"]
    await explainer.aclose()


async def test_reasoning_that_was_shown_as_an_answer_is_taken_back(paper: Paper) -> None:
    explainer = asking(scripted([chat("I ponder.\n", "</think>\n", "### A\nFine.")])[0])
    events, explanation = await explained(explainer, paper)
    assert [type(event) for event in events] == [NewText, Restarted, NewText, Finished]
    assert explanation.text == "### A\nFine."
    await explainer.aclose()


async def test_reasoning_alone_is_no_answer(paper: Paper) -> None:
    explainer = asking(scripted([chat("<think>", "I ponder on.")])[0])
    with pytest.raises(BadAnswer, match="max_tokens"):
        await explained(explainer, paper)
    await explainer.aclose()


@pytest.mark.parametrize(
    ("finish", "stopped"),
    [
        ("STOP", ""),
        ("eos_token", ""),
        ("end_turn", ""),
        ("max_tokens", "the model's length limit was reached"),
        ("SAFETY", "the service's content filter stopped it"),
        ("abort", "the service stopped it (abort)"),
    ],
)
async def test_servers_have_words_of_their_own_for_the_end(finish: str, stopped: str, paper: Paper) -> None:
    explainer = asking(scripted([chat("### A\nFine. [interpretation]", finish=finish)])[0])
    _, explanation = await explained(explainer, paper)
    assert explanation.receipt.stopped == stopped
    await explainer.aclose()


async def test_no_word_within_the_limit_asks_for_a_longer_one(paper: Paper) -> None:
    explainer = asking(scripted([chat("", finish="length")])[0])
    with pytest.raises(BadAnswer, match="max_tokens") as raised:
        await explained(explainer, paper)
    assert "ask again" not in str(raised.value)
    await explainer.aclose()


async def test_the_users_prompt_is_that_of_the_kind_of_the_settings(paper: Paper, tmp_path: Path) -> None:
    file = tmp_path / "mine.md"
    file.write_text("### Mine\nBriefly.", encoding="utf-8")
    transport, asked = scripted([chat("### Mine\nFine. [interpretation]")])
    settings = ModelSettings(provider="openai", model="m", prompt=str(file))
    explainer = Explainer(settings, {"OPENAI_API_KEY": "k"}, transport=transport, now=lambda: NOW)
    versions = []
    kinds: tuple[ExplanationKind | None, ...] = (None, "method")
    for kind in kinds:
        async for event in explainer.explain(paper, kind=kind):
            if isinstance(event, Finished):
                versions.append(event.explanation.receipt.prompt_version)
    assert ["### Mine" in body["messages"][0]["content"] for body in asked] == [True, False]
    assert re.search(r" mathematics mine\.md@[0-9a-f]{8}$", versions[0])
    assert versions[1].endswith(" method")
    await explainer.aclose()


async def test_each_kind_has_its_prompt_and_is_kept_apart(paper: Paper) -> None:
    shelf = Shelf()
    transport, asked = scripted([chat("### A\nFine. [interpretation]")])
    explainer = Explainer(
        ModelSettings(provider="openai", model="m"),
        {"OPENAI_API_KEY": "k"},
        keeper=shelf,
        transport=transport,
        now=lambda: NOW,
    )
    for kind in get_args(ExplanationKind):
        async for _ in explainer.explain(paper, kind=kind):
            pass
    kinds = [kept.receipt.kind for kept in shelf.kept.values()]
    assert kinds == list(get_args(ExplanationKind))
    assert len({body["messages"][0]["content"] for body in asked}) == len(kinds)
    await explainer.aclose()

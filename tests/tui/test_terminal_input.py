"""Bytes from a terminal: other encodings, X10's mouse, pastes, and what is cut by the end of a read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_digest.tui.terminal_input import LONGEST_PASTE, UNMARKED_PASTE, PastedText, TerminalDecoder

PIECES = (
    b"j",
    b"\xe9",
    "é∇".encode(),
    b"\x1b[A",
    b"\x1b[M \xe9\x21",
    b"\x1b[200~a\x1b[31mb\x1b[201~",
    b"\x1b[2~",
)


def read(*reads: bytes) -> list[str | PastedText]:
    decoder = TerminalDecoder()
    return [piece for data in reads for piece in decoder.decode(data)]


def joined(pieces: list[str | PastedText]) -> list[str | PastedText]:
    whole: list[str | PastedText] = []
    for piece in pieces:
        if whole and isinstance(piece, str) and isinstance(whole[-1], str):
            whole[-1] += piece
        else:
            whole.append(piece)
    return whole


def test_a_byte_of_latin_1_is_its_character() -> None:
    assert read(b"caf\xe9 au lait") == ["café au lait"]


def test_a_c1_control_is_replaced() -> None:
    assert read(b"\x9bj") == ["\ufffdj"]


def test_utf_8_cut_by_the_end_of_a_read_is_whole() -> None:
    assert "".join(map(str, read(b"\xe2", b"\x88", b"\x87"))) == "∇"


@pytest.mark.parametrize(
    ("report", "sgr"),
    [
        (b"\x1b[M !!", "\x1b[<0;1;1M"),
        (b"\x1b[M#\xe9\xff", "\x1b[<3;201;223m"),
        (b"\x1b[M`\xc3\xa9", "\x1b[<64;163;137M"),
    ],
)
def test_a_mouse_report_of_x10_is_read_at_any_column(report: bytes, sgr: str) -> None:
    assert read(report) == [sgr]


def test_a_paste_is_one_piece_without_control_sequences() -> None:
    assert read(b"a\x1b[200~x\x1b[31my\x1b]52;c;QQ==\x07z\x1b[201~b") == ["a", PastedText("xyz"), "b"]


def test_a_paste_is_kept_up_to_its_limit_and_its_end_is_found() -> None:
    pieces = read(b"\x1b[200~", b"x" * LONGEST_PASTE, b"y" * 9, b"\x1b[201", b"~j")
    assert pieces == [PastedText("x" * LONGEST_PASTE), "j"]


def test_a_paste_whose_end_never_comes_can_be_ended() -> None:
    decoder = TerminalDecoder()
    assert decoder.decode(b"\x1b[200~lost") == []
    assert decoder.is_unended
    assert decoder.end() == [PastedText("lost")]
    assert decoder.decode(b"q") == ["q"]


def test_a_flood_of_characters_is_a_paste_and_not_keys() -> None:
    assert read(b"dm" * UNMARKED_PASTE) == [PastedText("dm" * UNMARKED_PASTE)]
    mouse = b"\x1b[<35;10;10M" * UNMARKED_PASTE
    assert read(mouse) == [mouse.decode()]
    assert read(b"j" * (UNMARKED_PASTE - 1)) == ["j" * (UNMARKED_PASTE - 1)]


@pytest.mark.parametrize(
    "answer",
    [
        b"\x1b]52;c;" + b"QUFB" * 9000 + b"\x07",
        b"\x1b]11;rgb:0000/0000/0000\x1b\\",
        b"\x1bP>|xterm(390)\x1b\\",
        b"\x1bP1+r544e=787465726d\x1b\\",
        b"\x1b_Gi=31;OK\x1b\\",
        b"\x1b[?62;1;2;4;6;9;15;16;17;18;21;22;28c",
        b"\x1b[" + b"1;" * 5000 + b"m",
        b"\x1b[48;0;0;0;0t",
        b"\x1b[48;99999;99999;9;9t",
    ],
    ids=repr,
)
def test_what_a_terminal_answers_is_no_keys(answer: bytes) -> None:
    assert joined(read(b"j" + answer + b"k")) == ["jk"]


def test_a_size_that_a_terminal_can_have_is_read() -> None:
    assert read(b"\x1b[48;40;120;800;960t") == ["\x1b[48;40;120;800;960t"]


def test_a_string_may_come_in_several_reads_and_end_or_not() -> None:
    decoder = TerminalDecoder()
    assert decoder.decode(b"\x1b]52;c;" + b"A" * 100) == []
    assert decoder.decode(b"QQQ") == []
    assert decoder.decode(b"AA\x1b\\j") == ["j"]
    assert decoder.decode(b"\x1bP1+r" + b"A" * 100) == []
    assert decoder.is_unended
    assert decoder.end() == []
    assert decoder.decode(b"k") == ["k"]


def test_alt_and_a_letter_are_a_key() -> None:
    assert read(b"\x1bP", b"\x1b]", b"j") == ["\x1bP", "\x1b]", "j"]
    assert joined(read(b"\x1bPapers\x1b]]jjjjjjjjjjjjjjjjjjjj\x1b_")) == [
        "\x1bPapers\x1b]]jjjjjjjjjjjjjjjjjjjj\x1b_"
    ]


@given(st.lists(st.sampled_from(PIECES), max_size=6), st.lists(st.integers(0, 60), max_size=6))
def test_where_reads_end_changes_nothing(pieces: list[bytes], ends: list[int]) -> None:
    # A byte of Latin-1 waits for the next one, that may make it UTF-8: a key follows here. A read that
    # ends behind Esc is Esc: it must not wait.
    data = b"".join(pieces) + b"k"
    cuts = sorted(end for end in ends if end < len(data) and data[:end][-1:] not in (b"\x1b", b"["))
    reads = [data[start:end] for start, end in zip([0, *cuts], [*cuts, len(data)], strict=True)]
    assert joined(read(*reads)) == joined(read(data))


@given(st.lists(st.binary(max_size=40)))
def test_no_bytes_are_refused(reads: list[bytes]) -> None:
    read(*reads)

"""Pictures are read within bounds: kind, pixels, damage; what is transparent is white."""

from __future__ import annotations

import io
import struct
import zlib
from importlib import import_module
from typing import Any

import pytest

from tui_digest.render.picture import LONGEST_SIDE, MOST_PIXELS, PictureError, decode_picture

pytest.importorskip("PIL", reason="the extra `images` is not installed")


def saved(kind: str, size: tuple[int, int], colour: object = "red", mode: str = "RGB") -> bytes:
    image: Any = import_module("PIL.Image")
    made = io.BytesIO()
    image.new(mode, size, colour).save(made, kind)
    return made.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def bomb(width: int, height: int) -> bytes:
    """A PNG of some hundred bytes that says it has these many pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    data = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_the_kinds_that_pages_have_are_read(kind: str) -> None:
    assert decode_picture(saved(kind, (40, 20))).size == (40, 20)


def test_what_is_transparent_is_white() -> None:
    picture = decode_picture(saved("PNG", (2, 2), (0, 0, 0, 0), "RGBA"))
    assert picture.mode == "RGB"
    assert picture.getpixel((0, 0)) == (255, 255, 255)


def test_large_pictures_are_made_smaller() -> None:
    picture = decode_picture(saved("PNG", (3 * LONGEST_SIDE, 300)))
    assert picture.size == (LONGEST_SIDE, 100)


@pytest.mark.parametrize("size", [(MOST_PIXELS, 2), (60_000, 60_000), (2**31 - 1, 2**31 - 1)])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(size: tuple[int, int]) -> None:
    with pytest.raises(PictureError, match=r"pixels|damaged"):
        decode_picture(bomb(*size))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<svg></svg>",
        b"\x89PNG\r\n\x1a\n",
        bomb(50, 50),
        saved("PNG", (300, 300))[:200],
        b"BM" + bytes(99),
    ],
)
def test_other_kinds_and_damage_are_one_error(body: bytes) -> None:
    with pytest.raises(PictureError):
        decode_picture(body)

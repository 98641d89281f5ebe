"""Count the day's requests to models, their tokens and their price.

One file a day in the state folder, a JSON object a line: one for each request, one with the tokens of
each answer. Lines are only appended, so two programs at once do not overwrite each other's.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from tui_digest.errors import ModelError
from tui_digest.explain.errors import DailyLimitReached
from tui_digest.text.files import read_regular

Prices = Mapping[str, tuple[float, float]]

_DATE = re.compile(r"[-@:]\d{4}-?\d{2}-?\d{2}$")
_PREFIX = "model-requests-"
_LARGEST_FILE = 16_000_000  # bytes


class _Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """A line of the file: a request, or the tokens of an answer."""

    asked: str = ""
    models: tuple[str, ...] = ()
    tokens_in: int | None = None
    tokens_out: int | None = None


class Usage(msgspec.Struct, frozen=True):
    """Today's requests, tokens in and out, and their price by the user's table.

    `price` is None while there is no answer, and if the price of any answer is unknown.
    """

    requests: int
    tokens_in: int
    tokens_out: int
    price: float | None


def price_of(
    models: tuple[str, ...], tokens_in: int | None, tokens_out: int | None, prices: Prices
) -> float | None:
    """Return the price of an answer, by the user's prices of a million tokens.

    `models` are the names of the one model; the first with a price is used, with or without the date
    that services append. None if none has a price, or the service sent no counts.
    """
    names = [name for model in models for name in (model, _DATE.sub("", model))]
    found = next((prices[name] for name in names if name in prices), None)
    if found is None or tokens_in is None or tokens_out is None:
        return None
    return (tokens_in * found[0] + tokens_out * found[1]) / 1_000_000


class RequestBudget:
    """Today's requests, counted in a folder, or without one in memory."""

    def __init__(self, folder: Path | None, limit: int, prices: Prices, now: Callable[[], datetime]) -> None:
        """Allow `limit` requests a day; `now` returns the user's local time."""
        self._folder = folder
        self._limit = limit
        self._prices = prices
        self._now = now
        self._in_memory: list[bytes] = []

    def take(self) -> None:
        """Count one request.

        Raises:
            DailyLimitReached: the limit is reached; the request must not be sent.
            ModelError: it cannot be counted, so it must not be sent.
        """
        # Counted before it is compared: of two programs at once, only one gets the last request.
        if self._requests() < self._limit:
            self._append(_Line(asked=self._now().isoformat(timespec="seconds")))
            if self._requests() <= self._limit:
                return
        raise DailyLimitReached(
            f"Today's limit of {self._limit} requests to models is reached, so none was sent;"
            " raise daily_limit under [model] in config.toml, or wait until tomorrow."
        )

    def record(self, models: tuple[str, ...], tokens_in: int | None, tokens_out: int | None) -> None:
        """Record the tokens of an answer; `models` are the names of its model."""
        self._append(_Line(models=models, tokens_in=tokens_in, tokens_out=tokens_out))

    def spent(self) -> Usage:
        """Return today's usage so far."""
        answers = [line for line in self._lines() if line.models]
        prices = [price_of(line.models, line.tokens_in, line.tokens_out, self._prices) for line in answers]
        known = [price for price in prices if price is not None]
        return Usage(
            requests=min(self._requests(), self._limit),
            tokens_in=sum(line.tokens_in or 0 for line in answers),
            tokens_out=sum(line.tokens_out or 0 for line in answers),
            price=sum(known) if known and len(known) == len(prices) else None,
        )

    def _requests(self) -> int:
        return sum(1 for line in self._lines() if line.asked)

    def _file(self, folder: Path) -> Path:
        return folder / f"{_PREFIX}{self._now():%Y-%m-%d}.jsonl"

    def _lines(self) -> list[_Line]:
        data = b"".join(self._in_memory)
        if self._folder is not None:
            try:
                data = read_regular(self._file(self._folder), _LARGEST_FILE)
            except FileNotFoundError:
                return []
            except OSError as error:
                raise _uncountable(self._file(self._folder), error) from error
        return [line for line in map(_read_line, data.splitlines()) if line is not None]

    def _append(self, line: _Line) -> None:
        # A line break on both sides: a line truncated by a crash must not damage the next.
        data = b"\n" + msgspec.json.encode(line) + b"\n"
        if self._folder is None:
            self._in_memory.append(data)
            return
        file = self._file(self._folder)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not file.exists():
                self._remove_older(file)
            descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(descriptor, data)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise _uncountable(file, error) from error

    def _remove_older(self, today: Path) -> None:
        for file in today.parent.glob(f"{_PREFIX}*.jsonl"):
            if file.name < today.name:
                file.unlink(missing_ok=True)


def _read_line(data: bytes) -> _Line | None:
    """Parse a line; None if it is empty or was truncated by a crash."""
    try:
        return msgspec.json.decode(data, type=_Line)
    except msgspec.DecodeError:
        return None


def _uncountable(file: Path, error: OSError) -> ModelError:
    reason = (error.strerror or "it failed").lower()
    return ModelError(f"Requests to models cannot be counted in {file} ({reason}), so none is made.")

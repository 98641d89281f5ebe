"""Records of services for language models: providers, tests, events of a request."""

from __future__ import annotations

import re

import msgspec

from tui_digest.entry import Explanation


class Provider(msgspec.Struct, frozen=True):
    """A service that can be chosen: its default model, and the state of its key.

    `asks_address` says that only the user knows where it is.
    """

    name: str
    model: str
    key: str
    asks_address: bool = False


class ConnectionTest(msgspec.Struct, frozen=True):
    """The result of a test in a sentence, and the models that the service listed."""

    sentence: str
    models: tuple[str, ...] = ()


class NewText(msgspec.Struct, frozen=True):
    """The next text of an explanation, sanitised."""

    text: str


class Restarted(msgspec.Struct, frozen=True):
    """The answer begins only now: what came so far was the model's reasoning."""


class RetryNotice(msgspec.Struct, frozen=True):
    """A retry: its reason, and the seconds until it."""

    why: str
    seconds: float

    @property
    def sentence(self) -> str:
        """The notice in a sentence, for the user."""
        return f"{self.why}; retrying in {self.seconds:.0f} s."


class Finished(msgspec.Struct, frozen=True):
    """The checked explanation; its receipt says whether it is complete.

    Its text replaces the streamed text: flags are added, empty sections removed.
    """

    explanation: Explanation


Event = NewText | Restarted | RetryNotice | Finished
"""What comes of a request for an explanation."""


def model_name(model: str) -> str:
    """The name of a model; of a path, as a local server gives it, the last part."""
    if re.match(r"(?:[A-Za-z]:)?[\\/]|\.{1,2}[\\/]|~/", model) or model.endswith(".gguf"):
        return re.split(r"[\\/]", model.rstrip("\\/"))[-1] or model
    return model

"""What is set up for explanations, without asking anybody for anything."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from tui_digest.explain.failures import NotSetUp
from tui_digest.explain.keys import key_problem, key_source
from tui_digest.explain.providers import choose
from tui_digest.settings import ModelSettings


class Setup(msgspec.Struct, frozen=True, kw_only=True):
    """Which model would be asked where, and where its key would come from (never the key).

    `problem` is the one sentence that says what is missing, empty when all is there; the other
    fields are empty as far as they are not known.
    """

    provider: str = ""
    model: str = ""
    address: str = ""
    key: str = ""
    problem: str = ""


def diagnose(settings: ModelSettings, environment: Mapping[str, str]) -> Setup:
    """The set-up as it stands. Opens no socket, runs no command, reads no key."""
    try:
        service = choose(settings, environment)
    except NotSetUp as problem:
        return Setup(problem=str(problem))
    source = key_source(service, settings, environment)
    missing = "missing" if service.needs_key else "none; none is needed"
    return Setup(
        provider=service.label,
        model=service.model,
        address=service.base_url,
        key=f"from {source}" if source else missing,
        problem=key_problem(service, settings, environment),
    )

"""Describe the model that is set up, without sending a request."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from tui_digest.explain.api_keys import key_problem, key_source
from tui_digest.explain.errors import NotSetUp
from tui_digest.explain.providers import PRESETS, Service, choose
from tui_digest.model_service import Provider
from tui_digest.settings import ModelSettings


class ModelSetup(msgspec.Struct, frozen=True, kw_only=True):
    """The model that is set up, its address, and the source of its key.

    `problem` says what is missing, empty if nothing is; fields that are not known are empty.
    """

    provider: str = ""
    model: str = ""
    address: str = ""
    key: str = ""
    problem: str = ""


def available_providers(environment: Mapping[str, str]) -> tuple[Provider, ...]:
    """Return the services that can be chosen, and which keys are set; read nothing."""
    return tuple(
        Provider(
            name=preset.provider,
            model=preset.model,
            key=_key_words(preset, environment),
            asks_address=not preset.base_url,
        )
        for preset in PRESETS.values()
    )


def _key_words(preset: Service, environment: Mapping[str, str]) -> str:
    if not preset.needs_key:
        return "needs no key"
    there = next((name for name in ("LLM_API_KEY", *preset.key_variables) if environment.get(name)), "")
    if there:
        return f"{there} is set"
    first, *others = preset.key_variables
    return f"neither {first} nor {' nor '.join(others)} is set" if others else f"{first} is not set"


def diagnose(settings: ModelSettings, environment: Mapping[str, str]) -> ModelSetup:
    """Return the set-up; open no socket, run no command, read no key."""
    try:
        service = choose(settings, environment)
    except NotSetUp as problem:
        return ModelSetup(problem=str(problem))
    source = key_source(service, settings, environment)
    missing = "missing" if service.needs_key else "not needed"
    return ModelSetup(
        provider=service.label,
        model=service.model,
        address=service.base_url,
        key=f"from {source}" if source else missing,
        problem=key_problem(service, settings, environment),
    )

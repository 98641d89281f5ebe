"""Test the connection to a service by its list of models, at no cost."""

from __future__ import annotations

from collections.abc import Sequence

from tui_digest.explain.providers import Service
from tui_digest.model_service import ConnectionTest
from tui_digest.text.sanitise import one_line

_MOST_NAMED = 6
_LONGEST_NAME = 100


def judge_models(service: Service, listed: Sequence[str] | None) -> ConnectionTest:
    """Compare the set-up with the service's list of models (None: it has none).

    A model that is not listed may still exist: some services list no short names.
    """
    name, model = service.label, service.model
    if listed is None:
        return ConnectionTest(
            f"{name} answers, but lists no models; only the first explanation can show whether it has {model}"
            " and takes the key."
        )
    models = tuple(one_line(each)[:_LONGEST_NAME] for each in listed)
    if not service.needs_key:
        key = ""
    elif service.lists_to_all:
        key = " Whether it takes the key, only the first explanation can show."
    else:
        key = " It takes the key."
    if model in models or f"{model}:latest" in models:
        return ConnectionTest(f"{name} answers and offers {model}.{key} Nothing was paid.", models)
    if not models:
        return ConnectionTest(f"{name} answers, but offers no model yet.{key}", models)
    return ConnectionTest(
        f"{name} answers, but {model} is not among the models it lists ({_some(models)}).{key}", models
    )


def _some(models: Sequence[str]) -> str:
    more = len(models) - _MOST_NAMED
    return ", ".join(models[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")

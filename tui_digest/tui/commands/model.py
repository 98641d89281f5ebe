"""The model that explains: which service, which model, tried on request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui_digest.text.sanitise import one_line
from tui_digest.tui.tasks.settings import change_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui_digest.model_service import Provider
    from tui_digest.tui.dialogs.chooser import Choice, Chosen
    from tui_digest.tui.reader import Reader

_OF_ONE_SERVICE: Final = ("model", "base_url", "key_variable", "key_command", "key_file")
"""Settings that are of one service: another one must not get the key of the one before."""


def choose_model(reader: Reader, back: Callable[[], None]) -> None:
    """Show the services with models and keys; choose one to set up, or go `back`."""
    from tui_digest.tui.dialogs.model import ModelScreen

    models = reader.services.models
    providers = models.providers()
    if not providers:
        reader.notify(f"The model is {models.about()}; here it cannot be changed.")
        return
    names = [provider.name for provider in providers]
    now = reader.state.settings.model.provider
    problem = models.ready()
    screen = ModelScreen(
        reader.keymap,
        one_line(f"Model: {models.about()}. {problem}" if models.name() else problem),
        [_choice(provider, chosen=provider.name == now) for provider in providers],
        at=names.index(now) if now in names else 0,
        try_out=None if problem else models.try_out,
        report=reader.services.report,
    )

    def on_chosen(answer: Chosen[Provider] | None) -> None:
        if answer is None or answer.value is None:
            back()
        elif answer.command_id == "model.name":
            _choose_name(reader, back, screen.listed)
        elif answer.command_id == "model.address":
            _ask_address(reader, back)
        else:
            _turn_to(reader, back, answer.value)

    reader.open_dialog(screen, on_chosen)


def _choice(provider: Provider, *, chosen: bool) -> Choice[Provider]:
    from tui_digest.tui.dialogs.chooser import Choice
    from tui_digest.tui.text import plain_line

    default = provider.model or "you name the model"
    words = f"{'[x]' if chosen else '[ ]'} {provider.name}: {default}; {provider.key}"
    return Choice(plain_line(words), provider)


def _turn_to(reader: Reader, back: Callable[[], None], provider: Provider) -> None:
    """Set a service up, and ask for what only the user knows: its address, its model."""
    known = reader.state.settings.model
    changes = {"provider": provider.name}
    if known.provider != provider.name:
        changes |= {name: "" for name in _OF_ONE_SERVICE if getattr(known, name)}
    _change(reader, changes)
    _ask_for_rest(reader, back, provider)


def complete_model(reader: Reader, name: str) -> None:
    """Ask for the address and model of a chosen service if only the user knows them."""
    provider = next((known for known in reader.services.models.providers() if known.name == name), None)
    if provider is not None and (provider.asks_address or not provider.model):
        _ask_for_rest(reader, lambda: None, provider)


def _ask_for_rest(reader: Reader, back: Callable[[], None], provider: Provider) -> None:
    if provider.asks_address and not reader.state.settings.model.base_url:
        _ask_address(reader, back)
    elif not (provider.model or reader.state.settings.model.model):
        _choose_name(reader, back, ())
    else:
        choose_model(reader, back)


def _change(reader: Reader, changes: dict[str, str]) -> None:
    """Change settings of the model from now on."""
    change_settings(reader, {f"model.{name}": value for name, value in changes.items()})


def _choose_name(reader: Reader, back: Callable[[], None], listed: tuple[str, ...]) -> None:
    """Choose a model that the service listed, or one that is typed."""
    from tui_digest.tui.dialogs.chooser import Choice
    from tui_digest.tui.dialogs.search_chooser import SearchChooserScreen
    from tui_digest.tui.text import plain_line

    def listed_choice(name: str) -> Choice[str]:
        return Choice(plain_line(name), name)

    def typed_choice(words: str) -> Choice[str]:
        return Choice(plain_line(f"the model {words}, as typed"), words)

    def on_chosen(name: str | None) -> None:
        if name is not None:
            _change(reader, {"model": name})
        choose_model(reader, back)

    title = "The models that it lists, or another one, typed" if listed else "Type the model's name"
    choices = [listed_choice(name) for name in listed]
    reader.open_dialog(SearchChooserScreen(reader.keymap, title, choices, typed_choice), on_chosen)


def _ask_address(reader: Reader, back: Callable[[], None]) -> None:
    """Ask where the service is; an empty address takes the service's own."""
    from tui_digest.tui.prompts import ask_line
    from tui_digest.tui.widgets.field import TextRequest

    def on_done(address: str) -> None:
        _change(reader, {"base_url": address.strip()})
        if address.strip() and not (reader.state.settings.model.model or _default_model(reader)):
            _choose_name(reader, back, ())
        else:
            choose_model(reader, back)

    label = "address, as http://localhost:8000/v1"
    request = TextRequest(on_done, cancelled=lambda: choose_model(reader, back))
    ask_line(reader, label, request, reader.state.settings.model.base_url)


def _default_model(reader: Reader) -> str:
    name = reader.state.settings.model.provider
    return next(
        (provider.model for provider in reader.services.models.providers() if provider.name == name), ""
    )

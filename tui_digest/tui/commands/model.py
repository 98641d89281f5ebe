"""The model that explains: which service, which model, tried on request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui_digest.text.sanitise import one_line
from tui_digest.tui.commands.live_settings import change_setting

if TYPE_CHECKING:
    from tui_digest.core.services import Provider
    from tui_digest.tui.dialogs.chooser import Choice, Chosen
    from tui_digest.tui.screens.reader import ReaderScreen

_KEYS = {"m": "another model", "a": "another address"}

_OF_ONE_SERVICE: Final = ("model", "base_url", "key_variable", "key_command", "key_file")
"""Settings that are of one service: another one must not get the key of the one before."""


def choose_model(reader: ReaderScreen) -> None:
    """The services with their default models and keys; choosing one sets it up."""
    from tui_digest.tui.dialogs.model import ModelScreen

    models = reader.services.models
    providers = models.providers()
    if not providers:
        reader.say(f"The model is {models.about()}; here it cannot be changed.")
        return
    names = [provider.name for provider in providers]
    now = reader.settings.model.provider
    problem = models.ready()
    screen = ModelScreen(
        one_line(f"Model: {models.about()}. {problem}" if models.name() else problem),
        [_choice(provider, provider.name == now) for provider in providers],
        keys=_KEYS,
        at=names.index(now) if now in names else 0,
        try_out=None if problem else models.try_out,
        report=reader.services.report,
    )

    def chosen(answer: Chosen[Provider] | None) -> None:
        from tui_digest.tui.commands.settings import settings

        if answer is None or answer.value is None:
            settings(reader, None)
        elif answer.key == "m":
            _choose_name(reader, screen.listed)
        elif answer.key == "a":
            _ask_address(reader)
        else:
            _turn_to(reader, answer.value)

    reader.app.push_screen(screen, chosen)


def _choice(provider: Provider, chosen: bool) -> Choice[Provider]:
    from tui_digest.tui.dialogs.chooser import Choice
    from tui_digest.tui.text import plain_line

    default = provider.model or "you name the model"
    words = f"{'[x]' if chosen else '[ ]'} {provider.name}: {default}; {provider.key}"
    return Choice(plain_line(words), provider)


def _turn_to(reader: ReaderScreen, provider: Provider) -> None:
    """Set a service up, and ask for what only the user knows: its address, its model."""
    known = reader.settings.model
    changes = {"provider": provider.name}
    if known.provider != provider.name:
        changes |= {name: "" for name in _OF_ONE_SERVICE if getattr(known, name)}
    _change(reader, changes)
    if provider.asks_address and not reader.settings.model.base_url:
        _ask_address(reader)
    elif not (provider.model or reader.settings.model.model):
        _choose_name(reader, ())
    else:
        choose_model(reader)


def _change(reader: ReaderScreen, changes: dict[str, str]) -> None:
    """Have settings of the model hold from now on."""
    for name, value in changes.items():
        change_setting(reader, f"model.{name}", value)
    models = reader.services.models
    models.set_up(reader.settings.model)
    reader.model_problem = models.ready()
    reader.refresh_hints()


def _choose_name(reader: ReaderScreen, listed: tuple[str, ...]) -> None:
    """Take a model that the service listed, or one that is typed."""
    from tui_digest.tui.dialogs.chooser import Choice
    from tui_digest.tui.dialogs.search_chooser import FinderScreen
    from tui_digest.tui.text import plain_line

    def named(name: str) -> Choice[str]:
        return Choice(plain_line(name), name)

    def typed(words: str) -> Choice[str]:
        return Choice(plain_line(f"the model {words}, as typed"), words)

    def chosen(name: str | None) -> None:
        if name is not None:
            _change(reader, {"model": name})
        choose_model(reader)

    title = "The models that it lists, or another one, typed" if listed else "Type the model's name"
    reader.app.push_screen(FinderScreen(title, [named(name) for name in listed], typed), chosen)


def _ask_address(reader: ReaderScreen) -> None:
    """Ask where the service is; an empty address takes the service's own."""
    from tui_digest.tui.prompts import Asking

    def done(address: str) -> None:
        _change(reader, {"base_url": address.strip()})
        if address.strip() and not (reader.settings.model.model or _default_model(reader)):
            _choose_name(reader, ())
        else:
            choose_model(reader)

    label = "address, as http://localhost:8000/v1"
    asking = Asking(done, cancelled=lambda: choose_model(reader))
    reader.writing.ask(label, asking, reader.settings.model.base_url)


def _default_model(reader: ReaderScreen) -> str:
    name = reader.settings.model.provider
    return next((each.model for each in reader.services.models.providers() if each.name == name), "")

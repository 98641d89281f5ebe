"""The services that can explain, of which one is chosen, and the one that is set up tried."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from tui_digest.core.services import Provider, Report, Tried
from tui_digest.errors import TuiDigestError
from tui_digest.text.sanitise import one_line
from tui_digest.tui.dialogs.chooser import Choice, ChooserScreen

TryOut = Callable[[], Awaitable[Tried]]

_ASKING = "The service is asked for its list of models, which costs nothing…"
_NOTHING = "Nothing was asked: choose a service and give it what it needs first."


class ModelScreen(ChooserScreen[Provider]):
    """A chooser of services in which the model that is set up can be tried.

    Args:
        set_up: what is set up, in a sentence.
        choices: the services.
        keys: further keys that end it, and in a word what they do.
        at: the place of the service that is set up.
        try_out: tries what is set up; None when nothing is, or not wholly.
        report: writes down what should never happen, and tells it in a sentence.

    Attributes:
        listed: the models that the service listed when it was tried.
    """

    HINTS: ClassVar[Mapping[str, str]] = {"t": "try what is set up"}
    BINDINGS: ClassVar[list[BindingType]] = [Binding("t", "try_out", "Try", show=False)]

    def __init__(
        self,
        set_up: str,
        choices: Sequence[Choice[Provider]],
        *,
        keys: Mapping[str, str],
        at: int,
        try_out: TryOut | None,
        report: Report,
    ) -> None:
        super().__init__(set_up, choices, keys=keys, at=at)
        self._set_up = set_up
        self._try_out = try_out
        self._report = report
        self.listed: tuple[str, ...] = ()

    def action_try_out(self) -> None:
        """Try what is set up, beside the keys; leaving stops it."""
        if self._try_out is None:
            self._tell(_NOTHING)
        else:
            self._tell(_ASKING)
            self.run_worker(self._show_trial(self._try_out), group="try", exclusive=True)

    async def _show_trial(self, try_out: TryOut) -> None:
        try:
            tried = await try_out()
            self.listed, sentence = tried.models, tried.sentence
        except TuiDigestError as error:
            sentence = str(error)
        except Exception as error:
            sentence = self._report(error)
        self._tell(sentence)

    def _tell(self, sentence: str) -> None:
        self.retitle(f"{self._set_up}\n{one_line(sentence)}")

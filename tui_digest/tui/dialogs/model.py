"""The choice of the service that explains, and a test of the one that is set up."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence

from tui_digest.core.services import Report
from tui_digest.errors import TuiDigestError
from tui_digest.model_service import ConnectionTest, Provider
from tui_digest.text.sanitise import one_line
from tui_digest.tui.dialogs.chooser import Choice, ChooserScreen
from tui_digest.tui.dialogs.modal import DialogCommand
from tui_digest.tui.keymap.keymap import Keymap

TryOut = Callable[[], Awaitable[ConnectionTest]]

_ASKING = "The service is asked for its list of models, which costs nothing…"
_NOTHING = "Nothing was asked: choose a service and give it what it needs first."


class ModelScreen(ChooserScreen[Provider]):
    """A chooser of services in which the model that is set up can be tried.

    Args:
        keymap: the reader's.
        set_up: what is set up, in a sentence.
        choices: the services.
        at: the place of the service that is set up.
        try_out: tries what is set up; None when nothing is, or not wholly.
        report: writes down what should never happen, and tells it in a sentence.

    Attributes:
        listed: the models that the service listed when it was tried.
    """

    PLACE = "model"

    def __init__(
        self,
        keymap: Keymap,
        set_up: str,
        choices: Sequence[Choice[Provider]],
        *,
        at: int,
        try_out: TryOut | None,
        report: Report,
    ) -> None:
        super().__init__(keymap, set_up, choices, offered=("model.name", "model.address"), at=at)
        self._set_up = set_up
        self._try_out = try_out
        self._report = report
        self.listed: tuple[str, ...] = ()

    def functions(self) -> Mapping[str, DialogCommand]:
        """Return what the commands of the list do."""
        return {**super().functions(), "model.try": lambda count: self._try()}

    def hints(self) -> list[tuple[str, str]]:
        """The keys that are offered below the choices, and what they do."""
        choose, *others = super().hints()
        return [choose, (self.keymap.label_of("model.try"), "try what is set up"), *others]

    def _try(self) -> None:
        """Try what is set up in the background; leaving cancels it."""
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
        self.set_title(f"{self._set_up}\n{one_line(sentence)}")

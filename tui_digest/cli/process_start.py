"""How a short command starts: few imports, and no garbage collected meanwhile.

The collector is off since the program was launched.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from importlib import import_module


def load_function(path: str) -> Callable[..., int]:
    """Import `module.function` of `tui_digest.cli`, which runs a command."""
    module, _, name = path.partition(".")
    function: Callable[..., int] = getattr(import_module(f"tui_digest.cli.{module}"), name)
    return function


def import_msgspec() -> None:
    """Import msgspec without `typing_extensions`.

    msgspec takes from `typing` what it finds nowhere else, and since Python 3.11 all is there. With
    `inspect` and what that imports, `typing_extensions` is a tenth of a short command's time.
    """
    name = "typing_extensions"
    if name in sys.modules:
        return
    sys.modules[name] = None  # type: ignore[assignment]
    try:
        import msgspec  # noqa: F401
    except ImportError:
        pass  # a release that needs it is imported whole by the modules that use it
    finally:
        del sys.modules[name]


def start_collector() -> None:
    """Collect garbage again, but look through nothing that was imported."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()

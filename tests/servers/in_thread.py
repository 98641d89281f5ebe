"""The stand-in for model services beside a test that is no coroutine: in a thread with a loop of its own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.servers.models import ModelServer

Wait = Callable[[asyncio.Event], object]


@contextmanager
def model_server() -> Iterator[tuple[ModelServer, Wait]]:
    """A running server, and what waits for one of its events.

    Its `text`, `fault` and `hold_at` may be set between requests.
    """
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def started() -> ModelServer:
        return await ModelServer().__aenter__()

    server = asyncio.run_coroutine_threadsafe(started(), loop).result()
    try:
        yield server, lambda event: asyncio.run_coroutine_threadsafe(event.wait(), loop).result(timeout=60)
    finally:
        asyncio.run_coroutine_threadsafe(server.__aexit__(None, None, None), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()

"""Threads beside the event loop: some that quitting waits for, some it abandons.

All share one heap.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Final, TypeVar

_Result = TypeVar("_Result")

_M_ARENA_MAX: Final = -8
_M_MMAP_THRESHOLD: Final = -3
"""glibc's numbers of the settings (malloc.h)."""

_LARGE_BLOCK: Final = 64 * 1024
"""Bytes from which a block is taken from the system and given back to it, as a frame of a large terminal is.

glibc begins with 128 KB, but takes a larger one for usual with each such block that is freed.
"""

_unfinished: Final[set[threading.Thread]] = set()


def share_one_heap() -> None:
    """Let threads that begin from now on share the heap of the first one (glibc).

    Each would have a heap of its own, and keep what is freed there from the others. Only one of Python's
    threads runs at a time, so that none waits for another. Large blocks leave no holes in it.
    """
    if sys.platform != "linux":
        return
    import ctypes

    with suppress(AttributeError, OSError):  # musl has no such settings
        glibc = ctypes.CDLL(None)
        glibc.mallopt(_M_ARENA_MAX, 1)
        glibc.mallopt(_M_MMAP_THRESHOLD, _LARGE_BLOCK)


class ReadingThreads(ThreadPoolExecutor):
    """Default threads of the event loop: reading and computing that may be abandoned.

    asyncio waits for all of them when the loop ends, however long an answer takes; here quitting
    leaves them behind. What must not be cut off runs in `run_to_end`.
    """

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Accept no more work, drop what has not begun, and wait for nothing."""
        super().shutdown(wait=False, cancel_futures=True)


async def run_to_end(work: Callable[[], _Result]) -> _Result:
    """Run work that writes files in a thread that quitting waits for.

    Raises:
        Exception: what the work raised.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[_Result] = loop.create_future()

    def settle(result: _Result | None, error: BaseException | None) -> None:
        if done.cancelled():
            return
        if error is not None:
            done.set_exception(error)
        else:
            done.set_result(result)  # type: ignore[arg-type]

    def run() -> None:
        result, failure = None, None
        try:
            result = work()
        except BaseException as error:
            failure = error
        finally:
            _unfinished.discard(threading.current_thread())
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, result, failure)

    thread = threading.Thread(target=run, name="writing")
    _unfinished.add(thread)
    thread.start()
    return await done


def wait_for_writing() -> None:
    """Wait until all work of `run_to_end` is done."""
    for thread in tuple(_unfinished):
        thread.join()

"""The threads beside the event loop share the heap of the first one (glibc)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

COUNT_HEAPS = """
import ctypes, sys, threading

libc = ctypes.CDLL(None)
libc.fopen.restype = ctypes.c_void_p
if sys.argv[2] == "shared":
    from tui_digest.tui.tasks.thread_pools import share_one_heap
    share_one_heap()
all_there = threading.Barrier(4)

def allocate():
    kept = [bytes(4096) for _ in range(100)]
    all_there.wait()

threads = [threading.Thread(target=allocate) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
file = ctypes.c_void_p(libc.fopen(sys.argv[1].encode(), b"w"))
libc.malloc_info(0, file)
libc.fclose(file)
"""


def heaps(folder: Path, how: str) -> int:
    """How many heaps four threads use."""
    told = folder / how
    subprocess.run([sys.executable, "-c", COUNT_HEAPS, str(told), how], check=True)
    return told.read_text(encoding="utf-8").count("<heap nr=")


@pytest.mark.skipif(sys.platform != "linux", reason="a setting of glibc")
def test_threads_share_one_heap(tmp_path: Path) -> None:
    assert heaps(tmp_path, "apart") > 1
    assert heaps(tmp_path, "shared") == 1

"""The threads beside the event loop share the heap of the first one (glibc)."""

from __future__ import annotations

import re
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
bytes(8 << 20)
large = [bytes(512 << 10) for _ in range(10)]
file = ctypes.c_void_p(libc.fopen(sys.argv[1].encode(), b"w"))
libc.malloc_info(0, file)
libc.fclose(file)
"""


def heaps(folder: Path, how: str) -> tuple[int, int]:
    """How many heaps four threads use, and how many of ten large blocks are in none."""
    told = folder / how
    subprocess.run([sys.executable, "-c", COUNT_HEAPS, str(told), how], check=True)
    found = told.read_text(encoding="utf-8")
    apart = re.search(r'<total type="mmap" count="(\d+)"', found)
    assert apart is not None
    return found.count("<heap nr="), int(apart[1])


@pytest.mark.skipif(sys.platform != "linux", reason="a setting of glibc")
def test_threads_share_one_heap_without_large_blocks(tmp_path: Path) -> None:
    several, few = heaps(tmp_path, "apart")
    one, all_large = heaps(tmp_path, "shared")
    assert several > 1
    assert one == 1
    assert few < 10 <= all_large

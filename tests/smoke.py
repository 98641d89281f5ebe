"""Start an installed tui-digest on a pseudo-terminal, see the demo's list, and quit with its key.

python tests/smoke.py /path/to/tui-digest
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time


def main() -> int:
    """Run the demo; 0 when the list came and the program ended by itself."""
    pid, master = pty.fork()
    if pid == 0:
        os.execve(sys.argv[1], [sys.argv[1], "--demo"], {**os.environ, "TERM": "xterm-256color"})
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    seen, deadline = b"", time.monotonic() + 60
    while b"cs.LG" not in seen or b"demo" not in seen:
        if time.monotonic() > deadline:
            print(f"the demo's list did not come; last: {seen[-500:]!r}", file=sys.stderr)
            return 1
        if select.select([master], [], [], 0.5)[0]:
            seen += os.read(master, 1 << 16)
    os.write(master, b"Q")
    while time.monotonic() < deadline:
        try:
            if select.select([master], [], [], 0.5)[0] and not os.read(master, 1 << 16):
                break
        except OSError:
            break
    ended, status = os.waitpid(pid, os.WNOHANG if time.monotonic() > deadline else 0)
    if not ended:
        os.kill(pid, signal.SIGKILL)
        print("the demo did not close", file=sys.stderr)
        return 1
    code = os.waitstatus_to_exitcode(status)
    print(f"the demo opened and closed with exit code {code}")
    return code


if __name__ == "__main__":
    raise SystemExit(main())

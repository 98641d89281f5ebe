"""The reader's asyncio is imported without `ssl`; what it asks of the network is encrypted all the same."""

from __future__ import annotations

import socket
import subprocess
import sys

ASK = """
import sys
from tui_digest.cli.reader import import_asyncio_without_ssl

import_asyncio_without_ssl()
import asyncio, asyncio.sslproto
assert "ssl" not in sys.modules and asyncio.sslproto.ssl is None
import httpx, ssl

async def ask(address):
    async with httpx.AsyncClient() as client:
        await client.get(address)

try:
    asyncio.run(ask(sys.argv[1]))
except httpx.ConnectError:
    print("no TLS there")
"""
TLS_HANDSHAKE = b"\x16\x03"
"""How the first record of a client begins that speaks TLS."""


def test_a_request_speaks_tls_though_asyncio_knows_none() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(30)
        address = f"https://127.0.0.1:{server.getsockname()[1]}/"
        with subprocess.Popen([sys.executable, "-c", ASK, address], stdout=subprocess.PIPE) as client:
            connection, _ = server.accept()
            with connection:
                assert connection.recv(2) == TLS_HANDSHAKE
            said, _ = client.communicate(timeout=60)
    assert client.returncode == 0
    assert said.strip() == b"no TLS there"

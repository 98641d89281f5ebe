"""POSIX terminal driver: Textual's, but quick to end, with input that cannot fail."""

from __future__ import annotations

import os
import selectors
import signal
import termios
from collections.abc import Sequence
from contextlib import suppress
from select import select
from threading import Event
from typing import TYPE_CHECKING, Any, Final

from textual import events
from textual.drivers.linux_driver import LinuxDriver

from tui_digest.tui.key_parser import KeyParser
from tui_digest.tui.terminal_input import (
    LONGEST_PASTE,
    MOST_COLUMNS,
    MOST_LINES,
    UNMARKED_PASTE,
    PastedText,
    TerminalDecoder,
)
from tui_digest.tui.terminal_output import GO_ON, TerminalOutput

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App

_TICK_S: Final = 0.1
"""How often the parser looks whether a lone Esc is a key; input itself is read at once."""

_READ_BYTES: Final = 64 * 1024
"""Bytes read at a time."""

_FLOOD_PAUSE_S: Final = 0.01
"""How long the next piece of a flood of characters is waited for."""

_UNENDED_TICKS: Final = 10
"""After how many silent ticks a paste or string without an end is taken to be over."""

_LAST_FRAMES_S: Final = 0.05
"""How long the terminal has for what it has not drawn when the application ends."""

_ALTERNATE_SCREEN: Final = "\x1b[?1049h"

_RESTORING: Final = (
    GO_ON
    + "\x1b[?2004l\x1b[?7h\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
).encode()
"""What Textual writes at its end: pastes, line wrap, mouse, keys, screen, cursor, focus."""


class _StopEvent(Event):
    """Textual's sign for the input thread to end; setting it also wakes the thread."""

    def __init__(self) -> None:
        super().__init__()
        self.wake_reader, self._wake_writer = os.pipe()
        for end in (self.wake_reader, self._wake_writer):
            os.set_blocking(end, False)

    def set(self) -> None:
        super().set()
        os.write(self._wake_writer, b"\0")

    def clear(self) -> None:
        super().clear()
        while self._read_wake_byte():
            pass

    def _read_wake_byte(self) -> bytes:
        try:
            return os.read(self.wake_reader, 64)
        except BlockingIOError:
            return b""


class PosixDriver(LinuxDriver):
    """Textual's driver with six differences.

    - Its input thread is woken when the application ends or is suspended, instead of looking ten
      times a second: the terminal is back in milliseconds.
    - It counts what waits for a terminal that is slower than the reader: screens draw no more until that
      is taken (see `ReportingScreen`).
    - When it ends or is suspended, frames that a slow terminal has not taken are dropped (see
      `terminal_output`).
    - No input ends the application: bytes that are no UTF-8, mouse reports of X10, sequences that the
      parser fails on, answers that are no keys, and large pastes (see `terminal_input`). Nor does a
      size that no terminal has.
    - Esc and a letter right behind it are two keys (see `key_parser`).
    - It can take over a terminal on which a first screen was painted before (see `take_over`).
    - Ctrl-Z stops it only where a shell can continue it, and what continues it after another stop does not
      start it a second time. Both wait until nothing is being handed to the thread that writes.

    Attributes:
        output: what is written to the terminal goes through it.
    """

    _attributes_before: Sequence[Any] | None = None
    _note_taken_over: Callable[[], object] | None = None
    _attributes_now: Sequence[Any] = ()
    _is_suspended = True
    _on_alternate_screen = False

    @classmethod
    def take_over(cls, attributes_before: Sequence[Any], note_taken_over: Callable[[], object]) -> None:
        """Start on a terminal that is on the alternate screen already.

        Args:
            attributes_before: what `termios.tcgetattr` gave before anything was changed; the end of
                the application restores it.
            note_taken_over: called once the application will restore it.
        """
        cls._attributes_before = attributes_before
        cls._note_taken_over = note_taken_over
        cls._on_alternate_screen = True

    def __init__(
        self,
        app: App[object],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self.exit_event = _StopEvent()
        assert self._file is not None  # there is a terminal
        self.output = TerminalOutput(self._file)
        self._file = self.output  # type: ignore[assignment]

    def start_application_mode(self) -> None:
        """Start to read and to draw."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self._is_suspended = False
        self._attributes_now = self._attributes()
        if self.attrs_before is not None and self._attributes_before is not None:
            self.attrs_before = list(self._attributes_before)
        if PosixDriver._note_taken_over is not None:
            PosixDriver._note_taken_over()

    def stop_application_mode(self) -> None:
        """Give the terminal back, without what it has not drawn by now."""
        if self._writer_thread is not None and self._writer_thread.is_alive():
            self.output.drop_after(_LAST_FRAMES_S)
            self.write(GO_ON)
        super().stop_application_mode()
        self._is_suspended = True

    def restore_at_once(self) -> None:
        """Give the terminal back from any thread, without waiting for anything."""
        if self._is_suspended or self.attrs_before is None:
            return
        self._is_suspended = True
        with suppress(OSError, termios.error):
            termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
            os.set_blocking(self.output.fileno(), False)
            os.write(self.output.fileno(), _RESTORING)

    def _call_in_loop(self, handler: Callable[[], None]) -> None:
        """Call a signal's handler between two callbacks of the loop.

        A signal may come while the loop holds the lock of the queue to the terminal, which the handler
        would wait for. A program that has the terminal may hold up the loop; then nothing is written.
        """
        if self._auto_restart and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(handler)
        else:
            handler()

    def _sigtstp_application(self, *_: object) -> None:
        self._call_in_loop(self._stop)

    def _sigcont_application(self, *_: object) -> None:
        self._call_in_loop(self._go_on)

    def _stop(self) -> None:
        """Stop as programs without a handler do: only where a shell can continue them.

        A terminal that runs nothing but the reader has none, and Textual would stop for good there.
        """
        has_terminal = self._auto_restart and not self._is_suspended
        if has_terminal:
            self.suspend_application_mode()
        ours = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        signal.raise_signal(signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, ours)
        if has_terminal:
            self._must_signal_resume = True
            self.resume_application_mode()

    def _go_on(self) -> None:
        """Go on after a stop, also one by SIGSTOP, before which nothing could be done.

        Textual starts again whatever was stopped: the modes of the terminal before the start are lost
        then, and its threads are there twice.
        """
        if not self._auto_restart or self._is_suspended:
            return
        if self._attributes() == self._attributes_now:
            self._app.post_message(self.SignalResume())  # the shell may have written on the screen
            return
        self.suspend_application_mode()
        self._must_signal_resume = True
        self.resume_application_mode()

    def _attributes(self) -> list[Any]:
        """Return how the terminal is set; empty if it is gone."""
        try:
            return termios.tcgetattr(self.fileno)
        except termios.error:
            return []

    def _get_terminal_size(self) -> tuple[int, int]:
        """Return columns and lines, no more than can be drawn."""
        columns, lines = super()._get_terminal_size()
        return min(columns, MOST_COLUMNS), min(lines, MOST_LINES)

    def write(self, data: str) -> None:
        """Write to the terminal; the switch to a screen that it shows already is left out.

        GNU screen clears the alternate screen when it is switched to a second time.
        """
        if PosixDriver._on_alternate_screen and data == _ALTERNATE_SCREEN:
            PosixDriver._on_alternate_screen = False
            return
        self.output.expect(data)
        super().write(data)

    def run_input_thread(self) -> None:
        """Read the terminal until the application ends or is suspended, or it is gone."""
        assert isinstance(self.exit_event, _StopEvent)
        decoder, parser = TerminalDecoder(), KeyParser(self._debug)
        silent_ticks = 0
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(self.exit_event.wake_reader, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                ready = [key.fd for key, _ in selector.select(_TICK_S)]
                if self.fileno in ready:
                    silent_ticks = 0
                    data = self._read()
                    if not data:
                        selector.unregister(self.fileno)
                        os.kill(os.getpid(), signal.SIGHUP)
                    self._feed(parser, decoder.decode(data))
                elif decoder.is_unended and (silent_ticks := silent_ticks + 1) > _UNENDED_TICKS:
                    self._feed(parser, decoder.end())
                else:
                    self._feed(parser, decoder.incomplete())

    def _read(self) -> bytes:
        """Read what the terminal sent; empty when it is gone.

        What comes faster than anybody types is a paste, and read as one: a terminal hands over 4 KB at
        a time, and each piece would be laid out.
        """
        data = self._read_once()
        while (
            UNMARKED_PASTE <= len(data) < LONGEST_PASTE and select([self.fileno], [], [], _FLOOD_PAUSE_S)[0]
        ):
            more = self._read_once()
            if not more:
                break
            data += more
        return data

    def _read_once(self) -> bytes:
        try:
            return os.read(self.fileno, _READ_BYTES)
        except OSError:
            return b""

    def _feed(self, parser: KeyParser, pieces: Sequence[str | PastedText]) -> None:
        """Send what was read to the application, or if nothing, what the parser held."""
        for piece in pieces:
            messages = [events.Paste(piece.text)] if isinstance(piece, PastedText) else parser.feed(piece)
            for message in messages:
                self.process_message(message)
        for message in parser.tick():
            self.process_message(message)

"""Open addresses in the user's browser."""

from __future__ import annotations


class MachineBrowser:
    """The browser that `webbrowser` finds, which may take a moment; call in a thread."""

    def takes_terminal(self) -> bool:
        """Tell whether it runs in the terminal, as w3m and lynx do, or may do so."""
        import webbrowser

        try:
            browser = webbrowser.get()
        except webbrowser.Error:
            return False
        return type(browser) is webbrowser.GenericBrowser

    def open(self, address: str) -> bool:
        """Open an address; return whether a browser could be started."""
        import webbrowser

        return webbrowser.open(address)

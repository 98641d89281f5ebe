"""The user's browser."""

from __future__ import annotations


class MachineBrowser:
    """The browser of this machine, as Python finds it. Finding it may take a moment: ask from a thread."""

    def takes_terminal(self) -> bool:
        """Whether it is one that is shown in the terminal, as w3m and lynx are, or may be one."""
        import webbrowser

        try:
            browser = webbrowser.get()
        except webbrowser.Error:
            return False
        return type(browser) is webbrowser.GenericBrowser

    def open(self, address: str) -> bool:
        """Open an address; whether a browser could be started."""
        import webbrowser

        return webbrowser.open(address)

"""Programs of the system: browser, clipboard, editor, shell, crash report."""

"""`python -m tui_digest` is `tui-digest`."""

from tui_digest.cli import main

if __name__ == "__main__":
    raise SystemExit(main())

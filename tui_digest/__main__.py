"""`python -m tui_digest` is `tui-digest`."""

from tui_digest.launch import main

if __name__ == "__main__":
    main()

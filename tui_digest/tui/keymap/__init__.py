"""Commands with their default keys, and the keymap made of them and the settings."""

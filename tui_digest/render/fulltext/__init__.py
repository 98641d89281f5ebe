"""A whole paper as lines of a width: the same for the screen, for plain text and for speech."""

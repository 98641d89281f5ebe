"""Layout of a whole paper as lines of a width, for screen, plain text and speech."""

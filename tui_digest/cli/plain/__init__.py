"""The reader as lines of plain text, for screen readers and pipes."""

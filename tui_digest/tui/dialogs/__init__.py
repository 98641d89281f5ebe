"""Modal screens over the reader."""

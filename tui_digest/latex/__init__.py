"""TeX to Unicode: one line, two dimensions, and speech."""

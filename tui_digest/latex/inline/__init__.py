"""The tree of a formula as one line of Unicode."""

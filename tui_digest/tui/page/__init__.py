"""The page of a paper: blocks, wrapping, explanation, notation."""

"""TeX of one formula to a tree: tokens, parser, macros, environments."""

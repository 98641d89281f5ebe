"""TeX outside formulas: accents, text commands, macros of prose."""

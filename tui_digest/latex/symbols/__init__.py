"""Tables of TeX symbols, alphabets and ASCII glyphs."""

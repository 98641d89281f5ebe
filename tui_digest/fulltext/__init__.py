"""Whole papers: arXiv's HTML (LaTeXML) as blocks with addresses and a quality.

`page_tree` reads HTML to a tree, `builder` the tree to the records of `blocks`. Everything here is
pure: bytes in, records out. Formulas stay TeX; whoever shows them renders them.
"""

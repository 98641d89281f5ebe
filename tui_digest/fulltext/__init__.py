"""Whole papers: arXiv's HTML (LaTeXML) to blocks, their addresses, what to send to a model, how good it is.

`page_tree` reads HTML to a tree, `builder` the tree to the records of `blocks`. Everything here is
pure: bytes in, records out. Formulas stay TeX; whoever shows them renders them.
"""

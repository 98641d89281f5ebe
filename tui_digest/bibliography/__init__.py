"""Files of reference managers: their arXiv papers, keywords and collections. Pure."""

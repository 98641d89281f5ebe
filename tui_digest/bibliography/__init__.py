"""Files of reference managers: which arXiv papers are in them, under which keywords and collections. Pure."""

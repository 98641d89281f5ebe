"""Read the day's arXiv papers in the terminal, with mathematics you can trust."""

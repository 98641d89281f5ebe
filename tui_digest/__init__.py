"""Read the day's arXiv papers in the terminal, with mathematics you can trust."""

__version__ = "0.1.0"

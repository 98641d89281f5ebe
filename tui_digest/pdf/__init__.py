"""Papers' PDFs: downloaded from arXiv into a folder of the user's."""

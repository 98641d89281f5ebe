"""All that knows arXiv: its calendar, its feeds, its API, its manners."""

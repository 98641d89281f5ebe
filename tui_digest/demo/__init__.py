"""A made-up day, in the formats that arXiv serves."""

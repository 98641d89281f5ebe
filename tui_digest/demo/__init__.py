"""A made-up day, in the formats that arXiv serves, and a made-up model that explains its papers."""

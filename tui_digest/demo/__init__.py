"""The demo: a made-up day in arXiv's formats, and a made-up model."""

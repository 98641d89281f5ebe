"""Which papers come first, and why."""

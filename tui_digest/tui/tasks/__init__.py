"""Background work: startup, fetch, explanation, dwell, signals."""

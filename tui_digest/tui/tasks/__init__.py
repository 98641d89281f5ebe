"""What runs beside the keys: start, fetch, dwell, signals."""

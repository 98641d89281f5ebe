"""Title and abstract in, a checked explanation with its receipt out."""

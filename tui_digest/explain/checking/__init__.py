"""Comparing an explanation, in code, with the title and abstract that it was made from."""

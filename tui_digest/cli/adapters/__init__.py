"""Adapters that give the reader the library, the source and the models."""

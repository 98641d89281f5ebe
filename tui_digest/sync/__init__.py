"""Decisions shared by the reader's machines, as operations in a folder's files."""

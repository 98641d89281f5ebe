"""Decisions between the reader's machines: operations in files of a folder that anything may carry."""

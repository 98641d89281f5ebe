"""Texts of both front ends: labels, receipts, plain and spoken papers."""

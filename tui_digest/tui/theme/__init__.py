"""Themes, style sheets and symbols."""

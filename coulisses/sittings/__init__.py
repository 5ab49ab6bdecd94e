"""Sittings: a sentence over an afternoon's saves."""

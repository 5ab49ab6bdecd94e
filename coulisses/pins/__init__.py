"""Pins: the few entries that make a short reading of a long life."""

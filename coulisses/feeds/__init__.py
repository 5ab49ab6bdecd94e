"""Feeds: what is told, for those who read elsewhere."""

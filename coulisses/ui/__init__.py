"""Layouts, parts, elements, and the rendering of entries: what every page is made of."""

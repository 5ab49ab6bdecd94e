"""Coulisses: making things in the open."""

"""Transfers: a whole project as a folder anyone can read, and back into a house."""

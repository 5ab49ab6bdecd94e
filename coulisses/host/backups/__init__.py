"""Backups: made while the house is open, restored elsewhere, and proved to restore."""

"""Visits: how a project is watched, counted without following anybody."""

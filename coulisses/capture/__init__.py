"""Capture: saves that tell themselves, one entry each, and the lives of the files they change."""

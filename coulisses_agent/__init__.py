"""Reads the work where it is made and tells it to a house over HTTP; originals stay here."""

"""The live door: event streams and the bytes of finished pages. Async stays behind it."""

"""Views: each finds, asks, acts, answers."""

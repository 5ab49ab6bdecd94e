"""Views: ours, and the library's under our addresses."""

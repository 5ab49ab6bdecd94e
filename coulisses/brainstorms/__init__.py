"""Public brainstorms: one question, ideas thrown by all who come, and what becomes of each."""

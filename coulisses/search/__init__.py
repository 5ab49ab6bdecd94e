"""Search: the words of everything told, found again."""

"""A few words that mean something, given to an entry with one tap."""

"""For tests: the cast, projects at hand, and the checker that verifies a whole log."""

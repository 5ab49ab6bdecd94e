"""Questions that span rooms, each answered in a constant number of queries."""

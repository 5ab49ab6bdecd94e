"""Questions put to the vote, and what the makers made of the answer."""

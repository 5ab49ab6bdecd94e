"""The house: what its host has settled."""

"""Sessions: stretches of live work, announced or begun on the spot."""

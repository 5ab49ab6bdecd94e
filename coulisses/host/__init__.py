"""The host's side of the screens: the house, its storage, its people."""

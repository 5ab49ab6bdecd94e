"""A good room: what waits for a look, what is hidden and why, who is asked to rest."""

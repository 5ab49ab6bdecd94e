"""How each chat wants to be told: its shape, its limits, and what it must never take for a call."""

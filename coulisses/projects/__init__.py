"""Studios and projects: who stands where in them, rehearsal and curtain, sight and sittings."""

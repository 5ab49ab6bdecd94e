"""Pages that mix several rooms: what is on, the stage, an entry, a file’s life, the ways in."""

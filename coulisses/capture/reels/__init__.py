"""Time-lapses: a file's versions as a film, made by the house while it does other things."""

"""Django's SQLite, at whose door the writers of one process wait for each other in a row."""

"""Files beside the log: versions of what makers work on, and the previews that are shown."""

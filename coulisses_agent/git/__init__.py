"""A git repository read through the git command, which may run nothing that a repository brings."""

"""The desk: the maker's side of the screens, where several features meet."""

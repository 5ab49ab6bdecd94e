"""What sets the repository up, builds and checks it; none of this is in the installed package."""

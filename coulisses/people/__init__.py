"""People: accounts that sign in, and the voices they speak with."""

"""Reports: what somebody says is wrong with what is shown here, and what became of it."""

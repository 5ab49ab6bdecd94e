"""Words for what went wrong with a delivery."""

"""The proof: signed checkpoints, tiles, and what anybody needs to recompute a log."""

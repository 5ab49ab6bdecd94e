"""The ground: the ledger everything is told in, its kinds, its bell."""

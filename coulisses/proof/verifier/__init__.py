"""The verifier: asks a house by HTTP, believes nothing, and needs no Django."""

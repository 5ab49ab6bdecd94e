"""Webhooks: what is told, said to other programs as it is told."""

"""Moments: what makers say of their work, in words and pictures, and say anew."""

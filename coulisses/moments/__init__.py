"""Moments: what a maker says of the work in words and pictures, and says anew when it was unclear."""

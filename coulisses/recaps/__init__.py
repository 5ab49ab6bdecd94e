"""Recaps: a project in twelve cues, and what is new since somebody was last there."""

"""Notices: what concerns somebody reaches them, in the page, by letter or on a device."""

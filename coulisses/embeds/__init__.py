"""Embeds: a project shown on somebody else's page, in a link's preview, in a code to scan."""

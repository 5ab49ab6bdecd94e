"""Pace: how often one address may look; looking writes nothing."""

from coulisses.lib.pace import Bucket

looking = Bucket(60, each=1.0)

"""A client of houses of Coulisses: `House(root, token).project(studio, project)` tells and reads.

It speaks HTTP only. It tries again when a house doesn't answer, does nothing twice, reads lists to
their end, and raises what a house refuses by its name.
"""

from coulisses_client.house import House
from coulisses_client.project import Project
from coulisses_client.refusals import Ended, Refused, Unreachable

__all__ = ["Ended", "House", "Project", "Refused", "Unreachable"]

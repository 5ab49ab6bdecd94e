"""What the log says of a project's moving."""

from coulisses.log.kinds import Fact, kind


@kind("project.arrived")
class ProjectArrived(Fact):
    """The project came from another house, which signed all before this. Shreds: nothing.

    `address` is where it stood (empty where that is not known), `vkey` the key that signed its
    `size` entries there, `checkpoint` the signed note of their root; `room_size` and
    `room_checkpoint` say the same of its room, where one came. From here on this house signs.
    """

    address: str
    vkey: str
    size: int
    checkpoint: str
    room_size: int = 0
    room_checkpoint: str = ""
    is_quiet = True
    is_encore = True

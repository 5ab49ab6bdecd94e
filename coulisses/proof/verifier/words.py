"""What the verifier says: what it found, what that proves, and what it does not."""

import sys
from base64 import b64encode

from coulisses.proof.verifier.look import Report

STRIDE = 1000  # entries between two words of progress

PROVES = """\
What this proves
  The entries stand in the order they were told in. None was changed, moved, slipped in or taken
  out, as far as the checkpoints go that you have kept and compared.

What it does not prove
  That what is told is true, nor that everything is told.
  When things were done: hours and days are the makers' word, and only the order is signed.
  That the house shows everybody the same log. Compare with somebody: send them your file, and
  give theirs to --against.
  What the entries for members say: only that they exist, and where."""

FIRST_LOOK = """\
First look: the key and the checkpoint are believed as they came, and kept in
  {file}
The next look will hold the house to them."""

NEXT_LOOK = """\
Since {seen} UTC, when you saw {before}: nothing of that was touched, {added}.
The new checkpoint is kept in
  {file}"""

DOES_NOT_HOLD = """\
DOES NOT HOLD  {url}

  {reason}

Nothing was kept: your last checkpoint stands. Keep that file, it is your evidence, and ask the
house's people."""

CANNOT_SAY = """\
Could not verify {url}

  {reason}"""


def holds(report: Report) -> str:
    """Say that the log holds, and for how much."""
    states, checkpoint = report.tally.states, report.checkpoint
    lines = [
        f"HOLDS  {report.address}",
        "",
        f"  entries   {checkpoint.size}: {states['public']} public, "
        f"{states['members']} for members, {states['shredded']} shredded",
        f"  root      {b64encode(checkpoint.root).decode()}",
        f"  key       {report.vkey}",
        "",
        "  The house's key signed this checkpoint.",
        "  The words of every public entry make the leaf that stands for it.",
        f"  The leaves make the signed root; {_counted(report.tally.tiles, 'tile')} agree.",
    ]
    if report.is_copy:
        lines.append("  This is a copy: it proves what was told until it was made, nothing since.")
    if report.room:
        said = report.room.states
        hidden = f", {said['hidden']} of them hidden" if said["hidden"] else ""
        counted = _counted(said.total(), "entry", "entries")
        lines.append(f"  What voices said holds too: {counted}{hidden}.")
    if report.compared:
        lines.append(f"  {_counted(report.compared, 'checkpoint')} that others kept: continued.")
    return "\n".join([*lines, "", _remembered(report), "", PROVES])


def does_not_hold(url: str, reason: Exception) -> str:
    """Say that the log does not hold, and why."""
    return DOES_NOT_HOLD.format(url=url, reason=reason)


def cannot_say(url: str, reason: Exception) -> str:
    """Say that nothing could be verified, and why."""
    return CANNOT_SAY.format(url=url, reason=reason)


def progress(position: int, size: int) -> None:
    """Show on a terminal how far the reading is."""
    if sys.stderr.isatty() and position % STRIDE == 0:
        # The cursor goes back to where the line begins: whatever is said next is said over it.
        print(f"  {position} of {size} entries", end="\r", file=sys.stderr)


def _remembered(report: Report) -> str:
    if report.before is None:
        return FIRST_LOOK.format(file=report.file)
    added = report.checkpoint.size - report.before_size
    return NEXT_LOOK.format(
        seen=report.before.seen_on,
        before=_counted(report.before_size, "entry", "entries"),
        added=f"{_counted(added, 'entry', 'entries')} came after"
        if added
        else "nothing came after",
        file=report.file,
    )


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"

